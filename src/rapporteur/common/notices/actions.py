"""Telling somebody something: store it with what it tells of, send it after the commit, once."""

from __future__ import annotations

import hashlib
import logging
import smtplib
from collections import Counter
from datetime import datetime, timedelta
from email.utils import parseaddr
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.common.notices import links
from rapporteur.common.notices.letters import Letter, as_html, as_text
from rapporteur.common.notices.models import Notice
from rapporteur.common.notices.recipients import address_of
from rapporteur.common.notices.registry import notice_kind

logger = logging.getLogger(__name__)

State = Notice.State
# A mail that a server refuses is tried again after these pauses, then given up.
PAUSES = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
    timedelta(days=1),
)
# One account gets no more in a day; what is more waits.
MOST_A_DAY = 20
# One pass sends no more, so that no mail server is flooded; the next pass is a minute away.
MOST_A_PASS = 200
# What a mail server says when it has not taken a mail. Any other fault leaves that open.
REFUSALS = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
)


class Outcome(StrEnum):
    """What became of one notice in one attempt."""

    SENT = "sent"
    LATER = "later"
    GIVEN_UP = "given up"
    NOT_KNOWN = "not known"
    DROPPED = "dropped"
    # Sent, begun or dropped by somebody else.
    TAKEN = "taken"


def notify(
    *,
    key: str,
    kind: str,
    account: Any,
    letter: Letter,
    at: datetime,
    about: str = "",
    queue: bool = True,
) -> bool:
    """Store one notice in the current transaction; return ``False`` where its key is told already.

    After the commit a job sends it (``queue``), else whoever calls ``deliver_waiting`` next. Mail
    never fails the request: what cannot be sent waits and is tried again.

    ``about`` names what the stop link stops, as the kind's functions take it.
    """
    with transaction.atomic():
        notice, made = Notice.objects.get_or_create(
            key=key,
            defaults={
                "kind": kind,
                "about": about,
                "account": account,
                "language": letter.language,
                "letter": letter.as_json(),
                "made_at": at,
                "due_at": at,
            },
        )
        if made and queue:
            # Not functools.partial: Django names what failed by an attribute that it lacks.
            transaction.on_commit(lambda: queue_delivery(notice.pk), robust=True)
    return made


def queue_delivery(pk: int) -> None:
    from rapporteur.common.notices.tasks import deliver_notice

    deliver_notice(pk)


def deliver_waiting(*, at: datetime, most: int = MOST_A_PASS) -> Counter[Outcome]:
    """Send what waits and is due, oldest first; return how many had which outcome."""
    due = Notice.objects.filter(state=State.WAITING, due_at__lte=at).order_by("due_at", "pk")
    outcomes: Counter[Outcome] = Counter()
    for pk in list(due.values_list("pk", flat=True)[:most]):
        outcomes[deliver(pk, at=at)] += 1
    return outcomes


def deliver(pk: int, *, at: datetime) -> Outcome:
    """Send one notice, unless somebody else does, nobody wants it, or its reader had enough.

    Outside of any transaction: the row says ``sending`` before the mail server is spoken to, so
    that a process killed in between never sends the mail a second time.
    """
    waiting = Notice.objects.filter(pk=pk, state=State.WAITING, due_at__lte=at)
    notice = waiting.select_related("account").first()
    if notice is None:
        return Outcome.TAKEN
    kind = notice_kind(notice.kind)
    address = address_of(notice.account)
    if not address or kind is None or not kind.wanted(notice.about):
        done = waiting.update(state=State.DROPPED, letter={})
        return Outcome.DROPPED if done else Outcome.TAKEN
    if had_enough(notice.account_id, at=at):
        waiting.update(due_at=at + timedelta(hours=1))
        return Outcome.LATER
    if not waiting.update(state=State.SENDING, begun_at=at, attempts=F("attempts") + 1):
        return Outcome.TAKEN
    return send(notice, address, at=at)


def had_enough(account_id: int, *, at: datetime) -> bool:
    """Return whether the account got as many mails within a day as one account gets."""
    begun = Q(account_id=account_id, begun_at__gt=at - timedelta(days=1))
    return Notice.objects.filter(begun, state__in=(State.SENT, State.SENDING)).count() >= MOST_A_DAY


def send(notice: Notice, address: str, *, at: datetime) -> Outcome:
    """Hand a notice that this process has claimed to the mail server, and note what came of it."""
    claimed = Notice.objects.filter(pk=notice.pk, state=State.SENDING)
    message = message_of(notice, address)
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        return refused(notice, error, at=at)
    try:
        message.connection = connection
        message.send()
    except REFUSALS as error:
        return refused(notice, error, at=at)
    except OSError as error:
        # The server went away in the middle: the mail may have left, so it is not sent again.
        logger.exception("Whether notice %s was sent is not known", notice.pk)
        claimed.update(fault=type(error).__name__)
        return Outcome.NOT_KNOWN
    finally:
        connection.close()
    claimed.update(state=State.SENT, sent_at=at, letter={}, fault="")
    return Outcome.SENT


def refused(notice: Notice, error: Exception, *, at: datetime) -> Outcome:
    """Note that the mail server did not take the mail; try again later, or give it up."""
    logger.warning("Notice %s could not be sent: %s", notice.pk, type(error).__name__)
    claimed = Notice.objects.filter(pk=notice.pk, state=State.SENDING)
    fault = type(error).__name__
    if notice.attempts >= len(PAUSES):
        claimed.update(state=State.FAILED, fault=fault)
        return Outcome.GIVEN_UP
    claimed.update(state=State.WAITING, due_at=at + PAUSES[notice.attempts], fault=fault)
    return Outcome.LATER


def try_failed_again(*, at: datetime) -> int:
    """Let what was given up wait once more; return how many."""
    failed = Notice.objects.filter(state=State.FAILED)
    return failed.update(state=State.WAITING, due_at=at, attempts=0)


def message_of(notice: Notice, address: str) -> EmailMultiAlternatives:
    """Return the mail: both forms of the letter, and the headers that stop it with one click.

    Source: RFC 2369 and RFC 8058 (List-Unsubscribe), RFC 3834 (Auto-Submitted).
    """
    letter = Letter.from_json(notice.letter)
    foot: list[tuple[str, str]] = []
    headers = {"Auto-Submitted": "auto-generated", "Message-ID": message_id(notice.key)}
    if notice.about:
        stop = links.stop_link(notice.kind, notice.about, notice.language)
        headers["List-Unsubscribe"] = f"<{stop}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        with override(notice.language):
            foot = [(_("Stop these mails:"), stop)]
    message = EmailMultiAlternatives(
        letter.subject, as_text(letter, foot=foot), to=[address], headers=headers
    )
    message.attach_alternative(as_html(letter, foot=foot), "text/html")
    return message


def message_id(key: str) -> str:
    """Return the same mail number for the same key: mail programs show a repeat once."""
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    host = urlsplit(links.site_address()).hostname
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<notice-{digest}@{host or sender}>"
