"""Rows of one sheet of an XLSX workbook, typed, after its archive was found harmless."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.csv_rows import check_header
from rapporteur.analysis.tables.rows import (
    CellFault,
    Limits,
    SourceRow,
    TableFile,
    Unreadable,
    shown,
)

CHUNK = 1024 * 1024
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL = re.compile(rb"<c\s[^>]{0,200}?\br\s*=\s*[\"']([A-Z]{1,4})(\d{1,8})[\"']")
ROW = re.compile(rb"<row\s[^>]{0,300}?\br\s*=\s*[\"'](\d{1,8})[\"']")
EDGE = 600
ERROR_CELL = re.compile(
    rb'<c\s(?=[^>]{0,200}?\bt="e")[^>]{0,200}?\br="([A-Z]{1,4})(\d{1,8})"[^>]{0,200}>'
    rb"(?:<f[^<]{0,500}</f>|<f[^>]{0,200}/>)?<v>([^<]{0,20})</v>"
)
ERRORS_KEPT = 100_000


@dataclass
class SheetLook:
    """What scanning a sheet's XML shows: how far its cells reach, and cells that hold an error."""

    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    edge: bytes = b""


class XlsxFile(TableFile):
    """The first sheet of a workbook, or the named one: header first, rows on iteration.

    Cells are text, numbers (whole ones as ``int``), booleans, dates, times; formulas give their
    stored values; a cell that holds an error (``#REF!``) is a fault. Other sheets are not read, and
    ``notes`` says so.

    Raises:
        Unreadable: see ``rows.Unreadable``.
    """

    kind = opening.XLSX

    def __init__(self, stream: IO[bytes], *, limits: Limits, sheet: str = "") -> None:
        self.notes: list[str] = []
        self._stream = stream
        looks = check_workbook(stream, limits)
        self._rows, self._look = self._open_sheet(sheet, looks, limits)
        self._offset = 0
        self.header: Sequence[str] = self._read_header(limits)

    def close(self) -> None:
        self._rows = iter(())
        self._stream.close()

    def _open_sheet(
        self, sheet: str, looks: dict[str, SheetLook], limits: Limits
    ) -> tuple[Iterator[list[Any]], SheetLook]:
        import python_calamine as calamine

        self._stream.seek(0)
        try:
            workbook = calamine.CalamineWorkbook.from_filelike(self._stream)
            names = [
                found.name
                for found in workbook.sheets_metadata
                if found.typ == calamine.SheetTypeEnum.WorkSheet
            ]
            if not names or (sheet and sheet not in names):
                raise Unreadable("no-sheet", value=shown(sheet), names=names[:20])
            opened = workbook.get_sheet_by_name(sheet or names[0])
            if len(names) > 1:
                self.notes.append("other-sheets")
            # Rows begin with the sheet's first, cells with the first column that holds anything.
            self._left = opened.start[1] if opened.start else 0
            rows = opened.iter_rows()
        except Unreadable:
            raise
        except calamine.PasswordError as error:
            raise Unreadable("encrypted") from error
        except BaseException as error:  # a panic of the reader is no Exception
            if isinstance(error, (KeyboardInterrupt, SystemExit)):
                raise
            raise Unreadable("broken-workbook") from error
        place = sheet_part(self._stream, sheet or names[0])
        look = looks.get(place) or (next(iter(looks.values())) if len(looks) == 1 else SheetLook())
        return rows, look

    def _lines(self) -> Iterator[list[Any]]:
        """Yield the sheet's lines, blank ones too; a reader that breaks is a broken workbook."""
        while True:
            try:
                cells = next(self._rows, None)
            except BaseException as error:  # a panic of the reader is no Exception
                if isinstance(error, (KeyboardInterrupt, SystemExit)):
                    raise
                raise Unreadable("broken-workbook") from error
            if cells is None:
                return
            yield cells

    def _read_header(self, limits: Limits) -> Sequence[str]:
        for cells in self._lines():
            self._offset += 1
            header = [_as_name(cell) for cell in cells]
            if any(header):
                while header and not header[-1]:
                    header.pop()
                check_header(header, limits)
                return header
        raise Unreadable("empty")

    def __iter__(self) -> Iterator[SourceRow]:
        columns = [name or f"#{place}" for place, name in enumerate(self.header, start=1)]
        number = empty = 0
        for line, cells in enumerate(self._lines(), start=self._offset + 1):
            errors = self._errors_of(line, columns)
            if not errors and all(cell == "" or cell is None for cell in cells):
                empty += 1
                continue
            for _blank in range(empty):
                number += 1
                yield SourceRow(number, {}, (CellFault("", "", "empty-row"),))
            empty = 0
            number += 1
            faults = list(errors)
            for cell in cells[len(columns) :]:
                if cell not in ("", None):
                    details = {"cells": len(cells), "columns": len(columns)}
                    faults.append(CellFault("", shown(cell), "too-many-cells", details))
                    break
            values = {
                column: plain_cell(cell) for column, cell in zip(columns, cells, strict=False)
            }
            yield SourceRow(number, values, tuple(faults))

    def _errors_of(self, line: int, columns: Sequence[str]) -> list[CellFault]:
        if not self._look.errors:
            return []
        found = []
        for place, column in enumerate(columns, start=self._left + 1):
            error = self._look.errors.get((line, place))
            if error is not None:
                found.append(CellFault(column, error, "formula-error"))
        return found


def plain_cell(value: Any) -> Any:
    """Return a cell's value: whole numbers as ``int``, a date at midnight as a date."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    if isinstance(value, timedelta):
        return str(value)
    return value


def _as_name(cell: Any) -> str:
    value = plain_cell(cell)
    if isinstance(value, (date, time)):
        return value.isoformat()
    return "" if value is None else str(value).strip()


def check_workbook(stream: IO[bytes], limits: Limits) -> dict[str, SheetLook]:
    """Return what the sheets' XML shows, after unpacking each part once, counted as it comes.

    Nothing is kept; sizes that the archive claims are not believed.

    Raises:
        Unreadable: ``broken-archive``, ``archive``, ``encrypted``, ``bomb``, ``entities``,
            ``too-large``.
    """
    stream.seek(0, 2)
    packed = stream.tell()
    stream.seek(0)
    allowed = min(limits.workbook_unpacked, max(limits.ratio_floor, limits.ratio * packed))
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except Exception as error:  # a broken archive fails in many ways
        raise Unreadable("broken-archive") from error
    names = [member.filename for member in members]
    lowered = {name.lower() for name in names}
    if "[content_types].xml" not in lowered or "xl/workbook.xml" not in lowered:
        raise Unreadable("archive")
    if len(members) > limits.members or len(set(names)) != len(names):
        raise Unreadable("bomb", limit=limits.members)
    if any(name.startswith(("/", "\\")) or ".." in name.split("/") for name in names):
        raise Unreadable("broken-archive")
    looks: dict[str, SheetLook] = {}
    left = allowed
    for member in members:
        if member.flag_bits & 1:
            raise Unreadable("encrypted")
        look = SheetLook() if SHEET.fullmatch(member.filename) else None
        is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
        for chunk in unpacked(stream, member, left):
            left -= len(chunk)
            if left < 0:
                raise Unreadable("bomb", limit=allowed)
            if is_xml and (b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk):
                raise Unreadable("entities")
            if look is not None:
                _look_at(chunk, look, limits)
        if look is not None:
            looks[member.filename] = look
    stream.seek(0)
    return looks


def unpacked(stream: IO[bytes], member: zipfile.ZipInfo, most: int) -> Iterator[bytes]:
    """Yield what one member of an archive really unpacks to, in overlapping-free chunks.

    At most ``most`` bytes and one more are made.
    """
    if member.header_offset < 0:
        raise Unreadable("broken-archive")
    stream.seek(member.header_offset)
    local = stream.read(30)
    if len(local) < 30 or local[:4] != b"PK\x03\x04":
        raise Unreadable("broken-archive")
    name_size, extra_size = struct.unpack("<HH", local[26:30])
    stream.seek(member.header_offset + 30 + name_size + extra_size)
    left = member.compress_size
    if member.compress_type == zipfile.ZIP_STORED:
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise Unreadable("broken-archive")
    inflate = zlib.decompressobj(-15)
    made = 0
    try:
        while left > 0 and not inflate.eof:
            packed = stream.read(min(CHUNK, left))
            if not packed:
                break
            left -= len(packed)
            while packed and not inflate.eof:
                chunk = inflate.decompress(packed, CHUNK)
                packed = inflate.unconsumed_tail
                made += len(chunk)
                if chunk:
                    yield chunk
                if made > most:
                    return
    except zlib.error as error:
        raise Unreadable("broken-archive") from error


def _look_at(chunk: bytes, look: SheetLook, limits: Limits) -> None:
    """Note how far the cells of a piece of a sheet reach, and its cells with errors."""
    chunk = look.edge + chunk
    look.edge = chunk[-EDGE:]
    for digits in ROW.findall(chunk):
        look.rows = max(look.rows, int(digits))
    for letters, digits in CELL.findall(chunk):
        row, column = int(digits), column_number(letters)
        look.rows = max(look.rows, row)
        look.columns = max(look.columns, column)
    if look.rows * look.columns > limits.area:
        raise Unreadable("too-large", rows=look.rows, columns=look.columns)
    if b't="e"' in chunk:
        for letters, digits, error in ERROR_CELL.findall(chunk):
            if len(look.errors) < ERRORS_KEPT:
                key = (int(digits), column_number(letters))
                look.errors[key] = error.decode("utf-8", "replace")


def column_number(letters: bytes) -> int:
    """Return the number of a column of a sheet: ``A`` is 1, ``AB`` is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def sheet_part(stream: IO[bytes], name: str) -> str:
    """Return the archive's part that holds a sheet, ``""`` where that is not found."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            book = etree.fromstring(archive.read("xl/workbook.xml"), parser)
            links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), parser)
    except Exception:
        return ""
    key = ""
    for sheet in book.iter("{*}sheet"):
        if sheet.get("name") == name:
            key = next((str(value) for tag, value in sheet.items() if str(tag).endswith("}id")), "")
    for link in links:
        if link.get("Id") == key:
            target = str(link.get("Target") or "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""
