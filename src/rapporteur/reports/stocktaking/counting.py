"""Counting the register for a report: one pass over its entries, whatever is asked of them.

Every count comes from the database. An entry counts in the report of a year when it was published
by the end of that year and is in the register now.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q

from rapporteur.register.choices import ActivityState
from rapporteur.register.models import Activity, ActivityConcept, ActivityCountry
from rapporteur.register.queries.activities import published_activities
from rapporteur.register.searchables import facets_of, groups_now, standing_of

COLUMNS = (
    "pk",
    "title",
    "language",
    "start_year",
    "published_at",
    "updated_at",
    "confirmed_at",
    "stale_on",
    "organization__slug",
    "organization_name",
    "gaps",
    "published_version__number",
    "published_version__content",
)
COUNTED = ("action-line", "sdg", "region", "itu-region", "stakeholder-group")
BATCH = 2000
MOST_STORIES = 12


@dataclass(frozen=True)
class Scope:
    """What a report is about: entries published by the end of ``year``, narrowed.

    ``chosen`` maps facets of the search to values, any of which an entry must have. ``keys`` are
    the entries that words found, ``None`` where no words were asked for. ``years`` are the first
    and the last year in which an entry may have begun, ``None`` for no limit.
    """

    year: int
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: frozenset[int] | None = None
    years: tuple[int | None, int | None] = (None, None)

    @property
    def is_everything(self) -> bool:
        return not self.chosen and self.keys is None and self.years == (None, None)

    @property
    def last_day(self) -> date:
        return date(self.year, 12, 31)

    def takes(self, pk: int, facets: Mapping[str, Iterable[str]], start_year: int | None) -> bool:
        if self.keys is not None and pk not in self.keys:
            return False
        first, last = self.years
        if first is not None and (start_year is None or start_year < first):
            return False
        if last is not None and (start_year is None or start_year > last):
            return False
        for name, values in self.chosen.items():
            held = {str(start_year)} if name == "year" else set(facets.get(name, ()))
            if not held & set(values):
                return False
        return True


@dataclass(frozen=True)
class Story:
    """A success story as the register holds it."""

    pk: int
    number: int
    title: str
    organization: str
    countries: tuple[str, ...]
    action_lines: tuple[str, ...]
    language: str
    text: str
    published_at: datetime


def years_of() -> dict[str, Counter[int]]:
    """Return counters of years by value. A function of its own, so that counts can be kept."""
    return defaultdict(Counter)


@dataclass
class Tallies:
    """What one pass counted. Counters are by facet (``COUNTED``) and value.

    ``now`` counts all entries of the report, ``earlier`` those of them that were published before
    its year; ``named`` the entries that say anything, by facet. ``began`` counts entries by facet,
    value and the year in which they began; under ``""`` all of them. ``entered`` counts entries by
    the year of their publication. ``withdrawn`` is ``None`` where it cannot be known.
    """

    live: int = 0
    before: int = 0
    standing: Counter[str] = field(default_factory=Counter)
    now: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    earlier: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    named: Counter[str] = field(default_factory=Counter)
    began: dict[str, dict[str, Counter[int]]] = field(default_factory=lambda: defaultdict(years_of))
    entered: Counter[int] = field(default_factory=Counter)
    updated: int = 0
    confirmed: int = 0
    withdrawn: int | None = 0
    gaps: Counter[str] = field(default_factory=Counter)
    stories: list[Story] = field(default_factory=list)
    story_count: int = 0


def end_of(year: int) -> datetime:
    """Return the first moment after a year, UTC."""
    return datetime(year + 1, 1, 1, tzinfo=UTC)


def count(scope: Scope, *, today: date) -> Tallies:
    """Return the counts of a report, in memory that does not grow with the entries.

    Three queries; where words were asked for, one for each ``BATCH`` of the entries found.
    """
    groups = groups_now()
    until, since = end_of(scope.year), end_of(scope.year - 1)
    as_of = min(today, scope.last_day)
    found = Tallies()
    candidates: dict[str, list[Story]] = defaultdict(list)
    for values in rows_of(scope, until=until):
        content = values["published_version__content"]
        facets = facets_of(
            content,
            organization=values["organization__slug"] or values["organization_name"],
            standing=standing_of(values["confirmed_at"], values["stale_on"], as_of),
            groups=groups,
        )
        if not scope.takes(values["pk"], facets, values["start_year"]):
            continue
        # An entry of an application counts there, and under C7 itself only if it says so.
        facets["action-line"] = list(dict.fromkeys(content.get("action_lines", ())))
        add(found, values, facets, since=since)
        if content.get("success_story"):
            keep(candidates, story_of(values, content), found)
    found.stories = chosen_stories(candidates)
    found.withdrawn = withdrawn_in(since, until) if scope.is_everything else None
    return found


def rows_of(scope: Scope, *, until: datetime) -> Iterator[dict[str, Any]]:
    """Yield the columns of the entries that may be in the scope, by their keys."""
    rows = published_activities().filter(published_at__lt=until).order_by("pk")
    rows = rows.filter(may_have(scope))
    if scope.keys is None:
        for row in rows.values_list(*COLUMNS).iterator(chunk_size=BATCH):
            yield dict(zip(COLUMNS, row, strict=True))
        return
    keys = sorted(scope.keys)
    for start in range(0, len(keys), BATCH):
        batch = rows.filter(pk__in=keys[start : start + BATCH])
        for row in batch.values_list(*COLUMNS):
            yield dict(zip(COLUMNS, row, strict=True))


def may_have(scope: Scope) -> Q:
    """Return what every entry of the scope fulfils in the database: fewer rows to look at.

    ``Scope.takes`` decides; this leaves out only what it would.
    """
    wanted = Q()
    for name in ("action-line", "sdg"):
        if codes := scope.chosen.get(name):
            under = Q(concept__code__in=codes) | Q(concept__broader__code__in=codes)
            wanted &= Q(pk__in=ActivityConcept.objects.filter(under).values("activity"))
    for name in ("region", "itu-region", "country-group"):
        if codes := scope.chosen.get(name):
            within = {"country__groups__until": None, "country__groups__concept__code__in": codes}
            places = ActivityCountry.objects.filter(**within)
            named = ActivityConcept.objects.filter(concept__code__in=codes)
            wanted &= Q(pk__in=places.values("activity")) | Q(pk__in=named.values("activity"))
    if codes := scope.chosen.get("country"):
        places = ActivityCountry.objects.filter(country__iso3__in=codes)
        wanted &= Q(pk__in=places.values("activity"))
    return wanted


def add(
    found: Tallies, values: Mapping[str, Any], facets: Mapping[str, list[str]], *, since: datetime
) -> None:
    """Count one entry."""
    found.live += 1
    found.entered[values["published_at"].year] += 1
    found.standing[facets["standing"][0]] += 1
    found.gaps.update(values["gaps"])
    is_new = values["published_at"] >= since
    if not is_new:
        found.before += 1
        found.updated += values["updated_at"] >= since
    confirmed = values["confirmed_at"]
    found.confirmed += confirmed is not None and confirmed >= since
    began = values["start_year"]
    if began is not None:
        found.began[""][""][began] += 1
    for name in COUNTED:
        held = facets.get(name, ())
        if held:
            found.named[name] += 1
        for value in held:
            found.now[name][value] += 1
            if not is_new:
                found.earlier[name][value] += 1
            if began is not None:
                found.began[name][value][began] += 1


def story_of(values: Mapping[str, Any], content: Mapping[str, Any]) -> Story:
    return Story(
        pk=values["pk"],
        number=values["published_version__number"],
        title=values["title"],
        organization=values["organization_name"],
        countries=tuple(content.get("countries", ())),
        action_lines=tuple(content.get("action_lines", ())),
        language=values["language"],
        text=content["success_story"],
        published_at=values["published_at"],
    )


def keep(candidates: dict[str, list[Story]], story: Story, found: Tallies) -> None:
    """Keep the latest stories of each action line: enough to choose from, never all of them."""
    found.story_count += 1
    line = story.action_lines[0] if story.action_lines else ""
    held = candidates[line]
    held.append(story)
    if len(held) > MOST_STORIES:
        held.remove(min(held, key=age))


def age(story: Story) -> tuple[datetime, int]:
    """Return what sorts stories, the oldest first."""
    return story.published_at, story.pk


def in_order(line: str) -> tuple[bool, list[int]]:
    """Return what sorts action lines by their numbers; entries without one come last."""
    return not line, [int(digits) for digits in re.findall("[0-9]+", line)]


def chosen_stories(candidates: Mapping[str, list[Story]]) -> list[Story]:
    """Return the stories of the report: action lines take turns, each giving its latest first."""
    left = [
        sorted(candidates[line], key=age, reverse=True) for line in sorted(candidates, key=in_order)
    ]
    chosen: list[Story] = []
    while len(chosen) < MOST_STORIES and any(left):
        for stories in left:
            if stories and len(chosen) < MOST_STORIES:
                chosen.append(stories.pop(0))
    return chosen


def withdrawn_in(since: datetime, until: datetime) -> int:
    """Return how many entries left the register within the year: withdrawn or merged.

    Known for the whole register alone: what has left has no labels to be narrowed by.
    """
    left = Q(state=ActivityState.WITHDRAWN, withdrawn_at__gte=since, withdrawn_at__lt=until)
    left |= Q(state=ActivityState.MERGED, updated_at__gte=since, updated_at__lt=until)
    return Activity.objects.filter(left).count()
