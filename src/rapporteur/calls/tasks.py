"""Jobs of the worker: send letters, close calls at their time."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from rapporteur.calls.actions import keeping, posting


@db_task()
def deliver_letter(pk: int) -> None:
    posting.deliver(pk, at=timezone.now())


@db_periodic_task(crontab(minute="*"))
def deliver_waiting_letters() -> None:
    posting.deliver_waiting(at=timezone.now())


@db_periodic_task(crontab(minute="*"))
def close_due_calls() -> None:
    keeping.close_due_calls(at=timezone.now())
