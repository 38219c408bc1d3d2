"""Published activities as rows of an export, streamed from the database."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from rapporteur.register.choices import ActivityState
from rapporteur.register.exporting.columns import cells_of
from rapporteur.register.models import Activity
from rapporteur.register.searchables import standing_of

BATCH = 2000
READ = (
    "pk",
    "gaps",
    "source_name",
    "source_key",
    "source_link",
    "created_at",
    "published_at",
    "updated_at",
    "confirmed_at",
    "stale_on",
    "published_version__number",
    "published_version__content",
)


def published() -> QuerySet[Activity]:
    return Activity.objects.filter(state=ActivityState.PUBLISHED).order_by("pk")


def all_rows(*, site: str) -> Iterator[list[Any]]:
    """Yield the cells of every published activity, by number: one query, one moment.

    ``site`` is what the addresses begin with (``https://example.org``).
    """
    today = timezone.localdate()
    for row in published().values_list(*READ).iterator(chunk_size=BATCH):
        yield _cells(row, site, today)


def rows_of(keys: Iterable[str], *, site: str) -> Iterator[list[Any]]:
    """Yield the cells of those of these activities that are published, in the order of the keys.

    One query for every 2,000.
    """
    today = timezone.localdate()
    numbers = (int(key) for key in keys)
    while batch := list(itertools.islice(numbers, BATCH)):
        found = {row[0]: row for row in published().filter(pk__in=batch).values_list(*READ)}
        for number in batch:
            if number in found:
                yield _cells(found[number], site, today)


def _cells(row: tuple[Any, ...], site: str, today: date) -> list[Any]:
    values = dict(zip(READ, row, strict=True))
    content = values["published_version__content"]
    record = {
        "number": values["pk"],
        "version": values["published_version__number"],
        "address": f"{site}/activities/{values['pk']}",
        "gaps": values["gaps"] or None,
        "standing": str(standing_of(values["confirmed_at"], values["stale_on"], today)),
        "source_name": values["source_name"] or None,
        "source_key": values["source_key"] or None,
        "source_link": values["source_link"] or None,
        "created_at": values["created_at"],
        "published_at": values["published_at"],
        "updated_at": values["updated_at"],
        "confirmed_at": values["confirmed_at"],
    }
    return cells_of(content, record)
