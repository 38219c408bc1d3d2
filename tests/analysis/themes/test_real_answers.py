"""Real consultations, where the shared data are at hand: sensible themes, exact copies."""

from __future__ import annotations

import csv
import gzip

import pytest

from rapporteur.analysis.themes import analyse, near_identical
from rapporteur.analysis.themes.answers import read_answers
from rapporteur.analysis.themes.small_words import small_words
from tests.analysis.themes.test_near import all_pairs

pytestmark = pytest.mark.documents


def test_contributions_to_netmundial(shared_data):
    path = shared_data / "consultations/netmundial_2014_contributions.jsonl.gz"
    found = analyse(read_answers(path, "text").texts)

    assert (found.rows, found.near_duplicates) == (144, [])
    phrases = {phrase.text.casefold(): phrase for phrase in found.phrases}
    assert (phrases["human rights"].count, len(phrases["human rights"].rows)) == (296, 76)
    terms = {term.casefold() for theme in found.themes for term in theme.terms}
    assert {"human rights", "civil society", "iana functions", "freedom of expression"} <= terms
    assert not terms & small_words("en", alone=True)
    assert len({row for theme in found.themes for row in theme.rows}) >= 130


def test_copies_among_statements(shared_data):
    path = shared_data / "consultations/un80_statements_sentences.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]

    assert read_answers(path, "text").texts == texts
    assert near_identical(texts[:600]) == all_pairs(texts[:600])
    assert len(near_identical(texts)) == 37
