"""A register of made-up activities for the benchmarks: published rows, put in without an import."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.activities import HEADER, activities

AT = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
BATCH = 2_000
GROUPS = {
    "Government": "stakeholder:governments",
    "Private Sector": "stakeholder:private-sector",
    "Civil Society": "stakeholder:civil-society",
    "International Organization": "stakeholder:international-organizations",
    "Academia": "stakeholder:academia",
    "Technical Community": "stakeholder:technical-community",
}


def content_of(row: tuple[str, ...]) -> dict[str, Any]:
    """Return what a row says, as a version of an activity stores it."""
    cells = dict(zip(HEADER, row, strict=True))
    content: dict[str, Any] = {
        "title": cells["title"],
        "description": cells["description"],
        "language": cells["language"],
        "kind": cells["kind"],
        "status": cells["status"],
        "organization": cells["entity"],
        "stakeholder_group": GROUPS[cells["entity_type"]],
        "coverage": "countries" if cells["country"] else "",
        "countries": cells["country"].split(";") if cells["country"] else [],
        "starts": cells["year"],
        "action_lines": cells["action_line"].split(";"),
        "sdgs": [f"SDG{goal}" for goal in cells["sdg"].split(";")],
        "links": [{"url": cells["url"]}] if cells["url"] else [],
    }
    return {name: value for name, value in content.items() if value}


def fill(count: int) -> None:
    """Publish so many activities in the current database, 2,000 in a transaction."""
    from django.db import transaction
    from django.db.models import Max

    from rapporteur.register.models import Activity, Version

    rows = activities(count)
    newest = [model.objects.aggregate(pk=Max("pk"))["pk"] or 0 for model in (Activity, Version)]
    number = max(newest)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            publish(batch, first=number + 1)
        number += len(batch)


def publish(batch: list[tuple[str, ...]], *, first: int) -> None:
    from rapporteur.register.models import Activity, Version

    contents = [content_of(row) for row in batch]
    numbers = range(first, first + len(batch))
    Activity.objects.bulk_create(
        [
            Activity(
                pk=number,
                state="draft",
                title=content["title"],
                language=content["language"],
                kind=content["kind"],
                status=content["status"],
                coverage=content.get("coverage", ""),
                organization_name=content["organization"],
                start_year=int(content["starts"]),
                created_at=AT,
                published_at=AT,
                updated_at=AT,
                confirmed_at=AT if number % 3 == 0 else None,
            )
            for number, content in zip(numbers, contents, strict=True)
        ]
    )
    Version.objects.bulk_create(
        [
            Version(
                pk=number,
                activity_id=number,
                number=1,
                state="published",
                content=content,
                digest=hashlib.sha256(json.dumps(content).encode()).hexdigest(),
                origin="import",
                made_at=AT,
                saved_at=AT,
            )
            for number, content in zip(numbers, contents, strict=True)
        ]
    )
    from django.db.models import F

    Activity.objects.filter(pk__gte=first, pk__lt=first + len(batch)).update(
        state="published", published_version=F("pk")
    )


def entries(path: Path) -> Iterator[Any]:
    """Yield the entries of the rows in the peer's file, as the register would give them.

    For sizes at which filling the database too would take longer than all the rest.
    """
    from django.utils import timezone

    from rapporteur.register.searchables import entry_of, groups_now

    groups, today = groups_now(), timezone.localdate()
    names = ", ".join(HEADER)
    with closing(sqlite3.connect(path)) as database:
        for row in database.execute(f"SELECT {names} FROM activities ORDER BY rowid"):  # noqa: S608
            content = content_of(row)
            number = int(row[0])
            yield entry_of(
                (
                    number,
                    "published",
                    content["title"],
                    content["language"],
                    int(content["starts"]),
                    AT if number % 3 == 0 else None,
                    None,
                    AT,
                    None,
                    content["organization"],
                    content,
                ),
                groups=groups,
                today=today,
            )
