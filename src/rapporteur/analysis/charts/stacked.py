"""Horizontal bars made of parts, in shades of one hue, with the total at the end of each."""

from __future__ import annotations

from functools import partial
from typing import Any

from rapporteur.analysis.charts import lettering, numbers
from rapporteur.analysis.charts.bars import GAP, SIZE, rows_of_bars
from rapporteur.analysis.charts.chart import Key, Plan, Row, Table
from rapporteur.analysis.charts.engine import Sheet, ink
from rapporteur.analysis.charts.finishing import empty, finished
from rapporteur.analysis.charts.ink import RAMP, on
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.specs import LARGEST_PARTS, Parts, StackedBars

INSIDE = 11
# The shades that lie farthest apart for so many parts, darkest first.
SHADES = {
    1: (RAMP[4],),
    2: (RAMP[4], RAMP[1]),
    3: (RAMP[4], RAMP[2], RAMP[0]),
    4: (RAMP[4], RAMP[3], RAMP[1], RAMP[0]),
    5: tuple(reversed(RAMP)),
}


def plan_stacked(spec: StackedBars) -> Plan:
    """Return the chart. Raises ``ValueError`` for no part, too many, or rows of another length."""
    if not 1 <= len(spec.parts) <= LARGEST_PARTS:
        raise ValueError(f"{len(spec.parts)} parts in one bar; expected 1 to {LARGEST_PARTS}.")
    for row in spec.rows:
        if len(row.values) != len(spec.parts):
            raise ValueError(
                f"{len(row.values)} values for {len(spec.parts)} parts at {row.label!r}."
            )
        for value, part in zip(row.values, spec.parts, strict=True):
            numbers.checked(value, f"{row.label}, {part}")
    table = partial(_table, spec)
    if not any(value is not None for row in spec.rows for value in row.values):
        return empty(spec, table)
    totals = [_total(row) for row in spec.rows]
    ends = [_written(total, spec) for total in totals]
    after = max(lettering.width(end, SIZE) for end in ends) + GAP
    placed = rows_of_bars(
        [clean(row.label) for row in spec.rows],
        width=spec.width,
        narrow=spec.narrow,
        direction=spec.direction,
        after=after,
    )
    thick = placed.thick
    sheet = Sheet(spec.width, placed.height)
    highest = max(total for total in totals if total is not None) or 1
    span = placed.end - placed.start
    sheet.scale(
        "x",
        type="linear",
        domain=[0, highest],
        range=[placed.along(placed.start), placed.along(placed.end)],
    )
    shades = SHADES[len(spec.parts)]
    segments: dict[str, list[dict[str, Any]]] = {shade: [] for shade in shades}
    for row, place in zip(spec.rows, placed.places, strict=True):
        reached = 0.0
        for part, shade, value in zip(spec.parts, shades, row.values, strict=True):
            if not value:
                continue
            text = _written(value, spec)
            fits = lettering.width(text, INSIDE) + 6 <= span * value / highest
            title = f"{clean(row.label)}, {clean(part)}: {text}"
            segments[shade].append(
                {
                    "from": reached,
                    "to": reached + value,
                    "between": reached + value / 2,
                    "top": place.top,
                    "middle": place.top + thick / 2,
                    "text": text if fits and thick > INSIDE + 2 else "",
                    # A line between parts would hide a thin one.
                    "edge": 1 if span * value / highest > 4 else 0,
                    "title": isolated(title, spec.direction),
                }
            )
            reached += value
    for shade, rows in segments.items():
        sheet.add(
            "rect",
            rows,
            x={"scale": "x", "field": "from"},
            x2={"scale": "x", "field": "to"},
            y="top",
            height=thick,
            fill=ink(shade),
            stroke=ink("paper"),
            strokeWidth="edge",
            description="title",
        )
        sheet.texts(
            [row for row in rows if row["text"]],
            colour=on(shade),
            size=INSIDE,
            x={"scale": "x", "field": "between"},
            y="middle",
            align={"value": "center"},
        )
    placed.add_labels(sheet)
    sheet.texts(
        [
            {"value": total or 0, "text": isolated(end, spec.direction), "y": place.top + thick / 2}
            for total, end, place in zip(totals, ends, placed.places, strict=True)
        ],
        x={"scale": "x", "field": "value", "offset": -5 if placed.rtl else 5},
        y="y",
        align={"value": "right" if placed.rtl else "left"},
    )
    placed.add_baseline(sheet)
    keys = tuple(Key(shade, clean(part)) for shade, part in zip(shades, spec.parts, strict=True))
    return finished(spec, sheet, table, keys)


def _total(row: Parts) -> float | None:
    known = [value for value in row.values if value is not None]
    return sum(known) if known else None


def _written(value: float | None, spec: StackedBars) -> str:
    if value is None:
        return spec.words.no_data
    return numbers.written(value, spec.language, percent=spec.percent)


def _table(spec: StackedBars) -> Table:
    return Table(
        columns=(
            spec.item or spec.words.item,
            *(clean(part) for part in spec.parts),
            spec.words.total,
        ),
        rows=tuple(
            Row(
                clean(row.label),
                (*(_written(value, spec) for value in row.values), _written(_total(row), spec)),
                row.link,
            )
            for row in spec.rows
        ),
    )
