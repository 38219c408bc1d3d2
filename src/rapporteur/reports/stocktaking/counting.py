"""Counting the register for a report: one pass over its entries, whatever is asked of them.

Every count comes from the database. An entry counts in the report of a year when it was published
by the end of that year and is in the register now.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q

from rapporteur.register.choices import ActivityState
from rapporteur.register.models import Activity
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


@dataclass(frozen=True)
class Scope:
    """What a report is about: entries published by the end of ``year``, narrowed.

    ``chosen`` maps facets of the search to values, any of which an entry must have. ``keys`` are
    the entries that words found, ``None`` where no words were asked for.
    """

    year: int
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    keys: frozenset[int] | None = None

    def takes(self, pk: int, facets: Mapping[str, Iterable[str]], start_year: int | None) -> bool:
        if self.keys is not None and pk not in self.keys:
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


def years_of() -> dict[str, Counter[int]]:
    """Return counters of years by value. A function of its own, so that counts can be kept."""
    return defaultdict(Counter)


@dataclass
class Tallies:
    """What one pass counted. Counters are by facet and value; ``before`` is a year earlier.

    ``began`` counts entries by facet, value and the year in which they began; under ``""`` all of
    them. ``entered`` counts entries by the year of their publication.
    """

    live: int = 0
    before: int = 0
    standing: Counter[str] = field(default_factory=Counter)
    now: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    earlier: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    began: dict[str, dict[str, Counter[int]]] = field(default_factory=lambda: defaultdict(years_of))
    entered: Counter[int] = field(default_factory=Counter)
    updated: int = 0
    confirmed: int = 0
    withdrawn: int | None = 0
    gaps: Counter[str] = field(default_factory=Counter)
    stories: list[Story] = field(default_factory=list)
    story_count: int = 0


MOST_STORIES = 12


def end_of(year: int) -> datetime:
    """Return the first moment after a year, UTC."""
    return datetime(year + 1, 1, 1, tzinfo=UTC)


def count(scope: Scope, *, today: date) -> Tallies:
    """Return the counts of a report. Three queries, and memory that does not grow with entries."""
    groups = groups_now()
    until, since = end_of(scope.year), end_of(scope.year - 1)
    as_of = min(today, until.date())
    found = Tallies()
    candidates: dict[str, list[Story]] = defaultdict(list)
    rows = published_activities().filter(published_at__lt=until).order_by("pk")
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        values = dict(zip(COLUMNS, row, strict=True))
        content = values["published_version__content"]
        facets = facets_of(
            content,
            organization=values["organization__slug"] or values["organization_name"],
            standing=standing_of(values["confirmed_at"], values["stale_on"], as_of),
            groups=groups,
        )
        if not scope.takes(values["pk"], facets, values["start_year"]):
            continue
        add(found, values, facets, since=since)
        if content.get("success_story"):
            keep(candidates, story_of(values, content), found)
    found.stories = chosen_stories(candidates)
    found.withdrawn = withdrawn_in(scope, since, until)
    return found


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
    if values["start_year"] is not None:
        found.began[""][""][values["start_year"]] += 1
    for name, held in facets.items():
        for value in held:
            found.now[name][value] += 1
            if not is_new:
                found.earlier[name][value] += 1
            if values["start_year"] is not None:
                found.began[name][value][values["start_year"]] += 1


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
    )


def keep(candidates: dict[str, list[Story]], story: Story, found: Tallies) -> None:
    """Keep the latest stories of each action line: enough to choose from, never all of them."""
    found.story_count += 1
    line = story.action_lines[0] if story.action_lines else ""
    held = candidates[line]
    held.append(story)
    if len(held) > MOST_STORIES:
        del held[0]


def chosen_stories(candidates: Mapping[str, list[Story]]) -> list[Story]:
    """Return the stories of the report: action lines take turns, each giving its latest first."""
    left = {line: list(reversed(stories)) for line, stories in sorted(candidates.items())}
    chosen: list[Story] = []
    while len(chosen) < MOST_STORIES and any(left.values()):
        for stories in left.values():
            if stories and len(chosen) < MOST_STORIES:
                chosen.append(stories.pop(0))
    return chosen


def withdrawn_in(scope: Scope, since: datetime, until: datetime) -> int | None:
    """Return how many entries left the register within the year: withdrawn or merged.

    Known for the whole register alone: what has left has no labels to be narrowed by.
    """
    if scope.chosen or scope.keys is not None:
        return None
    left = Q(state=ActivityState.WITHDRAWN, withdrawn_at__gte=since, withdrawn_at__lt=until)
    left |= Q(state=ActivityState.MERGED, updated_at__gte=since, updated_at__lt=until)
    return Activity.objects.filter(left).count()
