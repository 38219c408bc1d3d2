"""Horizontal bars: the label before its bar, or above it where the chart is narrow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from rapporteur.analysis.charts import lettering, numbers
from rapporteur.analysis.charts.chart import Plan, Row, Table
from rapporteur.analysis.charts.engine import Sheet, ink
from rapporteur.analysis.charts.finishing import empty, finished
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.specs import Bars

SIZE = 13
LINE = 17
THICK, THIN = 18, 12
GAP = 8
MOST_LINES = 3


@dataclass(frozen=True)
class Place:
    """Where one row stands: the top of its bar, and its label's lines with their middles."""

    top: float
    lines: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Rows:
    """Where rows of bars stand: ``start`` to ``end`` is the room of the bars along the line."""

    places: tuple[Place, ...]
    start: float
    end: float
    thick: int
    height: int
    width: int
    rtl: bool

    def along(self, distance: float) -> float:
        """Return the x of a distance from the line's start: mirrored right to left."""
        return self.width - distance if self.rtl else distance

    def add_labels(self, sheet: Sheet) -> None:
        """Write the labels: they end at the bars that they stand before, else start the line."""
        above = self.start == 0
        sheet.texts(
            [{"text": text, "y": middle} for place in self.places for text, middle in place.lines],
            x=self.along(0 if above else self.start - GAP),
            y="y",
            align={"value": "left" if above != self.rtl else "right"},
        )

    def add_baseline(self, sheet: Sheet) -> None:
        """Draw the line from which the bars go out; not through labels that stand above them."""
        ends = [(place.top, place.top + self.thick) for place in self.places]
        sheet.add(
            "rule",
            [{"from": top, "to": bottom} for top, bottom in ends]
            if self.start == 0
            else [{"from": 0, "to": self.height}],
            x=self.along(self.start),
            y="from",
            y2="to",
            stroke=ink("line"),
        )


def rows_of_bars(
    labels: list[str], *, width: int, narrow: bool, direction: str, after: float
) -> Rows:
    """Return where rows with these labels stand; ``after`` px are kept for what follows a bar."""
    widest = max((lettering.width(label, SIZE) for label in labels), default=0)
    column = 0.0 if narrow else min(widest, 0.42 * width)
    thick = THIN if narrow else THICK
    places: list[Place] = []
    y = 2.0
    for label in labels:
        texts = lettering.lines(label, SIZE, width if narrow else column, MOST_LINES)
        block = LINE * len(texts)
        if narrow:
            first, top = y + LINE / 2, y + block + 2
            y = top + thick + 10
        else:
            row = max(block, thick)
            first, top = y + (row - block + LINE) / 2, y + (row - thick) / 2
            y += row + GAP
        places.append(
            Place(
                top,
                tuple(
                    (isolated(text, direction), first + LINE * place)
                    for place, text in enumerate(texts)
                ),
            )
        )
    start = 0.0 if narrow else round(column) + GAP
    end = max(start + 40, width - after)
    height = round(y - (10 if narrow else GAP) + 2)
    return Rows(tuple(places), start, end, thick, height, width, direction == "rtl")


def value_text(value: float | None, spec: Bars) -> str:
    """Return a value as the chart writes it: the number, or the words for no data."""
    if value is None:
        return spec.words.no_data
    return numbers.written(value, spec.language, percent=spec.percent)


def plan_bars(spec: Bars) -> Plan:
    """Return the chart; without rows, or with unknown values alone, it says so in words."""
    for row in spec.rows:
        numbers.checked(row.value, row.label)
    labels = [clean(row.label) for row in spec.rows]
    values = [value_text(row.value, spec) for row in spec.rows]
    notes = [clean(row.note) for row in spec.rows]
    table = partial(_table, spec, labels, values, notes)
    if not any(row.value is not None for row in spec.rows):
        return empty(spec, table)
    ends = [
        _with_note(value, note, spec.width / 3) for value, note in zip(values, notes, strict=True)
    ]
    after = max(lettering.width(end, SIZE) for end in ends) + GAP
    placed = rows_of_bars(
        labels, width=spec.width, narrow=spec.narrow, direction=spec.direction, after=after
    )
    sheet = Sheet(spec.width, placed.height)
    highest = max(row.value for row in spec.rows if row.value is not None) or 1
    sheet.scale(
        "x",
        type="linear",
        domain=[0, highest],
        range=[placed.along(placed.start), placed.along(placed.end)],
        zero=True,
    )
    bars = [
        {
            "value": row.value or 0,
            "top": place.top,
            "middle": place.top + placed.thick / 2,
            "text": isolated(end, spec.direction),
            "title": isolated(f"{label}: {end}", spec.direction),
        }
        for row, place, label, end in zip(spec.rows, placed.places, labels, ends, strict=True)
    ]
    sheet.add(
        "rect",
        [bar for bar in bars if bar["value"]],
        x={"scale": "x", "value": 0},
        x2={"scale": "x", "field": "value"},
        y="top",
        height=placed.thick,
        fill=ink("accent"),
        description="title",
    )
    placed.add_labels(sheet)
    outward = -1 if placed.rtl else 1
    for known in (True, False):
        sheet.texts(
            [
                bar
                for bar, row in zip(bars, spec.rows, strict=True)
                if (row.value is not None) == known
            ],
            colour="ink" if known else "ink-2",
            x={"scale": "x", "field": "value", "offset": 5 * outward},
            y="middle",
            align={"value": "right" if placed.rtl else "left"},
        )
    placed.add_baseline(sheet)
    return finished(spec, sheet, table)


def _with_note(value: str, note: str, limit: float) -> str:
    """Return the value with as much of its note as fits; the value is never cut."""
    if not note:
        return value
    rest = max(limit - lettering.width(f"{value} ()", SIZE), 24)
    return f"{value} ({lettering.shortened(note, SIZE, rest)})"


def _table(spec: Bars, labels: list[str], values: list[str], notes: list[str]) -> Table:
    with_notes = any(notes)
    columns = (spec.item or spec.words.item, spec.measure or spec.words.value)
    return Table(
        columns=(*columns, spec.words.note) if with_notes else columns,
        rows=tuple(
            Row(label, (value, note) if with_notes else (value,), row.link)
            for row, label, value, note in zip(spec.rows, labels, values, notes, strict=True)
        ),
        text_columns=(0, 2) if with_notes else (0,),
    )
