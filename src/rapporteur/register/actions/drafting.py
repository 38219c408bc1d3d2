"""Writing an activity: begun, saved at each step, sent to the secretariat, discarded."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account
from rapporteur.register.actions.projecting import set_columns
from rapporteur.register.choices import (
    OPEN_STATES,
    ActivityState,
    Origin,
    VersionState,
)
from rapporteur.register.content import Content, Problem, digest_of, problems_of, to_json
from rapporteur.register.errors import FaultyContent, NotKeeper, VersionMoved
from rapporteur.register.models import Activity, ActivityContact, Version
from rapporteur.register.queries.known import known_codes
from rapporteur.register.rules import can_edit


@transaction.atomic
def begin_activity(
    *, content: Content, by: Account, at: datetime, origin: str = Origin.FORM
) -> Version:
    """Begin an activity as a draft that only its keepers see; return its first version."""
    activity = Activity(entered_by=by, created_at=at, updated_at=at)
    set_columns(activity, content)
    activity.save()
    version = new_version(activity, number=1, base=0, content=content, by=by, at=at, origin=origin)
    record_event("register.activity.begun", by=by, at=at, target=activity)
    return version


@transaction.atomic
def begin_change(
    *, activity: Activity, by: Account, at: datetime, origin: str = Origin.FORM
) -> Version:
    """Return the open version of an activity; begin one from what is published where none is.

    Raises:
        NotKeeper: ``by`` does not keep the activity.
        Refusal: it was withdrawn or merged.
        VersionMoved: two began at once; ask again.
    """
    if not can_edit(by, activity):
        raise NotKeeper
    if activity.state in (ActivityState.WITHDRAWN, ActivityState.MERGED):
        raise Refusal(_("This activity is no longer in the register and cannot be changed."))
    opened = activity.versions.filter(state__in=OPEN_STATES).first()
    if opened is not None:
        return opened
    published = activity.published_version
    assert published is not None  # noqa: S101 - a draft always has its open version
    number = next_number(activity)
    try:
        with transaction.atomic():
            return new_version(
                activity,
                number=number,
                base=published.number,
                content=published.says,
                by=by,
                at=at,
                origin=origin,
            )
    except IntegrityError as error:
        raise VersionMoved from error


def next_number(activity: Activity) -> int:
    newest = activity.versions.aggregate(newest=Max("number"))["newest"]
    return (newest or 0) + 1


def new_version(
    activity: Activity,
    *,
    number: int,
    base: int,
    content: Content,
    by: Account | None,
    at: datetime,
    origin: str,
    state: str = VersionState.DRAFT,
) -> Version:
    stored = to_json(content)
    return Version.objects.create(
        activity=activity,
        number=number,
        base=base,
        state=state,
        content=stored,
        digest=digest_of(stored),
        origin=origin,
        made_by=by,
        made_at=at,
        saved_at=at,
    )


def held_open(version: Version, *, by: Account, states: tuple[str, ...] = OPEN_STATES) -> Version:
    """Return the version, locked, with its activity.

    Raises:
        NotKeeper: ``by`` does not keep its activity.
        VersionMoved: it is not in one of the states any more.
    """
    held = Version.objects.select_for_update().get(pk=version.pk)
    if not can_edit(by, held.activity):
        raise NotKeeper
    if held.state not in states:
        raise VersionMoved
    return held


@transaction.atomic
def save_draft(*, version: Version, content: Content, by: Account, at: datetime) -> Version:
    """Keep what was typed so far, whatever is still missing or wrong in it.

    A version that waits or was returned becomes a draft again. Nothing is checked but that texts
    fit their columns; ``submit`` checks.

    Raises:
        NotKeeper, VersionMoved: see ``held_open``.
    """
    held = held_open(version, by=by)
    held.content = to_json(content)
    held.digest = digest_of(held.content)
    held.saved_at = at
    held.state = VersionState.DRAFT
    held.submitted_at = None
    held.save()
    activity = held.activity
    if activity.state == ActivityState.DRAFT:
        set_columns(activity, content)
        activity.updated_at = at
        activity.save()
    return held


@transaction.atomic
def set_contact(
    *, activity: Activity, name: str, email: str, phone: str, by: Account, at: datetime
) -> None:
    """Keep whom to ask about an activity; empty throughout takes it away. Private.

    Raises:
        NotKeeper: ``by`` does not keep the activity.
    """
    if not can_edit(by, activity):
        raise NotKeeper
    if not (name or email or phone):
        ActivityContact.objects.filter(activity=activity).delete()
    else:
        ActivityContact.objects.update_or_create(
            activity=activity, defaults={"name": name, "email": email, "phone": phone}
        )
    record_event("register.contact.changed", by=by, at=at, target=activity)


@transaction.atomic
def submit(*, version: Version, by: Account, at: datetime, note: str = "") -> Version:
    """Send a version to the secretariat. Sent twice, it counts once.

    Raises:
        FaultyContent: something in it has to be mended; it stays a draft.
        NotKeeper, VersionMoved: see ``held_open``.
    """
    held = held_open(version, by=by)
    if held.state == VersionState.SUBMITTED:
        return held
    problems = problems_of(held.says, known_codes())
    if problems:
        raise FaultyContent(problems)
    base = held.activity.published_version
    if base is not None and base.digest == held.digest:
        raise Refusal(_("Nothing was changed, so there is nothing to send."))
    held.state, held.submitted_at, held.note = VersionState.SUBMITTED, at, note
    held.save()
    record_event(
        "register.version.submitted",
        by=by,
        at=at,
        target=held.activity,
        details={"number": held.number},
    )
    return held


@transaction.atomic
def discard(*, version: Version, by: Account, at: datetime) -> None:
    """Throw an open version away; an activity that was never published goes with it.

    Raises:
        NotKeeper, VersionMoved: see ``held_open``.
    """
    held = held_open(version, by=by)
    activity = held.activity
    record_event(
        "register.version.discarded",
        by=by,
        at=at,
        target=activity,
        details={"number": held.number},
    )
    if activity.state == ActivityState.DRAFT:
        activity.versions.all().delete()
        activity.delete()
        return
    held.delete()


def check_content(content: Content) -> list[Problem]:
    """Return what is wrong in a content, with the codes in force. Two queries."""
    return problems_of(content, known_codes())
