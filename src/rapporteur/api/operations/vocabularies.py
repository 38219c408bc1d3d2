"""Vocabularies and their concepts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router

from rapporteur.api import answers, cursors, shapes, showing
from rapporteur.api.asking import Paging, check_parameters
from rapporteur.api.document import documented
from rapporteur.api.operations.reading import READ, parameters_of
from rapporteur.api.problems import Problem
from rapporteur.framework import queries
from rapporteur.framework.models import Concept

router = Router(tags=["Vocabularies"])


@router.api_operation(
    READ,
    "/schemes",
    url_name="schemes",
    operation_id="listSchemes",
    response=shapes.SchemePage,
    summary=gettext_noop("The vocabularies"),
    **documented(404, 412, 422),
)
def schemes(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = queries.schemes().order_by("code")
    after = cursors.last_key(request)
    if after is not None:
        rows = rows.filter(code__gt=after)
    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: row.code,
        show=showing.listed(request, showing.scheme),
        cache=answers.FOR_AN_HOUR,
    )


@router.api_operation(
    READ,
    "/schemes/{slug:code}",
    url_name="scheme",
    operation_id="getScheme",
    response=shapes.SchemeShape,
    summary=gettext_noop("One vocabulary"),
    **documented(404, 412, 422),
)
def scheme(request: HttpRequest, code: str) -> HttpResponse:
    check_parameters(request, ())
    row = queries.schemes().filter(code=code).first()
    if row is None:
        raise Problem(404)
    return answers.answer(request, showing.scheme(request, row), cache=answers.FOR_AN_HOUR)


@router.api_operation(
    READ,
    "/schemes/{slug:code}/concepts",
    url_name="concepts",
    operation_id="listConcepts",
    response=shapes.ConceptPage,
    summary=gettext_noop("The concepts of a vocabulary that are in force, in its order"),
    **documented(404, 412, 422),
)
def concepts(request: HttpRequest, code: str, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = queries.concepts_of(code)
    after = cursors.last_key(request)
    if after is not None:
        order, last = after
        rows = rows.filter(order__gt=order) | rows.filter(order=order, code__gt=last)
    found = list(rows[: paging.limit + 1])
    if not found and not queries.schemes().filter(code=code).exists():
        raise Problem(404)
    return cursors.page(
        request,
        found,
        limit=paging.limit,
        key=lambda row: [row.order, row.code],
        show=showing.listed(request, showing.concept),
        cache=answers.FOR_AN_HOUR,
    )


@router.api_operation(
    READ,
    "/concepts/{str:code}",
    url_name="concept",
    operation_id="getConcept",
    response=shapes.ConceptShape,
    summary=gettext_noop("One concept of any vocabulary, a retired one too"),
    **documented(404, 412, 422),
)
def concept(request: HttpRequest, code: str) -> HttpResponse:
    check_parameters(request, ())
    row: Concept | None = queries.find_concept(code) if "\x00" not in code else None
    if row is None:
        raise Problem(404)
    return answers.answer(request, showing.concept(request, row), cache=answers.FOR_AN_HOUR)
