"""The world map: each country or area in the shade of its value's class, small ones as dots.

The grammar of dots holds here too: an area that is too small for an outline is a filled dot where a
value is known and a ring where none is. Borders carry no opinion; the caller says so in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from xml.sax.saxutils import escape

from rapporteur.analysis.charts import numbers
from rapporteur.analysis.charts.chart import Chart, Key, Plan, Row, Table
from rapporteur.analysis.charts.finishing import blank_of
from rapporteur.analysis.charts.ink import LIGHT, RAMP
from rapporteur.analysis.charts.lettering import clean, isolated
from rapporteur.analysis.charts.outlines import ACROSS, DOWN, areas, world
from rapporteur.analysis.charts.specs import WorldMap

LARGEST_CLASSES = len(RAMP)
# The shades that lie farthest apart for so many classes, lightest first.
SHADES = {
    1: (RAMP[3],),
    2: (RAMP[1], RAMP[4]),
    3: (RAMP[0], RAMP[2], RAMP[4]),
    4: (RAMP[0], RAMP[1], RAMP[3], RAMP[4]),
    5: RAMP,
}
UNKNOWN, ZERO = "none", "paper"
# Radius of a dot in units of the drawing, at the two widths.
DOT_WIDE, DOT_NARROW = 4, 6


def plan_world(spec: WorldMap) -> Plan:
    """Return the map. Raises ``ValueError`` for a code that is not in the list, and for classes
    that do not rise or are more than five."""
    if unknown := sorted(set(spec.values) - known_codes()):
        raise ValueError(f"Not an ISO 3166-1 alpha-3 code of the list: {', '.join(unknown)}.")
    values = {
        code: value
        for code, given in spec.values.items()
        if (value := numbers.checked(given, code)) is not None
    }
    ends = list(spec.ends) or numbers.classes(values.values())
    if len(ends) > LARGEST_CLASSES or any(a >= b for a, b in pairwise(ends)):
        raise ValueError(f"Not the ends of at most {LARGEST_CLASSES} classes that rise: {ends}.")
    shades = SHADES.get(len(ends), ())

    def shade(code: str) -> str:
        value = values.get(code)
        if value is None:
            return UNKNOWN
        under = [name for end, name in zip(ends, shades, strict=True) if end <= value]
        return under[-1] if under else (shades[0] if value and shades else ZERO)

    scale = spec.width / ACROSS
    keys = _keys(spec, values, ends, shades)

    def blank_at(width: int) -> Chart:
        return blank_of(replace(spec, width=width), round(DOWN * width / ACROSS), keys)

    return Plan(
        blank_at(spec.width),
        partial(_drawing, spec, values, shade, scale),
        partial(_table, spec, values),
        blank_at,
    )


@cache
def known_codes() -> frozenset[str]:
    return frozenset(area.iso3 for area in areas())


def _drawing(
    spec: WorldMap, values: dict[str, float], shade: Callable[[str], str], scale: float
) -> str:
    """Return outlines grouped by shade, then dots."""
    drawn = world(spec.outlines)
    order = (UNKNOWN, ZERO, *RAMP)
    by_shade: dict[str, list[str]] = {name: [] for name in order}
    for code, line in sorted(drawn.paths.items()):
        by_shade[shade(code)].append(_shape(spec, code, values, "path", f' d="{line}"'))
    by_shade[UNKNOWN].extend(f'<path d="{line}"/>' for line in drawn.others)
    radius = DOT_NARROW if spec.narrow else DOT_WIDE
    dots: dict[str, list[str]] = {name: [] for name in order}
    for code, (x, y) in sorted(drawn.points.items()):
        place = f' cx="{x}" cy="{y}" r="{radius}"'
        dots[shade(code)].append(_shape(spec, code, values, "circle", place))
    return (
        f'<g transform="scale({scale:g})">'
        + _groups(by_shade, order, edge="paper")
        + _groups(dots, order, edge="line")
        + "</g>"
    )


def _groups(by_shade: dict[str, list[str]], order: Iterable[str], *, edge: str) -> str:
    """Return one group for each shade that occurs; what is 0 has an edge that is seen."""
    return "".join(
        f'<g class="f-{name} s-{seen}" fill="{LIGHT[name]}" stroke="{LIGHT[seen]}">'
        + "".join(shapes)
        + "</g>"
        for name in order
        if (shapes := by_shade[name])
        for seen in ["line" if name == ZERO else edge]
    )


def _shape(spec: WorldMap, code: str, values: dict[str, float], tag: str, attributes: str) -> str:
    """Return one area; where a value is known it has a title of name and value."""
    if code not in values:
        return f"<{tag}{attributes}/>"
    written = numbers.written(values[code], spec.language, percent=spec.percent)
    title = isolated(f"{_label(spec, code)}: {written}", spec.direction)
    return f"<{tag}{attributes}><title>{escape(title)}</title></{tag}>"


def _label(spec: WorldMap, code: str) -> str:
    return clean(spec.labels.get(code, "")) or code


def _keys(
    spec: WorldMap, values: dict[str, float], ends: list[float], shades: tuple[str, ...]
) -> tuple[Key, ...]:
    """Return the legend: no data, 0, then the classes from low to high."""

    def number(value: float) -> str:
        return numbers.written(value, spec.language, percent=spec.percent)

    keys = []
    if known_codes() - values.keys():
        keys.append(Key(UNKNOWN, clean(spec.words.no_data)))
    if 0 in values.values():
        keys.append(Key(ZERO, number(0)))
    whole = all(value == int(value) for value in [*values.values(), *ends])
    for place, (end, shade) in enumerate(zip(ends, shades, strict=True)):
        if place == len(ends) - 1:
            highest = max(values.values(), default=end)
            last = number(end) if whole and highest <= end else ""
            text = last or spec.words.or_more.replace("{number}", number(end))
        elif whole and ends[place + 1] - end == 1:
            text = number(end)
        else:
            upper = ends[place + 1] - 1 if whole else ends[place + 1]
            text = f"{number(end)}–{number(upper)}"
        keys.append(Key(shade, text))
    return tuple(keys)


def _table(spec: WorldMap, values: dict[str, float]) -> Table:
    """Return the areas with a known value, highest first, then by name."""
    ranked = sorted(values.items(), key=lambda pair: (-pair[1], _label(spec, pair[0]), pair[0]))
    return Table(
        columns=(spec.words.area, spec.measure or spec.words.value),
        rows=tuple(
            Row(
                _label(spec, code),
                (numbers.written(value, spec.language, percent=spec.percent),),
                spec.links.get(code, ""),
            )
            for code, value in ranked
        ),
    )
