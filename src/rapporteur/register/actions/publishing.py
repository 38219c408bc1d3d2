"""The secretariat's decisions: publish, return with a reason, withdraw, restore."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import NotAllowed, Refusal
from rapporteur.directory.models import Account
from rapporteur.register.actions.projecting import (
    clear_links,
    set_columns,
    set_links,
    stale_day,
)
from rapporteur.register.choices import ActivityState, Origin, VersionState
from rapporteur.register.content import problems_of
from rapporteur.register.errors import ActivityChanged, FaultyContent, NotKeeper, VersionMoved
from rapporteur.register.models import Activity, Version
from rapporteur.register.queries.known import known_codes
from rapporteur.register.rules import can_edit, can_review
from rapporteur.register.searchables import note_activities


def must_review(by: Account) -> None:
    if not can_review(by):
        raise NotAllowed(_("Only the secretariat decides on entries of the register."))


def waiting(version: Version) -> Version:
    """Return the version, locked; raise ``VersionMoved`` where it does not wait any more."""
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.state != VersionState.SUBMITTED:
        raise VersionMoved
    return held


@transaction.atomic
def publish(*, version: Version, by: Account, at: datetime) -> Activity:
    """Make a version that waits the published one. Its submission confirms the activity.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
        VersionMoved: somebody decided, or its author took it back.
        ActivityChanged: another version was published since it was begun.
        FaultyContent: a code that it uses was retired meanwhile.
    """
    must_review(by)
    held = waiting(version)
    activity = Activity.objects.select_for_update().get(pk=held.activity_id)
    current = activity.published_version
    if (current.number if current else 0) != held.base:
        raise ActivityChanged
    problems = problems_of(held.says, known_codes())
    if problems:
        raise FaultyContent(problems)
    put_in_force(activity, held, at=at)
    held.reviewed_by, held.reviewed_at = by, at
    held.save(update_fields=["reviewed_by", "reviewed_at"])
    if held.origin != Origin.IMPORT and held.submitted_at is not None:
        activity.confirmed_at, activity.confirmed_by = held.submitted_at, held.made_by
        activity.stale_on = stale_day(held.submitted_at)
    activity.save()
    activity.photographs.filter(approved_at=None).update(approved_at=at, approved_by=by)
    record_event(
        "register.version.published",
        by=by,
        at=at,
        target=activity,
        details={"number": held.number},
    )
    note_activities([activity.pk])
    return activity


def put_in_force(activity: Activity, version: Version, *, at: datetime) -> None:
    """Make a version what is published; the caller saves the activity."""
    activity.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.SUPERSEDED)
    version.state = VersionState.PUBLISHED
    version.save()
    content = version.says
    set_columns(activity, content)
    set_links(activity, content)
    activity.published_version = version
    activity.state = ActivityState.PUBLISHED
    activity.updated_at = at
    if activity.published_at is None:
        activity.published_at = at
        activity.stale_on = stale_day(at)


@transaction.atomic
def return_version(*, version: Version, reason: str, by: Account, at: datetime) -> Version:
    """Send a version back to its author with a reason; what is published stays.

    Raises:
        NotAllowed, VersionMoved: as ``publish``.
        Refusal: no reason was given.
    """
    must_review(by)
    if not reason.strip():
        raise Refusal(_("Say what has to be changed: the author reads it."))
    held = waiting(version)
    held.state, held.reason = VersionState.RETURNED, reason
    held.reviewed_by, held.reviewed_at = by, at
    held.save()
    record_event(
        "register.version.returned",
        by=by,
        at=at,
        target=held.activity,
        details={"number": held.number},
    )
    return held


@transaction.atomic
def withdraw(*, activity: Activity, reason: str, by: Account, at: datetime) -> Activity:
    """Take an entry off the register; its address says so, with the reason. Its history stays.

    Keepers may withdraw their own entry, the secretariat every one.

    Raises:
        NotKeeper: ``by`` keeps it not.
        Refusal: it is not published, or no reason was given.
    """
    held = Activity.objects.select_for_update().get(pk=activity.pk)
    if not can_edit(by, held):
        raise NotKeeper
    if held.state != ActivityState.PUBLISHED:
        raise Refusal(_("Only a published entry can be withdrawn."))
    if not reason.strip():
        raise Refusal(_("Say why: readers who follow a link to it see the reason."))
    held.state = ActivityState.WITHDRAWN
    held.withdrawn_at, held.withdrawn_reason, held.updated_at = at, reason, at
    held.save()
    clear_links(held)
    record_event("register.activity.withdrawn", by=by, at=at, target=held)
    note_activities([held.pk])
    return held


@transaction.atomic
def restore(*, activity: Activity, by: Account, at: datetime) -> Activity:
    """Put a withdrawn entry back as it was.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
        Refusal: it is not withdrawn.
    """
    must_review(by)
    held = Activity.objects.select_for_update().get(pk=activity.pk)
    if held.state != ActivityState.WITHDRAWN or held.published_version is None:
        raise Refusal(_("Only a withdrawn entry can be put back."))
    held.state, held.withdrawn_at, held.withdrawn_reason = ActivityState.PUBLISHED, None, ""
    held.updated_at = at
    held.save()
    set_links(held, held.published_version.says)
    record_event("register.activity.restored", by=by, at=at, target=held)
    note_activities([held.pk])
    return held
