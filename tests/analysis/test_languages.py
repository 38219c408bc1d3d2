"""The language of a text: by script, by small words, by lingua."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.languages import LANGUAGES, cheap_language_of, language_of
from tests.analysis.classify.sentences import ACTION_LINES, GOALS


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The school has a library and a garden.", "en"),
        ("L'école a une bibliothèque et un jardin.", "fr"),
        ("La escuela tiene una biblioteca y un jardín.", "es"),
        ("В школе есть библиотека.", "ru"),
        ("في المدرسة مكتبة وحديقة.", "ar"),
        ("学校有图书馆。", "zh"),
        ("WSIS 信息社会世界峰会 Forum", "zh"),
        ("ЮНЕСКО and ITU: доклад о развитии", "ru"),
    ],
)
def test_cheap_signs_tell_the_language(text, language):
    assert cheap_language_of(text) == language
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123 -- !",
        "学校には図書館があります",
        "Школа має бібліотеку і сад",
        "مدرسه کتابخانه و باغچه دارد",
        "Το σχολείο έχει βιβλιοθήκη",
        "학교에는 도서관이 있습니다",
    ],
)
def test_no_letters_and_other_languages_give_none(text):
    assert language_of(text) is None
    assert cheap_language_of(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Children learn mathematics together", "en"),
        ("Apprendre ensemble toutes sciences", "fr"),
        ("Aprendamos juntos matemáticas", "es"),
    ],
)
def test_lingua_decides_where_small_words_do_not(text, language):
    assert cheap_language_of(text) is None
    assert language_of(text) == language


def test_our_sentences():
    """One of a hundred short titles may be taken for another language with Latin letters."""
    rows = [
        (language, text)
        for sentences in (ACTION_LINES, GOALS)
        for language, sentences_of in sentences.items()
        for _, text in sentences_of
    ]

    wrong = [text for language, text in rows if language_of(text) != language]

    assert len(wrong) <= 2, wrong


def test_lingua_is_loaded_only_when_needed():
    program = (
        "import sys; from rapporteur.analysis.languages import language_of;"
        "language_of('The state of the art and the law'); assert 'lingua' not in sys.modules;"
        "language_of('Mathematics'); assert 'lingua' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", program], check=True)


@given(st.text(max_size=200))
def test_any_text_gives_one_of_the_six_or_none(text):
    found = cheap_language_of(text)

    assert found is None or found in LANGUAGES
    assert cheap_language_of(text) == found
