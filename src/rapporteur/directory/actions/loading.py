"""Load the whole framework pack: vocabularies, countries, organizations, who facilitates what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.directory import packs
from rapporteur.directory.actions.naming import sync_names
from rapporteur.directory.models import (
    Account,
    Affiliation,
    Country,
    Facilitation,
    GroupMembership,
    Organization,
    OrganizationName,
)
from rapporteur.directory.searchables import note_directory
from rapporteur.framework import packs as framework_packs
from rapporteur.framework.actions import load_vocabularies
from rapporteur.framework.faults import refuse_faulty
from rapporteur.framework.models import Concept
from rapporteur.framework.searchables import note_concepts
from rapporteur.framework.syncing import FileCount, sync_rows


def load_pack(
    *,
    at: datetime,
    by: Account | None = None,
    framework_folder: Path = framework_packs.PACKAGE_DATA,
    directory_folder: Path = packs.PACKAGE_DATA,
    dry_run: bool = False,
) -> list[FileCount]:
    """Make the database agree with the data files; return what that took, file by file.

    All or nothing, and nothing changes when it is run again with the same files. A concept,
    country, organization or mapping that the files no longer have is retired and returns with them;
    other rows are taken out. What a person edited (``edited_at``) or merged stays as they left it.
    ``dry_run`` counts the same and stores nothing.

    Raises:
        FaultyInput: the files have faults; it names file, row, column and value of each.
    """
    vocabularies = framework_packs.read_pack(framework_folder)
    directory = packs.read_pack(directory_folder, codes=vocabularies.codes)
    refuse_faulty((*vocabularies.faults, *directory.faults))
    with transaction.atomic():
        counts = load_vocabularies(vocabularies, at=at)
        counts += load_directory(directory, at=at)
        if any(count.is_change for count in counts):
            record_event(
                "framework.pack.loaded",
                by=by,
                at=at,
                details={count.file: count.figures for count in counts if count.is_change},
            )
            note_concepts()
            note_directory()
        if dry_run:
            transaction.set_rollback(True)
    return counts


def load_directory(pack: packs.Pack, *, at: datetime) -> list[FileCount]:
    """Store countries, groups, organizations and facilitation; the caller holds the transaction."""
    concepts = dict(Concept.objects.values_list("code", "pk"))
    country_count = FileCount(packs.COUNTRIES_FILE)
    countries = sync_rows(
        Country,
        existing={country.iso3: country for country in Country.objects.all()},
        wanted={
            row.iso3: {
                "iso3": row.iso3,
                "iso2": row.iso2,
                "m49": row.m49,
                "names": row.names,
                "aliases": list(row.aliases),
            }
            for row in pack.countries
        },
        at=at,
        count=country_count,
    )
    group_count = FileCount(packs.GROUPS_FILE)
    sync_rows(
        GroupMembership,
        existing={
            (row.country_id, row.concept_id, row.since): row
            for row in GroupMembership.objects.all()
        },
        wanted={
            (countries[row.iso3].pk, concepts[row.group], row.since): {
                "country_id": countries[row.iso3].pk,
                "concept_id": concepts[row.group],
                "since": row.since,
                "until": row.until,
                "as_of": row.as_of,
                "source": row.source,
                "source_link": row.source_link,
            }
            for row in pack.groups
        },
        at=at,
        count=group_count,
    )
    organization_count = FileCount(packs.ORGANIZATIONS_FILE)
    by_slug = sync_organizations(
        pack, concepts=concepts, countries=countries, at=at, count=organization_count
    )
    facilitation_count = FileCount(packs.FACILITATION_FILE)
    sync_facilitation(pack, by_slug, concepts, at=at, count=facilitation_count)
    return [country_count, group_count, organization_count, facilitation_count]


def sync_organizations(
    pack: packs.Pack,
    *,
    concepts: Mapping[str, int],
    countries: Mapping[Any, Country],
    at: datetime,
    count: FileCount,
) -> dict[str, int]:
    """Store the pack's organizations, their names and affiliations; return slug → id.

    An organization that a person made, edited or merged is left as it is; its slug leads to it, or
    to the one it was merged into. A row whose own name a person's organization bears stands for
    that organization.
    """
    stored = {organization.slug: organization for organization in Organization.objects.all()}
    by_pk = {organization.pk: organization for organization in stored.values()}
    kept = {
        slug
        for slug, organization in stored.items()
        if organization.edited_at is not None or organization.merged_into_id is not None
    }
    holders = {
        key: by_pk[pk].slug
        for key, pk in OrganizationName.objects.values_list("key", "organization_id")
        if by_pk[pk].slug in kept or not by_pk[pk].from_package
    }
    stands_for: dict[str, str] = {}
    rows = []
    for row in pack.organizations:
        holder = holders.get(row.all_names[0].key if row.all_names else "")
        if row.slug in kept:
            stands_for[row.slug] = row.slug
        elif holder is not None and holder != row.slug:
            stands_for[row.slug] = holder
            count.refused.append(
                _("Row %(row)s: “%(name)s” is the name of an organization that a person keeps.")
                % {"row": row.number, "name": row.name}
            )
        else:
            rows.append(row)
    wanted_slugs = {row.slug for row in rows}
    found = sync_rows(
        Organization,
        existing={
            slug: organization
            for slug, organization in stored.items()
            if slug in wanted_slugs or (organization.from_package and slug not in kept)
        },
        wanted={
            row.slug: {
                "slug": row.slug,
                "acronym": row.acronym,
                "name": row.name,
                "names": row.names,
                "kind": row.kind,
                "stakeholder_group_id": concepts.get(row.stakeholder_group),
                "country_id": countries[row.country].pk if row.country else None,
                "website": row.website,
                "source": row.source,
                "source_link": row.source_link,
                "from_package": True,
            }
            for row in rows
        },
        at=at,
        count=count,
    )
    slugs = {organization.pk: slug for slug, organization in found.items()}
    names = sync_names(
        {found[row.slug].pk: row.all_names for row in rows}, kept_keys=frozenset(holders)
    )
    count.refused += [
        _("“%(name)s” is left out of %(slug)s: it is a name of another organization.")
        % {"name": text, "slug": slugs[pk]}
        for pk, text in names.left_out
    ]
    count.unchanged += sum(1 for slug, holder in stands_for.items() if slug == holder)
    by_slug = {str(slug): organization.pk for slug, organization in found.items()}
    for slug, holder in stands_for.items():
        organization = stored[holder]
        while organization.merged_into_id is not None:
            organization = by_pk[organization.merged_into_id]
        by_slug[slug] = organization.pk
    affiliated = sync_affiliations(pack, by_slug, at=at)
    # An organization counts once, whether its own fields, a name or a membership changed.
    for pk in names.renamed | affiliated:
        if pk in slugs:
            count.touch(slugs[pk])
    return by_slug


def sync_affiliations(pack: packs.Pack, by_slug: Mapping[str, int], *, at: datetime) -> set[int]:
    """Store who belongs to UNGIS and to the Partnership; return the ids of whom that changed."""
    wanted: dict[tuple[int, int], dict[str, Any]] = {}
    for row in pack.organizations:
        for affiliation in row.affiliations:
            key = (by_slug[row.slug], by_slug[affiliation.body])
            if key[0] != key[1]:
                wanted[key] = {
                    "organization_id": key[0],
                    "body_id": key[1],
                    "source": affiliation.source,
                    "source_link": affiliation.source_link,
                }
    existing = {(row.organization_id, row.body_id): row for row in Affiliation.objects.all()}
    count = FileCount(packs.ORGANIZATIONS_FILE)
    sync_rows(Affiliation, existing=existing, wanted=wanted, at=at, count=count)
    gone = existing.keys() - wanted.keys()
    return {organization for organization, _body in count.touched | gone}


def sync_facilitation(
    pack: packs.Pack,
    by_slug: Mapping[str, int],
    concepts: Mapping[str, int],
    *,
    at: datetime,
    count: FileCount,
) -> None:
    """Store who leads, co-facilitates and partners on each action line and application."""
    wanted: dict[tuple[int, int, str], dict[str, Any]] = {}
    for row in pack.facilitation:
        key = (by_slug[row.organization], concepts[row.concept], row.role)
        wanted[key] = {
            "organization_id": key[0],
            "concept_id": key[1],
            "role": row.role,
            "since": row.since,
            "until": row.until,
            "source": row.source,
            "source_link": row.source_link,
        }
    existing = {
        (row.organization_id, row.concept_id, row.role): row for row in Facilitation.objects.all()
    }
    sync_rows(Facilitation, existing=existing, wanted=wanted, at=at, count=count)
