"""Who is asked: invitations, reminders, colleagues; personal links and who takes them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.calls.actions.keeping import held
from rapporteur.calls.actions.posting import queue_letter
from rapporteur.calls.actions.responding import held_response
from rapporteur.calls.choices import OPEN_STATES, CallState, LetterKind, ResponseState
from rapporteur.calls.errors import LinkNotGood, NotRespondent, NotSecretariat
from rapporteur.calls.models import Call, Invitation, Response, ResponseMember
from rapporteur.calls.models.inviting import digest_of_token, token_of
from rapporteur.calls.numbers import make_seed
from rapporteur.calls.queries.inviting import find_invitation, unanswered_invitations
from rapporteur.calls.rules import may_keep_calls
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account, Organization

INVITABLE = (CallState.DRAFT, *OPEN_STATES)
COLLEAGUES_AT_MOST = 30


@dataclass(frozen=True)
class Invited:
    """How many were added, and how many were there already."""

    added: int
    known: int


@transaction.atomic
def invite(
    *,
    call: Call,
    organizations: Iterable[Organization] = (),
    emails: Iterable[str] = (),
    language: str = "en",
    by: Account,
    at: datetime,
) -> Invited:
    """Invite organizations and addresses; who is invited already is left as they are.

    An address gets a letter with a personal link, an organization one at each focal point's
    address; the letters of a draft leave when it opens (``send_invitations``).

    Raises:
        NotSecretariat, CallMoved: the call is over, or ``by`` keeps none.
    """
    kept = held(call, by=by, states=INVITABLE)
    wanted: list[tuple[Organization | None, str]] = [(each, "") for each in organizations]
    wanted += [(None, email.strip().lower()) for email in emails if email.strip()]
    added = 0
    for organization, email in wanted:
        seed = make_seed()
        try:
            with transaction.atomic():
                invitation = Invitation.objects.create(
                    call=kept,
                    organization=organization,
                    email=email,
                    language=language,
                    seed=seed,
                    token_digest=digest_of_token(token_of(seed)),
                    invited_by=by,
                    invited_at=at,
                )
        except IntegrityError:  # invited already
            continue
        added += 1
        if kept.state in OPEN_STATES:
            queue_letter(invitation=invitation, kind=LetterKind.INVITATION, key="", at=at)
    record_event("calls.call.invited", by=by, at=at, target=kept, details={"added": added})
    return Invited(added, len(wanted) - added)


@transaction.atomic
def send_invitations(*, call: Call, by: Account, at: datetime) -> int:
    """Send the letters of everybody who has not had theirs; return how many are on their way."""
    kept = held(call, by=by, states=OPEN_STATES)
    waiting = kept.invitations.filter(letters=None)
    count = sum(
        queue_letter(invitation=each, kind=LetterKind.INVITATION, key="", at=at)
        for each in waiting.order_by("pk")
    )
    record_event("calls.call.letters", by=by, at=at, target=kept, details={"letters": count})
    return count


@transaction.atomic
def remind(*, call: Call, by: Account, at: datetime) -> int:
    """Remind who has not answered; return how many. Twice on one day reminds once."""
    kept = held(call, by=by, states=OPEN_STATES)
    count = sum(
        queue_letter(invitation=each, kind=LetterKind.REMINDER, key=at.date().isoformat(), at=at)
        for each in unanswered_invitations(kept)
    )
    record_event("calls.call.reminded", by=by, at=at, target=kept, details={"letters": count})
    return count


@transaction.atomic
def renew_link(*, invitation: Invitation, by: Account, at: datetime) -> Invitation:
    """Give an invitation a new personal link; the old one is worth nothing from now on."""
    if not may_keep_calls(by):
        raise NotSecretariat
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    row.seed = make_seed()
    row.token_digest = digest_of_token(row.token)
    row.save()
    record_event("calls.invitation.renewed", by=by, at=at, target=row)
    return row


@transaction.atomic
def accept_invitation(*, token: str, by: Account, at: datetime) -> Invitation:
    """Take up an invitation with one's account; the first who does has it.

    Raises:
        LinkNotGood: there is none, or somebody else has taken it up.
    """
    found = find_invitation(token)
    if found is None:
        raise LinkNotGood
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    if invitation.accepted_by_id == by.pk:
        return invitation
    if invitation.accepted_at is not None:
        raise LinkNotGood
    invitation.accepted_by, invitation.accepted_at = by, at
    invitation.save()
    record_event("calls.invitation.accepted", by=by, at=at, target=invitation)
    return invitation


@transaction.atomic
def invite_colleague(
    *, response: Response, email: str, by: Account, at: datetime
) -> ResponseMember:
    """Ask a colleague to write with; the same address again sends nothing.

    Raises:
        Refusal: there are too many already.
        NotRespondent, ResponseMoved, CallNotOpen: see ``held_response``.
    """
    _call, held_one = held_response(response, by=by, at=at)
    email = email.strip().lower()
    known = held_one.members.filter(email=email).first()
    if known is not None:
        return known
    if held_one.members.count() >= COLLEAGUES_AT_MOST:
        raise Refusal(
            _("No more than %(count)s colleagues write at one response.")
            % {"count": COLLEAGUES_AT_MOST}
        )
    seed = make_seed()
    member = ResponseMember.objects.create(
        response=held_one,
        email=email,
        seed=seed,
        token_digest=digest_of_token(token_of(seed)),
        invited_by=by,
        invited_at=at,
    )
    queue_letter(member=member, kind=LetterKind.COLLEAGUE, key="", at=at)
    record_event("calls.response.colleague-invited", by=by, at=at, target=held_one)
    return member


@transaction.atomic
def remove_colleague(*, member: ResponseMember, by: Account, at: datetime) -> None:
    """Take a colleague away; their link is worth nothing from now on."""
    _call, held_one = held_response(member.response, by=by, at=at)
    if member.account_id == by.pk:
        raise NotRespondent
    member.delete()
    record_event("calls.response.colleague-removed", by=by, at=at, target=held_one)


@transaction.atomic
def join_response(*, token: str, by: Account, at: datetime) -> Response:
    """Come to a response with the link of a colleague's letter. The link works once.

    Raises:
        LinkNotGood: the link was used by somebody else, or is none.
    """
    rows = ResponseMember.objects.select_for_update()
    member = rows.filter(token_digest=digest_of_token(token)).first()
    if member is None or member.account_id not in (None, by.pk):
        raise LinkNotGood
    response = Response.objects.get(pk=member.response_id)
    if response.state == ResponseState.WITHDRAWN:
        raise LinkNotGood
    if member.account_id is None:
        held_already = response.members.filter(account=by).exists()
        if response.account_id != by.pk and not held_already:
            member.account, member.joined_at = by, at
            member.save()
            record_event("calls.response.joined", by=by, at=at, target=response)
    return response
