"""Keep the names under which organizations are found: each key leads to one organization."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from rapporteur.directory.choices import NameKind
from rapporteur.directory.models import Organization, OrganizationName
from rapporteur.directory.packs import NameRow, name_rows
from rapporteur.framework.syncing import FileCount, sync_rows

# Who comes first when two organizations claim one key: own names before acronyms, these before
# names in other languages, all of them before spellings.
FIRST_NAME, ACRONYM, TRANSLATED, SPELLING = range(4)


@dataclass(frozen=True)
class NamesKept:
    """What syncing names did: whose names are different, and which (id, name) were left out."""

    renamed: frozenset[int]
    left_out: tuple[tuple[int, str], ...]


def rank_of(row: NameRow, place: int) -> int:
    """Return how strong an organization's claim to a name is; the smallest wins."""
    if row.kind == NameKind.NAME:
        return FIRST_NAME if place == 0 else TRANSLATED
    return ACRONYM if row.kind == NameKind.ACRONYM else SPELLING


def sync_names(
    wanted: Mapping[int, tuple[NameRow, ...]],
    *,
    kept_keys: frozenset[str] = frozenset(),
    at: datetime | None = None,
) -> NamesKept:
    """Make the names of these organizations (id → names) agree with what is wanted.

    Keys among ``kept_keys`` belong to organizations that are not to be touched. A key that an
    organization outside ``wanted`` holds moves to the one that wants it.
    """
    claims: dict[str, tuple[int, int, NameRow]] = {}
    left_out: list[tuple[int, str]] = []
    ranked = sorted(
        (
            (rank_of(row, place), order, pk, row)
            for order, (pk, rows) in enumerate(wanted.items())
            for place, row in enumerate(rows)
        ),
        key=lambda claim: claim[:2],
    )
    for rank, _order, pk, row in ranked:
        holder = claims.get(row.key)
        if row.key in kept_keys or (holder is not None and holder[1] != pk):
            left_out.append((pk, row.text))
        elif holder is None:
            claims[row.key] = (rank, pk, row)
    stored = {row.key: row for row in OrganizationName.objects.all()}
    existing = {
        key: row for key, row in stored.items() if row.organization_id in wanted or key in claims
    }
    before = names_by_organization(existing)
    sync_rows(
        OrganizationName,
        existing=existing,
        wanted={
            key: {"organization_id": pk, "text": row.text, "key": key, "kind": row.kind.value}
            for key, (_rank, pk, row) in claims.items()
        },
        at=at or timezone.now(),
        count=FileCount(""),
    )
    after: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for key, (_rank, pk, row) in claims.items():
        after[pk].add((key, row.text, row.kind.value))
    renamed = {pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)}
    return NamesKept(frozenset(renamed), tuple(left_out))


def names_by_organization(
    rows: Mapping[str, OrganizationName],
) -> dict[int, set[tuple[str, str, str]]]:
    """Return (key, text, kind) of each name by organization id."""
    names: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for row in rows.values():
        names[row.organization_id].add((row.key, row.text, row.kind))
    return names


def write_names(organization: Organization, others: tuple[NameRow, ...] = ()) -> None:
    """Store the names of one organization: its own and ``others``; what it had goes.

    The caller has made sure that no other organization holds one of them
    (``queries.holders_of_names``); the database refuses it otherwise.
    """
    rows = name_rows(organization.name, organization.acronym, organization.names, others)
    organization.other_names.all().delete()
    OrganizationName.objects.bulk_create(
        OrganizationName(organization=organization, text=row.text, key=row.key, kind=row.kind.value)
        for row in rows
    )
