"""What a chart is asked for: plain, frozen, comparable. ``spec.draw()`` draws it.

Texts come translated from the caller; the language decides how numbers are written and which way
the chart runs. A value of ``None`` is not known, which is drawn and said as "no data", never as 0.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from rapporteur.analysis.charts.chart import Chart, Plan, Words
from rapporteur.analysis.charts.lettering import direction_of

WIDE, NARROW = 640, 340
"""Widths in px: a column of text, and a phone."""
LARGEST_LINES = 4
LARGEST_PARTS = 5
# Raised when a drawing changes, so that no kept picture of an older shape is served.
_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class Spec:
    """What every chart has. ``title`` says what it shows; ``description`` is one sentence on it."""

    title: str
    description: str = ""
    language: str = "en"
    width: int = WIDE
    percent: bool = False
    words: Words = field(default_factory=Words)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    @property
    def narrow(self) -> bool:
        """Return whether it is drawn for a phone: labels above their bars, fewer columns."""
        return self.width < 480

    def digest(self) -> str:
        """Return 64 hexadecimal digits that are equal for equal specs, whatever the process."""
        shape = json.dumps(
            [_VERSION, type(self).__name__, asdict(self)], sort_keys=True, ensure_ascii=False
        )
        return hashlib.sha256(shape.encode("utf-8", "surrogatepass")).hexdigest()

    def plan(self) -> Plan:
        """Return the chart laid out. Raises ``ValueError`` that names what cannot be drawn."""
        raise NotImplementedError

    def draw(self) -> Chart:
        """Return the chart. Raises ``ValueError`` that names what cannot be drawn."""
        return self.plan().drawn()


@dataclass(frozen=True)
class Bar:
    """One bar: ``note`` stands after its value, ``link`` is where the table's row leads."""

    label: str
    value: float | None
    note: str = ""
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class Bars(Spec):
    """Horizontal bars in the order given, each with its label and its value written at its end.

    ``item`` and ``measure`` head the table's columns ("Action line", "Activities").
    """

    rows: tuple[Bar, ...]
    item: str = ""
    measure: str = ""

    def plan(self) -> Plan:
        from rapporteur.analysis.charts.bars import plan_bars

        return plan_bars(self)


@dataclass(frozen=True)
class Parts:
    """One stacked bar: its values in the order of the chart's parts."""

    label: str
    values: tuple[float | None, ...]
    link: str = ""


@dataclass(frozen=True, kw_only=True)
class StackedBars(Spec):
    """Horizontal bars made of up to five parts, in shades of one hue, the total at the end."""

    rows: tuple[Parts, ...]
    parts: tuple[str, ...]
    item: str = ""

    def plan(self) -> Plan:
        from rapporteur.analysis.charts.stacked import plan_stacked

        return plan_stacked(self)


@dataclass(frozen=True)
class Series:
    """Values by year. A year without a key, or with ``None``, is not known: a gap, never 0."""

    name: str
    values: Mapping[int, float | None]
    links: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Timeline(Spec):
    """Values by year: columns for one series, two to four lines labelled at their ends."""

    series: tuple[Series, ...]

    def plan(self) -> Plan:
        from rapporteur.analysis.charts.timeline import plan_timeline

        return plan_timeline(self)


@dataclass(frozen=True, kw_only=True)
class SmallMultiples(Spec):
    """One small chart of columns by year for each series, all on one scale.

    ``highest`` is what the scale must reach, where it is that of other charts too.
    """

    series: tuple[Series, ...]
    highest: float = 0

    def plan(self) -> Plan:
        from rapporteur.analysis.charts.multiples import plan_multiples

        return plan_multiples(self)


@dataclass(frozen=True, kw_only=True)
class WorldMap(Spec):
    """The world, each country or area in the shade of its value's class.

    Keys are ISO 3166-1 alpha-3 codes. ``values``: a code without a key, or with ``None``, is not
    known. ``labels`` name the areas in the table and in the drawing's titles (the code where there
    is none); ``links`` are where the table's rows lead. ``ends`` are the lower ends of at most five
    classes above 0; without them they are chosen (``numbers.classes``). ``outlines`` is the path of
    a file of a host's own, see ``outlines.read_outlines``.
    """

    values: Mapping[str, float | None]
    labels: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)
    ends: tuple[float, ...] = ()
    measure: str = ""
    outlines: str = ""

    def plan(self) -> Plan:
        from rapporteur.analysis.charts.world import plan_world

        return plan_world(self)
