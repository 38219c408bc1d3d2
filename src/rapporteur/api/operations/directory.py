"""Organizations and countries."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from rapporteur.api import answers, cursors, shapes, showing
from rapporteur.api.asking import Paging, check_parameters
from rapporteur.api.document import documented
from rapporteur.api.operations.reading import READ, moved, parameters_of
from rapporteur.api.problems import Problem
from rapporteur.directory.models import Country
from rapporteur.directory.queries.countries import countries as countries_in_force
from rapporteur.directory.queries.countries import find_country, groups_of, holds_on
from rapporteur.directory.queries.organizations import find_by_slug, matching
from rapporteur.directory.queries.organizations import organizations as organizations_in_force

router = Router(tags=["Directory"])


class OrganizationQuestion(Paging):
    q: Annotated[str, Field(max_length=200)] = Field(
        "", description=gettext_noop("Words of a name, of a spelling or of a former name.")
    )


@router.api_operation(
    READ,
    "/organizations",
    url_name="organizations",
    operation_id="listOrganizations",
    response=shapes.OrganizationPage,
    summary=gettext_noop("The organizations in force"),
    **documented(404, 412, 422),
)
def organizations(request: HttpRequest, asked: Query[OrganizationQuestion]) -> HttpResponse:
    check_parameters(request, parameters_of(OrganizationQuestion))
    rows = organizations_in_force()
    if asked.q:
        rows = matching(rows, asked.q)
    rows = rows.order_by("pk")
    after = cursors.last_key(request)
    if after is not None:
        rows = rows.filter(pk__gt=after)
    return cursors.page(
        request,
        list(rows[: asked.limit + 1]),
        limit=asked.limit,
        key=lambda row: row.pk,
        show=showing.listed(request, showing.organization),
    )


@router.api_operation(
    READ,
    "/organizations/{slug:slug}",
    url_name="organization",
    operation_id="getOrganization",
    response=shapes.OrganizationShape,
    summary=gettext_noop("One organization, a retired one too"),
    description=gettext_noop("One that was merged into another leads there."),
    **documented(301, 404, 412, 422),
)
def organization(request: HttpRequest, slug: str) -> HttpResponse:
    check_parameters(request, ())
    row = find_by_slug(slug)
    if row is None:
        raise Problem(404)
    if row.merged_into is not None:
        return moved(request, "organization", row.merged_into.slug)
    return answers.answer(request, showing.organization(request, row))


@router.api_operation(
    READ,
    "/countries",
    url_name="countries",
    operation_id="listCountries",
    response=shapes.CountryPage,
    summary=gettext_noop("The countries and areas in force, by code"),
    **documented(404, 412, 422),
)
def countries(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = countries_in_force()
    after = cursors.last_key(request)
    if after is not None:
        rows = rows.filter(iso3__gt=after)

    def show(row: Country) -> dict[str, Any]:
        held = row.current_groups  # type: ignore[attr-defined]
        return showing.country(request, row, [item.concept.code for item in held])

    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: row.iso3,
        show=show,
        cache=answers.FOR_AN_HOUR,
    )


@router.api_operation(
    READ,
    "/countries/{slug:iso3}",
    url_name="country",
    operation_id="getCountry",
    response=shapes.CountryShape,
    summary=gettext_noop("One country or area, by its code ISO 3166-1 alpha-3"),
    **documented(404, 412, 422),
)
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    from django.utils import timezone

    check_parameters(request, ())
    row = find_country(iso3)
    if row is None:
        raise Problem(404)
    held = groups_of(row).filter(holds_on(timezone.localdate()), concept__retired_at=None)
    codes = held.values_list("concept__code", flat=True)
    body = showing.country(request, row, list(codes))
    return answers.answer(request, body, cache=answers.FOR_AN_HOUR)
