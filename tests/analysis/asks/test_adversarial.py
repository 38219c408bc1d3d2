"""Whatever the text is, reading it ends, loses nothing it quotes, and takes linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.asks import opening_of_preamble, read_operative, read_subparagraph
from rapporteur.analysis.names import Names

NAMES = Names()
WORDS = tuple(
    word
    for line in (
        "Requests requests encourages and , ; : . to the Secretary-General all States We we call",
        'upon on for that submit a report by 2030 at its first session ( ) “ ” " in this regard',
        "(a) which are urged is Governments , the private sector civil society including as well",
        "reiterates its request decides shall to: Further also therefore within six months every",
        "year ’ Members’ international and regional organizations calls appeals 1/ \ufeff \u00ad",
    )
    for word in line.split(" ")
)


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join), st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_any_words_are_read_and_nothing_is_invented(text, italic):
    reading = read_operative(text, names=NAMES, italics=[italic])
    item = read_subparagraph(reading, text, names=NAMES)
    opening_of_preamble(text, [italic])

    for ask in (*reading.asks, *item.asks):
        assert ask.action in text
        assert ask.deadline is None or ask.deadline in text
        assert all(who and who in text for who in ask.addressees)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(text):
    reading = read_operative(text, names=NAMES, italics=[text[:20], text])
    read_subparagraph(reading, text, names=NAMES)

    assert opening_of_preamble(text) == "" or opening_of_preamble(text) in text


@pytest.mark.parametrize(
    "piece",
    [
        "and encourages ",
        "Requests the Secretary-General and all and other and relevant organizations, ",
        "calls upon all States to ",
        "States are urged to act and ",
        "“ ( [ ",
        "at its first first first second ",
        "by 2030 “by 2040 ",
        "We request X to do Y. ",
        "in this regard, also, further ",
        "which requests that who requests ",
        "decides to request X to ask Y, and to invite Z ",
        "a",
        "to ",
        "the private sector, in consultation with ",
        "Members’ ",
    ],
)
def test_twice_the_text_takes_about_twice_the_time(piece):
    def seconds(count: int) -> float:
        text = "Requests " + piece * count
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            read_operative(text, names=NAMES)
            best = min(best, time.perf_counter() - start)
        return best

    count = 60_000 // len(piece)
    small, large = seconds(count), seconds(4 * count)

    # Four times the text; a quadratic reader would need sixteen times as long.
    assert large < 8 * small + 0.02, (small, large)
