"""The columns of a table that is written, and how their values come back from each form."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rapporteur.analysis.tables.formulas import neutralise, restore
from rapporteur.analysis.tables.lists import join_list, split_list

TEXT, INTEGER, NUMBER, BOOLEAN, DATE, MOMENT, LIST, JSON = (
    "text",
    "integer",
    "number",
    "boolean",
    "date",
    "moment",
    "list",
    "json",
)
KINDS = (TEXT, INTEGER, NUMBER, BOOLEAN, DATE, MOMENT, LIST, JSON)


@dataclass(frozen=True)
class OutColumn:
    """One column that is written: its header and the kind of its values.

    ``text``: ``str``; ``integer``; ``number``: ``float``; ``boolean``; ``date``; ``moment``: an
    aware ``datetime``; ``list``: of ``str``; ``json``: lists and objects of JSON. ``None`` in any
    is nothing; an empty text or list is the same as nothing where a form cannot tell them apart.
    """

    name: str
    kind: str = TEXT


Table = Sequence[OutColumn]


def sheet_text(value: Any, kind: str) -> str:
    """Return a value as the text of a spreadsheet's cell, harmless in one; nothing is ``""``."""
    if value is None:
        return ""
    if kind == TEXT:
        return neutralise(value)
    if kind == LIST:
        return neutralise(join_list(value))
    if kind == JSON:
        return json_text(value) if value else ""
    if kind == BOOLEAN:
        return "true" if value else "false"
    if kind in (DATE, MOMENT):
        return str(value.isoformat())
    if kind == NUMBER:
        return repr(float(value))
    return str(value)


def json_text(value: Any) -> str:
    """Return a value as compact JSON, keys in their order."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def from_sheet(raw: Any, kind: str) -> Any:
    """Return the value that ``sheet_text`` wrote, read back as text or typed; nothing: ``None``.

    Raises ``ValueError`` where it is no value of the kind.
    """
    if raw is None or raw == "":
        return None
    if kind == TEXT:
        return restore(raw) if isinstance(raw, str) else str(raw)
    if kind == LIST:
        return split_list(restore(str(raw)))
    if kind == JSON:
        return json.loads(str(raw))
    if kind == BOOLEAN:
        return raw if isinstance(raw, bool) else {"true": True, "false": False}[str(raw).lower()]
    if kind == DATE:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw))
    if kind == MOMENT:
        return datetime.fromisoformat(str(raw))
    return int(raw) if kind == INTEGER else float(raw)
