"""Countries, organizations and what they belong to, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify

from rapporteur.directory.actions.naming import write_names
from rapporteur.directory.choices import FacilitationRole, NameKind, OrganizationKind
from rapporteur.directory.models import (
    Affiliation,
    Country,
    Facilitation,
    GroupMembership,
    Organization,
)
from rapporteur.directory.names import fold_name
from rapporteur.directory.packs import NameRow
from rapporteur.framework.models import Concept
from tests.factories.framework import make_concept

_numbers = count(1)
_COUNTRIES = {
    "KEN": ("KE", "404", "Kenya"),
    "CHE": ("CH", "756", "Switzerland"),
    "EGY": ("EG", "818", "Egypt"),
    "RWA": ("RW", "646", "Rwanda"),
}


def make_country(iso3: str | None = None, **values: Any) -> Country:
    """Return a country: one of a few real ones by its code, or a made-up one."""
    number = next(_numbers)
    # ISO 3166 keeps XAA-XZZ free for use such as this.
    letters = chr(65 + number // 26 % 26) + chr(65 + number % 26)
    iso3 = iso3 or f"X{letters}"
    # No real code has a digit.
    iso2 = f"{number % 10}{chr(65 + number // 10 % 26)}"
    iso2, m49, name = _COUNTRIES.get(iso3, (iso2, f"{900 + number % 100}", f"Country {iso3}"))
    defaults = {"iso2": iso2, "m49": m49, "names": {"en": name}}
    return Country.objects.create(iso3=iso3, **{**defaults, **values})


def make_group_membership(
    country: Country | None = None, concept: Concept | None = None, **values: Any
) -> GroupMembership:
    """Return a country's place in a region or group, with no known start."""
    defaults = {"as_of": date(2024, 12, 31), "source": "A made-up list of countries"}
    return GroupMembership.objects.create(
        country=country or make_country(),
        concept=concept or make_concept("region:africa"),
        **{**defaults, **values},
    )


def make_organization(
    name: str | None = None,
    acronym: str = "",
    *,
    aliases: Sequence[str] = (),
    former_names: Sequence[str] = (),
    **values: Any,
) -> Organization:
    """Return an organization with its names, so that it is found by each of them."""
    name = name or f"Organization {next(_numbers)}"
    defaults = {
        "slug": slugify(acronym or name),
        "kind": OrganizationKind.UN_ENTITY,
        "source": "A made-up list of organizations",
    }
    organization = Organization.objects.create(name=name, acronym=acronym, **{**defaults, **values})
    others = (
        *(NameRow(text, fold_name(text), NameKind.ALIAS) for text in aliases),
        *(NameRow(text, fold_name(text), NameKind.FORMER) for text in former_names),
    )
    write_names(organization, others)
    return organization


def make_affiliation(
    organization: Organization | None = None, body: Organization | None = None, **values: Any
) -> Affiliation:
    """Return an organization's membership of a body."""
    return Affiliation.objects.create(
        organization=organization or make_organization(),
        body=body or make_organization(),
        **{"source": "A made-up list of members", **values},
    )


def make_facilitation(
    organization: Organization | None = None, concept: Concept | None = None, **values: Any
) -> Facilitation:
    """Return an organization's role on an action line; the lead unless said otherwise."""
    defaults = {"role": FacilitationRole.LEAD, "source": "A made-up outcome document"}
    return Facilitation.objects.create(
        organization=organization or make_organization(),
        concept=concept or make_concept("C1"),
        **{**defaults, **values},
    )
