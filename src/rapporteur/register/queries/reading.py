"""What the page of one activity shows: the records that its words and codes stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.content import SCHEME_OF, Content
from rapporteur.register.models import Activity, Photograph, Version
from rapporteur.register.queries.activities import open_version
from rapporteur.register.rules import can_edit

PUBLIC = (VersionState.PUBLISHED, VersionState.SUPERSEDED)


@dataclass(frozen=True)
class Names:
    """The records that contents name by code; what is not known has no key."""

    concepts: Mapping[str, Concept]
    countries: Mapping[str, Country]
    organizations: Mapping[str, Organization]


def names_in(contents: Iterable[Content]) -> Names:
    """Return the concepts, countries and organizations that the contents name. Three queries."""
    codes: set[str] = set()
    iso3: set[str] = set()
    slugs: set[str] = set()
    for content in contents:
        for field in SCHEME_OF:
            codes.update(getattr(content, field))
        codes.add(content.stakeholder_group)
        iso3.update(content.countries)
        slugs.add(content.organization_slug)
        slugs.update(partner.slug for partner in content.partners)
    concepts = Concept.objects.filter(code__in=codes - {""}).select_related("scheme")
    countries = Country.objects.filter(iso3__in=iso3)
    organizations = Organization.objects.filter(slug__in=slugs - {""})
    return Names(
        concepts={row.code: row for row in concepts},
        countries={row.iso3: row for row in countries},
        organizations={row.slug: row for row in organizations},
    )


def shown_version(activity: Activity, *, to: Any) -> Version | None:
    """Return what the page of a visible activity shows: what is published, else the open draft.

    ``None``: a draft without a version, which no action leaves behind.
    """
    if activity.state == ActivityState.DRAFT:
        return open_version(activity)
    return activity.published_version


def version_of(activity: Activity, number: int, *, to: Any) -> Version | None:
    """Return one version: of those that were ever published for everybody, else for keepers."""
    rows = Version.objects.filter(activity=activity, number=number)
    if not can_edit(to, activity):
        rows = rows.filter(state__in=PUBLIC)
    return rows.first()


def listed_versions(activity: Activity) -> list[Version]:
    """Return every version that was ever published, the latest first, without its words."""
    rows = activity.versions.filter(state__in=PUBLIC).defer("content")
    return list(rows.order_by("-number"))


def merged_into(activity: Activity) -> QuerySet[Activity]:
    """Return the records that were merged into this one, each with its last published version."""
    rows = activity.merged_from.select_related("published_version").order_by("pk")
    return rows.only("title", "merged_into", "published_version__number")


def version_before(version: Version) -> Version | None:
    """Return the version that was published before this one, ``None`` for the first."""
    rows = Version.objects.filter(
        activity=version.activity_id, number__lt=version.number, state__in=PUBLIC
    )
    return rows.order_by("-number").first()


def public_photographs(activity: Activity) -> QuerySet[Photograph]:
    return activity.photographs.filter(approved_at__isnull=False)


def photograph_of(pk: int, *, to: Any) -> Photograph | None:
    """Return a photograph: with a published activity for everybody, else for its keepers."""
    found = Photograph.objects.select_related("activity").filter(pk=pk).first()
    if found is None:
        return None
    public = found.activity.state == ActivityState.PUBLISHED and found.approved_at is not None
    return found if public or can_edit(to, found.activity) else None
