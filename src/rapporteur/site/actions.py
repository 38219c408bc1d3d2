"""Reporting an error and answering it."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Conflict
from rapporteur.site import queries
from rapporteur.site.models import ErrorReport

logger = logging.getLogger(__name__)

# Without letters and digits that are taken for one another when read aloud.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_reference() -> str:
    """Return a reference like ``K7QM-3XPD`` (31 to the power of 8: not to be guessed)."""
    letters = [secrets.choice(ALPHABET) for _place in range(8)]
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def report_error(
    *,
    token: str,
    text: str,
    at: datetime,
    page: str = "",
    subject: str = "",
    email: str = "",
    language: str = "en",
    by: Any | None = None,
) -> ErrorReport:
    """Store one report and return it; the same ``token`` again returns the report it made.

    ``page`` is a path of this site or empty. ``by`` is an account or ``None``.
    """
    made = queries.report_with_token(token)
    if made is not None:
        return made
    try:
        with transaction.atomic():
            report = ErrorReport.objects.create(
                reference=new_reference(),
                form_token=token,
                page=page,
                subject=subject,
                text=text,
                email=email,
                language=language,
                reported_by=by,
                reported_at=at,
            )
            record_event("site.error.reported", by=by, at=at, target=report)
    except IntegrityError:
        # Two tabs or a retry raced: the constraint decided, and the first one counts.
        made = queries.report_with_token(token)
        if made is None:
            raise
        return made
    return report


@transaction.atomic
def answer_report(
    *, report: ErrorReport, state: str, answer: str, by: Any, at: datetime, link: str
) -> ErrorReport:
    """Close a report with an answer, and send it once the answer is stored.

    ``state`` is one of the closed states. ``link`` is the full address of the report's page.

    Raises:
        Conflict: somebody answered it before.
    """
    held = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_open:
        raise Conflict(
            _("Somebody else has answered this report already. Their answer is shown below.")
        )
    held.state, held.answer = state, answer
    held.answered_by, held.answered_at = by, at
    held.save()
    record_event("site.error.answered", by=by, at=at, target=held, details={"state": state})
    transaction.on_commit(lambda: send_answer(report=held, at=at, link=link))
    return held


def send_answer(*, report: ErrorReport, at: datetime, link: str) -> bool:
    """Send the answer by e-mail and erase the address; return whether nothing waits any more.

    An answer that could not be sent keeps its address, so that it can be sent again.
    """
    if not report.waits_for_mail:
        return True
    with override(report.language):
        body = _(
            "You reported an error on a page of %(site)s (reference %(reference)s).\n\n"
            "The secretariat's decision: %(state)s\n\n%(answer)s\n\n"
            "The page of your report: %(link)s\n"
        ) % {
            "site": settings.SITE_NAME,
            "reference": report.reference,
            "state": report.get_state_display(),
            "answer": report.answer,
            "link": link,
        }
        subject = _("Answer to your report %(reference)s") % {"reference": report.reference}
    try:
        EmailMessage(subject, body, to=[report.email]).send()
    except OSError:  # the mail server is away; smtplib's errors are of this kind too
        logger.exception("The answer to an error report could not be sent")
        return False
    report.email, report.answer_sent_at = "", at
    report.save(update_fields=["email", "answer_sent_at"])
    return True
