"""The sheets of an XLSForm as rows under headers: which header is which column of XLSForm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyxform import aliases

from rapporteur.calls.questionnaire.storing import tidy
from rapporteur.calls.questionnaire.workbooks import SheetCells
from rapporteur.calls.questionnaire.xlsform.languages import language_of_header
from rapporteur.calls.questionnaire.xlsform.reports import Report

ROWS_MOST = {"survey": 3000, "choices": 20_000, "settings": 20}
OURS = "rapporteur"
# Columns whose texts come by language.
BY_LANGUAGE = frozenset({"label", "hint", "jr:constraintMsg", "rapporteur::unit", "title"})
# pyxform's own table of other spellings, by sheet.
ALIASES: Mapping[str, Mapping[str, Any]] = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "settings": aliases.settings_header,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its number, its header as printed, what it is, and its language.

    ``language`` is ``""`` where the header names none, ``None`` where it names none of ours.
    """

    number: int
    printed: str
    name: str
    language: str | None = ""


@dataclass
class FormRow:
    """One row of a sheet: plain cells by column name, texts by column name and language."""

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """Return a cell, without blanks at its ends; ``""`` where there is none."""
        return self.cells.get(name, "")


@dataclass
class FormSheet:
    """A sheet of an XLSForm."""

    name: str
    columns: list[Column]
    rows: list[FormRow]

    def languages(self) -> Iterator[str]:
        """Yield the languages that its headers name, in their order."""
        for column in self.columns:
            if column.language:
                yield column.language

    def has_plain_texts(self) -> bool:
        """Return whether a column of texts names no language."""
        return any(item.name in BY_LANGUAGE and item.language == "" for item in self.columns)


def canonical(sheet: str, header: str) -> tuple[str, str | None]:
    """Return what a header is (``relevant``, ``label``, ``rapporteur::kind``), and its language."""
    parts = [part.strip() for part in header.split("::")]
    if len(parts) == 1 and ":" in header and not header.lower().startswith("jr:"):
        parts = [part.strip() for part in header.split(":", 1)]
    first = re.sub(r"\s+", "_", parts[0].lower())
    if first == OURS and len(parts) > 1:
        name = f"{OURS}::{parts[1].lower()}"
        # The title in other languages is a setting of ours: XLSForm has it in one.
        name = "title" if name == "rapporteur::title" else name
        return _with_language(name, parts[2:])
    known = ALIASES[sheet].get(first, first)
    if isinstance(known, tuple):
        known = known[-1]
    if known == "jr:constraintmsg":
        known = "jr:constraintMsg"
    if len(parts) > 1 and known not in BY_LANGUAGE:
        return "::".join([str(known), *parts[1:]]).lower(), ""
    return _with_language(str(known), parts[1:])


def _with_language(name: str, rest: list[str]) -> tuple[str, str | None]:
    if not rest or name not in BY_LANGUAGE:
        return name, ""
    return name, language_of_header(rest[0])


def read_sheet(cells: SheetCells, sheet: str, report: Report) -> FormSheet:
    """Return a sheet's rows under its header, which is the first row that holds anything.

    Cells outside the header's columns, errors of formulas, columns in other languages and second
    columns of a name are reported.
    """
    at = next((place for place, row in enumerate(cells.rows) if any(row_texts(row))), None)
    if at is None:
        return FormSheet(sheet, [], [])
    columns = _columns(sheet, row_texts(cells.rows[at]), report)
    by_number = {column.number: column for column in columns}
    rows: list[FormRow] = []
    for place in range(at + 1, len(cells.rows)):
        row = FormRow(place + 1)
        for number in range(1, len(cells.rows[place]) + 1):
            _take(sheet, cells, row, number, by_number.get(number), report)
        if row.cells or row.texts:
            rows.append(row)
    most = ROWS_MOST[sheet]
    if len(rows) > most:
        report.add(sheet, rows[most].number, "", "", "too-many-rows", limit=most)
        del rows[most:]
    return FormSheet(sheet, columns, rows)


def row_texts(row: list[Any]) -> list[str]:
    """Return a row's cells as texts."""
    from rapporteur.calls.questionnaire.workbooks import cell_text

    return [tidy(cell_text(value)) for value in row]


def _columns(sheet: str, headers: list[str], report: Report) -> list[Column]:
    columns: list[Column] = []
    met: set[tuple[str, str | None]] = set()
    for number, printed in enumerate(headers, 1):
        if not printed:
            continue
        name, language = canonical(sheet, printed)
        if language is None:
            report.add(sheet, 1, printed, printed.split(":")[-1].strip(), "language")
        elif (name, language) in met:
            report.add(sheet, 1, printed, printed, "repeated-column")
            continue
        met.add((name, language))
        columns.append(Column(number, printed, name, language))
    return columns


def _take(
    sheet: str,
    cells: SheetCells,
    row: FormRow,
    number: int,
    column: Column | None,
    report: Report,
) -> None:
    error = cells.errors.get((row.number, number))
    printed = column.printed if column else ""
    if error is not None:
        report.add(sheet, row.number, printed, error, "formula-error")
        return
    text = tidy(cells.text(row.number, number))
    if not text:
        return
    if column is None:
        report.add(sheet, row.number, "", text, "outside")
    elif column.language is None:
        return  # told of once, with the header
    elif column.name in BY_LANGUAGE:
        row.texts.setdefault(column.name, {})[column.language] = text
        row.printed[column.name] = printed
    else:
        row.cells[column.name] = text
        row.printed[column.name] = printed
