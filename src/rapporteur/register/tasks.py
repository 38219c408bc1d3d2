"""Jobs of the worker: each night, note what turned stale and ask its keepers."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from rapporteur.register import archive
from rapporteur.register.actions import reminding
from rapporteur.register.importing import uploads

# A night that was missed is made up for: noting twice does no harm.
LOOK_BACK = timedelta(days=7)


@db_periodic_task(crontab(hour="2", minute="10"))
def note_turned_entries() -> None:
    now = timezone.now()
    reminding.note_turned(at=now, since=now - LOOK_BACK)


@db_periodic_task(crontab(hour="5", minute="20"))
def ask_keepers_to_confirm() -> None:
    reminding.ask_keepers(at=timezone.now())


@db_periodic_task(crontab(hour="3", minute="30"))
def write_archive() -> None:
    archive.write_archive(at=timezone.now())
    uploads.take_away_old()
