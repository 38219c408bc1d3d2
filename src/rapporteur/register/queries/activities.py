"""Which activities a person sees, and one activity with all that its page shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from rapporteur.common.policy import is_staff
from rapporteur.directory.models import Account
from rapporteur.register.choices import (
    OPEN_STATES,
    ActivityState,
    FollowUpState,
    Standing,
    VersionState,
)
from rapporteur.register.models import Activity, FollowUp, Version
from rapporteur.register.rules import focal_organizations


def published_activities() -> QuerySet[Activity]:
    """Return the entries of the register: published, neither withdrawn nor merged; newest first."""
    return Activity.objects.filter(state=ActivityState.PUBLISHED).order_by("-pk")


def in_standing(standing: str, *, on: date) -> QuerySet[Activity]:
    """Return the entries of one standing on a day (``choices.Standing``)."""
    rows = published_activities()
    if standing == Standing.STALE:
        return rows.filter(stale_on__lte=on)
    return rows.filter(stale_on__gt=on, confirmed_at__isnull=standing != Standing.VERIFIED)


def kept_by(person: Account) -> QuerySet[Activity]:
    """Return what the person keeps: entered, or of an organization whose focal point they are."""
    mine = Q(entered_by=person) | Q(organization__in=focal_organizations(person))
    return (
        Activity.objects.filter(mine).select_related("organization").order_by("-updated_at", "-pk")
    )


def visible_activities(*, to: Any) -> QuerySet[Activity]:
    """Return the activities whose page the person may open: an unpublished one by its keepers.

    Withdrawn ones are among them for everybody (their page says so); so are merged ones.
    """
    rows = Activity.objects.select_related(
        "organization",
        "stakeholder_group__scheme",
        "published_version",
        "merged_into",
        "entered_by",
    )
    open_to_all = ~Q(state=ActivityState.DRAFT)
    if not isinstance(to, Account):
        return rows.filter(open_to_all)
    if is_staff(to):
        return rows
    if to.suspended_at is not None:
        return rows.filter(open_to_all)
    own = Q(entered_by=to) | Q(organization__in=focal_organizations(to))
    return rows.filter(open_to_all | own)


def kept_activities(*, by: Any) -> QuerySet[Activity]:
    """Return the activities that the person may change: for the pages of keepers."""
    if not isinstance(by, Account) or by.suspended_at is not None:
        return Activity.objects.none()
    rows = Activity.objects.select_related("organization", "published_version")
    if is_staff(by):
        return rows
    return rows.filter(Q(entered_by=by) | Q(organization__in=focal_organizations(by)))


def open_version(activity: Activity) -> Version | None:
    """Return the version that is being written or waits, ``None`` where there is none."""
    return activity.versions.filter(state__in=OPEN_STATES).first()


def public_versions(activity: Activity) -> QuerySet[Version]:
    """Return every version that was ever published, the latest first."""
    states = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
    return activity.versions.filter(state__in=states).order_by("-number")


def waiting_versions() -> QuerySet[Version]:
    """Return the versions that wait for the secretariat, the longest waiting first."""
    waiting = Version.objects.filter(state=VersionState.SUBMITTED)
    return waiting.select_related("activity__organization", "made_by").order_by(
        "submitted_at", "pk"
    )


def public_follow_ups(activity: Activity) -> QuerySet[FollowUp]:
    return activity.follow_ups.filter(state=FollowUpState.PUBLISHED)


def waiting_follow_ups() -> QuerySet[FollowUp]:
    waiting = FollowUp.objects.filter(state=FollowUpState.SUBMITTED)
    return waiting.select_related("activity", "made_by").order_by("made_at", "pk")
