"""The vocabularies as lists and as files: Turtle, JSON-LD, CSV."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.framework import queries, skos
from rapporteur.framework.models import Concept, ConceptScheme
from rapporteur.framework.packs import LANGUAGES
from rapporteur.site.lists import Column, Filter, ListPage, download


def name_column(language: str) -> Column:
    return Column(f"name_{language}", lambda concept: concept.names.get(language))


def short_name_column(language: str) -> Column:
    return Column(f"short_{language}", lambda concept: concept.short_names.get(language))


CONCEPT_COLUMNS = (
    Column("scheme", lambda concept: concept.scheme.code),
    Column("code", lambda concept: concept.code),
    Column("broader", lambda concept: concept.broader and concept.broader.code),
    *(name_column(language) for language in LANGUAGES),
    *(short_name_column(language) for language in LANGUAGES),
    Column("definition", lambda concept: concept.definition),
    Column("source", lambda concept: concept.source),
    Column("source_link", lambda concept: concept.source_link),
    Column("retired_at", lambda concept: concept.retired_at),
)


class Vocabularies(ListPage):
    title = _("Vocabularies")
    lead = _(
        "What the summit agreed, as lists of terms with codes that stay: everything in this record "
        "is filed under them."
    )
    empty = _("No vocabulary is loaded. The command “rapporteur framework load” brings them.")
    file_name = "vocabularies"
    template_name = "framework/vocabularies.html"
    columns = (
        Column("scheme", lambda scheme: scheme.code),
        Column("title", lambda scheme: scheme.titles.get("en")),
        Column("concepts", lambda scheme: scheme.concept_count),
        Column("description", lambda scheme: scheme.description),
        Column("source", lambda scheme: scheme.source),
        Column("source_link", lambda scheme: scheme.source_link),
    )

    def rows(self, request: HttpRequest) -> Any:
        return queries.schemes()


def under_options(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the top concepts of the vocabulary that have others under them."""
    scheme = request.resolver_match.kwargs["scheme"]  # type: ignore[union-attr]
    tops = queries.concepts_of(scheme).filter(broader=None, narrower__retired_at=None)
    tops = tops.filter(narrower__isnull=False).distinct()
    return [(concept.code, f"{concept.code} {concept.short_name}") for concept in tops]


def apply_under(rows: Any, value: str) -> Any:
    return rows.filter(broader__code=value)


class SchemePage(ListPage):
    """One vocabulary: its concepts in order."""

    empty = _("This vocabulary has no terms now.")
    template_name = "framework/scheme.html"
    columns = CONCEPT_COLUMNS
    filters = (Filter("under", _("Under"), under_options, apply_under),)

    def rows(self, request: HttpRequest) -> Any:
        self.scheme = get_object_or_404(ConceptScheme, code=self.kwargs["scheme"])
        self.title = self.scheme.title
        self.lead = self.scheme.description
        self.file_name = self.scheme.code
        return queries.concepts_of(self.scheme.code)

    def extra_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"scheme": self.scheme}


class SchemeFile(View):
    def get(self, request: HttpRequest, scheme: str, form: str) -> HttpResponse:
        schemes = list(queries.published_schemes(scheme))
        if not schemes:
            raise Http404
        return vocabulary_file(request, schemes, form=form, name=scheme)


class VocabulariesFile(View):
    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        schemes = list(queries.published_schemes())
        return vocabulary_file(request, schemes, form=form, name="vocabularies")


def vocabulary_file(
    request: HttpRequest, schemes: list[ConceptScheme], *, form: str, name: str
) -> HttpResponse:
    """Return vocabularies as one file, retired concepts included and marked."""
    if form == "csv":
        concepts: list[Concept] = [concept for scheme in schemes for concept in scheme.listed]  # type: ignore[attr-defined]
        return download(concepts, CONCEPT_COLUMNS, form="csv", name=name)  # type: ignore[return-value]
    codes = [scheme.code for scheme in schemes]
    links = queries.mappings().filter(source_concept__scheme__code__in=codes)
    graph = skos.graph_of(schemes, links, absolute=request.build_absolute_uri)
    media_type, content = skos.written(graph, form)
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
    return response
