"""Noting what changed, and having this host's index brought up to it."""

from __future__ import annotations

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import connection, transaction

from rapporteur.search import index, log
from rapporteur.search.following import follow, rebuild
from rapporteur.search.models import Change
from rapporteur.search.tasks import follow_log

__all__ = ["follow", "note_change", "note_changes", "note_span", "rebuild"]

logger = logging.getLogger(__name__)

# A request that changed something waits this long for another writer; then the follower does it.
PATIENCE_OF_A_REQUEST = 5.0


def note_change(kind: str, key: object) -> None:
    """Note, in the current transaction, that a record changed, came or went. One query."""
    note_changes(kind, [key])


def note_changes(kind: str, keys: Iterable[object]) -> None:
    """Note, in the current transaction, that these records of a kind changed. One query."""
    changes = [Change(kind=kind, key=str(key)) for key in keys]
    if not changes:
        return
    Change.objects.bulk_create(changes, batch_size=2000)
    bring_up_after_commit()


def note_span(kind: str, first: int, last: int) -> None:
    """Note, in the current transaction, that records with these numbers as keys came or changed.

    One row of the log for all of them, from the first to the last (both included): what an import
    of very many new rows notes. A number within that has no record, or one that did not change,
    does no harm.
    """
    if last < first:
        return
    Change.objects.create(kind=kind, key=log.span_of(first, last))
    bring_up_after_commit()


def bring_up_after_commit() -> None:
    """Bring the index up to date once the current transaction is stored; asked once for it."""
    if all(call[1] is not after_commit for call in connection.run_on_commit):
        transaction.on_commit(after_commit, robust=True)


def after_commit() -> None:
    """Bring this host's index up to date, here or through a job (``SEARCH_FOLLOW``).

    Never fails the request that changed something: what is not applied now stays in the log, and
    the next pass applies it.
    """
    if index.current_folder() is None:
        return
    if settings.SEARCH_FOLLOW == "job":
        follow_log()
        return
    try:
        follow(patience=PATIENCE_OF_A_REQUEST)
    except index.Busy:
        logger.info("The search index is being written; the next pass brings it up to date.")
