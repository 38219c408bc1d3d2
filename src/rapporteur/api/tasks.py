"""The jobs of the API."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from rapporteur.api.once import forget_old_keys


@db_periodic_task(crontab(hour="3", minute="20"))
def forget_old_keys_every_night() -> None:
    forget_old_keys(at=timezone.now())
