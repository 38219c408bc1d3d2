"""What the database is given in one go is what it gives back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.register.importing.bulk import insert_rows, on_postgresql

# What PostgreSQL cannot hold is refused before (``content.has_refused_signs``).
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@pytest.fixture
def scratch(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE scratch (place integer, words text, flag boolean, day date, "
            "moment timestamp with time zone)"
            if on_postgresql()
            else "CREATE TEMPORARY TABLE scratch (place, words, flag, day, moment)"
        )
    yield "scratch"
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE scratch")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(TEXTS, min_size=1, max_size=6))
def test_texts_come_back_as_they_were(scratch, words):
    insert_rows(scratch, ["place", "words"], [(at, text) for at, text in enumerate(words)])

    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM scratch ORDER BY place")
        found = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM scratch")
    assert found == words


@pytest.mark.skipif("sqlite" in connection.vendor, reason="SQLite has no types of its own")
def test_other_values_come_back_as_they_were(scratch):
    moment = datetime(2026, 3, 1, 9, 30, 5, 123456, tzinfo=UTC)
    rows = [(1, "\\N", True, date(2026, 3, 1), moment), (2, None, False, None, None)]

    insert_rows(scratch, ["place", "words", "flag", "day", "moment"], rows)

    with connection.cursor() as cursor:
        cursor.execute("SELECT place, words, flag, day, moment FROM scratch ORDER BY place")
        assert cursor.fetchall() == rows
