"""Broken and hostile files of each kind: a clear refusal, and no silent loss."""

import os
import random
import time

import pytest

from rapporteur.analysis.tables.rows import Unreadable
from tests.analysis.tables.files import good, hostile, put, read

FORMS = ("csv", "jsonl", "xlsx")
MUTATIONS = int(os.environ.get("RAPPORTEUR_MUTATIONS", "300"))
CASES = [(form, name) for form in FORMS for name in hostile(form)]


@pytest.mark.parametrize(("form", "name"), CASES)
def test_hostile_file_is_refused_by_name(tmp_path, form, name):
    file_name, content, code = hostile(form)[name]
    path = put(tmp_path, file_name, content)
    started = time.monotonic()

    if code.startswith("row:"):
        found = {fault.code for row in read(path) for fault in row.faults}
        assert found == {code.removeprefix("row:")}
    else:
        with pytest.raises(Unreadable) as refused:
            read(path)
        assert refused.value.code == code
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("form", FORMS)
def test_there_are_30_hostile_files_of_each_kind(form):
    assert len(hostile(form)) >= 30


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "none.csv")

    assert refused.value.code == "absent"


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the content with a few bytes flipped, cut, doubled or swapped."""
    made = bytearray(content)
    for _change in range(rng.randint(1, 4)):
        if not made:
            break
        place = rng.randrange(len(made))
        what = rng.randrange(5)
        if what == 0:
            made[place] ^= 1 << rng.randrange(8)
        elif what == 1:
            made[place] = rng.randrange(256)
        elif what == 2:
            del made[place : place + rng.randint(1, 40)]
        elif what == 3:
            made[place:place] = made[place : place + rng.randint(1, 40)]
        else:
            other = rng.randrange(len(made))
            made[place], made[other] = made[other], made[place]
    return bytes(made)


@pytest.mark.parametrize("form", FORMS)
def test_mutated_files_are_read_whole_or_refused(tmp_path, form):
    rng = random.Random(f"tables {form}")
    content = good(form)
    outcomes = set()
    for _round in range(MUTATIONS):
        path = put(tmp_path, f"rows.{form}", mutated(content, rng))
        started = time.monotonic()
        try:
            rows = read(path)
        except Unreadable:
            outcomes.add("refused")
        else:
            assert [row.number for row in rows] == list(range(1, len(rows) + 1))
            outcomes.add("listed" if any(row.faults for row in rows) else "read")
        assert time.monotonic() - started < 10
    assert len(outcomes) >= 2
