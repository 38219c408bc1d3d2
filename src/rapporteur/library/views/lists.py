"""The library's lists: documents, paragraphs by label, figures, publications, milestones."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from rapporteur.common.policy import is_staff
from rapporteur.directory.models import Organization
from rapporteur.framework.models import Concept
from rapporteur.library.choices import DocumentKind, DocumentState, MilestoneKind
from rapporteur.library.models import Document
from rapporteur.library.queries import facts
from rapporteur.library.queries.coverage import REPORTING, paragraphs_of_region
from rapporteur.library.queries.documents import listed_documents
from rapporteur.site.lists import Column, Filter, ListPage, Sort

NO_ROW_YET = _("Nothing here matches what you chose. Take a choice out, or look at the whole list.")


def year_options(request):
    years = (
        Document.objects.filter(state=DocumentState.PUBLISHED, year__isnull=False)
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    return [(str(year), str(year)) for year in years]


def body_options(request):
    held = Document.objects.filter(state=DocumentState.PUBLISHED).values_list("bodies", flat=True)
    return [(body, body) for body in sorted({body for bodies in held for body in bodies})]


def with_body(rows, body):
    """Keep the documents of a body; a list in JSON is asked alike on both databases."""
    ids = [pk for pk, bodies in rows.values_list("pk", "bodies") if body in bodies]
    return rows.filter(pk__in=ids)


def state_options(request):
    return DocumentState.choices if is_staff(request.user) else []


class Documents(ListPage):
    title = _("Documents of the summit and its follow-up")
    lead = _(
        "Outcome documents, resolutions and reports: those whose text is held can be read here, "
        "of the others the facts, with a link to the official text."
    )
    empty = NO_ROW_YET
    source = _("Symbols, titles and dates: the documents themselves.")
    file_name = "documents"
    template_name = "library/documents.html"
    columns = (
        Column("symbol", lambda row: row.symbol),
        Column("title", lambda row: row.title),
        Column("date", lambda row: row.date),
        Column("year", lambda row: row.year),
        Column("kind", lambda row: row.kind),
        Column("bodies", lambda row: row.bodies),
        Column("session", lambda row: row.session or None),
        Column("state", lambda row: row.state),
        Column("text_held", lambda row: row.has_text),
        Column("paragraphs", lambda row: row.paragraph_count),
        Column("address", lambda row: row.get_absolute_url()),
        Column("official_link", lambda row: row.link or None),
    )
    filters: Sequence[Filter] = (
        Filter(
            "kind",
            _("Kind"),
            lambda request: DocumentKind.choices,
            lambda rows, value: rows.filter(kind=value),
        ),
        Filter("year", _("Year"), year_options, lambda rows, value: rows.filter(year=value)),
        Filter("body", _("Body"), body_options, with_body),
        Filter("state", _("State"), state_options, lambda rows, value: rows.filter(state=value)),
    )
    sorts = (
        Sort("date", _("latest first"), ("-date", "title", "pk")),
        Sort("title", _("title"), ("title", "pk")),
        Sort("symbol", _("symbol"), ("symbol", "title", "pk")),
    )

    def rows(self, request):
        return (
            listed_documents(to=request.user)
            .select_related("current_version")
            .defer("current_version__parsed", "summary")
        )

    def get(self, request, **kwargs):
        # Visitors have no choice of state: they see what is published.
        self.filters = [f for f in self.filters if f.name != "state" or is_staff(request.user)]
        return super().get(request, **kwargs)


def concept_options(request):
    found = (
        Concept.objects.filter(filings__isnull=False)
        .select_related("scheme")
        .order_by("scheme__order", "order", "code")
        .distinct()
    )
    return [(concept.code, f"{concept.code} {concept.short_name}") for concept in found]


def organization_options(request):
    found = (
        Organization.objects.filter(mentions__isnull=False)
        .order_by("acronym", "name", "pk")
        .distinct()
    )
    return sorted(
        ((item.slug, item.short_name) for item in found), key=lambda pair: pair[1].casefold()
    )


def region_options(request):
    regions = Concept.objects.filter(scheme__code="regions", retired_at__isnull=True)
    return [(region.code, region.name) for region in regions.order_by("order", "code")]


def document_options(request):
    found = Document.objects.filter(state=DocumentState.PUBLISHED, paragraphs__isnull=False)
    return [
        (address, symbol or title)
        for address, symbol, title in found.order_by("-date", "title", "pk")
        .values_list("address", "symbol", "title")
        .distinct()
    ]


def of_kind(rows, value):
    kinds = REPORTING if value == "reports" else [value]
    return rows.filter(document__kind__in=kinds)


class Paragraphs(ListPage):
    """What was reported: paragraphs by action line, organization, region, year and document."""

    title = _("What was reported, paragraph by paragraph")
    empty = NO_ROW_YET
    source = _("Each line leads to its paragraph, which names its document.")
    file_name = "paragraphs"
    template_name = "library/paragraphs.html"
    page_size = 30
    columns = (
        Column("document", lambda row: str(row.document)),
        Column("year", lambda row: row.document.year),
        Column("paragraph", lambda row: row.number),
        Column("address", lambda row: row.get_absolute_url()),
        Column("section", lambda row: row.section_titles[-1] if row.section_titles else None),
        Column("concepts", lambda row: [item.concept.code for item in row.filings.all()]),
        Column(
            "organizations",
            lambda row: [
                item.organization.short_name if item.organization else item.printed
                for item in row.mentions.all()
            ],
        ),
        Column("text", lambda row: row.text or None),
        Column("official_link", lambda row: row.document.link or None),
    )
    filters = (
        Filter(
            "concept",
            _("Action line or theme"),
            concept_options,
            lambda rows, value: facts.filed_under(rows, [value]),
        ),
        Filter(
            "organization",
            _("Organization"),
            organization_options,
            lambda rows, value: facts.naming(
                rows, Organization.objects.filter(slug=value).values_list("pk", flat=True)
            ),
        ),
        Filter(
            "document",
            _("Document"),
            document_options,
            lambda rows, value: rows.filter(document__address=value),
        ),
        Filter(
            "region",
            _("Region"),
            region_options,
            lambda rows, value: rows.filter(paragraphs_of_region(value)),
        ),
        Filter(
            "year", _("Year"), year_options, lambda rows, value: rows.filter(document__year=value)
        ),
        Filter(
            "kind",
            _("Kind of document"),
            lambda request: [("reports", _("Reports")), ("resolution", _("Resolutions"))],
            of_kind,
        ),
    )

    def rows(self, request):
        paragraphs = facts.with_labels(facts.visible_paragraphs(to=request.user))
        return paragraphs.defer("reading", "document__summary")


class Figures(ListPage):
    title = _("Figures that the documents give")
    lead = _("As printed, each with the paragraph that gives it. Values are in base units.")
    empty = NO_ROW_YET
    source = _("Each figure leads to its paragraph, which names its document.")
    file_name = "figures"
    template_name = "library/figures.html"
    columns = (
        Column("low", lambda row: row.low),
        Column("high", lambda row: row.high),
        Column("unit", lambda row: row.unit),
        Column("subject", lambda row: row.subject),
        Column("year", lambda row: row.year),
        Column("document", lambda row: str(row.paragraph.document)),
        Column("paragraph", lambda row: row.paragraph.number),
        Column("address", lambda row: row.paragraph.get_absolute_url()),
        Column("given_by", lambda row: row.given_by),
    )
    filters = (
        Filter(
            "year",
            _("Year of the document"),
            year_options,
            lambda rows, value: rows.filter(paragraph__document__year=value),
        ),
        Filter(
            "concept",
            _("Action line or theme"),
            concept_options,
            lambda rows, value: rows.filter(paragraph__filings__concept__code=value),
        ),
    )

    def rows(self, request):
        return facts.visible_figures(to=request.user).defer(
            "paragraph__text", "paragraph__reading", "paragraph__document__summary"
        )


class Publications(ListPage):
    title = _("Publications that the documents name")
    empty = NO_ROW_YET
    source = _("Each title leads to the paragraph that names it.")
    file_name = "publications"
    template_name = "library/publications.html"
    columns = (
        Column("title", lambda row: row.title),
        Column("document", lambda row: str(row.paragraph.document)),
        Column("year", lambda row: row.paragraph.document.year),
        Column("paragraph", lambda row: row.paragraph.number),
        Column("address", lambda row: row.paragraph.get_absolute_url()),
        Column("given_by", lambda row: row.given_by),
    )
    filters = (
        Filter(
            "year",
            _("Year of the document"),
            year_options,
            lambda rows, value: rows.filter(paragraph__document__year=value),
        ),
        Filter(
            "organization",
            _("Organization"),
            organization_options,
            lambda rows, value: rows.filter(paragraph__mentions__organization__slug=value),
        ),
    )

    def rows(self, request):
        return facts.visible_publications(to=request.user).defer(
            "paragraph__text", "paragraph__reading", "paragraph__document__summary"
        )


class Milestones(ListPage):
    title = _("Milestones, Forum editions and prize seasons")
    lead = _("What happened and when, from the first phase of the summit on.")
    empty = NO_ROW_YET
    source = _("Each line names where it is from. Counts stand only where a source gives them.")
    file_name = "milestones"
    template_name = "library/milestones.html"
    page_size = 100
    columns = (
        Column("year", lambda row: row.year),
        Column("kind", lambda row: row.kind),
        Column("title", lambda row: row.title),
        Column("starts_on", lambda row: row.starts_on),
        Column("ends_on", lambda row: row.ends_on),
        Column("place", lambda row: row.place or None),
        Column("counts", lambda row: row.counts or None),
        Column("document", lambda row: str(row.document) if row.document else None),
        Column("paragraph", lambda row: row.paragraph_anchor or None),
        Column("source", lambda row: row.source or None),
        Column("source_link", lambda row: row.source_link or None),
    )
    filters = (
        Filter(
            "kind",
            _("Kind"),
            lambda request: MilestoneKind.choices,
            lambda rows, value: rows.filter(kind=value),
        ),
    )
    sorts = (
        Sort("latest", _("latest first"), ("-year", "-starts_on", "title", "pk")),
        Sort("first", _("earliest first"), ("year", "starts_on", "title", "pk")),
    )

    def rows(self, request):
        return facts.milestones().filter(
            Q(document__isnull=True) | Q(document__state=DocumentState.PUBLISHED)
        )
