"""How many entries there are: in all, by standing, and by each thing they are filed under.

An entry is one published activity (``choices.ActivityState``). Counts are exact and are kept until
the change log says that something changed. They come from the index where it has taken in every
change (it counts a million entries in milliseconds), else from the database; both count alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.cache import cache
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityKind, ActivityState, ActivityStatus
from rapporteur.register.models import Activity, ActivityConcept, ActivityCountry
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search import index
from rapporteur.search.models import Change
from rapporteur.search.queries import Question, index_state
from rapporteur.search.queries import counts as counts_of_index
from rapporteur.search.queries.counting import Counts

Answer = TypeVar("Answer")

# Changes that may still become visible late are among so many of the last (PostgreSQL gives keys
# before the commit).
LAST_CHANGES = 1000
# What the log does not tell of (a country that left a group) is seen after so many seconds.
KEPT_SECONDS = 3600


@dataclass(frozen=True)
class Standings:
    """How many entries are live, and of them verified, not confirmed yet, and stale; what left."""

    live: int
    verified: int
    unconfirmed: int
    stale: int
    withdrawn: int
    merged: int


@dataclass(frozen=True)
class Tally:
    """How many entries one value has. ``facet`` and ``value`` find them in the search.

    ``depth`` 1: part of the last value before it. ``coded``: people know it by its code.
    """

    value: str
    label: str
    count: int
    facet: str = ""
    depth: int = 0
    url: str = ""
    coded: bool = False


def log_stamp() -> str:
    """Return what names the state of the change log; empty where nothing was ever changed.

    One query, two where the log has rows.
    """
    newest = Change.objects.order_by("-pk").values_list("pk", "at").first()
    if newest is None:
        return ""
    late = Change.objects.filter(pk__gt=newest[0] - LAST_CHANGES).count()
    return f"{newest[0]}-{newest[1].timestamp()}-{late}"


def kept(key: str, make: Callable[[], Answer], *, stamp: str | None = None) -> Answer:
    """Return an answer kept since the last change of the log, else make and keep it."""
    stamp = log_stamp() if stamp is None else stamp
    if not stamp:
        return make()
    place = f"register:{key}:{stamp}"
    found: Answer | None = cache.get(place)
    if found is None:
        found = make()
        cache.set(place, found, KEPT_SECONDS)
    return found


def standings(*, on: date) -> Standings:
    """Return how many entries there are by standing on a day; three queries at most."""
    return kept(f"standings:{on.isoformat()}", lambda: count_standings(on))


def count_standings(on: date) -> Standings:
    published = Q(state=ActivityState.PUBLISHED)
    stale = published & Q(stale_on__lte=on)
    fresh = published & (Q(stale_on__gt=on) | Q(stale_on=None))
    found = Activity.objects.aggregate(
        live=Count("pk", filter=published),
        stale=Count("pk", filter=stale),
        unconfirmed=Count("pk", filter=fresh & Q(confirmed_at=None)),
        verified=Count("pk", filter=fresh & ~Q(confirmed_at=None)),
        withdrawn=Count("pk", filter=Q(state=ActivityState.WITHDRAWN)),
        merged=Count("pk", filter=Q(state=ActivityState.MERGED)),
    )
    return Standings(**found)


def live_count() -> int:
    """Return how many entries the register has; three queries at most."""
    rows = Activity.objects.filter(state=ActivityState.PUBLISHED)
    return kept("live", rows.count)


# Labels stand on published activities alone: publishing writes them, withdrawing and merging take
# them away. So what follows need not look at the activities themselves.


def by_concept(codes: Sequence[str] = (), *, scheme: str = "") -> dict[str, int]:
    """Return how many entries stand under each concept itself, by code: of a scheme, or of some."""
    rows = ActivityConcept.objects.order_by()
    rows = rows.filter(concept__scheme__code=scheme) if scheme else rows
    rows = rows.filter(concept__code__in=codes) if codes else rows
    return dict(rows.values_list("concept__code").annotate(count=Count("pk")))


def by_top_concept(scheme: str) -> dict[str, int]:
    """Return how many entries stand under each concept of the first level or under its parts.

    An entry under two applications of C7 counts once under C7, as one under two targets does under
    their goal.
    """
    rows = ActivityConcept.objects.filter(concept__scheme__code=scheme).order_by()
    top = Coalesce("concept__broader__code", "concept__code")
    counted = rows.values(top=top).annotate(count=Count("activity", distinct=True))
    return {row["top"]: row["count"] for row in counted}


def by_group(scheme: str) -> dict[str, int]:
    """Return how many entries take place in each region or group: in one of its countries of now,
    or in the region named as a whole. Each entry once. Two queries."""
    held = GroupMembership.objects.filter(until=None, concept__scheme__code=scheme).order_by()
    through = held.values_list("concept__code").annotate(
        count=Count("country__activity_places__activity", distinct=True)
    )
    found = {code: count for code, count in through if count}
    its_countries = ActivityCountry.objects.filter(
        activity=OuterRef("activity"),
        country__groups__until=None,
        country__groups__concept=OuterRef("concept"),
    )
    named = ActivityConcept.objects.filter(~Exists(its_countries), concept__scheme__code=scheme)
    for code, count in named.order_by().values_list("concept__code").annotate(count=Count("pk")):
        found[code] = found.get(code, 0) + count
    return found


def by_column(column: str) -> dict[Any, int]:
    """Return how many entries have each value of a column of theirs, those without one left out."""
    rows = Activity.objects.filter(state=ActivityState.PUBLISHED).order_by()
    counted = rows.values_list(column).annotate(count=Count("pk"))
    return {value: count for value, count in counted if value not in (None, "")}


def by_country() -> dict[str, int]:
    """Return how many entries take place in each country, by ISO 3166-1 alpha-3 code."""
    rows = ActivityCountry.objects.order_by()
    return dict(rows.values_list("country__iso3").annotate(count=Count("pk")))


@dataclass(frozen=True)
class Statistics:
    """Everything that the page of figures shows, as counted at one time."""

    action_lines: dict[str, int]
    applications: dict[str, int]
    goals: dict[str, int]
    regions: dict[str, int]
    itu_regions: dict[str, int]
    country_groups: dict[str, int]
    stakeholder_groups: dict[str, int]
    years: dict[int, int]
    kinds: dict[str, int]
    statuses: dict[str, int]
    countries: dict[str, int]


def statistics() -> Statistics:
    """Return the counts of the page of figures; two queries while nothing changes."""
    return kept("statistics", count_everything)


def count_everything() -> Statistics:
    return count_in_index() or count_in_database()


# What the page of figures takes from the index.
FACETS = (
    "action-line",
    "sdg",
    "region",
    "itu-region",
    "country-group",
    "stakeholder-group",
    "year",
    "activity-kind",
    "activity-status",
    "country",
)


def index_counts(
    names: Sequence[str], chosen: Mapping[str, Sequence[str]] | None = None
) -> Counts | None:
    """Return the index's counts of some facets over all entries, or those with what is chosen.

    ``None`` where this host has no index, or its index has not taken in every change yet.
    """
    try:
        if index_state().waiting:
            return None
        return counts_of_index(Question(kinds=(ACTIVITY,), chosen=chosen or {}), names)
    except index.NoIndex:
        return None


def count_in_index() -> Statistics | None:
    found = index_counts(FACETS)
    if found is None:
        return None
    lines = found["action-line"]
    return Statistics(
        action_lines={code: count for code, count in lines.items() if "." not in code},
        applications={code: count for code, count in lines.items() if "." in code},
        goals=dict(found["sdg"]),
        regions=dict(found["region"]),
        itu_regions=dict(found["itu-region"]),
        country_groups=dict(found["country-group"]),
        stakeholder_groups=dict(found["stakeholder-group"]),
        years={int(year): count for year, count in found["year"].items()},
        kinds=dict(found["activity-kind"]),
        statuses=dict(found["activity-status"]),
        countries=dict(found["country"]),
    )


def count_in_database() -> Statistics:
    itself = by_concept(scheme="action-lines")
    return Statistics(
        action_lines=by_top_concept("action-lines"),
        applications={code: count for code, count in itself.items() if "." in code},
        goals=by_top_concept("sdg"),
        regions=by_group("regions"),
        itu_regions=by_group("itu-regions"),
        country_groups=by_group("country-groups"),
        stakeholder_groups=by_column("stakeholder_group__code"),
        years=by_column("start_year"),
        kinds=by_column("kind"),
        statuses=by_column("status"),
        countries=by_country(),
    )


def concept_tallies(
    scheme: str, counts: dict[str, int], *, facet: str, parts: dict[str, int] | None = None
) -> list[Tally]:
    """Return the concepts of a scheme in its order with their counts, 0 too; parts under theirs.

    ``parts`` holds the counts of the second level; without it that level is left out. One query.
    """
    rows = Concept.objects.filter(scheme__code=scheme, retired_at=None).order_by("order", "code")
    concepts = list(rows.select_related("scheme"))
    below: dict[int, list[Concept]] = {}
    for concept in concepts:
        if concept.broader_id is not None:
            below.setdefault(concept.broader_id, []).append(concept)
    found = []
    for concept in concepts:
        if concept.broader_id is not None:
            continue
        found.append(tally_of(concept, counts, facet=facet))
        if parts is not None:
            found += [
                tally_of(part, parts, facet=facet, depth=1) for part in below.get(concept.pk, ())
            ]
    return found


def tally_of(concept: Concept, counts: dict[str, int], *, facet: str, depth: int = 0) -> Tally:
    return Tally(
        value=concept.code,
        label=concept.short_name,
        count=counts.get(concept.code, 0),
        facet=facet,
        depth=depth,
        url=concept.get_absolute_url(),
        coded=facet in ("action-line", "sdg"),
    )


def country_tallies(counts: dict[str, int]) -> list[Tally]:
    """Return the countries that have entries, the most first. One query."""
    rows = Country.objects.filter(iso3__in=counts)
    found = [
        Tally(row.iso3, row.name, counts[row.iso3], facet="country", url=row.get_absolute_url())
        for row in rows
    ]
    return sorted(found, key=lambda tally: (-tally.count, tally.label))


def choice_tallies(choices: Any, counts: dict[str, int], *, facet: str) -> list[Tally]:
    return [
        Tally(value, str(label), counts.get(value, 0), facet=facet)
        for value, label in choices.choices
    ]


def kind_tallies(counts: dict[str, int]) -> list[Tally]:
    return choice_tallies(ActivityKind, counts, facet="activity-kind")


def status_tallies(counts: dict[str, int]) -> list[Tally]:
    return choice_tallies(ActivityStatus, counts, facet="activity-status")


def year_tallies(counts: dict[int, int]) -> list[Tally]:
    """Return the years in which entries began, the latest first."""
    return [
        Tally(str(year), str(year), counts[year], facet="year")
        for year in sorted(counts, reverse=True)
    ]
