"""Make stored rows agree with a file, in a few statements, and count what that took."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

BATCH = 400


@dataclass
class FileCount:
    """What loading one file took. ``retired``: rows that the file no longer has.

    ``refused`` says, one sentence each, which rows were left aside and why. ``touched`` are the
    keys of the rows that were added or changed.
    """

    file: str
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    refused: list[str] = field(default_factory=list)
    touched: set[Any] = field(default_factory=set)

    @property
    def is_change(self) -> bool:
        """Whether anything stored is different now."""
        return bool(self.added or self.changed or self.retired)

    def touch(self, key: Any) -> None:
        """Count an unchanged row as changed, once: something that hangs on it is different."""
        if key not in self.touched:
            self.touched.add(key)
            self.unchanged -= 1
            self.changed += 1

    @property
    def figures(self) -> dict[str, int]:
        """The counts by name, for the audit trail."""
        return {
            "added": self.added,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "retired": self.retired,
            "refused": len(self.refused),
        }


def sync_rows(
    model: type[models.Model],
    *,
    existing: Mapping[Any, Any],
    wanted: Mapping[Any, Mapping[str, Any]],
    at: datetime,
    count: FileCount,
) -> dict[Hashable, Any]:
    """Make the rows of ``model`` agree with ``wanted`` (key → field values); add to ``count``.

    A key without a row is added. A row without a key is retired (``retired_at``) where the model
    has that field, else deleted; both count as retired. A retired row whose key is back returns.
    Returns every wanted row by key, saved. A fixed number of statements per batch of rows.
    """
    retires = any(item.name == "retired_at" for item in model._meta.get_fields())
    manager = model._default_manager
    found: dict[Hashable, Any] = {}
    fresh, changed, fields = [], [], set()
    for key, values in wanted.items():
        row = existing.get(key)
        if row is None:
            row = model(**values)
            fresh.append(row)
            count.touched.add(key)
        else:
            differing = {name for name, value in values.items() if getattr(row, name) != value}
            if retires and row.retired_at is not None:
                values = {**values, "retired_at": None}
                differing.add("retired_at")
            for name in differing:
                setattr(row, name, values[name])
            if differing:
                changed.append(row)
                count.touched.add(key)
                fields |= differing
            else:
                count.unchanged += 1
        found[key] = row
    gone = [row for key, row in existing.items() if key not in wanted]
    if retires:
        gone = [row for row in gone if row.retired_at is None]
        for row in gone:
            row.retired_at = at
        if gone:
            manager.bulk_update(gone, ["retired_at"], batch_size=BATCH)
    elif gone:
        manager.filter(pk__in=[row.pk for row in gone]).delete()
    if fresh:
        manager.bulk_create(fresh, batch_size=BATCH)
    if changed:
        manager.bulk_update(changed, sorted(fields), batch_size=BATCH)
    count.added += len(fresh)
    count.changed += len(changed)
    count.retired += len(gone)
    return found
