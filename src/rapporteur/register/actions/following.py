"""Keeping an entry alive: confirming it, and reporting what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import NotAllowed, Refusal
from rapporteur.directory.models import Account
from rapporteur.register.actions.projecting import stale_day
from rapporteur.register.choices import ActivityState, FollowUpState
from rapporteur.register.errors import NotKeeper, VersionMoved
from rapporteur.register.models import Activity, FollowUp
from rapporteur.register.rules import can_edit, can_review
from rapporteur.register.searchables import note_activities


@transaction.atomic
def confirm(*, activity: Activity, by: Account, at: datetime) -> Activity:
    """Say that a published entry is right as it stands; it is fresh for two years.

    Raises:
        NotKeeper: ``by`` does not keep it.
        Refusal: it is not published.
    """
    held = Activity.objects.select_for_update().get(pk=activity.pk)
    if not can_edit(by, held):
        raise NotKeeper
    if held.state != ActivityState.PUBLISHED:
        raise Refusal(_("Only a published entry can be confirmed."))
    set_confirmed(held, by=by, at=at)
    record_event("register.activity.confirmed", by=by, at=at, target=held)
    return held


def set_confirmed(activity: Activity, *, by: Account | None, at: datetime) -> None:
    activity.confirmed_at, activity.confirmed_by, activity.stale_on = at, by, stale_day(at)
    activity.save(update_fields=["confirmed_at", "confirmed_by", "stale_on"])
    note_activities([activity.pk])


def report(
    *,
    activity: Activity,
    token: str,
    year: int,
    text: str,
    by: Account,
    at: datetime,
    status: str = "",
    language: str = "",
    results: list[dict[str, Any]] | None = None,
) -> FollowUp:
    """Send a follow-up report to the secretariat; the same ``token`` again is the same report.

    Raises:
        NotKeeper: ``by`` does not keep the activity.
        Refusal: the activity is not published.
    """
    if not can_edit(by, activity):
        raise NotKeeper
    if activity.state != ActivityState.PUBLISHED:
        raise Refusal(_("Only a published entry can be followed up."))
    try:
        with transaction.atomic():
            made = FollowUp.objects.create(
                activity=activity,
                form_token=token,
                year=year,
                text=text,
                status=status,
                language=language,
                results=results or [],
                made_by=by,
                made_at=at,
            )
            record_event("register.follow-up.submitted", by=by, at=at, target=activity)
    except IntegrityError:
        made = FollowUp.objects.get(form_token=token, activity=activity, made_by=by)
    return made


@transaction.atomic
def decide_follow_up(
    *, follow_up: FollowUp, publish: bool, reason: str = "", by: Account, at: datetime
) -> FollowUp:
    """Publish a follow-up report, or return it with a reason. Published, it confirms the entry.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
        VersionMoved: somebody decided meanwhile.
        Refusal: returned without a reason.
    """
    if not can_review(by):
        raise NotAllowed(_("Only the secretariat decides on entries of the register."))
    if not publish and not reason.strip():
        raise Refusal(_("Say what has to be changed: the author reads it."))
    held = FollowUp.objects.select_for_update().select_related("activity").get(pk=follow_up.pk)
    if held.state != FollowUpState.SUBMITTED:
        raise VersionMoved
    held.state = FollowUpState.PUBLISHED if publish else FollowUpState.RETURNED
    held.reason, held.reviewed_by, held.reviewed_at = reason, by, at
    held.save()
    if publish:
        activity = Activity.objects.select_for_update().get(pk=held.activity_id)
        if activity.confirmed_at is None or activity.confirmed_at < held.made_at:
            set_confirmed(activity, by=held.made_by, at=held.made_at)
        else:
            note_activities([activity.pk])
    verb = "published" if publish else "returned"
    record_event(f"register.follow-up.{verb}", by=by, at=at, target=held.activity)
    return held
