"""Coverage: which organization, and which region, is told of under which action line, by year.

What counts: paragraphs of published reports and narrative reports about the year. A paragraph that
names an organization is filed under each of its concepts for it, so that cells overlap and totals
count paragraphs, each once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rapporteur.directory.models import GroupMembership, Organization
from rapporteur.framework.models import Concept
from rapporteur.library.choices import DocumentKind, DocumentState
from rapporteur.library.models import Document, Paragraph, ParagraphConcept, ParagraphOrganization

# Each region of the United Nations has its commission. Source: the commissions' terms of reference
# (E/RES/36(IV), E/RES/37(IV), E/RES/106(VI), E/RES/671(XXV), E/RES/1818(LV)).
COMMISSIONS = {
    "ECA": "region:africa",
    "ESCAP": "region:asia-pacific",
    "ECE": "region:europe",
    "UNECE": "region:europe",
    "ECLAC": "region:latin-america",
    "ESCWA": "region:western-asia",
}
REPORTING = (DocumentKind.REPORT, DocumentKind.NARRATIVE)


@dataclass(frozen=True)
class Cell:
    """How many paragraphs stand behind one row and column. ``label`` is the column's name."""

    count: int
    label: str
    query: str


@dataclass(frozen=True)
class Line:
    """One row of a coverage table.

    ``elsewhere`` counts the row's paragraphs under none of the columns (a regional section, key
    trends); ``total`` all of its paragraphs, each once.
    """

    key: str
    name: str
    long_name: str
    url: str
    cells: tuple[Cell, ...]
    elsewhere: int
    total: int
    query: str


@dataclass(frozen=True)
class Table:
    """Rows by columns; ``column_totals`` count the paragraphs of each column, each once."""

    columns: tuple[Concept, ...]
    lines: tuple[Line, ...]
    column_totals: tuple[Cell, ...]
    elsewhere: int
    total: int

    @property
    def empty_cells(self) -> int:
        return sum(1 for line in self.lines for cell in line.cells if not cell.count)


def reporting_paragraphs(year: int | None) -> QuerySet[Paragraph]:
    """Return paragraphs in force of published reports about the year (``None``: of all years)."""
    paragraphs = Paragraph.objects.filter(
        retired_at__isnull=True,
        document__state=DocumentState.PUBLISHED,
        document__kind__in=REPORTING,
    )
    return paragraphs.filter(document__year=year) if year else paragraphs


def reported_years() -> list[int]:
    """Return the years that published reports with filed paragraphs are about, latest first."""
    years = (
        Document.objects.filter(
            state=DocumentState.PUBLISHED,
            kind__in=REPORTING,
            paragraphs__filings__isnull=False,
        )
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    return [year for year in years if year is not None]


def latest_year(years: Sequence[int]) -> int | None:
    """Return the year to show first: the last that a Secretary-General's report is about.

    ``years`` are ``reported_years()``. One query.
    """
    told = (
        Document.objects.filter(
            state=DocumentState.PUBLISHED,
            kind=DocumentKind.REPORT,
            year__in=years,
            paragraphs__filings__isnull=False,
        )
        .order_by("-year")
        .values_list("year", flat=True)
        .first()
    )
    return told or (years[0] if years else None)


def leaves() -> list[Concept]:
    """Return the 18 leaves: C1 to C11, with the applications of C7 in the place of C7.

    Where no application is known, C7 stands for itself. One query.
    """
    found = list(
        Concept.objects.filter(scheme__code="action-lines", retired_at__isnull=True)
        .select_related("scheme")
        .order_by("order", "code")
    )
    parents = {concept.broader_id for concept in found}
    kept = [concept for concept in found if concept.pk not in parents]
    position = {concept.pk: concept.order for concept in found}
    return sorted(
        kept,
        key=lambda concept: (
            position.get(concept.broader_id or concept.pk, concept.order),
            concept.order,
        ),
    )


@dataclass(frozen=True)
class Filed:
    """Which paragraphs stand under which concept, and which name which organization."""

    by_concept: Mapping[int, frozenset[int]]
    by_organization: Mapping[int, frozenset[int]]


def filed(year: int | None) -> Filed:
    """Return the year's filings and mentions as sets of paragraph ids. Two queries."""
    paragraphs = reporting_paragraphs(year).values("pk")
    concepts: dict[int, set[int]] = {}
    for concept, paragraph in ParagraphConcept.objects.filter(paragraph__in=paragraphs).values_list(
        "concept_id", "paragraph_id"
    ):
        concepts.setdefault(concept, set()).add(paragraph)
    organizations: dict[int, set[int]] = {}
    for organization, paragraph in ParagraphOrganization.objects.filter(
        paragraph__in=paragraphs, organization__isnull=False
    ).values_list("organization_id", "paragraph_id"):
        organizations.setdefault(organization or 0, set()).add(paragraph)
    return Filed(
        {key: frozenset(value) for key, value in concepts.items()},
        {key: frozenset(value) for key, value in organizations.items()},
    )


def make_table(
    columns: Sequence[Concept],
    rows: Iterable[tuple[str, str, str, str, str, frozenset[int]]],
    by_concept: Mapping[int, frozenset[int]],
    year_query: str,
) -> Table:
    """Return the table of rows (key, name, long name, address, query, paragraph ids)."""
    lines = []
    every: set[int] = set()
    outside: set[int] = set()
    on_columns = frozenset().union(*(by_concept.get(c.pk, frozenset()) for c in columns))
    column_sets: list[set[int]] = [set() for _column in columns]
    for key, name, long_name, url, query, ids in rows:
        cells = []
        for position, column in enumerate(columns):
            both = ids & by_concept.get(column.pk, frozenset())
            column_sets[position] |= both
            cells.append(Cell(len(both), column.code, f"{query}&concept={column.code}{year_query}"))
        every |= ids
        outside |= ids - on_columns
        lines.append(
            Line(
                key,
                name,
                long_name,
                url,
                tuple(cells),
                len(ids - on_columns),
                len(ids),
                f"{query}{year_query}",
            )
        )
    totals = tuple(
        Cell(len(ids), column.code, f"concept={column.code}{year_query}")
        for column, ids in zip(columns, column_sets, strict=True)
    )
    return Table(tuple(columns), tuple(lines), totals, len(outside), len(every))


def coverage_by_organization(year: int | None) -> Table:
    """Return organizations by action line: who is named there, and who contributed.

    Most told of first, ties by name; organizations that contributed and are filed nowhere close the
    list with empty cells. A fixed number of queries.
    """
    columns = leaves()
    found = filed(year)
    contributors = set(
        Document.contributors.through.objects.filter(
            document__in=reporting_paragraphs(year).values("document")
        ).values_list("organization_id", flat=True)
    )
    on_lines = frozenset().union(*(found.by_concept.get(c.pk, frozenset()) for c in columns))
    shown = {pk for pk, ids in found.by_organization.items() if ids & on_lines} | contributors
    organizations = Organization.objects.filter(pk__in=shown)
    rows = [
        (
            organization.slug,
            organization.short_name,
            organization.display_name,
            organization.get_absolute_url(),
            f"organization={organization.slug}",
            found.by_organization.get(organization.pk, frozenset()),
        )
        for organization in organizations
    ]
    rows.sort(key=lambda row: (-len(row[5] & on_lines), row[1].casefold()))
    return make_table(
        columns, rows, found.by_concept, f"&kind=reports&year={year}" if year else "&kind=reports"
    )


def regions_of_organizations() -> dict[int, set[int]]:
    """Return region concept ids by organization id: commissions, and those of a country.

    Three queries. A country may stand in several regions.
    """
    regions = dict(
        Concept.objects.filter(scheme__code="regions", retired_at__isnull=True).values_list(
            "code", "pk"
        )
    )
    by_country: dict[int, set[int]] = {}
    for country, concept in GroupMembership.objects.filter(
        concept_id__in=regions.values(), until__isnull=True
    ).values_list("country_id", "concept_id"):
        by_country.setdefault(country, set()).add(concept)
    found: dict[int, set[int]] = {}
    for pk, acronym, country in Organization.objects.filter(retired_at__isnull=True).values_list(
        "pk", "acronym", "country_id"
    ):
        code = COMMISSIONS.get(acronym)
        if code in regions:
            found[pk] = {regions[code]}
        elif country in by_country:
            found[pk] = by_country[country]
    return found


def coverage_by_region(year: int | None) -> Table:
    """Return regions by action line.

    A paragraph counts for a region that it is filed under, or when it names the region's commission
    or an organization of one of its countries. A fixed number of queries.
    """
    columns = leaves()
    found = filed(year)
    members = regions_of_organizations()
    rows = []
    for region in (
        Concept.objects.filter(scheme__code="regions", retired_at__isnull=True)
        .select_related("scheme")
        .order_by("order", "code")
    ):
        ids = set(found.by_concept.get(region.pk, frozenset()))
        for organization, regions in members.items():
            if region.pk in regions:
                ids |= found.by_organization.get(organization, frozenset())
        rows.append(
            (
                region.code,
                region.short_name,
                region.name,
                region.get_absolute_url(),
                f"region={region.code}",
                frozenset(ids),
            )
        )
    return make_table(
        columns, rows, found.by_concept, f"&kind=reports&year={year}" if year else "&kind=reports"
    )


def paragraphs_of_region(code: str) -> Q:
    """Return the condition on paragraphs that count for a region, of whatever year."""
    region = Concept.objects.filter(code=code).first()
    if region is None:
        return Q(pk__in=[])
    organizations = [pk for pk, ids in regions_of_organizations().items() if region.pk in ids]
    named = ParagraphOrganization.objects.filter(organization_id__in=organizations).order_by()
    under = ParagraphConcept.objects.filter(concept=region)
    return Q(pk__in=named.values("paragraph")) | Q(pk__in=under.values("paragraph"))


def gaps(year: int | None) -> tuple[list[Concept], list[Organization]]:
    """Return action lines without a paragraph, and contributors that are filed nowhere."""
    columns = leaves()
    found = filed(year)
    empty = [concept for concept in columns if not found.by_concept.get(concept.pk)]
    table = coverage_by_organization(year)
    silent = [line.key for line in table.lines if line.total == line.elsewhere]
    return empty, list(Organization.objects.filter(slug__in=silent).order_by("name", "pk"))
