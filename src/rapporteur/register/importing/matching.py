"""Which records of the register the rows of a batch are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from rapporteur.register.choices import ActivityState, Origin
from rapporteur.register.importing.bulk import insert_rows, listed, on_postgresql
from rapporteur.register.models import Activity, Version

CLAIMS = "register_import_claims"
WAYS_LEFT = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin", "enable_material")
# As the partial index of the pair says it: else it is not used.
WITH_KEY = "NOT (a.source_key = '')"
COLUMNS = (
    "a.id, a.source_name, a.source_key, a.state, a.title, a.organization_name, a.created_at, "
    "v.id, v.number, v.digest, v.origin, v.made_at, c.activity"
)


@dataclass(slots=True)
class Held:
    """A record that a row may be. ``claimed``: an earlier row of the same file was it already."""

    pk: int
    key: str
    state: str = ActivityState.PUBLISHED.value
    title: str = ""
    organization: str = ""
    created_at: datetime | None = None
    version_pk: int = 0
    number: int = 0
    digest: str = ""
    origin: str = Origin.IMPORT.value
    claimed: bool = False


def open_claims() -> None:
    """Make the place for the keys of records that this file's rows were, for the transaction."""
    with connection.cursor() as cursor:
        if on_postgresql():
            # The planner knows nothing of the rows that this very transaction writes: each key is
            # looked up in its index, however many there are.
            for way in WAYS_LEFT:
                cursor.execute(f"SET LOCAL {way} = off")
            cursor.execute(
                f"CREATE TEMPORARY TABLE {CLAIMS} (activity bigint PRIMARY KEY) ON COMMIT DROP"
            )
        else:
            cursor.execute(f"DROP TABLE IF EXISTS temp.{CLAIMS}")
            cursor.execute(f"CREATE TEMPORARY TABLE {CLAIMS} (activity integer PRIMARY KEY)")


def close_claims() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {CLAIMS}")
        if on_postgresql():
            for way in WAYS_LEFT:
                cursor.execute(f"SET LOCAL {way} = on")


def claim(keys: Iterable[int]) -> None:
    """Note that rows of this file were these records, as they stand."""
    insert_rows(CLAIMS, ("activity",), [(key,) for key in dict.fromkeys(keys)])


def by_source_keys(source: str, keys: Sequence[str], *, at: datetime) -> list[Held]:
    """Return the records of a source with these keys. One query."""
    return _found(
        f"a.source_name = %s AND a.source_key = k.wanted AND {WITH_KEY}", listed(keys), [source], at
    )


def by_numbers(numbers: Sequence[int], *, at: datetime) -> list[Held]:
    """Return the records with these numbers. One query."""
    return _found("a.id = k.wanted", listed(numbers), [], at, of="bigint")


def occurrences(source: str, key: str, *, at: datetime) -> list[Held]:
    """Return the records of a source that have one identity: ``key``, ``key#2``, ``key#3`` …"""
    condition = f"a.source_name = %s AND a.source_key >= %s AND a.source_key < %s AND {WITH_KEY}"
    later = _found(condition, listed([""]), [source, f"{key}#", f"{key}$"], at)
    return [*by_source_keys(source, [key], at=at), *later]


def _found(
    condition: str, wanted: Any, values: list[Any], at: datetime, *, of: str = "text"
) -> list[Held]:
    """Return the records that meet a condition for one of the wanted values (``k.wanted``).

    Each value is looked up by itself (OFFSET 0): the planner, who knows nothing of the rows that
    this transaction wrote, would else go through all of a source's for every batch.
    """
    table = Activity._meta.db_table
    if on_postgresql():
        records = (
            f"unnest(%s::{of}[]) AS k(wanted) CROSS JOIN LATERAL "  # noqa: S608 our own names
            f"(SELECT * FROM {table} a WHERE {condition} OFFSET 0) AS a"
        )
    else:
        records = (
            "(SELECT value AS wanted FROM json_each(%s)) AS k "  # noqa: S608 our own names
            f"CROSS JOIN {table} a ON {condition}"
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS} FROM {records} "  # noqa: S608 our own names
            f"LEFT JOIN {Version._meta.db_table} v ON v.id = a.published_version_id "
            f"LEFT JOIN {CLAIMS} c ON c.activity = a.id",
            [wanted, *values],
        )
        rows = cursor.fetchall()
    return [_held(row, at) for row in rows]


def _held(row: Sequence[Any], at: datetime) -> Held:
    pk, _source, key, state, title, organization, created, version_pk, number = row[:9]
    digest, origin, made_at, claimed = row[9:]
    return Held(
        pk=pk,
        key=key,
        state=state,
        title=title,
        organization=organization,
        created_at=_moment(created),
        version_pk=version_pk or 0,
        number=number or 0,
        digest=digest or "",
        origin=origin or "",
        claimed=claimed is not None or (made_at is not None and _moment(made_at) == at),
    )


def _moment(value: Any) -> datetime | None:
    """Return a moment that a plain query gave: aware on PostgreSQL, text or naive UTC on SQLite."""
    from datetime import UTC

    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if value is not None and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def last_imported(pks: Sequence[int]) -> dict[int, str]:
    """Return the digest of the last version that an import made of each record. One query."""
    rows = Version.objects.filter(activity_id__in=pks, origin=Origin.IMPORT).order_by("number")
    return dict(rows.values_list("activity_id", "digest"))
