"""Rows of a table file, read whole, with what is wrong in them named by row and column.

A file is read to its end even when rows are faulty, so that one run shows all of them. Faults carry
a code and no sentence: whoever shows them has the words, in the reader's language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from rapporteur.analysis.tables.rows import Limits

# No cell of a reviewed data file is longer; a longer one is a lost quotation mark.
LONGEST_CELL = 5000
csv.field_size_limit(Limits().cell)


@dataclass(frozen=True)
class RowFault:
    """One thing wrong in a file.

    ``row`` counts as a spreadsheet does (the header is row 1; 0: the file as a whole), ``column``
    is its header or ``""``, ``value`` is what stands there. ``code`` is one of ``unreadable``,
    ``absent``, ``no-column``, ``unknown-column``, ``too-many-cells``, ``too-long``, ``empty``,
    ``repeated``, ``not-a-link``, ``not-a-date``, ``not-a-number``, ``not-allowed``, ``unknown``.
    """

    file: str
    row: int
    column: str
    value: str
    code: str


@dataclass(frozen=True)
class Row:
    """One row of a file: its cells by column, without blanks at their ends; missing is ``""``."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def fault(self, column: str, code: str) -> RowFault:
        """Return the fault of one cell of this row."""
        return RowFault(self.file, self.number, column, self[column], code)


@dataclass
class Table:
    """The rows of one file and what is wrong in it. Checks add to ``faults`` and change no row."""

    file: str
    rows: list[Row] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def refuse(self, row: Row, column: str, code: str) -> None:
        """Note a fault of one cell."""
        self.faults.append(row.fault(column, code))

    def require(self, *columns: str) -> None:
        """Note every row that leaves one of these columns empty."""
        for row in self.rows:
            for column in columns:
                if not row[column]:
                    self.refuse(row, column, "empty")

    def require_unique(self, *columns: str) -> None:
        """Note every row whose cells in these columns, together, stand in an earlier row too."""
        seen: set[tuple[str, ...]] = set()
        for row in self.rows:
            key = tuple(row[column] for column in columns)
            if key in seen:
                self.refuse(row, columns[-1], "repeated")
            seen.add(key)

    def require_links(self, *columns: str) -> None:
        """Note every cell that is neither empty nor an address of the web."""
        for row in self.rows:
            for column in columns:
                if row[column] and not is_link(row[column]):
                    self.refuse(row, column, "not-a-link")

    def require_one_of(self, column: str, allowed: frozenset[str] | set[str]) -> None:
        """Note every cell of a column that is not empty and not among the allowed values."""
        for row in self.rows:
            if row[column] and row[column] not in allowed:
                self.refuse(row, column, "not-allowed")

    def require_at_most(self, limits: Mapping[str, int]) -> None:
        """Note every cell with more signs than its column may hold."""
        for row in self.rows:
            for column, most in limits.items():
                if len(row[column]) > most:
                    self.refuse(row, column, "too-long")

    def require_form(self, column: str, pattern: str) -> None:
        """Note every cell of a column that is not empty and not of this form, whole."""
        form = re.compile(pattern)
        for row in self.rows:
            if row[column] and not form.fullmatch(row[column]):
                self.refuse(row, column, "not-allowed")

    def day(self, row: Row, column: str) -> date | None:
        """Return the date of a cell (``2015-12-16``), ``None`` where it is empty or no date.

        A cell that is no date is noted.
        """
        if not row[column]:
            return None
        try:
            return date.fromisoformat(row[column])
        except ValueError:
            self.refuse(row, column, "not-a-date")
            return None

    def whole_number(self, row: Row, column: str) -> int | None:
        """Return the number of a cell, ``None`` where it is empty or none; the latter is noted."""
        if not row[column]:
            return None
        if not (row[column].isascii() and row[column].isdigit() and len(row[column]) < 10):
            self.refuse(row, column, "not-a-number")
            return None
        return int(row[column])


# Nearly every address; whatever it does not fit is looked at closely.
PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::\d+)?(?:/[!-~]*)?")


def is_link(value: str) -> bool:
    """Return whether a value is an absolute http(s) address with a host and no blanks."""
    if PLAIN_LINK.fullmatch(value):
        return True
    if any(sign.isspace() for sign in value):
        return False
    try:
        parts = urlsplit(value)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def read_csv(path: Path, *, columns: Sequence[str], optional: Sequence[str] = ()) -> Table:
    """Return the table of a CSV file with a header (UTF-8, a byte order mark allowed).

    ``columns`` must stand in the header; ``optional`` may. Any other column, a row with more cells
    than the header, a file that is absent or cannot be decoded: each is a fault of the table. Rows
    that are empty throughout are left out.
    """
    table = Table(path.name)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        table.faults.append(RowFault(path.name, 0, "", "", "absent"))
        return table
    except UnicodeDecodeError:
        table.faults.append(RowFault(path.name, 0, "", "", "unreadable"))
        return table
    if "\x00" in text:
        table.faults.append(RowFault(path.name, 0, "", "", "unreadable"))
        return table
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        table.faults += [
            RowFault(path.name, 1, name, "", "no-column") for name in columns if name not in header
        ]
        known = {*columns, *optional}
        table.faults += [
            RowFault(path.name, 1, name, name, "unknown-column")
            for name in header
            if name not in known
        ]
        if len(set(header)) != len(header):
            repeated = next(name for name in header if header.count(name) > 1)
            table.faults.append(RowFault(path.name, 1, repeated, repeated, "repeated"))
        for number, cells in enumerate(reader, start=2):
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            row = Row(path.name, number, dict(zip(header, cells, strict=False)))
            if len(cells) > len(header):
                table.faults.append(
                    RowFault(path.name, number, "", cells[len(header)], "too-many-cells")
                )
            for column in header:
                if len(row[column]) > LONGEST_CELL:
                    table.faults.append(
                        RowFault(path.name, number, column, row[column][:80], "too-long")
                    )
            table.rows.append(row)
    except csv.Error:
        table.faults.append(RowFault(path.name, reader.line_num, "", "", "unreadable"))
    return table
