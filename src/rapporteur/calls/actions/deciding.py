"""The secretariat reads responses, accepts or returns them, and publishes them as each agreed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.calls import letters
from rapporteur.calls.actions.keeping import held
from rapporteur.calls.choices import PUBLISHABLE, READ_STATES, CallState, ResponseState
from rapporteur.calls.errors import NotSecretariat, ResponseMoved
from rapporteur.calls.models import Call, Response
from rapporteur.calls.rules import may_keep_calls
from rapporteur.calls.searchables import note_call, note_responses
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account


def seen_response(response: Response, *, number: int, by: Account) -> Response:
    """Return the response, locked with its call, that waits as somebody saw it.

    ``number`` is that of the submission that was on the page.

    Raises:
        NotSecretariat: ``by`` keeps no calls.
        ResponseMoved: it was decided, withdrawn or sent again meanwhile.
    """
    if not may_keep_calls(by):
        raise NotSecretariat
    call = Call.objects.select_for_update().get(pk=response.call_id)
    locked = Response.objects.select_for_update().get(pk=response.pk)
    locked.call = call
    if locked.state != ResponseState.SUBMITTED or locked.versions.count() != number:
        raise ResponseMoved
    return locked


@transaction.atomic
def accept_response(*, response: Response, number: int, by: Account, at: datetime) -> Response:
    """Let a response count. Where the call's responses are published, it is published with it.

    Raises:
        NotSecretariat, ResponseMoved: see ``seen_response``.
    """
    waiting = seen_response(response, number=number, by=by)
    waiting.state, waiting.decided_by, waiting.decided_at = ResponseState.ACCEPTED, by, at
    if waiting.call.state in READ_STATES:
        publish_one(waiting, at=at)
    waiting.save()
    if waiting.published_at is not None:
        note_responses([waiting])
    record_event(
        "calls.response.accepted", by=by, at=at, target=waiting, details={"number": number}
    )
    letters.tell_of_decision(waiting, at=at)
    return waiting


@transaction.atomic
def return_response(
    *, response: Response, number: int, reason: str, by: Account, at: datetime
) -> Response:
    """Return a response with a reason; its writers mend it and send it again, after closing, too.

    Raises:
        Refusal: no reason is given.
        NotSecretariat, ResponseMoved: see ``seen_response``.
    """
    waiting = seen_response(response, number=number, by=by)
    if not reason.strip():
        raise Refusal(_("Say why the response is returned, and what would make it acceptable."))
    waiting.state, waiting.reason = ResponseState.RETURNED, reason.strip()
    waiting.decided_by, waiting.decided_at = by, at
    waiting.save()
    record_event(
        "calls.response.returned", by=by, at=at, target=waiting, details={"number": number}
    )
    letters.tell_of_decision(waiting, at=at)
    return waiting


def publish_one(response: Response, *, at: datetime) -> bool:
    """Set what everybody may read of an accepted response; ``False`` where it did not agree."""
    version = response.versions.order_by("-number").first()
    if response.consent not in PUBLISHABLE or version is None:
        return False
    response.published_at, response.published_version, response.was_published = at, version, True
    return True


@transaction.atomic
def publish_call(*, call: Call, by: Account, at: datetime) -> int:
    """Publish the accepted responses of a closed call as each agreed; return how many.

    Raises:
        CallMoved: the call is not closed, or was published already.
    """
    closed = held(call, by=by, states=(CallState.CLOSED,))
    published: list[Response] = []
    accepted = closed.responses.select_for_update().filter(state=ResponseState.ACCEPTED)
    for response in accepted.order_by("pk"):
        if publish_one(response, at=at):
            response.save(update_fields=["published_at", "published_version", "was_published"])
            published.append(response)
    closed.state, closed.published_at, closed.changed_at = CallState.PUBLISHED, at, at
    closed.save()
    note_call(closed)
    note_responses(published)
    record_event(
        "calls.call.published", by=by, at=at, target=closed, details={"responses": len(published)}
    )
    return len(published)
