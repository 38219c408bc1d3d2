"""What the pages look up, and the words that they share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from rapporteur.calls.choices import CallState
from rapporteur.calls.models import Call, Response
from rapporteur.calls.queries.calls import all_calls, public_calls
from rapporteur.calls.queries.responses import written_responses
from rapporteur.calls.rules import is_open, may_keep_calls
from rapporteur.site.templatetags.rapporteur import locale


def find_call(request: HttpRequest, slug: str) -> Call:
    """Return a call that the visitor may know of, or raise 404. Drafts are the secretariat's."""
    rows = all_calls() if may_keep_calls(request.user) else public_calls()
    related = rows.select_related("mandate__document", "stakeholder_group__scheme")
    return get_object_or_404(related, slug=slug)


def find_written(request: Any, pk: int) -> Response:
    """Return a response that the person writes, or raise 404: to others there is none."""
    return get_object_or_404(written_responses(by=request.user), pk=pk)


def saved_words(moment: datetime, *, now: datetime) -> str:
    """Return when something was saved, as a sentence."""
    local = timezone.localtime(moment)
    time = f"{format_time(local, 'HH:mm', locale=locale())} {local.tzname()}"
    if local.date() == timezone.localtime(now).date():
        return _("Saved at %(time)s.") % {"time": time}
    day = format_date(local.date(), format="long", locale=locale())
    return _("Saved on %(day)s at %(time)s.") % {"day": day, "time": time}


def zone_words(moment: datetime, zone: str) -> str:
    """Return a moment in words on the clock of a zone: ``moment`` is local to it already."""
    return f"{format_datetime(moment, 'd MMMM y, HH:mm', locale=locale())} ({zone})"


def call_facts(call: Call) -> dict[str, Any]:
    """Return what pages say of a call's times."""
    now = timezone.now()
    return {
        "call": call,
        "open_now": is_open(call, at=now),
        "not_yet": call.opens_at > now or call.state == CallState.DRAFT,
        "opens_words": zone_words(call.opens_local, call.zone),
        "closes_words": zone_words(call.closes_local, call.zone),
        "ended_words": zone_words(call.ended_local, call.zone),
    }
