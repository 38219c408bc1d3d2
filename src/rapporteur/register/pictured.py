"""The map and the timeline of a question's counts, as specs of charts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from rapporteur.analysis.charts import Series, Timeline, WorldMap
from rapporteur.analysis.charts.world import known_codes
from rapporteur.search import index, registry
from rapporteur.search.views.facets import words_for


def map_of(counts: Mapping[str, int], *, stamp: str = "") -> WorldMap:
    """Return the map of how many entries take place in each country (ISO 3166-1 alpha-3).

    ``stamp`` is the state of the index that was counted, where it is known.
    """
    return WorldMap(
        title=_("Where they take place"),
        values={code: float(counts[code]) for code in counts if code in known_codes()},
        labels=words_of("country", counts, stamp=stamp),
        measure=_("Activities"),
    )


def timeline_of(counts: Mapping[str, int]) -> Timeline:
    """Return the columns of how many entries began in each year; a year without one has 0."""
    years = {int(year): count for year, count in counts.items() if year.isdecimal()}
    if not years:
        return Timeline(title=_("When they began"), series=(Series(_("Activities"), {}),))
    span = range(min(years), max(years) + 1)
    values: dict[int, float | None] = {year: float(years.get(year, 0)) for year in span}
    return Timeline(title=_("When they began"), series=(Series(_("Activities"), values),))


def words_of(name: str, values: Mapping[str, Any], *, stamp: str = "") -> dict[str, str]:
    """Return the words of a facet's values, kept while the index stays; one query at most."""
    facet = registry.facet(name)
    if facet is None or not values:
        return {}
    known = words_for(facet, sorted(values), stamp or index.commit_stamp())
    return {value: known[value] for value in values}
