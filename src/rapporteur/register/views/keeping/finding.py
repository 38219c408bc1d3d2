"""What the keepers' pages look up, and the words that they share."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date, format_time
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from rapporteur.register.models import Activity, Version
from rapporteur.register.queries.activities import kept_activities, open_version
from rapporteur.site.templatetags.rapporteur import locale


def find_kept(request, pk: int) -> Activity:
    """Return an activity that the person keeps, or raise 404: to others there is none."""
    return get_object_or_404(kept_activities(by=request.user), pk=pk)


def find_open(request, pk: int) -> tuple[Activity, Version | None]:
    """Return a kept activity and its open version, ``None`` where nothing is being written."""
    activity = find_kept(request, pk)
    return activity, open_version(activity)


def clock_words(moment: datetime) -> str:
    """Return a time of the day in words, with its zone: times here are those of one clock."""
    local = timezone.localtime(moment)
    return f"{format_time(local, 'HH:mm', locale=locale())} {local.tzname()}"


def saved_words(moment: datetime, *, now: datetime) -> str:
    """Return when something was saved, as a sentence."""
    if timezone.localtime(moment).date() == timezone.localtime(now).date():
        return _("Saved at %(time)s.") % {"time": clock_words(moment)}
    day = format_date(timezone.localtime(moment).date(), format="long", locale=locale())
    return _("Saved on %(day)s at %(time)s.") % {"day": day, "time": clock_words(moment)}
