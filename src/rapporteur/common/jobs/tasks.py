"""Jobs of the worker: run one, and every minute look for those whose worker is gone."""

from __future__ import annotations

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from rapporteur.common.jobs import actions


@db_task()
def run_job(pk: int) -> None:
    actions.run(pk)


@db_periodic_task(crontab(minute="*"))
def take_up_left_jobs() -> None:
    actions.take_up_left(at=timezone.now())
