"""Saving one step of the form: two people may write one entry at once, and neither loses a word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from rapporteur.directory.models import Account
from rapporteur.register.actions.drafting import (
    begin_activity,
    held_open,
    save_draft,
    set_contact,
)
from rapporteur.register.choices import ActivityState, VersionState
from rapporteur.register.content import Content, digest_of, to_json
from rapporteur.register.errors import StepChanged
from rapporteur.register.models import Activity, ActivityContact, Version

# What may be written on: a version that waits is taken back first.
WRITABLE = (VersionState.DRAFT, VersionState.RETURNED)
CONTACT_FIELDS = ("name", "email", "phone")
NO_CONTACT = dict.fromkeys(CONTACT_FIELDS, "")


def contact_of(activity: Activity) -> dict[str, str]:
    """Return the private contact of an activity, empty texts where there is none. One query."""
    row = ActivityContact.objects.filter(activity=activity).values(*CONTACT_FIELDS).first()
    return dict(row) if row else dict(NO_CONTACT)


def mark_of_step(content: Content, fields: tuple[str, ...], contact: dict[str, str] | None) -> str:
    """Return a mark of what these fields say: a page sends it back with what was typed.

    Other steps' fields do not count, so that two people who write different steps do not meet.
    """
    stored = to_json(content)
    part: dict[str, Any] = {name: stored.get(name) for name in fields}
    if contact is not None:
        part["contact"] = contact
    return digest_of(part)[:32]


@transaction.atomic
def save_step(
    *,
    version: Version,
    fields: tuple[str, ...],
    change: Callable[[Content], Content],
    seen: str,
    by: Account,
    at: datetime,
    contact: dict[str, str] | None = None,
) -> Version:
    """Store what a step says (``change``) into what the draft says now.

    ``fields`` are those that the step writes and ``seen`` their mark (``mark_of_step``) as the
    person saw them. ``contact`` is the private contact where the step holds it. The version is
    locked while it is compared; what is stored already is stored once.

    Raises:
        StepChanged: these fields say something else by now; nothing is stored.
        NotKeeper, VersionMoved: see ``drafting.held_open``; also where the version waits.
    """
    held = held_open(version, by=by, states=WRITABLE)
    before = held.says
    contact_before = contact_of(held.activity) if contact is not None else None
    after = change(before)
    mark_before = mark_of_step(before, fields, contact_before)
    if seen != mark_before and mark_before != mark_of_step(after, fields, contact):
        raise StepChanged
    if contact is not None and contact != contact_before:
        set_contact(activity=held.activity, **contact, by=by, at=at)
    if to_json(after) == held.content and held.state == VersionState.DRAFT:
        Version.objects.filter(pk=held.pk).update(saved_at=at)
        held.saved_at = at
        return held
    return save_draft(version=held, content=after, by=by, at=at)


@transaction.atomic
def begin_once(*, by: Account, at: datetime) -> Version:
    """Return an empty draft of the person: the one begun before, or a new one.

    The account is locked meanwhile, so that a button pressed twice begins one.
    """
    Account.objects.select_for_update().get(pk=by.pk)
    empty = digest_of({})
    begun = Version.objects.filter(
        activity__entered_by=by,
        activity__state=ActivityState.DRAFT,
        state=VersionState.DRAFT,
        digest=empty,
    )
    found = begun.order_by("pk").first()
    return found or begin_activity(content=Content(), by=by, at=at)


@transaction.atomic
def take_back(*, version: Version, by: Account, at: datetime) -> Version:
    """Make a version that waits a draft again, as it is.

    Raises:
        NotKeeper, VersionMoved: see ``drafting.held_open``; also where it does not wait any more.
    """
    held = held_open(version, by=by, states=(VersionState.SUBMITTED,))
    return save_draft(version=held, content=held.says, by=by, at=at)
