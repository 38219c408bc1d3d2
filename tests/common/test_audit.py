from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, transaction

from rapporteur.common.audit import GENESIS, record_event, verify_trail
from rapporteur.common.models import AuditEvent, AuditHead

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


def test_events_are_chained_from_the_first():
    first = record_event("room.thing.done", by=None, at=AT, details={"é": [1, None]})
    second = record_event("room.thing.undone", by=None, at=AT)

    assert (first.sequence, first.previous_digest) == (1, GENESIS)
    assert (second.sequence, second.previous_digest) == (2, first.digest)
    assert verify_trail().broken_at is None
    assert verify_trail().rows == 2


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_refuses_to_change_the_trail(act):
    record_event("room.thing.done", by=None, at=AT)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        getattr(AuditEvent.objects.all(), act)(**({"verb": "x"} if act == "update" else {}))

    assert AuditEvent.objects.get().verb == "room.thing.done"


def test_a_row_inserted_beside_the_chain_shows():
    record_event("room.thing.done", by=None, at=AT)
    AuditEvent.objects.create(
        sequence=2, at=AT, verb="forged", previous_digest="a" * 64, digest="b" * 64
    )

    assert verify_trail().broken_at == 2


def test_a_row_cut_off_at_the_end_shows():
    record_event("room.thing.done", by=None, at=AT)
    AuditHead.objects.update(sequence=2, digest="c" * 64)

    assert verify_trail().broken_at == 2


def test_an_event_goes_with_its_transaction():
    def fail_after_recording():
        with transaction.atomic():
            record_event("room.thing.done", by=None, at=AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()

    assert AuditEvent.objects.count() == 0
