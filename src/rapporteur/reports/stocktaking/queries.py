"""What a report of the register reads: its years, its names and its counts."""

from __future__ import annotations

from datetime import date

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept
from rapporteur.register.queries.activities import published_activities
from rapporteur.register.queries.counts import kept, log_stamp
from rapporteur.reports.errors import NothingInRegister
from rapporteur.reports.stocktaking.breakdowns import Labels
from rapporteur.reports.stocktaking.composing import compose
from rapporteur.reports.stocktaking.counting import COUNTED, Tallies, count
from rapporteur.reports.stocktaking.outline import register_outline
from rapporteur.reports.stocktaking.report import StocktakingReport
from rapporteur.reports.stocktaking.scope import (
    REGIONS,
    SCHEME_OF_FACET,
    asked_of,
    digest_of,
    keys_of,
    query_of,
    scope_of,
    state_of_search,
    words_of,
)

# From so many entries on, counting takes longer than a reader waits: then the counts of a report
# are kept for an hour (``KEPT_SECONDS``) whatever changes meanwhile.
LARGE = 50_000


def years(*, today: date) -> list[int]:
    """Return the years that the register can be reported on, newest first. One query.

    From the year of its first publication to this one.
    """
    first = published_activities().order_by().aggregate(first=Min("published_at"))["first"]
    return [] if first is None else list(range(today.year, first.year - 1, -1))


def labels_of_facets() -> Labels:
    """Return the names that reports write, in the active language. Two queries.

    Of the action lines the eighteen leaves and, where an entry names it alone, C7; of the goals
    the seventeen.
    """
    facets: dict[str, dict[str, str]] = {name: {} for name in COUNTED}
    by_scheme = {SCHEME_OF_FACET[name]: name for name in COUNTED}
    concepts = Concept.objects.filter(retired_at=None, scheme__code__in=by_scheme)
    concepts = concepts.select_related("scheme").order_by("scheme__order", "order", "code")
    divided = {concept.broader_id for concept in concepts}
    seldom = set()
    for concept in concepts:
        name = by_scheme[concept.scheme.code]
        if name != "action-line" and concept.broader_id is not None:
            continue
        label = concept.short_name
        if ":" not in concept.code:
            label = f"{concept.code} {label}"
        if name == "action-line" and concept.pk in divided:
            seldom.add(concept.code)
            label = _("%(name)s (no application named)") % {"name": label}
        facets[name][concept.code] = label
    countries = {row.iso3: row.name for row in Country.objects.all()}
    return Labels(facets, countries, frozenset(seldom))


def regions() -> list[tuple[str, str, str]]:
    """Return facet, code and name of each region in both systems, in the active language.

    Regions of ITU say so in their name. One query.
    """
    of_scheme = {SCHEME_OF_FACET[name]: name for name in REGIONS}
    rows = Concept.objects.filter(retired_at=None, scheme__code__in=of_scheme)
    found = []
    for concept in rows.select_related("scheme").order_by("scheme__order", "order", "code"):
        name, label = of_scheme[concept.scheme.code], concept.short_name
        if name == "itu-region":
            label = _("%(region)s (ITU)") % {"region": label}
        found.append((name, concept.code, label))
    return found


def report_of(year: int, *, query: str = "", language: str, today: date) -> StocktakingReport:
    """Return the report of the register at the end of a year, in a language.

    ``query`` narrows it as the search page does (``region=africa``, ``q=schools``). Of the year
    that runs it is the report of today.

    Raises:
        NothingInRegister: no entry was published by then, or the year has not begun.
        UnknownScope: ``query`` names what is not known.
        NoSearchIndex: words are asked for, and there is no index to find them with.
    """
    with override(language):
        known = years(today=today)
        if year not in known:
            raise NothingInRegister(year, known)
        question = asked_of(query)

        def counted() -> Tallies:
            return count(scope_of(year, question, keys=keys_of(question)), today=today)

        stamp = log_stamp()
        if kept("live", published_activities().count, stamp=stamp) >= LARGE:
            stamp = "large"
        key = f"stocktaking:{year}:{today.isoformat()}:{digest_of(question)}"
        key += state_of_search(question)
        return compose(
            register_outline(),
            scope_of(year, question),
            kept(key, counted, stamp=stamp),
            labels_of_facets(),
            words=tuple(words_of(question)),
            query=query_of(question),
            as_of=min(today, date(year, 12, 31)),
        )
