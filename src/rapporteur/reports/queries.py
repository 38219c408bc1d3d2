"""What reports read: the years that have material, a year's material, its draft, who cites what.

Only published documents are read: what is a draft or was withdrawn gives nothing to a report.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.directory.models import Organization
from rapporteur.framework.models import Concept, in_language
from rapporteur.library.choices import DocumentKind, DocumentState, GivenBy, ParagraphKind
from rapporteur.library.models import (
    Document,
    Figure,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
    Statement,
)
from rapporteur.reports.assembly.draft import Draft, assemble
from rapporteur.reports.assembly.material import (
    Actor,
    Material,
    Source,
    SourceFigure,
    SourceParagraph,
    SourceStatement,
)
from rapporteur.reports.errors import NothingForYear, UnknownOutline
from rapporteur.reports.outlines import Outline, outlines


def find_outline(code: str) -> Outline:
    """Return the outline; raise ``UnknownOutline`` where there is none of that code."""
    found = outlines().get(code)
    if found is None:
        raise UnknownOutline(code, outlines())
    return found


def source_documents() -> QuerySet[Document]:
    """Return the documents that reports may draw on: published ones whose year is known."""
    return Document.objects.filter(state=DocumentState.PUBLISHED, year__isnull=False)


def years() -> list[int]:
    """Return the years that there is something to report on, newest first.

    Those of published documents, resolutions aside, with a paragraph filed under a concept by a
    heading, the record or a person. One query.
    """
    filed = ParagraphConcept.objects.filter(
        paragraph__document=OuterRef("pk"), paragraph__retired_at__isnull=True
    ).exclude(given_by=GivenBy.TEXT)
    found = source_documents().exclude(kind=DocumentKind.RESOLUTION).filter(Exists(filed))
    rows = found.order_by("-year").values_list("year", flat=True).distinct()
    return [year for year in rows if year is not None]


class Actors:
    """The directory's organizations, each as drafts name it. A merged one is its successor."""

    def __init__(self) -> None:
        rows = Organization.objects.only(
            "pk", "slug", "acronym", "name", "names", "merged_into_id"
        ).order_by("pk")
        self.rows = {row.pk: row for row in rows}
        self.known: dict[int, Actor] = {}

    def find(self, pk: int) -> Actor:
        if pk not in self.known:
            row, seen = self.rows[pk], {pk}
            while row.merged_into_id and row.merged_into_id not in seen:
                seen.add(row.merged_into_id)
                row = self.rows[row.merged_into_id]
            self.known[pk] = Actor(row.slug, row.short_name, row.display_name)
        return self.known[pk]

    def each_once(self, pks: Sequence[int]) -> tuple[Actor, ...]:
        return tuple(dict.fromkeys(self.find(pk) for pk in pks))


def source_of(document: Document, operative: tuple[int, int, int] | None) -> Source:
    """Return the document as a draft cites it."""
    label = document.symbol
    if not label:
        values = {"title": document.title, "year": document.date.year if document.date else None}
        label = _("%(title)s (%(year)s)") % values if document.date else document.title
    return Source(
        pk=document.pk,
        label=label,
        title=document.title,
        kind=document.kind,
        language=document.language,
        date=document.date,
        url=document.get_absolute_url(),
        link=document.link,
        bodies=tuple(str(body) for body in document.bodies),
        operative=operative,
    )


def grouped(rows: QuerySet[Any, Any]) -> dict[int, list[Any]]:
    """Return rows of (paragraph id, …) by paragraph id, the rest as tuples, in order."""
    found: dict[int, list[Any]] = defaultdict(list)
    for paragraph, *values in rows:
        found[paragraph].append(tuple(values))
    return found


def statements_of(held: Any, actors: Actors) -> dict[int, list[SourceStatement]]:
    """Return the statements of the paragraphs, by paragraph id. Two queries."""
    rows = Statement.objects.filter(**held)
    named = Statement.organizations.through.objects.filter(
        **{f"statement__{name}": value for name, value in held.items()}
    ).order_by("statement_id", "pk")
    who: dict[int, list[int]] = defaultdict(list)
    for statement, organization in named.values_list("statement_id", "organization_id"):
        who[statement].append(organization)
    found: dict[int, list[SourceStatement]] = defaultdict(list)
    for pk, paragraph, order, text in rows.order_by("paragraph_id", "order").values_list(
        "pk", "paragraph_id", "order", "text"
    ):
        found[paragraph].append(SourceStatement(order, text, actors.each_once(who[pk])))
    return found


def operative_spans(documents: Sequence[Document]) -> dict[int, tuple[int, int, int]]:
    """Return (first, last, how many) of each document's operative numbers. One query."""
    rows = (
        Paragraph.objects.filter(
            document__in=documents,
            kind=ParagraphKind.OPERATIVE,
            retired_at__isnull=True,
            number__isnull=False,
        )
        .order_by("document_id")
        .values_list("document_id")
        .annotate(first=Min("number"), last=Max("number"), count=Count("pk"))
    )
    return {document: (first, last, count) for document, first, last, count in rows}


def material_of(year: int, outline: Outline) -> Material:
    """Return what the published documents that report on a year give to an outline.

    Reports of the Secretary-General come first, then narrative reports, then resolutions, each by
    date. A concept that a program suggested does not file a paragraph. Thirteen queries at most,
    whatever the number of documents.

    Raises:
        NothingForYear: no published document but resolutions reports on it.
    """
    rank = {DocumentKind.REPORT: 0, DocumentKind.NARRATIVE: 1, DocumentKind.RESOLUTION: 2}
    documents = sorted(
        source_documents().filter(year=year).order_by("date", "symbol", "pk"),
        key=lambda document: rank.get(DocumentKind(document.kind), 1),
    )
    if all(document.kind == DocumentKind.RESOLUTION for document in documents):
        raise NothingForYear(year, years())
    actors = Actors()
    spans = operative_spans(documents)
    sources = {document.pk: source_of(document, spans.get(document.pk)) for document in documents}
    held = {
        "paragraph__document__state": DocumentState.PUBLISHED,
        "paragraph__document__year": year,
        "paragraph__retired_at__isnull": True,
    }
    filings = grouped(
        ParagraphConcept.objects.filter(**held)
        .exclude(given_by=GivenBy.TEXT)
        .order_by("paragraph_id", "pk")
        .values_list("paragraph_id", "concept__code")
    )
    mentions = grouped(
        ParagraphOrganization.objects.filter(**held)
        .order_by("paragraph_id", "order", "pk")
        .values_list("paragraph_id", "organization_id", "printed")
    )
    publications = grouped(
        Publication.objects.filter(**held)
        .order_by("paragraph_id", "order", "pk")
        .values_list("paragraph_id", "title")
    )
    figures = grouped(
        Figure.objects.filter(**held)
        .order_by("paragraph_id", "order", "pk")
        .values_list("paragraph_id", "low", "high", "unit", "subject", "year")
    )
    statements = statements_of(held, actors)
    place = {pk: number for number, pk in enumerate(sources)}
    paragraphs = [
        SourceParagraph(
            pk=row.pk,
            source=sources[row.document_id],
            anchor=row.anchor,
            order=row.order,
            number=row.number,
            kind=row.kind,
            path=tuple(row.section_path),
            titles=tuple(row.section_titles),
            concepts=frozenset(code for (code,) in filings.get(row.pk, ())),
            actors=mentioned(mentions.get(row.pk, ()), actors),
            statements=tuple(statements.get(row.pk, ())),
            publications=tuple(title for (title,) in publications.get(row.pk, ())),
            figures=tuple(SourceFigure(*values) for values in figures.get(row.pk, ())),
        )
        for row in Paragraph.objects.filter(document__in=documents, retired_at__isnull=True)
        .exclude(kind=ParagraphKind.PREAMBULAR)
        .exclude(document__kind=DocumentKind.RESOLUTION)
        .defer("text", "reading", "footnotes")
    ]
    paragraphs.sort(key=lambda item: (place[item.source.pk], item.order))
    contributed = Document.contributors.through.objects.filter(
        document__in=documents, organization__retired_at__isnull=True
    ).order_by("pk")
    names = Concept.objects.filter(code__in=outline.concepts).values_list("code", "names")
    return Material(
        year=year,
        sources=tuple(sources.values()),
        paragraphs=tuple(paragraphs),
        contributors=actors.each_once(list(contributed.values_list("organization_id", flat=True))),
        concept_names={code: in_language(titles) for code, titles in names},
    )


def mentioned(rows: Sequence[tuple[int | None, str]], actors: Actors) -> tuple[Actor, ...]:
    """Return who a paragraph names, in order: organizations of the directory, or printed names."""
    found: dict[str, Actor] = {}
    for organization, printed in rows:
        if organization is not None:
            actor = actors.find(organization)
        else:
            actor = Actor(f"printed:{printed.casefold()}", printed, printed)
        found.setdefault(actor.key, actor)
    return tuple(found.values())


def draft_of(outline: Outline, year: int, *, language: str) -> Draft:
    """Return the draft of a year's report in a language, assembled from the record as it stands.

    The same record gives the same draft. Raises ``NothingForYear`` and ``LimitTooLow``.
    """
    with override(language):
        material = material_of(year, outline)
        subtitle = _("Draft assembled from the record of %(year)s") % {"year": year}
        return assemble(outline, material, subtitle=subtitle)


@dataclass(frozen=True, slots=True)
class Available:
    """A report that can be built: the outline, the year, and what it would draw on."""

    outline: Outline
    year: int
    documents: int
    paragraphs: int
    organizations: int


def available() -> list[Available]:
    """Return every outline with every year it can be built for, newest year first.

    ``paragraphs`` are those filed under the outline's concepts; ``organizations`` those named in
    them. Two queries and two for each outline.
    """
    counts = dict(
        source_documents()
        .order_by("year")
        .values_list("year")
        .annotate(count=Count("pk"))
        .values_list("year", "count")
    )
    found = []
    for outline in outlines().values():
        filed = (
            ParagraphConcept.objects.filter(
                concept__code__in=outline.concepts,
                paragraph__retired_at__isnull=True,
                paragraph__document__state=DocumentState.PUBLISHED,
            )
            .exclude(given_by=GivenBy.TEXT)
            .exclude(paragraph__document__kind=DocumentKind.RESOLUTION)
        )
        rows = {
            year: (paragraphs, organizations)
            for year, paragraphs, organizations in filed.order_by()
            .values_list("paragraph__document__year")
            .annotate(
                paragraphs=Count("paragraph", distinct=True),
                organizations=Count(
                    "paragraph__mentions__organization",
                    filter=Q(paragraph__mentions__organization__isnull=False),
                    distinct=True,
                ),
            )
        }
        found += [
            Available(outline, year, counts.get(year, 0), *rows.get(year, (0, 0)))
            for year in years()
        ]
    return found
