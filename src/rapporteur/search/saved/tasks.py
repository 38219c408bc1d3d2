"""The job that tells the digests: hourly from five in the morning (UTC), so that none is missed.

A digest that is told is not due again; a worker that was down at five tells it later that day.
"""

from __future__ import annotations

import logging

from django.utils import timezone
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from rapporteur.common.notices.actions import deliver_waiting
from rapporteur.search import index
from rapporteur.search.saved import digests

logger = logging.getLogger(__name__)


@db_periodic_task(crontab(minute="10", hour="5-23"))
def tell_digests() -> None:
    now = timezone.now()
    try:
        digests.tell_all(at=now)
    except index.NoIndex:
        logger.error("No search index on this host: no digest can be told")
        return
    deliver_waiting(at=now)
