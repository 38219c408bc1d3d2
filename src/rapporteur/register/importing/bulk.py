"""Rows into tables in bulk: COPY on PostgreSQL, prepared inserts on SQLite."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models

ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def on_postgresql() -> bool:
    return connection.vendor == "postgresql"


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows whose values are as ``prepared`` returns them."""
    if not rows:
        return
    quoted = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if on_postgresql():
            lines = "".join(["\t".join([copied(value) for value in row]) + "\n" for row in rows])
            with cursor.cursor.copy(f'COPY "{table}" ({quoted}) FROM STDIN') as copy:
                copy.write(lines)
            return
        marks = ", ".join(["?"] * len(columns))
        # The driver's own cursor: Django's would rewrite the statement for every batch.
        inner = cursor.cursor
        super(type(inner), inner).executemany(
            f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})',  # noqa: S608 our own names
            rows,
        )


def copied(value: Any) -> str:
    """Return a value in the text form of COPY. The driver's own way costs a few times as much."""
    if isinstance(value, str):
        if "\\" in value:
            value = value.replace("\\", "\\\\")
        if "\n" in value or "\t" in value or "\r" in value:
            value = value.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
        return value
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date) else str(value)


def prepared(value: Any) -> Any:
    """Return a value as ``insert_rows`` takes it: JSON as text, moments as the database's."""
    if isinstance(value, (dict, list)):
        return ENCODE(value)
    if on_postgresql():
        return value
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value


def defaults_of(model: type[models.Model]) -> dict[str, Any]:
    """Return the prepared default of each column of a model, by the column's name."""
    found: dict[str, Any] = {}
    for item in model._meta.concrete_fields:
        value = item.get_default() if item.has_default() else None
        if value is None and not item.null and item.empty_strings_allowed:
            value = ""
        found[str(item.column)] = prepared(value)
    return found


def new_keys(model: type[models.Model], count: int, last: int = 0) -> list[int]:
    """Return keys for new rows of a model. ``last``: the largest given out in this transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if on_postgresql():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
    first = max(last, row[0] if row else 0) + 1
    return list(range(first, first + count))


def check_links() -> None:
    """Have the links of the rows written so far checked now, not all of them at the end.

    PostgreSQL keeps a note in memory of each link that it has yet to check.
    """
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def listed(values: Iterable[Any]) -> Any:
    """Return a list as one parameter of a query: an array, on SQLite JSON."""
    values = list(values)
    return values if on_postgresql() else json.dumps(values, ensure_ascii=False)
