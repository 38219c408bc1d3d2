"""Answers read from a table file: CSV, XLSX or JSON lines, gzip or not, known by its content."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.nearest import nearest
from rapporteur.analysis.tables.reading import LIMITS, open_table
from rapporteur.analysis.tables.rows import CellFault, SourceRow, Unreadable, shown

# So many names of fields are looked for and named in an error.
_NAMED = 30
# A file is told by its content, whatever it is called.
_NO_NAME = "answers"
# Answers are held in memory: of so many signs in all, no more is read.
MOST_SIGNS = 500_000_000


class NoField(Exception):
    """The file has no such field. ``fields`` are those it has, ``near`` those that may be meant."""

    def __init__(self, name: str, fields: list[str], near: tuple[str, ...]) -> None:
        super().__init__(name)
        self.name, self.fields, self.near = name, fields, near


@dataclass(slots=True)
class Answers:
    """The rows of a file: their texts (``""``: none) and the other fields asked for.

    ``faults`` are rows that could not be read, by number from 0, with what is wrong; their text is
    empty.
    """

    texts: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    faults: dict[int, CellFault] = field(default_factory=dict)


def read_answers(path: Path, text_field: str, group_field: str = "") -> Answers:
    """Return the answers of a file, row by row.

    A field that is absent, null or blank is no answer; a number is its digits. A blank line is no
    row.

    Raises:
        Unreadable: the file is no table, or holds more than is read.
        NoField: no row has the field.
    """
    answers = Answers()
    fields: dict[str, None] = {}
    wanted = [name for name in (text_field, group_field) if name]
    signs = 0
    with open_table(path, name=_NO_NAME) as table:
        if table.header is not None:
            fields.update(dict.fromkeys(name for name in table.header if name))
            if any(name.startswith(("[", "{")) for name in fields) and text_field not in fields:
                raise Unreadable("json-array")
            _check(wanted, fields)
        for row in table:
            if table.header is None:
                fields.update((name, None) for name in row.cells if _is_worth(name, fields, wanted))
            _add(answers, row, text_field, group_field)
            signs += len(answers.texts[-1])
            if signs > MOST_SIGNS:
                raise Unreadable("too-many-signs", limit=MOST_SIGNS)
        _check(wanted, fields)
        if table.kind == opening.CSV and len(table.header or ()) == 1:
            _add_empty_at_end(path, answers)
    return answers


def _is_worth(name: str, fields: dict[str, None], wanted: list[str]) -> bool:
    return name in wanted or len(fields) < _NAMED


def _check(wanted: list[str], fields: dict[str, None]) -> None:
    for name in wanted:
        if name not in fields:
            raise NoField(name, list(fields)[:_NAMED], nearest(name, list(fields)))


def _add(answers: Answers, row: SourceRow, text_field: str, group_field: str) -> None:
    """Add a row; where it could not be read, as one without an answer."""
    faults = [
        fault
        for fault in row.faults
        if fault.code != "empty-row" and fault.column in ("", text_field, group_field)
    ]
    text, group = row.cells.get(text_field), row.cells.get(group_field) if group_field else None
    if not faults and isinstance(text, (dict, list)):
        faults = [CellFault(text_field, shown(text), "not-a-text")]
    if faults:
        answers.faults[len(answers.texts)] = faults[0]
        text = None
    answers.texts.append(_plain(text))
    answers.groups.append("" if isinstance(group, (dict, list)) else _plain(group).strip())


def _plain(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else str(value)


def _add_empty_at_end(path: Path, answers: Answers) -> None:
    """Add the empty answers at the end of a file of one column.

    The reader of tables takes rows that are empty throughout, at the end, for what spreadsheets
    leave there. Where the answer is the only column a quoted nothing is an empty answer.
    """
    with opening.open_bytes(path, LIMITS) as data:
        encoding, errors = opening.find_encoding(data)
        text = opening.as_text(data, encoding, errors, newline="")
        rows = sum(1 for record in csv.reader(text) if record) - 1
    missing = rows - len(answers.texts)
    answers.texts += [""] * missing
    answers.groups += [""] * missing
