"""Make two organizations one: everything that was said of the one is said of the other.

Rooms above hold references to organizations; each says in its ``apps.ready()``, with ``on_merge``,
how its own are moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.directory.actions.organizations import version_of
from rapporteur.directory.choices import MembershipKind, NameKind
from rapporteur.directory.errors import CannotMerge, OrganizationChanged
from rapporteur.directory.models import (
    Account,
    Affiliation,
    Facilitation,
    Membership,
    Organization,
)
from rapporteur.directory.searchables import note_organizations


@dataclass(frozen=True)
class Moved:
    """How many records of one kind a merge moves. ``title`` says the kind, in words."""

    title: Any
    count: int


# Moves one room's references from the first organization to the second, or counts them only.
Mover = Callable[[Organization, Organization, bool], Iterable[Moved]]

_movers: dict[str, Mover] = {}


def on_merge(mover: Mover) -> Mover:
    """Register what moves a room's references: ``mover(source, target, dry_run)``.

    It yields what it moved, and with ``dry_run`` the same without moving. It runs in the merge's
    transaction. The same function twice is registered once. ``repoint`` does most of the work.
    """
    _movers[f"{mover.__module__}.{mover.__qualname__}"] = mover
    return mover


def repoint(
    model: type[models.Model],
    field: str,
    source: Organization,
    target: Organization,
    *,
    alike: Sequence[str] = (),
    dry_run: bool = False,
) -> int:
    """Point the rows of a model from one organization to another; return how many rows that is.

    ``alike`` names the other fields of a unique constraint with ``field``: where the target has a
    row with the same values, the source's row goes.
    """
    manager = model._default_manager
    rows = manager.filter(**{field: source})
    count = rows.count()
    if dry_run or not count:
        return count
    if alike:
        held = set(manager.filter(**{field: target}).values_list(*alike))
        doubled = [pk for pk, *values in rows.values_list("pk", *alike) if tuple(values) in held]
        rows.filter(pk__in=doubled).delete()
    rows.update(**{field: target})
    return count


@on_merge
def move_own_references(
    source: Organization, target: Organization, dry_run: bool
) -> Iterable[Moved]:
    """Move what the directory itself says: names, memberships, facilitation, people."""
    names = source.other_names.all()
    yield Moved(_("Names and spellings"), names.count())
    if not dry_run:
        names.filter(kind__in=(NameKind.NAME, NameKind.ACRONYM)).update(
            organization=target, kind=NameKind.ALIAS
        )
        names.update(organization=target)
        # An organization does not belong to itself.
        Affiliation.objects.filter(organization=source, body=target).delete()
        Affiliation.objects.filter(organization=target, body=source).delete()
    affiliations = repoint(
        Affiliation, "organization", source, target, alike=("body_id",), dry_run=dry_run
    )
    members = repoint(
        Affiliation, "body", source, target, alike=("organization_id",), dry_run=dry_run
    )
    yield Moved(_("Memberships of other bodies"), affiliations)
    yield Moved(_("Members"), members)
    yield Moved(
        _("Roles on action lines"),
        repoint(
            Facilitation,
            "organization",
            source,
            target,
            alike=("concept_id", "role"),
            dry_run=dry_run,
        ),
    )
    yield Moved(_("People of the organization"), move_people(source, target, dry_run=dry_run))
    yield Moved(
        _("Organizations merged into it before"),
        repoint(Organization, "merged_into", source, target, dry_run=dry_run),
    )


def move_people(source: Organization, target: Organization, *, dry_run: bool) -> int:
    """Move people's memberships; who is of both keeps the stronger: confirmed, focal point."""
    moving = list(source.memberships.all())
    if dry_run:
        return len(moving)
    held = {membership.account_id: membership for membership in target.memberships.all()}
    for membership in moving:
        other = held.get(membership.account_id)
        if other is None:
            membership.organization = target
            membership.save(update_fields=["organization"])
            continue
        if strength(membership) > strength(other):
            other.kind = membership.kind
            other.confirmed_at = membership.confirmed_at
            other.confirmed_by_id = membership.confirmed_by_id
            other.save()
        membership.delete()
    return len(moving)


def strength(membership: Membership) -> tuple[bool, bool]:
    """Return how much a membership gives: a confirmed one first, then a focal point's."""
    return (
        membership.confirmed_at is not None,
        membership.kind == MembershipKind.FOCAL_POINT,
    )


def refuse_unfit(source: Organization, target: Organization) -> None:
    """Raise ``CannotMerge`` where these two cannot become one."""
    if source.pk == target.pk:
        raise CannotMerge(_("An organization cannot be merged into itself. Choose another."))
    if source.merged_into_id is not None:
        raise CannotMerge(_("This organization was merged before. There is nothing left to move."))
    if target.merged_into_id is not None or target.retired_at is not None:
        raise CannotMerge(
            _("The organization to keep was itself merged or retired. Choose one in force.")
        )


def preview_merge(*, source: Organization, target: Organization) -> list[Moved]:
    """Return what merging would move, kinds without a record left out. Changes nothing.

    Raises:
        CannotMerge: these two cannot become one.
    """
    refuse_unfit(source, target)
    return [
        moved for mover in _movers.values() for moved in mover(source, target, True) if moved.count
    ]


@transaction.atomic
def merge_organizations(
    *,
    source: Organization,
    target: Organization,
    versions: tuple[str, str],
    by: Account,
    at: datetime,
) -> list[Moved]:
    """Merge ``source`` into ``target``: move every reference; return what was moved.

    ``source`` stays as a record that leads to ``target``, with its history; its names become
    spellings of ``target``. No load of the pack changes either from then on. ``versions`` are
    ``version_of`` both, as the person saw them.

    Raises:
        CannotMerge: these two cannot become one.
        OrganizationChanged: one of them says something else by now.
    """
    found = {
        organization.pk: organization
        for organization in Organization.objects.select_for_update()
        .filter(pk__in=(source.pk, target.pk))
        .order_by("pk")
    }
    source, target = found[source.pk], found[target.pk]
    refuse_unfit(source, target)
    if (version_of(source), version_of(target)) != versions:
        raise OrganizationChanged(
            _("One of the two was changed after you opened this page. Look again, then merge.")
        )
    moved = [
        item for mover in _movers.values() for item in mover(source, target, False) if item.count
    ]
    source.merged_into, source.edited_at = target, at
    target.edited_at = at
    source.save()
    target.save(update_fields=["edited_at"])
    note_organizations([source.pk, target.pk])
    figures = {str(item.title): item.count for item in moved}
    record_event(
        "directory.organization.merged",
        by=by,
        at=at,
        target=source,
        details={"into": target.slug, "moved": figures},
    )
    record_event(
        "directory.organization.merge-received",
        by=by,
        at=at,
        target=target,
        details={"from": source.slug, "moved": figures},
    )
    return moved
