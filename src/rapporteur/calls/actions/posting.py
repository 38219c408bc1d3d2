"""Letters with personal links on their way: stored with what they tell of, sent after the commit.

People who are invited may have no account, so these are not ``common.notices``; they are drawn and
handed over as those are, and each leaves once.
"""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from allauth.account.models import EmailAddress
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from rapporteur.calls.choices import LetterKind, LetterState, ResponseState
from rapporteur.calls.letters import letter_of
from rapporteur.calls.models import CallLetter, Invitation, ResponseMember
from rapporteur.calls.queries.inviting import has_answered
from rapporteur.calls.rules import is_open
from rapporteur.common.notices.actions import MOST_A_PASS, PAUSES, REFUSALS, message_id
from rapporteur.common.notices.letters import as_html, as_text
from rapporteur.directory.choices import MembershipKind

logger = logging.getLogger(__name__)


def queue_letter(
    *,
    invitation: Invitation | None = None,
    member: ResponseMember | None = None,
    kind: str,
    key: str,
    at: datetime,
) -> bool:
    """Store a letter in the current transaction; ``False`` where the same was written already."""
    about = f"i{invitation.pk}" if invitation is not None else f"m{member.pk if member else 0}"
    row, made = CallLetter.objects.get_or_create(
        key=f"{kind}:{about}:{key}",
        defaults={
            "invitation": invitation,
            "member": member,
            "kind": kind,
            "made_at": at,
            "due_at": at,
        },
    )
    if made:
        transaction.on_commit(lambda: queue_delivery(row.pk), robust=True)
    return made


def queue_delivery(pk: int) -> None:
    from rapporteur.calls.tasks import deliver_letter

    deliver_letter(pk)


def addresses_of(row: CallLetter) -> list[str]:
    """Return where a letter goes: the address itself, or those of the focal points. One query."""
    if row.member is not None:
        return [row.member.email]
    invitation = row.invitation
    if invitation is None or invitation.email:
        return [invitation.email] if invitation else []
    found = EmailAddress.objects.filter(
        primary=True,
        verified=True,
        user__is_active=True,
        user__suspended_at=None,
        user__memberships__organization=invitation.organization_id,
        user__memberships__kind=MembershipKind.FOCAL_POINT,
        user__memberships__confirmed_at__isnull=False,
    )
    return sorted(set(found.values_list("email", flat=True)))


def is_wanted(row: CallLetter, *, at: datetime) -> bool:
    """Return whether a letter still says something true when it leaves."""
    if row.member is not None:
        response = row.member.response
        return row.member.account_id is None and response.state != ResponseState.WITHDRAWN
    invitation = row.invitation
    if invitation is None or at >= invitation.call.closes_at:
        return False
    if row.kind == LetterKind.REMINDER:
        return is_open(invitation.call, at=at) and not has_answered(invitation)
    return True


def deliver_waiting(*, at: datetime, most: int = MOST_A_PASS) -> Counter[str]:
    """Send what waits and is due, oldest first; return how many had which state after it."""
    due = CallLetter.objects.filter(state=LetterState.WAITING, due_at__lte=at)
    outcomes: Counter[str] = Counter()
    for pk in list(due.order_by("due_at", "pk").values_list("pk", flat=True)[:most]):
        outcomes[deliver(pk, at=at)] += 1
    return outcomes


def deliver(pk: int, *, at: datetime | None = None) -> str:
    """Send one letter unless it is no longer wanted; return its state then.

    The row says ``sending`` before the mail server is spoken to: a process killed in between never
    sends it a second time.
    """
    at = at or timezone.now()
    waiting = CallLetter.objects.filter(pk=pk, state=LetterState.WAITING, due_at__lte=at)
    rows = waiting.select_related("invitation__call", "member__response__call")
    row = rows.select_related("member__response__organization").first()
    if row is None:
        return "taken"
    addresses = addresses_of(row)
    if not addresses or not is_wanted(row, at=at):
        waiting.update(state=LetterState.DROPPED)
        return LetterState.DROPPED
    if not waiting.update(state=LetterState.SENDING, attempts=F("attempts") + 1):
        return "taken"
    return send(row, addresses, at=at)


def send(row: CallLetter, addresses: list[str], *, at: datetime) -> str:
    """Hand a letter to the mail server, one mail for each address, and note what came of it."""
    letter = letter_of(row)
    claimed = CallLetter.objects.filter(pk=row.pk, state=LetterState.SENDING)
    connection = get_connection()
    try:
        connection.open()
        for address in addresses:
            message = EmailMultiAlternatives(
                letter.subject,
                as_text(letter),
                to=[address],
                headers={
                    "Auto-Submitted": "auto-generated",
                    "Message-ID": message_id(f"calls:{row.key}:{address}"),
                },
                connection=connection,
            )
            message.attach_alternative(as_html(letter), "text/html")
            message.send()
    except (OSError, *REFUSALS) as error:
        logger.warning("Letter %s could not be sent: %s", row.pk, type(error).__name__)
        attempts = row.attempts + 1
        given_up = attempts > len(PAUSES)
        claimed.update(
            state=LetterState.FAILED if given_up else LetterState.WAITING,
            due_at=at if given_up else at + PAUSES[attempts - 1],
            fault=type(error).__name__,
        )
        return LetterState.FAILED if given_up else LetterState.WAITING
    finally:
        connection.close()
    claimed.update(state=LetterState.SENT, sent_at=at, fault="")
    if row.invitation_id is not None:
        Invitation.objects.filter(pk=row.invitation_id, sent_at=None).update(sent_at=at)
    return LetterState.SENT
