"""What the search knows of the directory: organizations by all their names, and countries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.searchables import facets_of
from rapporteur.search.actions import note_changes
from rapporteur.search.registry import Entry, add_facet, add_searchable

ORGANIZATION, COUNTRY = "directory.organization", "directory.country"


def load_organizations(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these organizations (ids). Three queries."""
    organizations = Organization.objects.filter(pk__in=keys).prefetch_related(
        "other_names",
        "facilitations__concept__scheme",
        "facilitations__concept__broader",
    )
    for organization in organizations.order_by("pk"):
        names = {"en": organization.name, **organization.names}
        acronym = organization.acronym
        title = {
            language: f"{name} ({acronym})" if acronym and acronym != name else name
            for language, name in names.items()
        }
        said = {acronym, *names.values()}
        others = [other.text for other in organization.other_names.all() if other.text not in said]
        concepts = [facilitation.concept for facilitation in organization.facilitations.all()]
        yield Entry(
            kind=ORGANIZATION,
            key=str(organization.pk),
            title=title,
            text={"en": " · ".join(others)} if others else {},
            url=organization.get_absolute_url(),
            facets={**facets_of(concepts), "organization": [organization.slug]},
            public=organization.retired_at is None and organization.merged_into_id is None,
            updated=organization.edited_at,
        )


def load_countries(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these countries (ids), with the groups they belong to now."""
    countries = Country.objects.filter(pk__in=keys).prefetch_related(
        "groups__concept__scheme", "groups__concept__broader"
    )
    for country in countries.order_by("pk"):
        concepts = [row.concept for row in country.groups.all() if row.until is None]
        yield Entry(
            kind=COUNTRY,
            key=str(country.pk),
            title=country.names,
            text={"en": " · ".join(country.aliases)} if country.aliases else {},
            url=country.get_absolute_url(),
            facets=facets_of(concepts),
            note=country.iso3,
            public=country.retired_at is None,
        )


def organization_keys() -> Iterable[str]:
    return (str(pk) for pk in Organization.objects.order_by("pk").values_list("pk", flat=True))


def country_keys() -> Iterable[str]:
    return (str(pk) for pk in Country.objects.order_by("pk").values_list("pk", flat=True))


def labels(slugs: Sequence[str]) -> dict[str, str]:
    """Return the short name of each organization by its slug. One query."""
    organizations = Organization.objects.filter(slug__in=slugs).order_by()
    organizations = organizations.only("slug", "acronym", "name", "names")
    return {organization.slug: organization.short_name for organization in organizations}


def note_organizations(keys: Iterable[int]) -> None:
    """Note, in the current transaction, that these organizations (ids) changed."""
    note_changes(ORGANIZATION, keys)


def note_directory() -> None:
    """Note, in the current transaction, that organizations and countries were loaded anew."""
    note_changes(ORGANIZATION, list(organization_keys()))
    note_changes(COUNTRY, list(country_keys()))


def register() -> None:
    add_searchable(
        ORGANIZATION,
        label=_("Organizations"),
        load=load_organizations,
        all_keys=organization_keys,
        order=20,
        weight=6,
    )
    add_searchable(
        COUNTRY,
        label=_("Countries and areas"),
        load=load_countries,
        all_keys=country_keys,
        order=30,
        weight=6,
    )
    add_facet("organization", label=_("Organization"), labels=labels, order=2, many=True)
