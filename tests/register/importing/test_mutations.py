"""Good files with changed bytes: each row is stored or listed, or the file is refused whole."""

from __future__ import annotations

import json
import os
import random
import time

import pytest

from rapporteur.register.importing.running import FileUnreadable
from rapporteur.register.models import Activity
from tests.analysis.tables.files import put, workbook
from tests.analysis.tables.test_hostile import mutated
from tests.register.importing.conftest import HEADER, row

pytestmark = pytest.mark.django_db
# A tenth of what the reader alone is given: each of these is a whole import.
ROUNDS = int(os.environ.get("RAPPORTEUR_MUTATIONS", "300")) // 10
ROWS = [
    row(id=str(number), title=title)
    for number, title in enumerate(("Wells", "Café numérique", "Дорога", "=1+1", "'x"), start=1)
]


def good(form):
    if form == "csv":
        return "".join(",".join(cells) + "\r\n" for cells in (HEADER, *ROWS)).encode()
    if form == "xlsx":
        return workbook((HEADER, *ROWS))
    return "".join(
        json.dumps(dict(zip(HEADER, cells, strict=True)), ensure_ascii=False) + "\n"
        for cells in ROWS
    ).encode()


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_rows_in_are_stored_or_listed(load, tmp_path, form):
    rng = random.Random(f"import {form}")
    outcomes = set()
    for number in range(ROUNDS):
        path = put(tmp_path, f"rows-{number}.{form}", mutated(good(form), rng))
        before = Activity.objects.count()
        started = time.monotonic()
        try:
            outcome = load(path, good_rows_only=True)
        except FileUnreadable:
            assert Activity.objects.count() == before
            outcomes.add("refused")
            continue
        finally:
            assert time.monotonic() - started < 10
        assert outcome.rows == outcome.accepted + outcome.unchanged + outcome.refused_rows
        assert Activity.objects.count() == before + outcome.added
        assert {cell.row for cell in outcome.refused} <= set(range(1, outcome.rows + 1))
        assert len({cell.row for cell in outcome.refused}) == outcome.refused_rows
        outcomes.add("listed" if outcome.refused_rows else "stored")
    assert outcomes
