"""The list of organizations, and one organization."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.directory.choices import FacilitationRole, OrganizationKind
from rapporteur.directory.models import Country, Organization
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries import organizations as queries
from rapporteur.framework.models import Concept
from rapporteur.framework.packs import LANGUAGES
from rapporteur.site.lists import Column, Filter, ListPage, Sort

ANY_ROLE = "any"


def group_options(request: HttpRequest) -> list[tuple[str, str]]:
    groups = Concept.objects.filter(scheme__code="stakeholder-groups", retired_at=None)
    return [(group.code, group.name) for group in groups.order_by("order", "code")]


def body_options(request: HttpRequest) -> list[tuple[str, str]]:
    return [(body.slug, body.short_name) for body in queries.bodies()]


def role_options(request: HttpRequest) -> list[tuple[str, Any]]:
    return [(ANY_ROLE, _("In any role")), *FacilitationRole.choices]


def country_options(request: HttpRequest) -> list[tuple[str, str]]:
    found = Country.objects.filter(organizations__isnull=False).distinct()
    named = [(country.iso3, country.name) for country in found]
    return sorted(named, key=lambda option: fold_name(option[1]))


def name_column(language: str) -> Column:
    return Column(f"name_{language}", lambda row: row.names.get(language))


class Organizations(ListPage):
    title = _("Organizations")
    lead = _(
        "Who acts in the follow-up of the summit: entities of the United Nations, governments, "
        "civil society, companies, coalitions and office-holders that the documents name."
    )
    empty = _("No organization matches. Take a filter out, or try fewer letters of the name.")
    file_name = "organizations"
    template_name = "directory/organizations.html"
    filters = (
        Filter("q", _("Name or acronym"), None, queries.matching),
        Filter(
            "kind",
            _("Kind"),
            lambda request: OrganizationKind.choices,
            lambda rows, value: rows.filter(kind=value),
        ),
        Filter(
            "group",
            _("Stakeholder group"),
            group_options,
            lambda rows, value: rows.filter(stakeholder_group__code=value),
        ),
        Filter("member", _("Member of"), body_options, queries.members_of),
        Filter(
            "facilitates",
            _("Facilitates an action line"),
            role_options,
            lambda rows, value: queries.facilitating(rows, None if value == ANY_ROLE else value),
        ),
        Filter(
            "country",
            _("Country"),
            country_options,
            lambda rows, value: rows.filter(country__iso3=value),
        ),
    )
    sorts = (
        Sort("name", _("Name"), ("sort_name", "pk")),
        Sort("acronym", _("Acronym"), ("acronym", "sort_name", "pk")),
    )
    columns = (
        Column("id", lambda row: row.slug),
        Column("acronym", lambda row: row.acronym),
        Column("name", lambda row: row.name),
        *(name_column(language) for language in LANGUAGES if language != "en"),
        Column("other_names", lambda row: [name.text for name in row.listed_names]),
        Column("kind", lambda row: row.kind),
        Column(
            "stakeholder_group", lambda row: row.stakeholder_group and row.stakeholder_group.code
        ),
        Column("country", lambda row: row.country and row.country.iso3),
        Column(
            "facilitates",
            lambda row: [f"{role.concept.code} ({role.role})" for role in row.listed_roles],
        ),
        Column("website", lambda row: row.website),
        Column("source", lambda row: row.source),
        Column("source_link", lambda row: row.source_link),
    )

    def rows(self, request: HttpRequest) -> Any:
        return queries.with_listed_names(queries.organizations())


class OrganizationPage(View):
    """One organization. A merged one's address leads to what it was merged into."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        organization = queries.find_by_slug(slug)
        if organization is None:
            raise Http404
        if organization.merged_into is not None:
            return redirect(organization.merged_into, permanent=True)
        profile = queries.profile(organization)
        if request.GET.get("format") == "json":
            return JsonResponse(as_data(profile, request), json_dumps_params=JSON_FORM)
        context = {
            "title": title_of(organization),
            "profile": profile,
            "organization": organization,
        }
        return render(request, "directory/organization.html", context)


JSON_FORM = {"ensure_ascii": False, "indent": 1}


def title_of(organization: Organization) -> str:
    """Return the heading of an organization's page: its name, with the acronym if it has one."""
    if organization.acronym:
        return f"{organization.display_name} ({organization.acronym})"
    return organization.display_name


def as_data(profile: queries.Profile, request: HttpRequest) -> dict[str, Any]:
    """Return one organization as JSON carries it; ``null`` and empty lists are not known."""
    organization = profile.organization
    group, country = organization.stakeholder_group, organization.country
    return {
        "id": organization.slug,
        "url": request.build_absolute_uri(organization.get_absolute_url()),
        "name": organization.name,
        "names": organization.names,
        "acronym": organization.acronym or None,
        "aliases": list(profile.aliases),
        "former_names": list(profile.former_names),
        "kind": organization.kind,
        "stakeholder_group": group.code if group else None,
        "country": country.iso3 if country else None,
        "website": organization.website or None,
        "member_of": [
            {"id": row.body.slug, "since": row.since, "until": row.until, "source": row.source}
            for row in profile.affiliations
        ],
        "facilitates": [
            {
                "concept": row.concept.code,
                "role": row.role,
                "since": row.since,
                "until": row.until,
                "source": row.source,
                "source_link": row.source_link,
            }
            for row in profile.facilitations
        ],
        "retired": organization.retired_at is not None,
        "source": organization.source,
        "source_link": organization.source_link,
    }
