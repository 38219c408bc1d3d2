"""A drawn chart: SVG for a page, SVG as a file of its own, PNG for a text document, and its table.

The drawing is the same in all. In a page its colours come from the page's stylesheet, by class; the
file brings a style of its own, with the dark colours; the PNG is on white.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from rapporteur.analysis.charts import engine
from rapporteur.analysis.charts.ink import STYLE, families, has_arabic

_TEXT = re.compile("<text([^>]*)>([^<]*)")
# A reference such as &amp; stays whole.
_OTHER_LETTERS = re.compile("(&[#\\w]+;)|[^\\W\\d_\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+")
_SHAPE_TITLE = re.compile("<title>[^<]*</title>")


@dataclass(frozen=True)
class Words:
    """The words that a chart writes by itself, in its language."""

    no_data: str = "No data"
    item: str = "Item"
    value: str = "Value"
    note: str = "Note"
    year: str = "Year"
    area: str = "Country or area"
    total: str = "Total"
    or_more: str = "{number} or more"


@dataclass(frozen=True)
class Key:
    """One line of a legend: ``shade`` is the class of its colour (``ramp-1`` … ``none``)."""

    shade: str
    label: str


@dataclass(frozen=True)
class Row:
    """One row of the table: its header cell, its other cells as written, where it leads."""

    header: str
    cells: tuple[str, ...]
    link: str = ""


@dataclass(frozen=True)
class Table:
    """The same figures in words and numbers. ``columns`` heads the header column and the others.

    ``text_columns`` are the places of columns that hold words (0 is the header column). ``total``
    holds the cells of the last line, or nothing.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    text_columns: tuple[int, ...] = (0,)
    total: Row | None = None


NO_TABLE = Table(columns=(), rows=())


@dataclass(frozen=True)
class Chart:
    """One drawing, ``width`` x ``height`` px; a legend of ``legend_height`` px belongs under it."""

    title: str
    description: str
    language: str
    direction: str
    width: int
    height: int
    drawing: str
    table: Table
    keys: tuple[Key, ...] = ()
    legend: str = ""
    legend_height: int = 0

    @property
    def svg(self) -> str:
        """Return the drawing for a page: no style, no script, no id; the page writes the legend."""
        return self._svg(self.drawing, self.height)

    @property
    def file(self) -> str:
        """Return the drawing with its legend as a file of its own, in light and dark."""
        # A picture answers no pointer: the titles of its shapes would only make it heavier.
        drawing = _SHAPE_TITLE.sub("", self.drawing)
        inner = f"<style>{STYLE}</style>{drawing}{self.legend}"
        return self._svg(inner, self.height + self.legend_height)

    def png(self, scale: float = 2) -> bytes:
        """Return the drawing with its legend as PNG on white, ``scale`` times as large."""
        ground = '<rect width="100%" height="100%" fill="#fff"/>'
        inner = ground + _TEXT.sub(_with_families, self.drawing + self.legend)
        return engine.png(self._svg(inner, self.height + self.legend_height), scale)

    def _svg(self, inner: str, height: int) -> str:
        described = f"<desc>{escape(self.description)}</desc>" if self.description else ""
        return (
            # Laid out left to right: a page that runs the other way must not turn it.
            '<svg xmlns="http://www.w3.org/2000/svg" role="img" direction="ltr"'
            f" lang={quoteattr(self.language)}"
            f' width="{self.width}" height="{height}" viewBox="0 0 {self.width} {height}"'
            f' font-family="{families("")}" font-size="13">'
            f"<title>{escape(self.title)}</title>{described}{inner}</svg>"
        )


@dataclass(frozen=True)
class Plan:
    """A chart that is laid out: its size and legend are known, neither drawn nor tabled yet."""

    blank: Chart
    draw: Callable[[], str]
    table: Callable[[], Table]
    # The blank chart at another width, where that needs no new plan.
    blank_at: Callable[[int], Chart] | None = None

    def tabled(self) -> Chart:
        """Return the chart with its table, without its drawing."""
        return replace(self.blank, table=self.table())

    def drawn(self) -> Chart:
        """Return the chart with its drawing and its table."""
        return replace(self.tabled(), drawing=self.draw())


def _with_families(found: re.Match[str]) -> str:
    """Return the text with its typefaces; other letters within Arabic are named apart.

    The drawer of PNG mends a missing sign in a run of Arabic with a box.
    """
    text = found[2]
    if has_arabic(text):
        text = _OTHER_LETTERS.sub(_apart, text)
    return f'<text{found[1]} font-family="{families(found[2])}">{text}'


def _apart(found: re.Match[str]) -> str:
    return found[0] if found[1] else f'<tspan font-family="{families("")}">{found[0]}</tspan>'
