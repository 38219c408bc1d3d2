"""Add an organization, correct one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Conflict
from rapporteur.directory.actions.naming import write_names
from rapporteur.directory.choices import NameKind, OrganizationKind
from rapporteur.directory.errors import NameTaken, OrganizationChanged
from rapporteur.directory.models import Account, Country, Organization
from rapporteur.directory.names import fold_name
from rapporteur.directory.packs import NameRow, name_rows
from rapporteur.directory.queries.names import holders_of_names
from rapporteur.directory.searchables import note_organizations
from rapporteur.framework.models import Concept

# Addresses under /organizations that are no organization's.
RESERVED_SLUGS = frozenset({"add"})
SLUG_LENGTH = 110


@dataclass(frozen=True)
class OrganizationDetails:
    """What a person says of an organization. ``names``: language → name, without English."""

    name: str
    acronym: str = ""
    names: dict[str, str] = field(default_factory=dict)
    aliases: Sequence[str] = ()
    former_names: Sequence[str] = ()
    kind: str = OrganizationKind.OTHER
    stakeholder_group: Concept | None = None
    country: Country | None = None
    website: str = ""

    @property
    def stored_names(self) -> dict[str, str]:
        """``names`` as the record keeps them: with English where there is another."""
        return {"en": self.name, **self.names} if self.names else {}

    @property
    def other_names(self) -> tuple[NameRow, ...]:
        """Spellings and former names, with their keys."""
        return (
            *(NameRow(text, fold_name(text), NameKind.ALIAS) for text in self.aliases),
            *(NameRow(text, fold_name(text), NameKind.FORMER) for text in self.former_names),
        )


def version_of(organization: Organization) -> str:
    """Return a mark of what the record says now: a page sends it back with its changes."""
    others = sorted(organization.other_names.values_list("key", "text", "kind"))
    content = json.dumps(
        [
            organization.name,
            organization.acronym,
            organization.names,
            organization.kind,
            organization.stakeholder_group_id,
            organization.country_id,
            organization.website,
            organization.merged_into_id,
            organization.retired_at is not None,
            others,
        ],
        sort_keys=True,
    )
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def refuse_taken_names(details: OrganizationDetails, *, but: Organization | None = None) -> None:
    """Raise ``NameTaken`` where another organization, retired or not, bears one of the names."""
    rows = name_rows(details.name, details.acronym, details.stored_names, details.other_names)
    holders = holders_of_names((row.key for row in rows), but=but)
    taken = {row.text: holders[row.key] for row in rows if row.key in holders}
    if taken:
        raise NameTaken(taken)


def new_slug(details: OrganizationDetails) -> str:
    """Return an address that no organization has: of the acronym, the name, or a number."""
    stem = slugify(details.acronym) or slugify(details.name)[:SLUG_LENGTH] or "organization"
    taken = set(Organization.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    taken |= RESERVED_SLUGS
    slug, number = stem, 1
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


@transaction.atomic
def add_organization(*, details: OrganizationDetails, by: Account, at: datetime) -> Organization:
    """Add an organization with its names; return it.

    Raises:
        NameTaken: another organization bears one of its names.
    """
    refuse_taken_names(details)
    organization = Organization(slug=new_slug(details), edited_at=at)
    write_or_refuse(organization, details)
    record_event("directory.organization.added", by=by, at=at, target=organization)
    return organization


@transaction.atomic
def edit_organization(
    *,
    organization: Organization,
    details: OrganizationDetails,
    version: str,
    by: Account,
    at: datetime,
) -> Organization:
    """Correct an organization; return it. From then on no load of the pack changes it.

    ``version`` is ``version_of`` the record as the person saw it.

    Raises:
        OrganizationChanged: the record says something else by now.
        NameTaken: another organization bears one of its names.
    """
    organization = Organization.objects.select_for_update().get(pk=organization.pk)
    if organization.merged_into_id is not None:
        raise Conflict(_("This organization was merged into another. Correct that one."))
    if version_of(organization) != version:
        raise OrganizationChanged(
            _(
                "The record was changed after you opened this page. Nothing was saved; compare, "
                "and save again if your version is right."
            )
        )
    refuse_taken_names(details, but=organization)
    before = readable(organization)
    organization.edited_at = at
    organization.retired_at = None
    write_or_refuse(organization, details)
    after = readable(organization)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record_event(
        "directory.organization.edited", by=by, at=at, target=organization, details=changed
    )
    return organization


def write_or_refuse(organization: Organization, details: OrganizationDetails) -> None:
    """Store what is said of an organization, unless somebody else was quicker with a name.

    Two people may look before either has stored; the unique key then decides.
    """
    but = organization if organization.pk else None
    try:
        with transaction.atomic():
            write_details(organization, details)
    except IntegrityError:
        refuse_taken_names(details, but=but)
        raise Conflict(
            _("Somebody else added an organization at this moment. Send the page once more.")
        ) from None


def write_details(organization: Organization, details: OrganizationDetails) -> None:
    """Store what is said of an organization, and its names."""
    organization.name = details.name
    organization.acronym = details.acronym
    organization.names = details.stored_names
    organization.kind = details.kind
    organization.stakeholder_group = details.stakeholder_group
    organization.country = details.country
    organization.website = details.website
    organization.save()
    write_names(organization, details.other_names)
    note_organizations([organization.pk])


def readable(organization: Organization) -> dict[str, Any]:
    """Return what the record says, field by field, for the audit trail."""
    names: dict[str, list[str]] = {kind: [] for kind in (NameKind.ALIAS, NameKind.FORMER)}
    for kind, text in organization.other_names.order_by("text", "pk").values_list("kind", "text"):
        if kind in names:
            names[kind].append(text)
    group, country = organization.stakeholder_group, organization.country
    return {
        "name": organization.name,
        "acronym": organization.acronym,
        "names": organization.names,
        "aliases": names[NameKind.ALIAS],
        "former_names": names[NameKind.FORMER],
        "kind": str(organization.kind),
        "stakeholder_group": group.code if group else None,
        "country": country.iso3 if country else None,
        "website": organization.website,
    }
