"""What rooms give to the shell: places of the navigation, panels on others' pages, home figures.

An upper room knows more about a lower room's record than the lower room does (which paragraphs are
filed under an action line, which reports cite a paragraph). It registers a panel in its
``apps.ready()``; the lower room's page shows it and imports nothing upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

Context = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """One place of the main navigation: at most five in all. ``title`` is lazy-translated."""

    url_name: str
    title: Any
    order: int


@dataclass(frozen=True)
class Panel:
    """A part of a record's page that another room fills.

    ``fill(request, record)`` returns the template's context, or ``None`` to show nothing. It costs
    a fixed number of queries, whatever the number of rows.
    """

    slot: str
    order: int
    template: str
    fill: Callable[[HttpRequest, Any], Context | None]


@dataclass(frozen=True)
class HomeFigure:
    """One figure of "the year at a glance", with its source.

    ``fill(year)`` returns ``{"value", "label", "url", "source", "source_url"}`` or ``None``.
    """

    order: int
    fill: Callable[[int | None], Context | None]


_places: dict[str, Place] = {}
_panels: dict[str, dict[str, Panel]] = {}
_home_figures: dict[str, HomeFigure] = {}


def add_place(url_name: str, title: Any, *, order: int) -> None:
    """Add a place to the main navigation; the same URL name twice is one place."""
    _places[url_name] = Place(url_name, title, order)


def places() -> list[Place]:
    """Return the navigation, in order."""
    return sorted(_places.values(), key=lambda place: place.order)


def add_panel(
    slot: str,
    *,
    order: int,
    template: str,
    fill: Callable[[HttpRequest, Any], Context | None],
) -> None:
    """Register a panel on a slot.

    Slots are named ``room.record``: ``framework.concept``, ``directory.organization``,
    ``directory.country``, ``directory.me`` (one's own account), ``library.document``,
    ``library.paragraph``, ``site.home``, ``site.desk`` (the secretariat's page; its record is
    ``None``). A template stands for one panel.
    """
    _panels.setdefault(slot, {})[template] = Panel(slot, order, template, fill)


def panels(slot: str, request: HttpRequest, record: Any) -> list[tuple[str, Context]]:
    """Return (template, context) of each panel of the slot that has something to show."""
    filled = []
    for panel in sorted(_panels.get(slot, {}).values(), key=lambda panel: panel.order):
        context = panel.fill(request, record)
        if context is not None:
            filled.append((panel.template, context))
    return filled


def add_home_figure(key: str, *, order: int, fill: Callable[[int | None], Context | None]) -> None:
    """Register one figure of the home page."""
    _home_figures[key] = HomeFigure(order, fill)


def home_figures(year: int | None) -> list[Context]:
    """Return the home page's figures for the year, in order, without those not known."""
    found = []
    for figure in sorted(_home_figures.values(), key=lambda figure: figure.order):
        context = figure.fill(year)
        if context is not None:
            found.append(context)
    return found
