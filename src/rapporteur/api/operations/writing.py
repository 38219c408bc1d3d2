"""What a program does to activities for the account whose token it has."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from django.db.models import BigIntegerField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from rapporteur.api import answers, bodies, showing
from rapporteur.api.document import documented
from rapporteur.api.once import once
from rapporteur.api.operations.reading import gone, router
from rapporteur.api.operations.reading import shown as shown_to
from rapporteur.api.problems import Problem
from rapporteur.api.security import BEARER
from rapporteur.api.shapes import ActivityShape, FollowUpShape
from rapporteur.common.refusals import Conflict
from rapporteur.directory.models import Account
from rapporteur.register.actions import drafting, following, publishing
from rapporteur.register.choices import OPEN_STATES, ActivityState, Origin, VersionState
from rapporteur.register.content import read_json
from rapporteur.register.errors import NotKeeper
from rapporteur.register.models import Activity, Version
from rapporteur.register.queries.activities import open_version, visible_activities
from rapporteur.register.rules import can_edit


def writing(*refusals: int, **more: Any) -> dict[str, Any]:
    """Return what an operation that writes adds to its description: it needs a token."""
    return {**documented(*refusals, **more), "auth": BEARER, "tags": ["Writing"]}


def person(request: HttpRequest) -> Account:
    return cast(Account, request.user)


def locked(request: HttpRequest, pk: int) -> Activity:
    """Return the activity, locked with its open version, for somebody who keeps it.

    Locked in the order in which the register's own actions do.

    Raises:
        Problem: 404 none that they may see, 410 withdrawn.
        NotKeeper: another's.
        Conflict: it was merged into another.
    """
    if pk > BigIntegerField.MAX_BIGINT:
        # SQLite cannot even be asked for such a number.
        raise Problem(404)
    list(Version.objects.select_for_update().filter(activity_id=pk, state__in=OPEN_STATES))
    list(Activity.objects.select_for_update().filter(pk=pk).values_list("pk"))
    row = visible_activities(to=request.user).filter(pk=pk).first()
    if row is None:
        raise Problem(404)
    if row.state == ActivityState.WITHDRAWN:
        raise gone(row)
    if not can_edit(request.user, row):
        raise NotKeeper
    if row.state == ActivityState.MERGED:
        raise Conflict(_("This entry was merged into another. Change that one."))
    return row


def check_state(request: HttpRequest, row: Activity, *, must: bool) -> None:
    """Refuse a change that was meant for another state of the record (``If-Match``).

    Raises:
        Problem: 412 it has changed since, 428 nothing was said and ``must`` is set.
    """
    wanted = request.headers.get("If-Match")
    if wanted is None:
        if must:
            raise Problem(
                428, _("Read the record first, then send its ETag in the header If-Match.")
            )
        return
    tag = answers.tag_of(answers.bytes_of(shown_to(request, row)))
    if not answers.has_tag(wanted, tag, weakly=False):
        raise Problem(412, _("Read the record again, and look at what has changed."))


def must_say_state(request: HttpRequest) -> None:
    """Refuse early what does not say which state it changes."""
    if request.headers.get("If-Match") is None:
        raise Problem(428, _("Read the record first, then send its ETag in the header If-Match."))


def answered(request: HttpRequest, pk: int, *, status: int = 200) -> HttpResponse:
    """Return the activity as it is now, for those who keep it."""
    row = visible_activities(to=request.user).get(pk=pk)
    body = shown_to(request, row)
    response = answers.answer(request, body, status=status)
    response.headers["Cache-Control"] = "no-store"
    if status == 201:
        response.headers["Location"] = body["url"]
    return response


def set_contact(
    row: Activity, contact: bodies.Contact | None, *, by: Account, at: datetime
) -> None:
    if contact is not None:
        drafting.set_contact(
            activity=row,
            name=contact.name,
            email=contact.email,
            phone=contact.phone,
            by=by,
            at=at,
        )


# What a program may be answered where it changes something and sends a body.
CHANGES = (400, 401, 403, 404, 409, 410, 412, 413, 415, 422, 503)


@router.post(
    "/activities",
    url_name="activities",
    operation_id="createActivity",
    response={201: ActivityShape},
    summary=gettext_noop("Make an entry"),
    description=gettext_noop(
        "It is a draft; with `submit` it goes to the secretariat, which publishes it."
    ),
    **writing(400, 401, 403, 409, 413, 415, 422, 503, sends="NewActivity", key=True),
)
def create(request: HttpRequest) -> HttpResponse:
    sent, by = bodies.read_activity(request, is_new=True), person(request)

    def effect(at: datetime) -> HttpResponse:
        content = read_json(sent.given)[0]
        version = drafting.begin_activity(content=content, by=by, at=at, origin=Origin.API)
        set_contact(version.activity, sent.contact, by=by, at=at)
        if sent.submit:
            drafting.submit(version=version, by=by, at=at, note=sent.note)
        return answered(request, version.activity_id, status=201)

    return once(request, by, effect)


@router.patch(
    "/activities/{int:pk}",
    url_name="activity",
    operation_id="changeActivity",
    response=ActivityShape,
    summary=gettext_noop("Change an entry"),
    description=gettext_noop(
        "The fields that are sent take the place of those there are; null empties one. What"
        " is published stays until the secretariat publishes the change."
    ),
    **writing(*CHANGES, 428, sends="ActivityChange", state=True),
)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    must_say_state(request)
    sent, by = bodies.read_activity(request, is_new=False), person(request)

    def effect(at: datetime) -> HttpResponse:
        row = locked(request, pk)
        check_state(request, row, must=True)
        opened = open_version(row)
        if sent.given:
            content = bodies.changed(showing.content_of(row, opened), sent.given)
            opened = drafting.begin_change(activity=row, by=by, at=at, origin=Origin.API)
            opened = drafting.save_draft(version=opened, content=content, by=by, at=at)
        set_contact(row, sent.contact, by=by, at=at)
        if sent.submit:
            send(opened, note=sent.note, by=by, at=at)
        return answered(request, pk)

    return once(request, by, effect)


def send(opened: Version | None, *, note: str, by: Account, at: datetime) -> None:
    if opened is None:
        raise Conflict(_("Nothing was changed, so there is nothing to send."))
    if opened.state != VersionState.SUBMITTED:
        drafting.submit(version=opened, by=by, at=at, note=note)


def acted(
    request: HttpRequest,
    pk: int,
    act: Callable[[Activity, datetime], HttpResponse],
    *,
    must: bool = False,
) -> HttpResponse:
    """Do one thing to a locked activity, in one transaction with its idempotency key."""

    def effect(at: datetime) -> HttpResponse:
        row = locked(request, pk)
        check_state(request, row, must=must)
        return act(row, at)

    return once(request, person(request), effect)


@router.post(
    "/activities/{int:pk}/submit",
    url_name="submit",
    operation_id="submitActivity",
    response=ActivityShape,
    summary=gettext_noop("Send the open version to the secretariat"),
    description=gettext_noop("Sent twice, it counts once."),
    **writing(*CHANGES, sends="Submission", key=True, may_state=True),
)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    note, by = bodies.read_note(request), person(request)

    def act(row: Activity, at: datetime) -> HttpResponse:
        send(open_version(row), note=note, by=by, at=at)
        return answered(request, pk)

    return acted(request, pk, act)


@router.delete(
    "/activities/{int:pk}/open-version",
    url_name="open-version",
    operation_id="discardOpenVersion",
    response={204: None},
    summary=gettext_noop("Throw the open version away"),
    description=gettext_noop("An entry that was never published goes with it."),
    **writing(401, 403, 404, 409, 410, 412, 422, 428, 503, state=True),
)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    must_say_state(request)
    by = person(request)

    def act(row: Activity, at: datetime) -> HttpResponse:
        opened = open_version(row)
        if opened is None:
            raise Conflict(_("There is no open version to throw away."))
        drafting.discard(version=opened, by=by, at=at)
        return nothing()

    return acted(request, pk, act, must=True)


@router.post(
    "/activities/{int:pk}/withdraw",
    url_name="withdraw",
    operation_id="withdrawActivity",
    response={204: None},
    summary=gettext_noop("Take an entry off the register"),
    description=gettext_noop(
        "Its address says so from then on, with the reason. Its history stays."
    ),
    **writing(*CHANGES, 428, sends="Withdrawal", key=True, state=True),
)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    must_say_state(request)
    reason, by = bodies.read_reason(request), person(request)

    def act(row: Activity, at: datetime) -> HttpResponse:
        publishing.withdraw(activity=row, reason=reason, by=by, at=at)
        return nothing()

    return acted(request, pk, act, must=True)


@router.post(
    "/activities/{int:pk}/confirm",
    url_name="confirm",
    operation_id="confirmActivity",
    response=ActivityShape,
    summary=gettext_noop("Say that a published entry is right as it stands"),
    description=gettext_noop("It counts as confirmed for two years."),
    **writing(*CHANGES, key=True, may_state=True),
)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    bodies.read_nothing(request)
    by = person(request)

    def act(row: Activity, at: datetime) -> HttpResponse:
        following.confirm(activity=row, by=by, at=at)
        return answered(request, pk)

    return acted(request, pk, act)


@router.post(
    "/activities/{int:pk}/follow-ups",
    url_name="follow-ups",
    operation_id="createFollowUp",
    response={201: FollowUpShape},
    summary=gettext_noop("Report what became of an activity in one year"),
    description=gettext_noop("The secretariat publishes it; published, it confirms the entry."),
    **writing(*CHANGES, sends="NewFollowUp", key=True, may_state=True),
)
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    sent, by = bodies.read_follow_up(request), person(request)

    def act(row: Activity, at: datetime) -> HttpResponse:
        report = following.report(
            activity=row,
            token=secrets.token_hex(32),
            year=sent.year,
            text=sent.text,
            status=sent.status,
            language=sent.language,
            results=sent.results,
            by=by,
            at=at,
        )
        body = showing.follow_up(request, report)
        response = answers.answer(request, body, status=201)
        response.headers["Location"] = body["url"]
        return response

    return acted(request, pk, act)


def nothing() -> HttpResponse:
    """Return the answer of what was done and leaves nothing to show."""
    response = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    del response.headers["Content-Type"]
    return response
