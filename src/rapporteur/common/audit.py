"""Write the audit trail, read it, and prove that nobody changed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction

from rapporteur.common.models import AuditEvent, AuditHead

GENESIS = "0" * 64


def digest_of(
    *,
    previous: str,
    sequence: int,
    at: datetime,
    verb: str,
    by_id: int | None,
    target_kind: str,
    target_key: str,
    details: dict[str, Any],
) -> str:
    """Return the SHA-256 (hexadecimal) of one row's content and the previous row's digest."""
    content = json.dumps(
        [previous, sequence, at.timestamp(), verb, by_id, target_kind, target_key, details],
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode()).hexdigest()


def record_event(
    verb: str,
    *,
    by: Any | None,
    at: datetime,
    target: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event to the trail, in the caller's transaction.

    ``verb`` is ``room.thing.done`` (``library.document.published``). ``by`` is an account, or
    ``None`` for the command line and jobs. ``at`` is aware. ``details`` is JSON and holds no
    private value: field names that changed, counts, symbols.
    """
    with transaction.atomic():
        head, _created = AuditHead.objects.select_for_update().get_or_create(
            pk=1, defaults={"digest": GENESIS}
        )
        by_id = by.pk if by is not None and getattr(by, "is_authenticated", True) else None
        values: dict[str, Any] = {
            "sequence": head.sequence + 1,
            "at": at,
            "verb": verb,
            "by_id": by_id,
            "target_kind": target._meta.label_lower if target is not None else "",
            "target_key": str(target.pk) if target is not None else "",
            "details": details or {},
        }
        digest = digest_of(previous=head.digest, **values)
        event = AuditEvent.objects.create(**values, previous_digest=head.digest, digest=digest)
        head.sequence, head.digest = event.sequence, digest
        head.save()
    return event


@dataclass(frozen=True)
class TrailReport:
    """What checking the trail found: how many rows, and the first broken one (``None``: sound)."""

    rows: int
    broken_at: int | None


def verify_trail() -> TrailReport:
    """Recompute every digest from the first row to the last and compare it with the head."""
    previous, rows = GENESIS, 0
    for event in AuditEvent.objects.order_by("sequence").iterator():
        rows += 1
        expected = digest_of(
            previous=previous,
            sequence=event.sequence,
            at=event.at,
            verb=event.verb,
            by_id=event.by_id,
            target_kind=event.target_kind,
            target_key=event.target_key,
            details=event.details,
        )
        if event.sequence != rows or event.digest != expected or event.previous_digest != previous:
            return TrailReport(rows, event.sequence)
        previous = event.digest
    head = AuditHead.objects.filter(pk=1).first()
    if head is not None and (head.sequence, head.digest) != (rows, previous):
        return TrailReport(rows, head.sequence)
    return TrailReport(rows, None)
