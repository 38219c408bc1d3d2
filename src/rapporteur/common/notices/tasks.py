"""Jobs of the worker: send a notice when told, and every minute what waits."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from rapporteur.common.notices import actions


@db_task()
def deliver_notice(pk: int) -> None:
    actions.deliver(pk, at=timezone.now())


@db_periodic_task(crontab(minute="*"))
def deliver_waiting_notices() -> None:
    actions.deliver_waiting(at=timezone.now())
