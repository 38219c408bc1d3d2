"""What a chart says in words, in the reader's language: its own few words, and one sentence."""

from __future__ import annotations

from functools import cache

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from rapporteur.analysis.charts import (
    Bars,
    Series,
    SmallMultiples,
    Spec,
    StackedBars,
    Timeline,
    Words,
    WorldMap,
)
from rapporteur.analysis.charts.lettering import clean
from rapporteur.analysis.charts.numbers import written


def words() -> Words:
    """Return the words that charts write by themselves."""
    return _words_in(get_language() or "en")


@cache
def _words_in(_language: str) -> Words:
    return Words(
        no_data=_("No data"),
        item=_("Item"),
        value=_("Value"),
        note=_("Note"),
        year=_("Year"),
        area=_("Country or area"),
        total=_("Total"),
        or_more=_("{number} or more"),
    )


def borders_note() -> str:
    """Return the sentence that stands under every map."""
    return _(
        "Borders and names on this map are drawn from Natural Earth for orientation only; they "
        "state no position of the United Nations or of this site on the status of any country, "
        "territory or area, or on its frontiers."
    )


def describe(spec: Spec) -> str:
    """Return the text alternative of a chart: one sentence from its figures.

    "Activities by year, 2003 to 2024: highest 1,204 in 2019, lowest 3 in 2003."
    """
    if isinstance(spec, (Timeline, SmallMultiples)):
        return _by_year(spec)
    if isinstance(spec, WorldMap):
        return _on_map(spec)
    if isinstance(spec, Bars):
        return _ranked(spec, [(row.label, row.value) for row in spec.rows])
    if isinstance(spec, StackedBars):
        return _ranked(
            spec,
            [
                (
                    row.label,
                    sum(known) if (known := [v for v in row.values if v is not None]) else None,
                )
                for row in spec.rows
            ],
        )
    raise TypeError(f"No words for {type(spec).__name__}.")


def _number(spec: Spec, value: float) -> str:
    return written(value, spec.language, percent=spec.percent)


def _nothing(spec: Spec) -> str:
    return _("%(title)s: no data.") % {"title": clean(spec.title)}


def _ranked(spec: Spec, rows: list[tuple[str, float | None]]) -> str:
    known = [(clean(label), value) for label, value in rows if value is not None]
    if not known:
        return _nothing(spec)
    if len(known) == 1:
        return _("%(title)s: %(value)s for %(name)s.") % {
            "title": clean(spec.title),
            "value": _number(spec, known[0][1]),
            "name": known[0][0],
        }
    high = max(known, key=lambda row: row[1])
    low = min(known, key=lambda row: row[1])
    if high[1] == low[1]:
        return _("%(title)s: %(value)s for each of %(count)s.") % {
            "title": clean(spec.title),
            "value": _number(spec, high[1]),
            "count": written(len(known), spec.language),
        }
    return _(
        "%(title)s: highest %(highest)s for %(high_name)s, lowest %(lowest)s for %(low_name)s."
    ) % {
        "title": clean(spec.title),
        "highest": _number(spec, high[1]),
        "high_name": high[0],
        "lowest": _number(spec, low[1]),
        "low_name": low[0],
    }


def _known(series: Series) -> list[tuple[int, float]]:
    """Return the years of a series with a value, in order."""
    return sorted((year, value) for year, value in series.values.items() if value is not None)


def _by_year(spec: Timeline | SmallMultiples) -> str:
    known = [(one.name, pairs) for one in spec.series if (pairs := _known(one))]
    if not known:
        return _nothing(spec)
    if len(known) == 1:
        return _one_series(spec, known[0][1])
    last = max(pairs[-1][0] for _name, pairs in known)
    at_last = [(clean(name), pairs[-1][1]) for name, pairs in known if pairs[-1][0] == last]
    high = max(at_last, key=lambda row: row[1])
    return _(
        "%(title)s, %(first)s to %(last)s, for %(count)s groups: in %(last)s the highest is "
        "%(name)s with %(value)s."
    ) % {
        "title": clean(spec.title),
        "first": min(pairs[0][0] for _name, pairs in known),
        "last": last,
        "count": written(len(known), spec.language),
        "name": high[0],
        "value": _number(spec, high[1]),
    }


def _one_series(spec: Spec, pairs: list[tuple[int, float]]) -> str:
    title = clean(spec.title)
    if len(pairs) == 1:
        return _("%(title)s, %(year)s: %(value)s.") % {
            "title": title,
            "year": pairs[0][0],
            "value": _number(spec, pairs[0][1]),
        }
    high = max(pairs, key=lambda pair: (pair[1], pair[0]))
    low = min(pairs, key=lambda pair: (pair[1], pair[0]))
    if high[1] == low[1]:
        return _("%(title)s, %(first)s to %(last)s: %(value)s in each year.") % {
            "title": title,
            "first": pairs[0][0],
            "last": pairs[-1][0],
            "value": _number(spec, high[1]),
        }
    return _(
        "%(title)s, %(first)s to %(last)s: highest %(highest)s in %(high_year)s, "
        "lowest %(lowest)s in %(low_year)s."
    ) % {
        "title": title,
        "first": pairs[0][0],
        "last": pairs[-1][0],
        "highest": _number(spec, high[1]),
        "high_year": high[0],
        "lowest": _number(spec, low[1]),
        "low_year": low[0],
    }


def _on_map(spec: WorldMap) -> str:
    known = {code: value for code, value in spec.values.items() if value is not None}
    if not known:
        return _nothing(spec)
    code, high = max(known.items(), key=lambda pair: (pair[1], pair[0]))
    return ngettext(
        "%(title)s: %(count)s country or area with data; highest %(highest)s in %(name)s.",
        "%(title)s: %(count)s countries and areas with data; highest %(highest)s in %(name)s.",
        len(known),
    ) % {
        "title": clean(spec.title),
        "count": written(len(known), spec.language),
        "highest": _number(spec, high),
        "name": clean(spec.labels.get(code, "")) or code,
    }
