"""The end of every drawing: a sheet becomes a chart, or words where there is nothing to draw."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

from rapporteur.analysis.charts import lettering
from rapporteur.analysis.charts.chart import NO_TABLE, Chart, Key, Plan, Table
from rapporteur.analysis.charts.engine import Sheet
from rapporteur.analysis.charts.ink import LIGHT
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.specs import Spec

KEY_SIZE, KEY_LINE, SWATCH, BETWEEN = 12, 20, 14, 16


def finished(
    spec: Spec, sheet: Sheet, table: Callable[[], Table], keys: tuple[Key, ...] = ()
) -> Plan:
    """Return the chart of a sheet that is ready."""
    return of_drawing(spec, sheet.drawn, sheet.height, table, keys)


def of_drawing(
    spec: Spec,
    drawing: Callable[[], str],
    height: int,
    table: Callable[[], Table],
    keys: tuple[Key, ...] = (),
) -> Plan:
    """Return the chart of a drawing, with its legend laid out under it."""
    return Plan(blank_of(spec, height, keys), drawing, table)


def blank_of(spec: Spec, height: int, keys: tuple[Key, ...] = ()) -> Chart:
    """Return a chart without its drawing and table, its legend laid out."""
    legend, legend_height = legend_under(spec, height, keys)
    return Chart(
        title=clean(spec.title),
        description=clean(spec.description),
        language=spec.language,
        direction=spec.direction,
        width=spec.width,
        height=height,
        drawing="",
        table=NO_TABLE,
        keys=keys,
        legend=legend,
        legend_height=legend_height,
    )


def empty(spec: Spec, table: Callable[[], Table]) -> Plan:
    """Return a chart that says in words that there is nothing to draw."""
    sheet = Sheet(spec.width, 64)
    sheet.texts(
        [{"text": isolated(clean(spec.words.no_data), spec.direction)}],
        colour="ink-2",
        x=spec.width / 2,
        y=32,
        align={"value": "center"},
    )
    sheet.rules([{"y": 1}, {"y": 63}], x=0, x2=spec.width, y="y")
    return finished(spec, sheet, table)


def legend_under(spec: Spec, top: int, keys: tuple[Key, ...]) -> tuple[str, int]:
    """Return the legend from ``top`` on, in as many lines as it needs, and its height in px."""
    if not keys:
        return "", 0
    rtl = spec.direction == "rtl"
    parts: list[str] = []
    along, y = 0.0, top + 10
    for key in keys:
        label = lettering.shortened(key.label, KEY_SIZE, spec.width - SWATCH - 6)
        needed = SWATCH + 6 + lettering.width(label, KEY_SIZE)
        if along and along + needed > spec.width:
            along, y = 0.0, y + KEY_LINE
        x = spec.width - along - SWATCH if rtl else along
        text = spec.width - along - SWATCH - 6 if rtl else along + SWATCH + 6
        edge = f' class="f-{key.shade} s-line" stroke="{LIGHT["line"]}"'
        anchor = ' text-anchor="end"' if rtl else ""
        parts.append(
            f'<rect{edge} fill="{LIGHT[key.shade]}" x="{x + 0.5:g}" y="{y + 0.5:g}"'
            f' width="{SWATCH - 1}" height="{SWATCH - 1}"/>'
            f'<text class="f-ink" fill="{LIGHT["ink"]}" font-size="{KEY_SIZE}"'
            f' x="{round(text, 1):g}" y="{y + 11:g}"{anchor}>'
            f"{escape(isolated(label, spec.direction))}</text>"
        )
        along += needed + BETWEEN
    return "".join(parts), y + KEY_LINE - top
