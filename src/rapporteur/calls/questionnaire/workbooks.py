"""Open a workbook that people bring, once it was found harmless; make cells that stay texts."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from openpyxl.worksheet.worksheet import Worksheet

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.rows import Limits, Unreadable
from rapporteur.analysis.tables.writing.xlsx import ESCAPED
from rapporteur.analysis.tables.xlsx_rows import SheetLook, check_workbook, plain_cell, sheet_part
from rapporteur.calls.questionnaire.errors import FormRefused

MEGABYTE = 1024 * 1024
FILE_MOST = 10 * MEGABYTE
SHEETS_MOST, CELLS_MOST = 100, 2_000_000
LIMITS = Limits(
    workbook_unpacked=64 * MEGABYTE,
    ratio=100,
    ratio_floor=16 * MEGABYTE,
    members=1000,
    area=1_000_000,
)
# What old and encrypted Office files begin with, and what names an encrypted one inside.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class SheetCells:
    """The cells of one sheet, from A1 on: text, numbers, booleans, dates; ``""`` is empty.

    ``errors`` are the cells that hold an error of a formula, by row and column from 1.
    """

    name: str
    rows: list[list[Any]]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def text(self, row: int, column: int) -> str:
        """Return a cell as text (row and column from 1), ``""`` where it is empty or beyond."""
        if not 0 < row <= len(self.rows) or not 0 < column <= len(self.rows[row - 1]):
            return ""
        return cell_text(self.rows[row - 1][column - 1])


def cell_text(value: Any) -> str:
    """Return what a cell holds as text: ``2024`` for the number, an ISO date for a date."""
    value = plain_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return "" if value is None else str(value)


def is_old_office(data: bytes) -> bool:
    """Return whether a file is in Microsoft's old container, which also holds encrypted files."""
    return data.startswith(opening.OLD)


def check_size(data: bytes) -> None:
    """Refuse a file of more bytes than are read, or of none."""
    if len(data) > FILE_MOST:
        raise FormRefused(
            _("The file is larger than %(limit)s, the most that is read. Take out pictures.")
            % {"limit": filesizeformat(FILE_MOST)}
        )
    if not data:
        raise FormRefused(_("The file is empty. Choose the file that holds the form."))


def open_workbook(data: bytes) -> list[SheetCells]:
    """Return the sheets of an XLSX workbook, hidden ones too.

    Raises:
        FormRefused: too large before or after unpacking, encrypted, with macros, of another kind,
            with XML entities, or broken.
    """
    check_size(data)
    stream = io.BytesIO(data)
    try:
        if opening.kind_of(stream, "form") != opening.XLSX:
            raise Unreadable("not-a-workbook")
        looks = check_workbook(stream, LIMITS)
        if sum(look.rows * look.columns for look in looks.values()) > CELLS_MOST:
            raise Unreadable("too-large")
        _refuse_macros(data)
        return _read(stream, looks)
    except Unreadable as error:
        code = error.code
        if code == "old-workbook" and ENCRYPTED in data:
            code = "encrypted"
        raise FormRefused(_refusal(code)) from error


def _refuse_macros(data: bytes) -> None:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.lower() for name in archive.namelist()]
            types = next(item for item in archive.namelist() if item.lower() == CONTENT_TYPES)
            declared = archive.read(types)
    except Exception as error:  # a broken archive fails in many ways
        raise Unreadable("broken-archive") from error
    if any(name.endswith("vbaproject.bin") for name in names) or b"macroEnabled" in declared:
        raise Unreadable("macros")


CONTENT_TYPES = "[content_types].xml"


def _read(stream: io.BytesIO, looks: Mapping[str, SheetLook]) -> list[SheetCells]:
    import python_calamine as calamine

    stream.seek(0)
    read: list[SheetCells] = []
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(stream)
        sheets = [
            found.name
            for found in workbook.sheets_metadata
            if found.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        if len(sheets) > SHEETS_MOST:
            raise Unreadable("too-large")
        for name in sheets:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            look = looks.get(sheet_part(stream, name), SheetLook())
            read.append(SheetCells(name, rows, look.errors))
    except Unreadable:
        raise
    except calamine.PasswordError as error:
        raise Unreadable("encrypted") from error
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable("broken-workbook") from error
    return read


def _refusal(code: str) -> str:
    """Return what is said of a file that is not opened: why, and what to do."""
    sentences = {
        "encrypted": _("The file is protected by a password. Save it without one, and give that."),
        "old-workbook": _("The file is an old Excel file. Save it as XLSX, and give that."),
        "macros": _("The file holds macros, and was not opened. Save it as XLSX without them."),
        "entities": _(
            "The file holds definitions that no spreadsheet program writes, and was not opened. "
            "Save it again as XLSX."
        ),
        "bomb": _("The file unpacks to far more than it should, and was not opened."),
        "too-large": _(
            "A sheet reaches over far more cells than a form has. Delete the empty rows and "
            "columns after the last one, and save it again."
        ),
        "empty": _("The file is empty. Choose the file that holds the form."),
    }
    other = _("The file is no workbook that can be read. Save it as XLSX, and give that.")
    return sentences.get(code, other)


def escaped(text: str) -> str:
    """Return a text as workbooks write it: signs that look like the escape of one are escaped."""
    return ESCAPED.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> Any:
    """Write a text into a cell so that it stays one, whatever it begins with; return the cell."""
    cell: Any = sheet.cell(row, column)
    if text:
        cell.value = escaped(text)
        cell.data_type = "s"
        # Whoever edits the cell in a spreadsheet program still has a text, not a formula.
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
    return cell
