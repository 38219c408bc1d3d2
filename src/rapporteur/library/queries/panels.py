"""What other rooms' pages show of the library; each costs a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q

from rapporteur.directory.models import Organization
from rapporteur.framework.models import Concept
from rapporteur.library.choices import DocumentKind, DocumentState
from rapporteur.library.models import Document, Paragraph, ParagraphConcept, ParagraphOrganization
from rapporteur.library.queries.coverage import REPORTING, Table, reporting_paragraphs
from rapporteur.library.queries.facts import (
    filed_under,
    naming,
    visible_paragraphs,
    with_facts,
)

LINES_OF_ONE = 6
ROWS_OF_HOME = 12
PARAGRAPHS_OF_CELL = 20


@dataclass(frozen=True)
class Group:
    """An organization and the paragraphs that name it; ``None``: those that name nobody."""

    organization: Organization | None
    paragraphs: list[Paragraph]


@dataclass(frozen=True)
class YearOfOrganization:
    """A year's paragraphs that name an organization: per concept, and those under none."""

    year: int | None
    lines: list[tuple[Concept, list[Paragraph]]]
    others: list[Paragraph]
    count: int


def codes_below(concept: Concept) -> list[str]:
    """Return a concept's code and those of the concepts under it. One query."""
    return [concept.code, *Concept.objects.filter(broader=concept).values_list("code", flat=True)]


def reported_under(
    concept: Concept, *, year: Callable[[list[int]], int | None], path: str
) -> Mapping[str, Any] | None:
    """Return what reports of one year say under a concept, grouped by organization.

    ``None`` where nothing is filed there in any year.
    """
    codes = codes_below(concept)
    filed = filed_under(visible_paragraphs(), codes)
    # Grouped by document, without the order of the paragraphs.
    counted = list(
        filed.order_by().values_list("document__year", "document__kind").annotate(count=Count("pk"))
    )
    if not counted:
        return None
    years = sorted(
        {item for item, kind, _count in counted if item and kind in REPORTING}, reverse=True
    )
    chosen = year(years)
    resolutions = sum(count for _year, kind, count in counted if kind == DocumentKind.RESOLUTION)
    paragraphs = list(
        with_facts(filed.filter(document__kind__in=REPORTING, document__year=chosen)).defer(
            "reading", "document__summary"
        )
    )
    return {
        "groups": grouped(paragraphs),
        "count": len(paragraphs),
        "year": chosen,
        "years": years,
        "path": path,
        "concept": concept,
        "resolutions": resolutions,
        "query": f"concept={concept.code}&kind=reports&year={chosen}",
    }


def grouped(paragraphs: list[Paragraph]) -> list[Group]:
    """Return paragraphs by the organizations that they name, most told of first, ties by name."""
    by_organization: dict[int, Group] = {}
    nobody: list[Paragraph] = []
    for paragraph in paragraphs:
        known = [item.organization for item in paragraph.mentions.all() if item.organization]
        for organization in known:
            group = by_organization.setdefault(organization.pk, Group(organization, []))
            group.paragraphs.append(paragraph)
        if not known:
            nobody.append(paragraph)
    groups = sorted(
        by_organization.values(),
        key=lambda group: (-len(group.paragraphs), str(group.organization).casefold()),
    )
    return [*groups, Group(None, nobody)] if nobody else groups


def reported_of(organization: Organization) -> Mapping[str, Any] | None:
    """Return what published documents say of an organization, by year and action line."""
    paragraphs = list(
        with_facts(
            naming(visible_paragraphs(), [organization.pk]).filter(document__kind__in=REPORTING)
        ).defer("reading", "document__summary")
    )
    asked = (
        naming(visible_paragraphs(), [organization.pk])
        .filter(document__kind=DocumentKind.RESOLUTION)
        .count()
    )
    contributed = list(
        Document.objects.filter(contributors=organization, state=DocumentState.PUBLISHED).order_by(
            "-date", "pk"
        )
    )
    if not paragraphs and not asked and not contributed:
        return None
    by_year: dict[int | None, list[Paragraph]] = {}
    for paragraph in paragraphs:
        by_year.setdefault(paragraph.document.year, []).append(paragraph)
    return {
        "years": [year_of_organization(year, found) for year, found in by_year.items()],
        "organization": organization,
        "count": len(paragraphs),
        "resolutions": asked,
        "contributed": contributed,
    }


def year_of_organization(year: int | None, paragraphs: list[Paragraph]) -> YearOfOrganization:
    """Return a year's paragraphs by concept, in the order of the vocabularies."""
    lines: dict[int, tuple[Concept, list[Paragraph]]] = {}
    others = []
    for paragraph in paragraphs:
        filings = list(paragraph.filings.all())
        for filing in filings:
            lines.setdefault(filing.concept_id, (filing.concept, []))[1].append(paragraph)
        if not filings:
            others.append(paragraph)
    ordered = sorted(
        lines.values(), key=lambda line: (line[0].scheme.order, line[0].order, line[0].code)
    )
    return YearOfOrganization(year, ordered, others, len(paragraphs))


def reported_in(country: Any) -> Mapping[str, Any] | None:
    """Return what was reported of the organizations of a country (its Government, its bodies)."""
    organizations = list(
        Organization.objects.filter(country=country, retired_at=None).order_by("name", "pk")
    )
    paragraphs = list(
        with_facts(naming(visible_paragraphs(), [item.pk for item in organizations])).defer(
            "reading", "document__summary"
        )
    )
    if not paragraphs:
        return None
    return {"paragraphs": paragraphs, "count": len(paragraphs), "country": country}


def filed_in_cell(cell: Any) -> Mapping[str, Any] | None:
    """Return what is filed where an action line meets a goal: under the goal or its targets.

    A cell has ``action_line`` and ``goal``. Records filed under both come first; what is filed
    under the action line alone is a list of its own, behind a link.
    """
    line = getattr(cell, "action_line", None)
    goal = getattr(cell, "goal", None)
    if line is None or goal is None:
        return None
    on_line = filed_under(visible_paragraphs(), codes_below(line))
    both = filed_under(on_line, codes_below(goal))
    paragraphs = list(with_facts(both).defer("reading", "document__summary")[:PARAGRAPHS_OF_CELL])
    count = on_line.order_by().count()
    if not count:
        return None
    return {"paragraphs": paragraphs, "action_line": line, "goal": goal, "on_line": count}


def small(table: Table) -> Table:
    """Return the first rows of a coverage table, to be seen whole on the home page."""
    return replace(table, lines=table.lines[:ROWS_OF_HOME])


def main_report(year: int | None) -> Document | None:
    """Return the Secretary-General's report about the year, else any report about it."""
    reports = Document.objects.filter(state=DocumentState.PUBLISHED, kind__in=REPORTING)
    if year:
        reports = reports.filter(year=year)
    # "report" sorts behind "narrative": the Secretary-General's goes first.
    return reports.order_by("-kind", "-date", "pk").first()


def contributor_count(year: int | None) -> int:
    """Return how many organizations sent information for the reports about the year."""
    return (
        Organization.objects.filter(
            Q(contributed_to__year=year) if year else Q(contributed_to__isnull=False),
            contributed_to__state=DocumentState.PUBLISHED,
        )
        .distinct()
        .count()
    )


def filed_paragraph_count(year: int | None) -> int:
    """Return how many paragraphs of the year's reports stand under an action line or a theme."""
    filed = ParagraphConcept.objects.filter(
        concept__scheme__code__in=("action-lines", "themes")
    ).values("paragraph")
    return reporting_paragraphs(year).filter(pk__in=filed).count()


def named_organization_count(year: int | None) -> int:
    """Return how many organizations the year's reports name."""
    return (
        ParagraphOrganization.objects.filter(
            paragraph__in=reporting_paragraphs(year).values("pk"), organization__isnull=False
        )
        .values("organization")
        .distinct()
        .count()
    )
