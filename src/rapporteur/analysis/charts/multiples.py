"""Small multiples: one small chart of columns by year for each series, all on one scale."""

from __future__ import annotations

from functools import partial

from rapporteur.analysis.charts import lettering, numbers
from rapporteur.analysis.charts.chart import Plan
from rapporteur.analysis.charts.engine import Sheet
from rapporteur.analysis.charts.finishing import empty, finished
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.specs import SmallMultiples
from rapporteur.analysis.charts.timeline import Frame, add_columns, check, table_by_year, years_of

ACROSS_WIDE, ACROSS_NARROW = 3, 2
BETWEEN = 20
NAME, LINE = 13, 16
COLUMNS, UNDER, AFTER = 70, 24, 12


def plan_multiples(spec: SmallMultiples) -> Plan:
    """Return the chart; each small one names its first and last year and its highest value."""
    check(spec.series)
    years = years_of(spec.series)
    table = partial(table_by_year, spec, years)
    if not years:
        return empty(spec, table)
    across = min(len(spec.series), ACROSS_NARROW if spec.narrow else ACROSS_WIDE)
    room = (spec.width - BETWEEN * (across - 1)) / across
    names = [lettering.lines(clean(one.name), NAME, room) for one in spec.series]
    named = LINE * max(len(lines) for lines in names)
    cell = named + LINE + COLUMNS + UNDER + AFTER
    sheet = Sheet(spec.width, cell * -(-len(spec.series) // across) - AFTER)
    highest = max(
        spec.highest,
        *(value for one in spec.series for value in one.values.values() if value is not None),
    )
    rtl = spec.direction == "rtl"
    for place, (one, lines) in enumerate(zip(spec.series, names, strict=True)):
        row, column = divmod(place, across)
        start, top = column * (room + BETWEEN), row * cell
        frame = Frame(
            width=spec.width,
            start=start,
            end=start + room,
            top=top + named + LINE,
            bottom=top + named + LINE + COLUMNS,
            rtl=rtl,
        )
        sheet.texts(
            [
                {"text": isolated(text, spec.direction), "y": top + LINE * (number + 0.5)}
                for number, text in enumerate(lines)
            ],
            size=NAME,
            x=frame.along(start),
            y="y",
            align={"value": "right" if rtl else "left"},
        )
        sheet.scale(
            f"y-{place}",
            type="linear",
            domain=[0, numbers.marks(highest)[-1]],
            range=[frame.bottom, frame.top],
        )
        ends = years if len(years) == 1 else [years[0], years[-1]]
        add_columns(
            sheet,
            frame,
            spec,
            one,
            years,
            name=f"x-{place}",
            height=f"y-{place}",
            overhang=0,
            named_years=ends,
        )
    return finished(spec, sheet, table)
