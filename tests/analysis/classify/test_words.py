"""A text as its words: folded, with their places; and their stems."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.classify.words import fold, stem, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("eHealth AgriNet SMEs HTML5", ["e", "health", "agri", "net", "smes", "html5"]),
        ("L’eau d'Été, women's", ["eau", "ete", "women"]),
        ("e-gov R&D Wi-Fi", ["e", "gov", "r", "d", "wi", "fi"]),
        ("数字ABC政府", ["数", "字", "abc", "政", "府"]),
        ("Ёлка, Йод", ["елка", "йод"]),
        ("الصِّحَّةُ", ["الصحه"]),
        ("", []),
    ],
)
def test_words_of(text, folded):
    assert [word.folded for word in words_of(text)] == folded


@given(st.text(max_size=200))
def test_words_stand_in_order_at_their_places(text):
    words = words_of(text)

    assert all(fold(text[word.start : word.end]) == word.folded for word in words)
    assert all(one.end <= other.start for one, other in pairwise(words))


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("farmers", "farmer", "en"),
        ("agricoles", "agricole", "fr"),
        ("hospitales", "hospital", "es"),
        ("больницами", "больница", "ru"),
        ("والمدارس", "المدارس", "ar"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other, language):
    assert stem(fold(one), language) == stem(fold(other), language)


def test_short_stems_are_not_taken():
    """Else Spanish "foro" would be found in each English "for"."""
    assert stem("foro", "es") == "foro"
    assert stem("icts", "en") == "ict"


def test_chinese_has_no_stems():
    assert stem("水", "zh") == "水"
