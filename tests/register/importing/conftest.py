"""Files to import, and what the tests of imports may use."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rapporteur.register.importing.running import import_file
from tests.factories.register import make_framework

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HEADER = (
    *("id", "title", "entity", "entity_type", "country"),
    *("action_line", "sdg", "year", "description", "url"),
)
FULL = (
    "1",
    "School wells online",
    "Wells Union",
    "Civil Society",
    "Kenya",
    "C7.4",
    "4",
    "2019-2021",
    "Maps the wells.",
    "https://example.org/wells",
)


@pytest.fixture
def framework(db):
    make_framework()


@pytest.fixture
def table(tmp_path):
    """Return what writes a CSV file of rows and returns its path."""

    def write(*rows, header=HEADER, name="rows.csv") -> Path:
        text = io.StringIO()
        writer = csv.writer(text)
        writer.writerow(header)
        writer.writerows(rows)
        path = tmp_path / name
        path.write_text(text.getvalue(), encoding="utf-8")
        return path

    return write


@pytest.fixture
def load(framework):
    """Return what imports a file; each time a minute later."""
    times = iter(range(1000))

    def run(path, **options):
        return import_file(path, at=AT + timedelta(minutes=next(times)), **options)

    return run


def row(**cells: str) -> tuple[str, ...]:
    """Return a full row with some cells replaced."""
    return tuple(cells.get(name, cell) for name, cell in zip(HEADER, FULL, strict=True))


def cells_refused(outcome):
    return [(cell.row, cell.column, cell.value) for cell in outcome.refused]
