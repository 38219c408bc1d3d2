"""Starting jobs, running them, and taking up those whose worker is gone."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from rapporteur.common.jobs import progress
from rapporteur.common.jobs.models import Job, JobState
from rapporteur.common.jobs.registry import job_kind
from rapporteur.common.refusals import Refusal

logger = logging.getLogger(__name__)
# A worker tells now and then that it lives; after this long without a word it is gone.
SILENCE = timedelta(minutes=5)
ATTEMPTS = 2


def start_job(
    kind: str, *, arguments: dict[str, Any], owner: Any | None, at: datetime, total: int = 0
) -> Job:
    """Make a job; a worker takes it once the current transaction is stored.

    It speaks the language that is active now.
    """
    from rapporteur.common.jobs.tasks import run_job

    job = Job.objects.create(
        kind=kind,
        arguments={**arguments, "language": get_language() or settings.LANGUAGE_CODE},
        owner=owner,
        made_at=at,
        total=total,
    )
    transaction.on_commit(lambda: run_job(job.pk))
    return job


def run(pk: int) -> None:
    """Do a job that waits. Does nothing where another worker has it, or it is over."""
    taken = Job.objects.filter(pk=pk, state=JobState.WAITING).update(
        state=JobState.RUNNING, taken_at=timezone.now(), attempts=models.F("attempts") + 1
    )
    if not taken:
        return
    job = Job.objects.select_related("owner").get(pk=pk)
    progress.note(pk, 0)
    with override(job.arguments.get("language")):
        _do(job)


def _do(job: Job) -> None:
    pk, work = job.pk, job_kind(job.kind)
    try:
        if work is None:
            raise LookupError(job.kind)
        result = work(job, lambda done: progress.note(pk, done))
    except Refusal as refusal:
        _end(pk, JobState.FAILED, message=str(refusal))
    except Exception:
        logger.exception("A job failed: %s %s", pk, job.kind)
        _end(
            pk,
            JobState.FAILED,
            message=_("The work broke off by a fault of this site. Nothing of it was stored."),
        )
    else:
        _end(pk, JobState.DONE, result=result)


def _end(pk: int, state: str, *, message: str = "", result: dict[str, Any] | None = None) -> None:
    Job.objects.filter(pk=pk, state=JobState.RUNNING).update(
        state=state, message=message, result=result or {}, ended_at=timezone.now()
    )
    progress.forget(pk)


def take_up_left(*, at: datetime) -> list[int]:
    """Queue again what a killed worker left, once; what was left twice has failed.

    Returns the jobs (ids) that are queued again, among them those that wait and were never taken.
    """
    from rapporteur.common.jobs.tasks import run_job

    again = []
    before = at - SILENCE
    for job in Job.objects.filter(state=JobState.RUNNING, taken_at__lt=before):
        _done, noted = progress.read(job.pk)
        if noted > before.timestamp():
            continue
        if job.attempts >= ATTEMPTS:
            _end(
                job.pk,
                JobState.FAILED,
                message=_("The work was broken off twice. Nothing of it was stored."),
            )
            continue
        held = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, taken_at=job.taken_at)
        if held.update(state=JobState.WAITING):
            again.append(job.pk)
    waiting = Job.objects.filter(state=JobState.WAITING, made_at__lt=before)
    again += [pk for pk in waiting.values_list("pk", flat=True) if pk not in again]
    for pk in again:
        run_job(pk)
    return again
