"""What other rooms' pages show of the register; each costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from rapporteur.directory.models import Account, Country, Organization
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityState
from rapporteur.register.models import Activity, ActivityConcept, ActivityCountry, ActivityPartner
from rapporteur.register.queries import counts
from rapporteur.register.queries.activities import kept_by, published_activities

LATEST = 5
# Of more entries than this, the latest are among the newest of the register soon enough.
MANY = 2000
# The facet of the search by which a scheme's concepts narrow; the others narrow by none.
FACETS = {
    "action-lines": "action-line",
    "sdg": "sdg",
    "regions": "region",
    "itu-regions": "itu-region",
    "country-groups": "country-group",
    "stakeholder-groups": "stakeholder-group",
}
REGIONS = ("regions", "itu-regions", "country-groups")
# Vocabularies under which activities are filed.
FILED = (*FACETS, "gdc", "target-groups")


@dataclass(frozen=True)
class Some:
    """How many entries there are, and the latest of them. ``query`` finds them all in the search;
    empty: it cannot."""

    count: int
    latest: list[Activity]
    query: str = ""


def some_of(links: QuerySet, *, key: str, query: str = "", count: int | None = None) -> Some:
    """Return what the links (rows with an ``activity``) lead to. ``count``: where it is known.

    Two queries and those of the count.
    """
    if count is None:
        count = counts.kept(key, lambda: links.order_by().values("activity").distinct().count())
    return Some(count, latest_of([links], count) if count else [], query)


def latest_of(sorts_of_links: Sequence[QuerySet], count: int) -> list[Activity]:
    """Return the latest of the activities to which some links lead; two queries at most.

    Where there are many, the newest activities are looked through, else the links.
    """
    rows = published_activities().select_related("organization")
    if count > MANY:
        led_to = Q()
        for links in sorts_of_links:
            led_to |= Q(Exists(links.filter(activity=OuterRef("pk"))))
        return list(rows.filter(led_to)[:LATEST])
    keys: set[int] = set()
    for links in sorts_of_links:
        newest = links.order_by("-activity_id").values_list("activity_id", flat=True)
        keys.update(newest.distinct()[:LATEST])
    return list(rows.filter(pk__in=sorted(keys, reverse=True)[:LATEST]))


def under_concept(concept: Concept) -> Some | None:
    """Return what is filed under a concept or its parts; ``None``: the scheme files nothing."""
    scheme = concept.scheme.code
    if scheme not in FILED:
        return None
    # A target's entries are found under its goal alone.
    is_part = scheme == "sdg" and concept.broader_id is not None
    facet = "" if is_part else FACETS.get(scheme, "")
    query = f"{facet}={concept.code}" if facet else ""
    if scheme == "stakeholder-groups":
        return of_rows(
            published_activities().filter(stakeholder_group=concept),
            key=f"group:{concept.code}",
            query=query,
        )
    if scheme in REGIONS:
        return in_region(concept, query)
    below = Concept.objects.filter(broader=concept).values_list("pk", flat=True)
    links = ActivityConcept.objects.filter(concept__in=[concept.pk, *below])
    return some_of(
        links, key=f"concept:{concept.code}", query=query, count=facet_count(facet, concept.code)
    )


def facet_count(facet: str, value: str) -> int | None:
    """Return how many entries have a value, from the index; ``None`` where it cannot tell."""
    if not facet:
        return None
    found = counts.index_counts((facet,))
    return None if found is None else found[facet].get(value, 0)


def in_region(concept: Concept, query: str) -> Some:
    """Return what takes place in a region or group, or in the region as a whole."""
    scheme = concept.scheme.code
    count = facet_count(FACETS[scheme], concept.code)
    if count is None:
        found = counts.kept(f"groups:{scheme}", lambda: counts.by_group(scheme))
        count = found.get(concept.code, 0)
    if not count:
        return Some(0, [], query)
    through = ActivityCountry.objects.filter(
        country__groups__concept=concept, country__groups__until=None
    )
    named = ActivityConcept.objects.filter(concept=concept)
    return Some(count, latest_of([through, named], count), query)


def of_rows(rows: QuerySet[Activity], *, key: str, query: str = "") -> Some:
    count = counts.kept(key, rows.order_by().count)
    latest = list(rows.select_related("organization")[:LATEST]) if count else []
    return Some(count, latest, query)


def of_organization(organization: Organization) -> Some:
    """Return the published activities of an organization."""
    rows = published_activities().filter(organization=organization)
    return of_rows(
        rows, key=f"organization:{organization.pk}", query=f"organization={organization.slug}"
    )


def partnerships_of(organization: Organization) -> Some:
    """Return the published activities in which an organization is a partner."""
    links = ActivityPartner.objects.filter(organization=organization)
    return some_of(links, key=f"partner:{organization.pk}")


def in_country(country: Country) -> Some:
    """Return the published activities that take place in a country."""
    links = ActivityCountry.objects.filter(country=country)
    return some_of(links, key=f"country:{country.pk}", query=f"country={country.iso3}")


def in_cell(action_line: Concept, goal: Concept) -> Some:
    """Return the entries that stand under an action line and a goal, or parts of them."""
    below = Concept.objects.filter(broader__in=[action_line, goal])
    lines, goals = [action_line.pk], [goal.pk]
    for pk, broader in below.values_list("pk", "broader"):
        (lines if broader == action_line.pk else goals).append(pk)
    under_goal = ActivityConcept.objects.filter(concept__in=goals)
    links = ActivityConcept.objects.filter(
        Exists(under_goal.filter(activity=OuterRef("activity"))), concept__in=lines
    )
    found = counts.index_counts(("sdg",), {"action-line": (action_line.code,)})
    return some_of(
        links,
        key=f"cell:{action_line.code}:{goal.code}",
        query=f"action-line={action_line.code}&sdg={goal.code}",
        count=None if found is None else found["sdg"].get(goal.code, 0),
    )


def latest() -> list[Activity]:
    """Return the entries that came last. One query."""
    return list(published_activities().select_related("organization")[:LATEST])


def counts_by_action_line(concepts: Sequence[Concept]) -> dict[int, int]:
    """Return how many entries stand under each action line, its applications among them, by id."""

    def count() -> dict[str, int]:
        found = counts.index_counts(("action-line",))
        if found is not None:
            return dict(found["action-line"])
        return {
            **counts.by_concept(scheme="action-lines"),
            **counts.by_top_concept("action-lines"),
        }

    found = counts.kept("action-lines", count)
    return {concept.pk: found[concept.code] for concept in concepts if concept.code in found}


def kept_count(person: Account) -> int:
    """Return how many activities the person keeps, drafts among them, without those merged."""
    return kept_by(person).exclude(state=ActivityState.MERGED).order_by().count()
