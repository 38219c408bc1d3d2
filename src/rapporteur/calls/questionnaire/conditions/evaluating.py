"""Evaluate conditions over answers: as XPath 1.0, by lxml, over the answers as XML.

Answers of questions that are not shown are empty to every later condition, as in ODK.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lxml import etree

from rapporteur.calls.questionnaire.conditions.parsing import (
    COMPARISONS,
    UNWRITABLE,
    BadCondition,
    Condition,
    Node,
    parse_condition,
)
from rapporteur.calls.questionnaire.model import Kind, Questionnaire

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def shown_questions(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the questions that are shown with these answers, in printed order.

    A condition that cannot be read hides nothing: ``problems_of`` tells of it. Questions of a
    section that is not shown are not shown.
    """
    root = etree.Element("answers")
    dates = frozenset(item.name for item in questionnaire.questions() if item.kind is Kind.DATE)
    shown: list[str] = []
    for section in questionnaire.sections:
        section_shown = holds(section.relevant, root, dates)
        for question in section.questions:
            is_shown = section_shown and holds(question.relevant, root, dates)
            if is_shown:
                shown.append(question.name)
            _add(root, question.name, answers.get(question.name) if is_shown else None)
    return tuple(shown)


def holds(condition: str, root: Any, dates: frozenset[str] = frozenset()) -> bool:
    """Return whether a condition holds over answers as XML; an empty or a faulty one does.

    ``dates`` are the questions whose answers are compared as dates.
    """
    if not condition:
        return True
    try:
        return bool(_compiled(condition, dates)(root))
    except (BadCondition, etree.XPathError):
        return True


def _add(root: Any, name: str, value: Any) -> None:
    try:
        etree.SubElement(root, name).text = as_text(value)
    except ValueError:  # a name that no XML element may have; ``problems_of`` tells of it
        return


def as_text(value: Any) -> str:
    """Return an answer as conditions see it: a text, several values parted by blanks."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, str):
        return UNWRITABLE.sub("", value)
    if isinstance(value, int | float):
        return format(Decimal(repr(value)), "f")
    if isinstance(value, Mapping):
        known = value.get("slug") or value.get("name") or ""
        return as_text(known) if isinstance(known, str) else ""
    if isinstance(value, Iterable):
        return " ".join(filter(None, map(as_text, value)))
    return ""


@lru_cache(maxsize=2000)
def _compiled(condition: str, dates: frozenset[str]) -> Any:
    path = _path(parse_condition(condition).tree, dates)
    return etree.XPath(f"boolean({path})", extensions=_EXTENSIONS, smart_strings=False)


def xpath_of(condition: Condition, dates: frozenset[str] = frozenset()) -> str:
    """Return the XPath of a condition: questions are children of the element that it is asked of.

    Where one side is ``date(...)``, or comes before or after a date, both are compared as days.
    """
    return _path(condition.tree, dates)


def _path(node: Node, dates: frozenset[str]) -> str:
    if node.kind == "text":
        quote = '"' if "'" in node.value else "'"
        return f"{quote}{node.value}{quote}"
    if node.kind == "number":
        return node.value
    if node.kind == "question":
        return f"string(./{node.value})"
    parts = [_path(part, dates) for part in node.parts]
    if node.kind == "call":
        return f"{node.value}({', '.join(parts)})"
    if len(parts) == 1:
        return f"(-{parts[0]})"
    if _compares_days(node, dates):
        parts = [
            path if _is_call(part, "date") else f"date({path})"
            for part, path in zip(node.parts, parts, strict=True)
        ]
    return "(" + f" {node.value} ".join(parts) + ")"


def _is_call(node: Node, name: str) -> bool:
    return node.kind == "call" and node.value == name


def _compares_days(node: Node, dates: frozenset[str]) -> bool:
    if node.value not in COMPARISONS:
        return False
    if any(_is_call(part, "date") for part in node.parts):
        return True
    # Equality needs no days, and a date that is not given equals the empty text.
    orders = node.value not in ("=", "!=")
    return orders and any(part.kind == "question" and part.value in dates for part in node.parts)


def _selected(_context: Any, values: Any, value: Any) -> bool:
    return str(value) in str(values).split()


def _count_selected(_context: Any, values: Any) -> float:
    return float(len(str(values).split()))


def _date(_context: Any, value: Any) -> float:
    """Return the day of an ISO date as a number, NaN where it is none (nothing equals that)."""
    text = str(value)
    if not ISO_DATE.fullmatch(text):
        return float("nan")
    try:
        return float(date.fromisoformat(text).toordinal())
    except ValueError:
        return float("nan")


_EXTENSIONS = {
    (None, "selected"): _selected,
    (None, "count-selected"): _count_selected,
    (None, "date"): _date,
}
