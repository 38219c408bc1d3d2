"""Jobs of the worker: bring its host's index up to the log, when told and every minute."""

from __future__ import annotations

import logging

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, db_task

from rapporteur.search import following, index

logger = logging.getLogger(__name__)


@db_task()
def follow_log() -> None:
    try:
        following.follow()
    except index.Busy:
        logger.info("The search index is being written; the next pass brings it up to date.")


@db_periodic_task(crontab(minute="*"))
def follow_log_every_minute() -> None:
    follow_log.call_local()
