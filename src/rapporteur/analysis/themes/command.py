"""``rapporteur analysis themes``: what the answers in a file say, without a database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rapporteur.analysis.tables.rows import CellFault, Unreadable
from rapporteur.analysis.themes.analysing import Analysis, analyse
from rapporteur.analysis.themes.answers import Answers, NoField, read_answers
from rapporteur.analysis.themes.groups import Raised, who_raises
from rapporteur.analysis.themes.quotations import quotations_of

_SHOWN_PHRASES, _SHOWN_COPIES, _SHOWN_ROWS, _SHOWN_FAULTS = 20, 10, 8, 20
_WIDTH = 100

_UNREADABLE = {
    "absent": "the file is not there, or may not be read.",
    "empty": "the file is empty. Give the file that holds the answers.",
    "binary": "the file is no table. Give CSV, XLSX or JSON lines.",
    "document": "the file is no table. Give CSV, XLSX or JSON lines.",
    "web-page": "the file is a web page or XML. Give CSV, XLSX or JSON lines.",
    "encrypted": "the workbook is protected by a password. Save it without one.",
    "old-workbook": "the workbook is in the old form (XLS). Save it as XLSX.",
    "archive": "the file is an archive. Give the file that is in it, or pack it with gzip.",
    "broken-archive": "the workbook is damaged. Save it again as XLSX.",
    "broken-workbook": "the workbook cannot be read. Save it again as XLSX.",
    "broken-gzip": "the packed file is damaged. Pack it again with gzip, or give it unpacked.",
    "bomb": "the file unpacks to far more than it should (over {limit:,} bytes), and was left.",
    "entities": "the workbook holds definitions that no spreadsheet writes. Save it again.",
    "too-large": "the sheet is larger than is read. Delete what is empty at its end, or give CSV.",
    "no-sheet": "the workbook has no sheet with cells.",
    "encoding": "the file is no text. Save it as UTF-8.",
    "broken-quotes": "row {row} has a double quote that does not close, or one too many.",
    "runaway-quote": "row {row} has a cell that is too long: perhaps a quote does not close.",
    "repeated-column": "two columns are called {value!r}. Give each its own name.",
    "no-header": "the first row names no column. Write the columns' names there.",
    "too-many-columns": "the file has more than {limit} columns.",
    "json-array": "the file is one JSON array or object. Write one object on each line.",
    "no-object": 'no line is a JSON object. Write lines such as {{"text": "…"}}.',
    "long-line": "row {row} is longer than {limit:,} bytes.",
    "too-many-signs": "the answers have over {limit:,} signs in all. Give them in parts.",
}
_FAULTS = {
    "too-many-cells": "more cells than the header has columns: is a quote missing?",
    "too-few-cells": "fewer cells than the header has columns: is a quote or a line missing?",
    "not-text": "holds bytes that are no text. Save the file as UTF-8.",
    "broken-line": "no JSON that can be read. Mend the line, or take it out.",
    "not-an-object": "JSON, and no object. Write {…} with named fields.",
    "repeated-key": "names one field twice.",
    "not-a-text": "a list or an object, not a text. Write the answer as one text.",
    "formula-error": "the cell shows an error of the spreadsheet.",
    "too-long": "the cell is too long.",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Write what the answers of a file say; return the exit code.

    0: every row was read. 1: some rows were not; each has a line on standard error, counts as a
    row, and carries nothing. 2: the file cannot be read, or has no such field.
    """
    parser = argparse.ArgumentParser(
        prog="rapporteur analysis themes",
        description="Themes, key phrases and near-identical answers of a consultation.",
    )
    parser.add_argument("file", metavar="FILE", help="CSV, XLSX or JSON lines, gzip or not")
    parser.add_argument("--text-field", metavar="F", required=True, help="the field of the answer")
    parser.add_argument(
        "--group-field", metavar="G", default="", help="who answers: also show who raises what"
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    arguments = parser.parse_args(argv)
    try:
        answers = read_answers(Path(arguments.file), arguments.text_field, arguments.group_field)
    except Unreadable as error:
        words = _UNREADABLE.get(error.code, error.code).format(**error.details)
        print(f"{arguments.file}: {words}", file=sys.stderr)
        return 2
    except NoField as error:
        print(f"{arguments.file}: {_no_field(error)}", file=sys.stderr)
        return 2
    found = analyse(answers.texts)
    groups = answers.groups if arguments.group_field else None
    try:
        if arguments.json:
            _write(json.dumps(_as_json(found, groups), ensure_ascii=False))
        else:
            _write("\n".join(_for_people(found, answers, groups)))
    except BrokenPipeError:
        # Who reads has read enough, as `head` does; Python must not complain at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _report(answers.faults)


def _write(text: str) -> None:
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace") + b"\n")
    sys.stdout.buffer.flush()


def _no_field(error: NoField) -> str:
    fields = ", ".join(error.fields) or "none"
    meant = f" Is it {' or '.join(error.near)}?" if error.near else ""
    return f"no field {error.name!r}. Its fields are: {fields}.{meant}"


def _report(faults: dict[int, CellFault]) -> int:
    for row, fault in list(faults.items())[:_SHOWN_FAULTS]:
        words = _FAULTS.get(fault.code, fault.code)
        place = f", field {fault.column!r}" if fault.column else ""
        print(f"row {row}{place}: {words}", file=sys.stderr)
    if len(faults) > _SHOWN_FAULTS:
        print(f"… and {len(faults) - _SHOWN_FAULTS} more.", file=sys.stderr)
    if faults:
        print(f"Rows not read: {len(faults)}.", file=sys.stderr)
    return 1 if faults else 0


def _as_json(found: Analysis, groups: list[str] | None) -> dict[str, Any]:
    made = found.as_json()
    if groups is not None:
        raised = _raised(found, groups)
        made["groups"] = [
            {
                "group": group,
                "rows": size,
                "themes": [raised.counts[theme.key][group] for theme in found.themes],
            }
            for group, size in raised.groups.items()
        ]
    return made


def _raised(found: Analysis, groups: list[str]) -> Raised:
    return who_raises({theme.key: theme.rows for theme in found.themes}, groups)


def _for_people(found: Analysis, answers: Answers, groups: list[str] | None) -> Iterator[str]:
    said = sum(1 for text in answers.texts if text.strip())
    spoken = Counter(
        language or "other"
        for language, text in zip(found.languages, answers.texts, strict=True)
        if text.strip()
    )
    carried = len({row for theme in found.themes for row in theme.rows})
    yield f"{found.rows} rows, {said} with an answer; {carried} carry a theme."
    if spoken:
        yield "Languages: " + ", ".join(f"{one} {times}" for one, times in spoken.most_common())
    yield ""
    yield "Themes"
    for theme in found.themes:
        yield _cut(f"{len(theme.rows):>7}  {theme.label}")
        if rest := theme.terms[3:]:
            yield _cut(f"         {', '.join(rest)}")
        for quotation in quotations_of(theme, answers.texts, found.languages, most=1):
            yield _cut(f"         row {quotation.row}: “{' '.join(quotation.text.split())}”")
    yield "" if found.themes else "         none: the answers are too few, or too different."
    yield "Key phrases"
    for phrase in found.phrases[:_SHOWN_PHRASES]:
        yield _cut(f"{phrase.count:>7}  {phrase.text} ({len(phrase.rows)} rows)")
    if not found.phrases:
        yield "         none"
    yield ""
    yield f"Near-identical answers: {len(found.near_duplicates)} groups"
    largest = sorted(found.near_duplicates, key=lambda group: (-len(group), group))
    for group in largest[:_SHOWN_COPIES]:
        rows = ", ".join(map(str, group[:_SHOWN_ROWS])) + (", …" if group[_SHOWN_ROWS:] else "")
        yield f"{len(group):>7}  rows {rows}"
        yield _cut(f"         “{' '.join(answers.texts[group[0]].split())}”")
    if groups is not None:
        yield from _who(found, _raised(found, groups))


def _who(found: Analysis, raised: Raised) -> Iterator[str]:
    yield ""
    yield "Who raises what"
    labels = {theme.key: theme.label for theme in found.themes}
    for group, size in raised.groups.items():
        yield _cut(f"{size:>7}  {group or '(not stated)'}")
        counts = Counter({labels[key]: by[group] for key, by in raised.counts.items()})
        most = [f"{label} ({times})" for label, times in counts.most_common(3) if times]
        yield _cut(f"         {'; '.join(most) or 'no theme'}")
        if missing := raised.unraised[group]:
            yield _cut(
                f"         raised by none of them: {'; '.join(labels[one] for one in missing)}"
            )


def _cut(line: str) -> str:
    return line if len(line) <= _WIDTH else line[: _WIDTH - 1] + "…"


if __name__ == "__main__":
    sys.exit(main())
