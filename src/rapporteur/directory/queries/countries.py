"""Countries, and the regions and groups they stand in."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.framework.models import Concept

# The schemes whose concepts have countries as members, in the order in which pages show them.
REGION_SCHEMES = ("regions", "itu-regions")
GROUP_SCHEMES = (*REGION_SCHEMES, "country-groups")


def holds_on(day: date) -> Q:
    """Return the condition that a membership holds on a day; a date not known does not bound it."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def countries() -> QuerySet[Country]:
    """Return the countries and areas in force, by code, with their groups of today.

    Each carries ``current_groups``, a list of memberships with their concept. Two queries.
    """
    groups = GroupMembership.objects.filter(
        holds_on(timezone.localdate()), concept__retired_at=None
    )
    groups = groups.select_related("concept__scheme").order_by(
        "concept__scheme__order", "concept__order", "pk"
    )
    live = Country.objects.filter(retired_at=None)
    return live.prefetch_related(
        Prefetch("groups", queryset=groups, to_attr="current_groups")
    ).order_by("iso3")


def in_group(rows: QuerySet[Country], code: str, *, day: date | None = None) -> QuerySet[Country]:
    """Return those of ``rows`` that stand in a region or group on a day (default: today)."""
    memberships = GroupMembership.objects.filter(
        holds_on(day or timezone.localdate()), country=OuterRef("pk"), concept__code=code
    )
    return rows.filter(Exists(memberships))


def groups(schemes: tuple[str, ...] = GROUP_SCHEMES) -> QuerySet[Concept]:
    """Return the regions and groups in force, each with ``country_count``: members of today."""
    today = timezone.localdate()
    holds = (Q(countries__since=None) | Q(countries__since__lte=today)) & (
        Q(countries__until=None) | Q(countries__until__gt=today)
    )
    found = Concept.objects.filter(scheme__code__in=schemes, retired_at=None)
    found = found.select_related("scheme").annotate(country_count=Count("countries", filter=holds))
    return found.order_by("scheme__order", "order", "code")


def find_group(code: str) -> Concept | None:
    """Return the region or group of a code, a retired one too."""
    found = Concept.objects.select_related("scheme")
    return found.filter(scheme__code__in=GROUP_SCHEMES, code=code).first()


def memberships_in(concept: Concept) -> QuerySet[GroupMembership]:
    """Return a group's countries, those that left it too, by code."""
    found = concept.countries.select_related("country").filter(country__retired_at=None)
    return found.order_by("country__iso3", "since", "pk")


def groups_of(country: Country) -> QuerySet[GroupMembership]:
    """Return every region and group that a country stands or stood in."""
    found = country.groups.select_related("concept__scheme")
    return found.order_by("concept__scheme__order", "concept__order", "since", "pk")


def find_country(iso3: str) -> Country | None:
    """Return the country of a code in whatever case, a retired one too."""
    return Country.objects.filter(iso3=iso3.upper()).first()
