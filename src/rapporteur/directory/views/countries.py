"""Countries, and the regions and groups they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries import countries as queries
from rapporteur.directory.queries.organizations import organizations
from rapporteur.directory.views.organizations import JSON_FORM
from rapporteur.framework.packs import LANGUAGES
from rapporteur.site.lists import Column, Filter, ListPage

# Stands wherever countries are counted by region.
NO_SUM = _(
    "A country may stand in several regions and groups, so the counts of regions do not add up to "
    "the number of countries."
)


def group_options(*schemes: str) -> Any:
    """Return the options of a filter: the regions or groups of these schemes."""

    def options(request: HttpRequest) -> list[tuple[str, str]]:
        return [(group.code, group.name) for group in queries.groups(schemes)]

    return options


def stands_in(rows: Sequence[Country], code: str) -> list[Country]:
    """Return the countries that stand in a group today."""
    return [
        country
        for country in rows
        if any(row.concept.code == code for row in country.current_groups)  # type: ignore[attr-defined]
    ]


def is_called(rows: Sequence[Country], words: str) -> list[Country]:
    """Return the countries with a name that holds these words, in any language, or this code."""
    key = fold_name(words)
    return [
        country
        for country in rows
        if key
        and (
            words.upper() in (country.iso3, country.iso2)
            or any(key in fold_name(name) for name in (*country.names.values(), *country.aliases))
        )
    ]


def name_column(language: str) -> Column:
    return Column(f"name_{language}", lambda row: row.names.get(language))


def sources_of(memberships: Sequence[GroupMembership]) -> list[tuple[str, str]]:
    """Return (source, link) of memberships, each once."""
    return sorted({(row.source, row.source_link) for row in memberships})


class Countries(ListPage):
    title = _("Countries and areas")
    lead = NO_SUM
    empty = _("No country matches. Take a filter out, or try fewer letters of the name.")
    source = _(
        "Codes: ISO 3166-1 and United Nations M49. Names of countries and areas imply no opinion "
        "on their status."
    )
    file_name = "countries"
    template_name = "directory/countries.html"
    filters = (
        Filter("q", _("Name or code"), None, is_called),
        Filter("region", _("Region (United Nations)"), group_options("regions"), stands_in),
        Filter("itu-region", _("Region (ITU)"), group_options("itu-regions"), stands_in),
        Filter("group", _("Group"), group_options("country-groups"), stands_in),
    )
    columns = (
        Column("iso3", lambda row: row.iso3),
        Column("iso2", lambda row: row.iso2),
        Column("m49", lambda row: row.m49),
        *(name_column(language) for language in LANGUAGES),
        Column("groups", lambda row: [group.concept.code for group in row.current_groups]),
    )

    def rows(self, request: HttpRequest) -> list[Country]:
        return sorted(
            queries.countries(), key=lambda country: (fold_name(country.name), country.pk)
        )


class CountryPage(View):
    def get(self, request: HttpRequest, iso3: str) -> HttpResponse:
        country = queries.find_country(iso3)
        if country is None:
            raise Http404
        if country.iso3 != iso3:
            return redirect(country, permanent=True)
        groups = list(queries.groups_of(country))
        if request.GET.get("format") == "json":
            return JsonResponse(
                {
                    "iso3": country.iso3,
                    "iso2": country.iso2,
                    "m49": country.m49,
                    "names": country.names,
                    "aliases": country.aliases,
                    "groups": [
                        {
                            "code": row.concept.code,
                            "since": row.since,
                            "until": row.until,
                            "as_of": row.as_of,
                            "source": row.source,
                            "source_link": row.source_link,
                        }
                        for row in groups
                    ],
                    "retired": country.retired_at is not None,
                },
                json_dumps_params=JSON_FORM,
            )
        context = {
            "title": country.name,
            "country": country,
            "groups": groups,
            "organizations": list(organizations().filter(country=country)),
            "no_sum": NO_SUM,
            "sources": sources_of(groups),
        }
        return render(request, "directory/country.html", context)


class Regions(ListPage):
    title = _("Regions and groups of countries")
    lead = NO_SUM
    empty = _("No region is loaded yet. The command “rapporteur framework load” brings them.")
    file_name = "regions"
    template_name = "directory/regions.html"
    columns = (
        Column("system", lambda row: row.scheme.code),
        Column("code", lambda row: row.code),
        Column("name", lambda row: row.names.get("en")),
        Column("countries", lambda row: row.country_count),
        Column("source", lambda row: row.scheme.source),
        Column("source_link", lambda row: row.scheme.source_link),
    )

    def rows(self, request: HttpRequest) -> Any:
        return queries.groups()


class RegionPage(ListPage):
    """A region or group, with its countries: those that left it are listed with the day."""

    lead = ""
    empty = _("Which countries belong to it is not known.")
    template_name = "directory/region.html"
    page_size = 300
    columns = (
        Column("iso3", lambda row: row.country.iso3),
        Column("name", lambda row: row.country.names.get("en")),
        Column("since", lambda row: row.since),
        Column("until", lambda row: row.until),
        Column("as_of", lambda row: row.as_of),
        Column("source", lambda row: row.source),
        Column("source_link", lambda row: row.source_link),
    )

    def rows(self, request: HttpRequest) -> Any:
        concept = queries.find_group(self.kwargs["code"])
        if concept is None:
            raise Http404
        self.concept = concept
        self.title = concept.name
        self.file_name = concept.code.replace(":", "-")
        self.memberships = sorted(
            queries.memberships_in(concept),
            key=lambda row: (fold_name(row.country.name), row.pk),
        )
        return self.memberships

    def extra_context(self, request: HttpRequest) -> dict[str, Any]:
        sources = sources_of(self.memberships)
        return {"concept": self.concept, "no_sum": NO_SUM, "sources": sources}
