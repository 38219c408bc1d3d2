"""Values by year: columns for one series, up to four lines that are named at their ends."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from rapporteur.analysis.charts import lettering, numbers
from rapporteur.analysis.charts.chart import Plan, Row, Table
from rapporteur.analysis.charts.engine import Sheet, ink
from rapporteur.analysis.charts.finishing import empty, of_drawing
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.specs import LARGEST_LINES, Series, SmallMultiples, Timeline

SIZE = 12
HEIGHT_WIDE, HEIGHT_NARROW = 240, 200
TOP, BOTTOM = 20, 24
LINE = 15
# Half a year stands out beyond the last column.
EDGE = 12.0
# Of a step: between columns, and before the first and after the last.
INNER, OUTER = 0.25, 0.1
# Lines differ in weight and dashes as well as in shade.
STROKES: tuple[tuple[str, float, list[int]], ...] = (
    ("accent", 2.5, []),
    ("ramp-3", 2.5, []),
    ("ink", 1.5, [5, 3]),
    ("line", 2, [2, 3]),
)


@dataclass(frozen=True)
class Frame:
    """The room of the columns or lines: along the line from ``start`` to ``end``, and in height."""

    width: int
    start: float
    end: float
    top: float
    bottom: float
    rtl: bool

    def along(self, distance: float) -> float:
        return self.width - distance if self.rtl else distance


def years_of(series: tuple[Series, ...]) -> list[int]:
    """Return every year from the first to the last that a series knows, none left out."""
    known = [year for one in series for year, value in one.values.items() if value is not None]
    return list(range(min(known), max(known) + 1)) if known else []


def check(series: tuple[Series, ...]) -> None:
    """Raise ``ValueError`` for a value that cannot be drawn."""
    for one in series:
        for year, value in one.values.items():
            numbers.checked(value, f"{one.name}, {year}")


def plan_timeline(spec: Timeline) -> Plan:
    """Return the chart. Raises ``ValueError`` for more than four series: use small multiples."""
    if len(spec.series) > LARGEST_LINES:
        raise ValueError(
            f"{len(spec.series)} lines in one chart; expected at most {LARGEST_LINES}."
            " Draw small multiples."
        )
    check(spec.series)
    years = years_of(spec.series)
    table = partial(table_by_year, spec, years)
    if not years:
        return empty(spec, table)
    highest = max(
        value for one in spec.series for value in one.values.values() if value is not None
    )
    marks = numbers.marks(highest)
    texts = [numbers.short(mark, spec.language, percent=spec.percent) for mark in marks]
    height = HEIGHT_NARROW if spec.narrow else HEIGHT_WIDE
    after = EDGE if len(spec.series) == 1 else _room_for_names(spec)
    frame = Frame(
        width=spec.width,
        start=max(lettering.width(text, SIZE) for text in texts) + 8,
        end=spec.width - after,
        top=TOP,
        bottom=height - BOTTOM,
        rtl=spec.direction == "rtl",
    )

    def drawing() -> str:
        sheet = Sheet(spec.width, height)
        sheet.scale("y", type="linear", domain=[0, marks[-1]], range=[frame.bottom, frame.top])
        _add_marks(sheet, frame, marks, texts)
        if len(spec.series) == 1:
            add_columns(sheet, frame, spec, spec.series[0], years, name="x", height="y")
        else:
            _add_lines(sheet, frame, spec, years)
        return sheet.drawn()

    return of_drawing(spec, drawing, height, table)


def _add_marks(sheet: Sheet, frame: Frame, marks: list[float], texts: list[str]) -> None:
    """Draw the hairlines with their numbers at the start of the line."""
    rows = [{"value": mark, "text": text} for mark, text in zip(marks, texts, strict=True)]
    y = {"scale": "y", "field": "value"}
    sheet.rules(rows, x=frame.along(frame.start - 4), x2=frame.along(frame.end), y=y)
    sheet.texts(
        rows,
        colour="ink-2",
        size=SIZE,
        x=frame.along(frame.start - 8),
        y=y,
        align={"value": "left" if frame.rtl else "right"},
    )


def add_columns(
    sheet: Sheet,
    frame: Frame,
    spec: Timeline | SmallMultiples,
    series: Series,
    years: list[int],
    *,
    name: str,
    height: str,
    overhang: float = EDGE,
    named_years: list[int] | None = None,
) -> None:
    """Draw one column a year on the scales ``name`` (made here) and ``height``.

    A value stands over its column where all fit; else over the highest and the last alone. Texts
    may stand out over the ends of the frame by ``overhang``.
    """
    step = (frame.end - frame.start) / (len(years) - INNER + 2 * OUTER)
    sheet.scale(
        name,
        type="band",
        domain=years,
        range=[frame.along(frame.start), frame.along(frame.end)],
        paddingInner=INNER,
        paddingOuter=OUTER,
    )
    known = [(year, value) for year in years if (value := series.values.get(year)) is not None]
    written = {
        year: numbers.written(value, spec.language, percent=spec.percent) for year, value in known
    }
    rows = [
        {"year": year, "value": value, "title": f"{year}: {written[year]}"}
        for year, value in known
        if value
    ]
    sheet.add(
        "rect",
        rows,
        x={"scale": name, "field": "year"},
        width={"scale": name, "band": 1},
        y={"scale": height, "field": "value"},
        y2={"scale": height, "value": 0},
        fill=ink("accent"),
        description="title",
    )
    _add_line(sheet, frame)

    def over(year: int, text: str) -> float:
        """Return where the text stands: over the middle of the column, but within its room."""
        half = lettering.width(text, SIZE) / 2
        middle = frame.start + step * (OUTER + year - years[0] + (1 - INNER) / 2)
        ends = frame.start + half - overhang, frame.end - half + overhang
        return frame.along(max(ends[0], min(middle, ends[1])))

    shown = _values_shown(known, written, step)
    sheet.texts(
        [
            {"value": value, "text": written[year], "x": over(year, written[year])}
            for year, value in known
            if year in shown
        ],
        size=SIZE,
        x="x",
        y={"scale": height, "field": "value", "offset": -9},
        align={"value": "center"},
    )
    named = years_named(years, step) if named_years is None else named_years
    sheet.texts(
        [{"text": str(year), "x": over(year, str(year))} for year in named],
        colour="ink-2",
        size=SIZE,
        x="x",
        y=frame.bottom + 14,
        align={"value": "center"},
    )


def _values_shown(known: list[tuple[int, float]], written: dict[int, str], step: float) -> set[int]:
    """Return the years whose value is written: all; or the highest, and the last where it fits."""
    if not known:
        return set()
    if max(lettering.width(text, SIZE) for text in written.values()) + 4 <= step:
        return set(written)
    highest, _most = max(known, key=lambda pair: (pair[1], pair[0]))
    last, value = known[-1]
    half = lettering.width(written[last], SIZE) / 2
    beside = [of for year, of in known if 0 < (last - year) * step < half + step]
    room = lettering.width(written[highest], SIZE) / 2 + half + 6
    clear = all(of <= value for of in beside) and (last - highest) * step >= room
    return {highest, last} if clear else {highest}


def years_named(years: list[int], step: float) -> list[int]:
    """Return the years that are written under the line: round ones, evenly apart."""
    room = lettering.width("0000", SIZE) + 10
    for every in (1, 2, 5, 10, 20, 50, 100):
        if every * step >= room:
            named = [year for year in years if year % every == 0]
            return named or years[:1]
    return years[:1]


def _add_line(sheet: Sheet, frame: Frame) -> None:
    sheet.add(
        "rule",
        [{}],
        x=frame.along(frame.start - 4 if frame.start else 0),
        x2=frame.along(frame.end),
        y=frame.bottom,
        stroke=ink("line"),
    )


def _add_lines(sheet: Sheet, frame: Frame, spec: Timeline, years: list[int]) -> None:
    """Draw the lines with gaps where a year is not known, and their names at their ends."""
    span = (years[0], max(years[-1], years[0] + 1))
    inner = (frame.start + 12, frame.end - 8)
    sheet.scale(
        "x",
        type="linear",
        zero=False,
        domain=list(span),
        range=[frame.along(inner[0]), frame.along(inner[1])],
    )
    x = {"scale": "x", "field": "year"}
    y = {"scale": "y", "field": "value"}
    _add_line(sheet, frame)
    ends: list[dict[str, object]] = []
    for one, (colour, weight, dashes) in zip(spec.series, STROKES, strict=False):
        rows = [
            {"year": year, "value": one.values.get(year), "known": one.values.get(year) is not None}
            for year in years
        ]
        known = [row for row in rows if row["known"]]
        if not known:
            continue
        sheet.add(
            "line",
            rows,
            x=x,
            y=y,
            defined="known",
            stroke=ink(colour),
            strokeWidth=weight,
            **({"strokeDash": {"value": dashes}} if dashes else {}),
        )
        sheet.add("symbol", [known[-1]], x=x, y=y, size=36, fill=ink(colour))
        ends.append({"name": one.name, "value": known[-1]["value"], "year": known[-1]["year"]})
    _add_names(sheet, frame, spec, ends)
    step = (inner[1] - inner[0]) / (span[1] - span[0])
    sheet.texts(
        [{"year": year, "text": str(year)} for year in years_named(years, step)],
        colour="ink-2",
        size=SIZE,
        x=x,
        y=frame.bottom + 14,
        align={"value": "center"},
    )


def _label(spec: Timeline, name: str, value: float) -> str:
    return f"{clean(name)} {numbers.written(value, spec.language, percent=spec.percent)}"


def _room_for_names(spec: Timeline) -> float:
    """Return the room kept after the lines for their names, broken in two lines if need be."""
    longest = max(lettering.width(clean(one.name), SIZE) for one in spec.series)
    return min(longest + 14, spec.width * 0.3)


def _add_names(sheet: Sheet, frame: Frame, spec: Timeline, ends: list[dict[str, object]]) -> None:
    """Write each line's name and last value at its end, moved apart where they would meet."""
    if not ends:
        return
    highest = numbers.marks(
        max(value for one in spec.series for value in one.values.values() if value is not None)
    )[-1]
    room = frame.width - frame.end
    blocks = []
    for end in ends:
        value = end["value"]
        assert isinstance(value, (int, float))  # noqa: S101  (known by the caller)
        name = lettering.lines(clean(str(end["name"])), SIZE, room, 2)
        number = numbers.written(value, spec.language, percent=spec.percent)
        lines = [*name, number]
        place = frame.bottom - (frame.bottom - frame.top) * value / highest
        blocks.append((place, lines))
    blocks.sort(key=lambda block: block[0])
    tops = spread([(place, len(lines) * LINE) for place, lines in blocks], frame.bottom + 12)
    sheet.texts(
        [
            {"text": isolated(text, spec.direction), "y": top + LINE * (number + 0.5)}
            for top, (_place, lines) in zip(tops, blocks, strict=True)
            for number, text in enumerate(lines)
        ],
        size=SIZE,
        x=frame.along(frame.end),
        y="y",
        align={"value": "right" if frame.rtl else "left"},
    )


def spread(blocks: list[tuple[float, float]], floor: float) -> list[float]:
    """Return the top of each block (middle wanted, height), in order, none over another.

    Blocks are pushed down from the first and then up again from ``floor``.
    """
    tops: list[float] = []
    for middle, height in blocks:
        wanted = middle - height / 2
        tops.append(max(wanted, tops[-1] + blocks[len(tops) - 1][1] if tops else 0.0))
    limit = floor
    for place in range(len(tops) - 1, -1, -1):
        tops[place] = min(tops[place], limit - blocks[place][1])
        limit = tops[place]
    return tops


def table_by_year(spec: Timeline | SmallMultiples, years: list[int]) -> Table:
    """Return one row a year and one column a series."""

    def cell(one: Series, year: int) -> str:
        value = one.values.get(year)
        if value is None:
            return spec.words.no_data
        return numbers.written(value, spec.language, percent=spec.percent)

    return Table(
        columns=(spec.words.year, *(clean(one.name) for one in spec.series)),
        rows=tuple(
            Row(
                str(year),
                tuple(cell(one, year) for one in spec.series),
                spec.series[0].links.get(year, "") if len(spec.series) == 1 else "",
            )
            for year in years
        ),
    )
