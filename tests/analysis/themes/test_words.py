"""Words of every script, numbered the same in every process."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.themes.words import joined, spans_of, words_of


def test_words_of_texts_in_many_scripts():
    words = words_of(["L’été, Don't!", "", "Été في المدرسةِ", "भारत में; 数字网 AI"])

    texts = [
        [words.forms[number] for number in words.line[start:end]]
        for start, end in zip(words.starts, words.starts[1:], strict=False)
    ]
    assert texts == [
        ["l", "été", "", "don", "t", "", ""],
        [""],
        ["été", "في", "المدرسةِ", ""],
        ["भारत", "में", "", "数", "字", "网", "ai", ""],
    ]


def test_an_empty_line_ends_a_clause_and_a_wrapped_one_does_not():
    words = words_of(["one\ntwo\n \nthree"])

    assert [words.forms[number] for number in words.line] == ["one", "two", "", "three", ""]


def test_part_keeps_numbers():
    words = words_of(["a b", "c", "a d e"])

    part = words.part(np.array([2, 0]))

    assert [words.forms[number] for number in part.line] == ["a", "d", "e", "", "a", "b", ""]
    assert part.starts.tolist() == [0, 4, 7]


def test_joined():
    assert joined(["human", "rights"]) == "human rights"
    assert joined(["数", "字", "ai", "网"]) == "数字 ai 网"


@given(st.text())
def test_spans_and_words_agree(text):
    words = words_of([text])

    assert [form for form, _, _ in spans_of(text)] == [
        words.forms[number] for number in words.line[:-1]
    ]
