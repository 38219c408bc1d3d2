"""Rows of a CSV file as a stream: strict about quotes, exact about the number of cells."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from typing import IO

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.rows import (
    CellFault,
    Limits,
    SourceRow,
    TableFile,
    Unreadable,
    has_broken_signs,
    shown,
)

# The module's own limit, and so the same for every file.
csv.field_size_limit(Limits().cell)
DELIMITERS = (",", ";", "\t", "|")
SNIFFED_SIGNS = 256 * 1024
SNIFFED_ROWS = 40


class CsvFile(TableFile):
    """A CSV file that is open: its header is read, its rows follow on iteration, once.

    Rows that are empty throughout at the end of the file are no rows; one in the middle is a row
    with the fault ``empty-row``. Blank lines are nothing. A row with more or fewer cells than the
    header is at fault as a whole: a file that was cut off shows so.

    Raises (also while iterating):
        Unreadable: see ``rows.Unreadable``.
    """

    kind = opening.CSV

    def __init__(self, stream: IO[bytes], *, limits: Limits, delimiter: str = "") -> None:
        self.notes: list[str] = []
        self._limits = limits
        encoding, errors = opening.find_encoding(stream)
        self._may_be_broken = errors == "surrogateescape"
        if encoding == "cp1252":
            self.notes.append("read-as-windows-1252")
        if self._may_be_broken:
            self.notes.append("broken-utf-8")
        self._text = opening.as_text(stream, encoding, errors, newline="")
        self.delimiter = delimiter or self._find_delimiter()
        self._reader = csv.reader(self._text, delimiter=self.delimiter, strict=True)
        self._number = 0
        self.header: Sequence[str] = self._read_header()

    def close(self) -> None:
        self._text.close()

    def _find_delimiter(self) -> str:
        """Return what parts the cells: the sign that gives rows of one length, most cells first.

        A first line ``sep=;`` names it, as Excel writes; that line is passed over.
        """
        sample = self._text.read(SNIFFED_SIGNS)
        self._text.seek(0)
        first = sample.lstrip("\ufeff").split("\n", 1)[0].strip("\r")
        if len(first) == 5 and first.lower().startswith("sep="):
            self._text.readline()
            return first[4]
        best, best_score = ",", 0.0
        for delimiter in DELIMITERS:
            score = _regularity(sample, delimiter)
            if score > best_score:
                best, best_score = delimiter, score
        return best

    def _next(self) -> list[str] | None:
        """Return the next record that is no blank line, ``None`` at the end."""
        try:
            for record in self._reader:
                if record:
                    return record
        except csv.Error as error:
            words = str(error)
            code = "runaway-quote" if "field limit" in words else "broken-quotes"
            raise Unreadable(code, row=self._number + 1, line=self._reader.line_num) from error
        except UnicodeError as error:
            raise Unreadable("encoding", row=self._number + 1) from error
        return None

    def _read_header(self) -> Sequence[str]:
        record = self._next()
        if record is None:
            raise Unreadable("empty")
        header = [name.replace("\ufeff", "").strip() for name in record]
        while header and not header[-1]:
            header.pop()
        check_header(header, self._limits)
        # A cell more than this, where the header has unnamed columns at its end, may be empty.
        self._width = len(record)
        return header

    def __iter__(self) -> Iterator[SourceRow]:
        header, named = self.header, len(self.header)
        columns = [name or f"#{place}" for place, name in enumerate(header, start=1)]
        empty = 0
        while (record := self._next()) is not None:
            if not any(record) or not "".join(record).strip():
                empty += 1
                continue
            for _blank in range(empty):
                self._number += 1
                yield SourceRow(self._number, {}, (CellFault("", "", "empty-row"),))
            empty = 0
            self._number += 1
            if len(record) != named:
                record, fault = self._refit(record)
                if fault is not None:
                    yield SourceRow(
                        self._number, dict(zip(columns, record, strict=False)), (fault,)
                    )
                    continue
            cells = dict(zip(columns, record, strict=True))
            if self._may_be_broken:
                faults = tuple(broken_cells(cells))
                if faults:
                    yield SourceRow(self._number, cells, faults)
                    continue
            yield SourceRow(self._number, cells)

    def _refit(self, record: list[str]) -> tuple[list[str], CellFault | None]:
        """Return the record without empty cells beyond the header, or with what is wrong in it."""
        named, width = len(self.header), len(record)
        details = {"cells": width, "columns": named}
        if width > named:
            if any(cell.strip() for cell in record[named:]):
                value = next(cell for cell in record[named:] if cell.strip())
                return record, CellFault("", shown(value), "too-many-cells", details)
            return record[:named], None
        return record, CellFault("", shown(self.delimiter.join(record)), "too-few-cells", details)


def _regularity(sample: str, delimiter: str) -> float:
    """Return how well a delimiter fits: the share of rows as wide as the header, times its width.

    0 where the header is one cell. Quotes that do not close in the sample do not count.
    """
    lines = sample.splitlines(keepends=True)
    widths: list[int] = []
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=False)
        for record in itertools.islice(reader, SNIFFED_ROWS):
            if record:
                widths.append(len(record))
    except csv.Error:
        if not widths:
            return 0.0
    if len(sample) >= SNIFFED_SIGNS and len(widths) > 1:
        widths.pop()  # may be cut
    if not widths or widths[0] < 2:
        return 0.0
    alike = sum(1 for width in widths if width == widths[0])
    return alike / len(widths) * min(widths[0], 10)


def check_header(header: Sequence[str], limits: Limits) -> None:
    """Refuse a header without a name, with one name twice, or with too many columns."""
    if not any(header):
        raise Unreadable("no-header")
    if len(header) > limits.columns:
        raise Unreadable("too-many-columns", limit=limits.columns)
    seen: set[str] = set()
    for name in header:
        key = name.casefold()
        if key and key in seen:
            raise Unreadable("repeated-column", value=shown(name))
        seen.add(key)


def broken_cells(cells: dict[str, str]) -> Iterator[CellFault]:
    """Yield a fault for each cell that holds bytes which are no text."""
    for column, value in cells.items():
        if has_broken_signs(value):
            yield CellFault(column, shown(value), "not-text")
