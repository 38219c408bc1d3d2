"""The only door to vl-convert: a Vega specification in, tidy SVG out.

The library is loaded at the first drawing, since it takes 100 MB. One drawing at a time: its
JavaScript has one thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from typing import Any

from rapporteur.analysis.charts.ink import LIGHT
from rapporteur.analysis.charts.tidying import tidy

_ONE_AT_A_TIME = threading.Lock()

Rows = Iterable[Mapping[str, Any]]


def svg(specification: Mapping[str, Any]) -> str:
    """Return what vl-convert draws, as it comes. Data are never fetched from an address."""
    with _ONE_AT_A_TIME:
        import vl_convert

        return str(vl_convert.vega_to_svg(dict(specification), allowed_base_urls=[]))


def warm() -> None:
    """Load the library and draw once, so that the first chart of a process does not take a second.

    vl-convert holds Python's lock while it works: other threads of the process wait.
    """
    Sheet(1, 1).drawn()


def png(drawing: str, scale: float) -> bytes:
    """Return an SVG as PNG, ``scale`` times its own size, with the machine's fonts."""
    with _ONE_AT_A_TIME:
        import vl_convert

        return bytes(vl_convert.svg_to_png(drawing, scale=scale))


def ink(name: str) -> dict[str, str]:
    """Return a constant colour for a channel of a mark."""
    return {"value": LIGHT[name]}


class Sheet:
    """A Vega specification in the making: scales, and marks that bring their own rows.

    A channel is a number, the name of a field of the rows, or Vega's own form in a dict.
    """

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._scales: list[dict[str, Any]] = []
        self._data: list[dict[str, Any]] = []
        self._marks: list[dict[str, Any]] = []
        self._texts: list[str] = []

    def scale(self, name: str, **properties: Any) -> None:
        """Add a scale of Vega."""
        self._scales.append({"name": name, **properties})

    def add(self, kind: str, rows: Rows, **channels: Any) -> None:
        """Add a mark for each row. ``description`` becomes the title of its shape."""
        name = f"rows-{len(self._data)}"
        self._data.append({"name": name, "values": [dict(row) for row in rows]})
        self._marks.append(
            {
                "type": kind,
                "from": {"data": name},
                "aria": "description" in channels,
                "encode": {
                    "update": {channel: _reference(value) for channel, value in channels.items()}
                },
            }
        )

    def rules(self, rows: Rows, **channels: Any) -> None:
        """Add hairlines."""
        self.add("rule", rows, stroke=ink("hair"), **channels)

    def texts(self, rows: Rows, *, colour: str = "ink", size: int = 13, **channels: Any) -> None:
        """Add the field ``text`` of each row, in the middle of its height.

        Vega gets a number in its place: it would measure the text with the machine's fonts, which
        takes ten times as long as the drawing and decides nothing here.
        """
        self.add(
            "text",
            [{**row, "text": self._kept(str(row["text"]))} for row in rows],
            **{
                "text": "text",
                "fill": ink(colour),
                "fontSize": size,
                "baseline": {"value": "middle"},
                **channels,
            },
        )

    def _kept(self, text: str) -> str:
        self._texts.append(text)
        return str(len(self._texts) - 1)

    def drawn(self) -> str:
        """Return the tidy inside of the SVG."""
        return tidy(svg(self.specification()), self._texts)

    def specification(self) -> dict[str, Any]:
        return {
            "$schema": "https://vega.github.io/schema/vega/v6.json",
            "width": self.width,
            "height": self.height,
            "padding": 0,
            "autosize": "none",
            "scales": self._scales,
            "data": self._data,
            "marks": self._marks,
        }


def _reference(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return value
    return {"field": value} if isinstance(value, str) else {"value": value}
