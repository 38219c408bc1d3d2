"""Columns that upper rooms add to the list of action lines: who leads it, what was reported."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from rapporteur.framework.models import Concept

COUNT_CELL = "framework/_count_cell.html"


@dataclass(frozen=True)
class ActionLineColumn:
    """One column. ``fill(request, concepts)`` returns a value by concept id, in a fixed number of
    queries; ``template`` shows ``value`` (``None``: nothing known); ``plain`` is it in downloads.
    """

    key: str
    title: Any
    order: int
    fill: Callable[[HttpRequest, Sequence[Concept]], Mapping[int, Any]]
    template: str = COUNT_CELL
    plain: Callable[[Any], Any] = lambda value: value


_columns: dict[str, ActionLineColumn] = {}


def add_action_line_column(column: ActionLineColumn) -> None:
    """Add a column; the same key twice keeps the later one."""
    _columns[column.key] = column


def action_line_columns() -> list[ActionLineColumn]:
    """Return the columns that rooms added, in order."""
    return sorted(_columns.values(), key=lambda column: column.order)
