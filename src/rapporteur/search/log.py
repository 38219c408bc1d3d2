"""Reading the change log so that no published change is ever missed.

A position is a number: everything before it has been applied. What it counts depends on the
database. On SQLite one writer at a time commits, so rows become visible in the order of their keys,
and a position is a key. On PostgreSQL keys are given before the commit, and a long transaction may
show small keys late; there a position is a transaction number, and the log is read only up to the
oldest transaction that is still open. A long transaction delays what comes after it and hides
nothing.

A database restored into another server may count transactions from a smaller number: a position
ahead of the server is told apart (``is_ahead``) and the index is built anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Max, Min, QuerySet

from rapporteur.search.models import Change

# Stands between the first and the last number of a span of keys.
SPAN = ".."

# The oldest transaction still open, or the next one to be given where none is. The server counts
# transactions of all its databases together; one that is known to run in another database cannot
# write our log and is passed over. One whose database is not known counts as ours.
OLDEST_OPEN = """
SELECT coalesce(
  (SELECT min(open::text::bigint) FROM pg_snapshot_xip(snapshot) AS open
   WHERE NOT EXISTS (
     SELECT 1 FROM pg_stat_activity AS other
     WHERE other.backend_xid = open::xid AND other.datname <> current_database())),
  pg_snapshot_xmax(snapshot)::text::bigint)
FROM pg_current_snapshot() AS snapshot
"""


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def horizon() -> int:
    """Return the position up to which the log is settled at this moment (excluded)."""
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute(OLDEST_OPEN)
            return int(cursor.fetchone()[0])
    newest: int | None = Change.objects.aggregate(newest=Max("pk"))["newest"]
    return (newest or 0) + 1


def is_ahead(position: int) -> bool:
    """Return whether the position lies beyond anything that this database has counted."""
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            return position > int(cursor.fetchone()[0])
    return position > horizon()


def changes_between(start: int, end: int) -> QuerySet[Change]:
    """Return the changes from one position (included) to another (excluded), oldest first."""
    if on_postgresql():
        rows = Change.objects.filter(transaction__gte=start, transaction__lt=end)
        return rows.order_by("transaction", "pk")
    return Change.objects.filter(pk__gte=start, pk__lt=end).order_by("pk")


def count_between(start: int, end: int) -> int:
    """Return how many records the changes between two positions stand for, at most."""
    rows = changes_between(start, end).order_by()
    spans = rows.filter(key__contains=SPAN).values_list("key", flat=True)
    return rows.count() + sum(len(numbers_of(key)) for key in spans.iterator())


def numbers_of(key: str) -> range:
    """Return the numbers that a span stands for; those of a key that is none: nothing."""
    first, apart, last = key.partition(SPAN)
    if not apart or not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first), int(last) + 1)


def span_of(first: int, last: int) -> str:
    """Return the key that stands for every number from the first to the last, both included."""
    return f"{first}{SPAN}{last}"


def keys_by_kind(start: int, end: int, *, most: int = 500) -> Iterator[tuple[str, list[str]]]:
    """Yield each kind with keys that changed between two positions, at most so many at a time.

    Each key once, unless a span (``span_of``) holds it too: a span is yielded number by number.
    """
    pairs = changes_between(start, end).order_by("kind", "key").values_list("kind", "key")
    kind = ""
    keys: list[str] = []
    for found, key in pairs.distinct().iterator():
        if keys and (found != kind or len(keys) >= most):
            yield kind, keys
            keys = []
        kind = found
        numbers = numbers_of(key)
        if numbers:
            for place in range(0, len(numbers), most):
                yield kind, [str(number) for number in numbers[place : place + most]]
        else:
            keys.append(key)
    if keys:
        yield kind, keys


@dataclass(frozen=True)
class Waiting:
    """What is in the log after a position: how many changes, and since when the first waits."""

    count: int
    since: datetime | None


def waiting_after(position: int) -> Waiting:
    """Return the changes that a follower at this position has not applied, settled or not."""
    rows = Change.objects.all()
    if on_postgresql():
        rows = rows.filter(transaction__gte=position)
    else:
        rows = rows.filter(pk__gte=position)
    found = rows.aggregate(since=Min("at"))
    return Waiting(rows.count(), found["since"])
