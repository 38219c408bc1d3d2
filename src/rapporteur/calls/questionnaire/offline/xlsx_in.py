"""Read a filled workbook: what stands in each place, and what stands anywhere else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree
from openpyxl.utils import get_column_letter

from rapporteur.calls.questionnaire.conditions.parsing import NAME
from rapporteur.calls.questionnaire.offline.filling import Found
from rapporteur.calls.questionnaire.offline.xlsx_out import (
    ANSWER,
    ANSWER_COLUMN,
    FIRST_KEY,
    KEY_COLUMN,
    LABEL_COLUMN,
    LIST_SHEET,
    MARK_SHEET,
    SIGN,
)
from rapporteur.calls.questionnaire.workbooks import SheetCells, cell_text, open_workbook

NOTES = re.compile(
    r"xl/(?:comments\d*|comments/comment\d*|threadedComments/.*)\.xml", re.IGNORECASE
)
ANSWER_BESIDE_KEY = ANSWER_COLUMN - KEY_COLUMN
KEY = re.compile(r"[A-Za-z0-9_][^\s]{0,300}")
TABLE_COLUMN = re.compile(rf"(?P<table>{NAME})//(?P<column>{NAME})")
# A key is looked for in the first columns: nobody inserts more before them.
KEY_COLUMNS_MOST = 30


@dataclass(frozen=True, slots=True)
class Other:
    """A cell with text that is no place: the last key above it, where it stands, its text.

    ``beside``: it stands where no form has text of its own.
    """

    key: str
    where: str
    text: str
    beside: bool


@dataclass
class FilledBook:
    """What a workbook holds: places by key, other text by where it stands, notes, properties."""

    found: dict[str, list[Found]] = field(default_factory=dict)
    errors: list[tuple[str, str, str]] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def open_filled(data: bytes) -> FilledBook:
    """Return what a filled workbook holds.

    ``errors`` are places that hold the error of a formula: key, where, text. ``others`` are all
    other cells with text.

    Raises:
        FormRefused: see ``workbooks.open_workbook``.
    """
    book = FilledBook()
    for cells in open_workbook(data):
        if cells.name == MARK_SHEET:
            for row in cells.rows:
                if len(row) > 1:
                    book.properties[cell_text(row[0])] = cell_text(row[1]).strip()
        elif cells.name != LIST_SHEET:
            _Sheet(cells, book).read()
    book.notes = list(_notes(data))
    return book


def where_of(sheet: str, row: int, column: int) -> str:
    """Return where a cell is, in words."""
    cell = f"{get_column_letter(column)}{row}"
    return _("sheet “%(sheet)s”, cell %(cell)s") % {"sheet": sheet, "cell": cell}


class _Sheet:
    """Reads one sheet into a book."""

    def __init__(self, cells: SheetCells, book: FilledBook) -> None:
        self.cells = cells
        self.book = book
        # Where a table's columns stand: by the table's name, the names of columns by number.
        self.columns: dict[str, dict[int, str]] = {}
        self.answers: int | None = None
        self.keys: dict[int, tuple[int, str]] = {}
        self.taken: set[tuple[int, int]] = set()

    def read(self) -> None:
        for row, cells in enumerate(self.cells.rows, 1):
            for column, value in enumerate(cells[:500], 1):
                if isinstance(value, str) and value.startswith(SIGN):
                    self.key(row, column, value.strip())
        for row, (column, key) in self.keys.items():
            # A key of a table's row needs the columns; one of a whole cell stands alone.
            table = self.columns.get(key.split("/")[0], {}) if "/" in key else {}
            for place, name in table.items():
                self.place(row, place, f"{key}/{name}")
            if not table:
                self.place(row, self.answers or column + ANSWER_BESIDE_KEY, key)
        self.rest()

    def key(self, row: int, column: int, text: str) -> None:
        """Note a cell that says which place stands in its row or column."""
        name = text.removeprefix(SIGN)
        if row in self.keys:
            return  # an answer that begins like a key
        if text == ANSWER:
            self.answers = column
        elif match := TABLE_COLUMN.fullmatch(name):
            self.columns.setdefault(match["table"], {})[column] = match["column"]
        elif column <= KEY_COLUMNS_MOST and KEY.fullmatch(name):
            if name != FIRST_KEY:
                self.keys[row] = (column, name)
        else:
            return
        self.taken.add((row, column))

    def place(self, row: int, column: int, key: str) -> None:
        where = where_of(self.cells.name, row, column)
        error = self.cells.errors.get((row, column))
        self.taken.add((row, column))
        if error is not None:
            self.book.errors.append((key, where, error))
            return
        text = self.cells.text(row, column).strip()
        self.book.found.setdefault(key, []).append(Found(text, where, self.value(row, column)))

    def value(self, row: int, column: int) -> Any:
        cells = self.cells.rows[row - 1]
        value = cells[column - 1] if column <= len(cells) else None
        return None if isinstance(value, str) else value

    def rest(self) -> None:
        """Note all other cells with text, each with the last key above it."""
        last = ""
        for row, cells in enumerate(self.cells.rows, 1):
            last = self.keys[row][1] if row in self.keys else last
            for column, value in enumerate(cells, 1):
                text = cell_text(value).strip()
                if text and (row, column) not in self.taken:
                    where = where_of(self.cells.name, row, column)
                    beside = not self.columns and column > LABEL_COLUMN
                    self.book.others.append(Other(last, where, text, beside))


def _notes(data: bytes) -> Iterator[str]:
    """Yield the texts of comments; what cannot be read of them holds none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if not NOTES.fullmatch(name):
                continue
            try:
                root = etree.fromstring(archive.read(name), parser)
            except etree.XMLSyntaxError:
                continue
            for comment in root.iter("{*}comment", "{*}threadedComment"):
                text = "".join(map(str, comment.itertext())).strip()
                if text:
                    yield text
