"""The rows of a survey as a tree of groups: begin and end matched, repeats left out and told of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pyxform import aliases, constants

from rapporteur.calls.questionnaire.xlsform.reports import Report
from rapporteur.calls.questionnaire.xlsform.sheets import FormRow

DEEPEST = 8
CONTROL = re.compile(
    r"(?P<what>begin|end)[\s_]+(?P<control>"
    + "|".join(sorted(aliases.control, key=len)[::-1])
    + ")"
)


@dataclass
class Group:
    """A group of rows; ``row`` is where it begins, ``None`` for the survey as a whole."""

    row: FormRow | None = None
    parts: list[FormRow | Group] = field(default_factory=list)


def type_of(row: FormRow) -> str:
    """Return a row's type in small letters, single blanks in it."""
    return " ".join(row.get("type").lower().split())


def grouped(rows: list[FormRow], report: Report) -> Group:
    """Return the survey as a tree. Whatever does not fit is reported and left out."""
    whole = Group()
    open_groups: list[tuple[Group, str]] = [(whole, "")]
    for row in rows:
        match = CONTROL.fullmatch(type_of(row))
        if match is None:
            open_groups[-1][0].parts.append(row)
            continue
        control = aliases.control[match["control"]]
        if match["what"] == "begin":
            group = Group(row)
            open_groups[-1][0].parts.append(group)
            open_groups.append((group, control))
        elif len(open_groups) == 1:
            report.add("survey", row.number, "type", row.get("type"), "unopened")
        elif open_groups[-1][1] != control:
            report.add("survey", row.number, "type", row.get("type"), "wrong-end")
            open_groups.pop()
        else:
            open_groups.pop()
    for group, _control in open_groups[1:]:
        row = group.row or FormRow(0)
        report.add("survey", row.number, "type", row.get("name") or row.get("type"), "unclosed")
    _without_repeats(whole, report)
    return whole


def _without_repeats(whole: Group, report: Report) -> None:
    """Take out repeats and what stands too deep, without recursion: depth is the sender's."""
    waiting = [(whole, 0)]
    while waiting:
        group, depth = waiting.pop()
        kept: list[FormRow | Group] = []
        for part in group.parts:
            if not isinstance(part, Group) or part.row is None:
                kept.append(part)
                continue
            match = CONTROL.fullmatch(type_of(part.row))
            control = aliases.control[match["control"]] if match else constants.GROUP
            if control == constants.GROUP and depth < DEEPEST:
                kept.append(part)
                waiting.append((part, depth + 1))
            else:
                _report_all(part, "repeat" if control != constants.GROUP else "too-deep", report)
        group.parts = kept


def _report_all(group: Group, code: str, report: Report) -> None:
    row = group.row or FormRow(0)
    report.add("survey", row.number, "type", row.get("name") or row.get("type"), code)
    waiting: list[FormRow | Group] = list(reversed(group.parts))
    while waiting:
        part = waiting.pop()
        if isinstance(part, Group):
            waiting += reversed(part.parts)
            row = part.row or FormRow(0)
        else:
            row = part
        inner = "in-repeat" if code == "repeat" else code
        report.add("survey", row.number, "type", row.get("name") or row.get("type"), inner)
