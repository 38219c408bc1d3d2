"""Write an XLSX workbook of one sheet, row by row."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from rapporteur.analysis.tables.columns import BOOLEAN, DATE, INTEGER, NUMBER, OutColumn, sheet_text

ROWS_AT_MOST = 1_048_575
CELL_AT_MOST = 32_767
CHUNK = 64 * 1024
# A workbook writes signs that XML cannot hold as _x0008_; a text that looks so is written likewise.
ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
ERROR_WORDS = frozenset(
    ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA")
)
FIRST_DAY = date(1900, 3, 1)


class TooManyRows(ValueError):
    """More rows than a sheet holds. Take CSV or Parquet."""


class CellTooLong(ValueError):
    """A text that is longer than a cell holds; it would be cut. ``args`` are its column and row."""


def xlsx_chunks(columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a workbook: the header, then the rows; formulas are neutralised, texts stay texts.

    The workbook is made in a temporary file before the first byte is yielded.

    Raises:
        TooManyRows, CellTooLong: before anything is yielded.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("activities")
    sheet.freeze_panes = "A2"

    def as_cell(value: Any, kind: str, name: str, number: int) -> Any:
        if value is None:
            return None
        if kind == BOOLEAN:
            return bool(value)
        if kind == INTEGER and abs(value) < 2**53:
            return value
        if kind == NUMBER and float(f"{value:.16g}") == value:  # the digits that are written
            return float(value)
        if kind == DATE and value >= FIRST_DAY:
            return value
        text = sheet_text(value, kind)
        if len(text) > CELL_AT_MOST:
            raise CellTooLong(name, number)
        return as_text_cell(text)

    def as_text_cell(text: str) -> Any:
        if ESCAPED.search(text):
            text = ESCAPED.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
        if text in ERROR_WORDS:
            cell = WriteOnlyCell(sheet, text)
            cell.data_type = "s"
            return cell
        return text

    sheet.append([as_text_cell(column.name) for column in columns])
    for number, row in enumerate(rows, start=1):
        if number > ROWS_AT_MOST:
            raise TooManyRows(ROWS_AT_MOST)
        sheet.append(
            [
                as_cell(value, column.kind, column.name, number)
                for value, column in zip(row, columns, strict=True)
            ]
        )
    with tempfile.TemporaryFile() as made:
        workbook.save(made)
        made.seek(0)
        while chunk := made.read(CHUNK):
            yield chunk
