"""Reading ahead: the same items in the same order, and what goes wrong arrives."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.utils import translation

from rapporteur.analysis.tables.rows import Unreadable
from rapporteur.register.importing.ahead import ahead, ahead_apart

WAYS = [ahead, ahead_apart]


@pytest.mark.parametrize("way", WAYS)
def test_all_items_arrive_in_order(way):
    assert list(way([number] * 1000 for number in range(50))) == [[n] * 1000 for n in range(50)]


@pytest.mark.parametrize("way", WAYS)
def test_no_items_are_none(way):
    assert list(way(iter(()))) == []


@pytest.mark.parametrize("way", WAYS)
def test_what_breaks_is_raised_after_what_came_before(way):
    def items():
        yield 1
        raise Unreadable("broken-quotes", row=2, line=3)

    got = []
    with pytest.raises(Unreadable) as raised:
        got.extend(way(items()))

    assert (raised.value.code, raised.value.details) == ("broken-quotes", {"row": 2, "line": 3})


@pytest.mark.parametrize("way", WAYS)
def test_who_stops_asking_ends_the_making(way):
    def endless():
        while True:
            yield "x" * 100_000

    for _item in way(endless()):
        break


def test_thread_speaks_the_same_language():
    with translation.override("fr"):
        assert list(ahead(translation.get_language() for _ in range(2))) == ["fr", "fr"]


GONE = """
import os
import django
django.setup()
from rapporteur.register.importing.ahead import ahead_apart

def items():
    yield 1
    os._exit(3)

found = []
try:
    found.extend(ahead_apart(items()))
except RuntimeError as error:
    print(found, error)
"""


def test_process_that_is_gone_is_named():
    # In a process of its own: only one with a single thread is forked.
    program = [sys.executable, "-c", GONE]
    said = subprocess.run(program, capture_output=True, text=True, check=True, timeout=60)

    assert said.stdout == "[1] The process that reads the file has gone.\n"


def test_what_breaks_before_the_first_item_is_raised_too(monkeypatch):
    def broken(language):
        raise LookupError(f"No language {language}.")

    monkeypatch.setattr(translation, "override", broken)

    with pytest.raises(LookupError, match="No language en"):
        list(ahead([1]))
