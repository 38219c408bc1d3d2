"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED_DATA = Path(
    os.environ.get("RAPPORTEUR_SHARED_DATA")
    or Path(__file__).resolve().parents[1].parent / "shared" / "data"
)


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    """Compile the catalogs once, so that pages read alike however the tests are started."""
    if not hasattr(config, "workerinput"):
        from rapporteur.operations.translations import compile_catalogs

        compile_catalogs()


@pytest.fixture(autouse=True)
def english():
    """Start each test in English, and with nothing kept from the test before it."""
    from django.core.cache import cache
    from django.utils import translation

    # Limits are counted by account, and rolled back accounts leave their numbers to the next.
    cache.clear()
    translation.activate("en")
    yield
    translation.activate("en")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real documents and data; skip where it is absent (see CONTRIBUTING)."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"No folder of real documents at {SHARED_DATA} (RAPPORTEUR_SHARED_DATA).")
    return SHARED_DATA


@pytest.fixture(scope="session", autouse=True)
def empty_the_audit_trail_between_tests():
    """Let a transactional test's clean-up delete audit rows on SQLite, which has no TRUNCATE.

    The trigger is taken off for the clean-up alone and put back by the same batch of statements.
    """
    from django.db.backends.sqlite3.base import DatabaseOperations

    original = DatabaseOperations.sql_flush

    def sql_flush(self, style, tables, **options):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
                " AND tbl_name = 'common_auditevent'"
            )
            triggers = cursor.fetchall()
        taken_off = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        put_back = [sql for _name, sql in triggers]
        return [*taken_off, *original(self, style, tables, **options), *put_back]

    DatabaseOperations.sql_flush = sql_flush
    yield
    DatabaseOperations.sql_flush = original
