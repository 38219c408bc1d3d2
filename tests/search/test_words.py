import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rapporteur.search import words


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Économie", "economie"),
        ("ESPAÑA", "espana"),
        ("ёлка", "елка"),
        ("йод", "йод"),
        ("İstanbul", "istanbul"),
        ("Straße", "strasse"),
        ("أُمَّة", "امه"),
        ("إنترنت", "انترنت"),
        ("مؤسسة", "موسسه"),
        ("رقمـــي", "رقمي"),
        ("مستشفى", "مستشفي"),
        ("٢٠٠٣", "2003"),
        ("ｗｓｉｓ", "wsis"),
        ("co\u00adoperation", "cooperation"),
    ],
)
def test_fold(typed, folded):
    assert words.fold(typed) == folded


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "reports", "reporting"),
        ("fr", "développements", "developpement"),
        ("es", "naciones", "nación"),
        ("ru", "общества", "обществом"),
        ("ar", "الوثائق", "بالوثائق"),
        ("ar", "المعلومات", "والمعلومات"),
        ("ar", "المجتمع", "للمجتمع"),
    ],
)
def test_forms_of_a_word_share_a_stem(language, one, other):
    assert words.stem(words.fold(one), language) == words.stem(words.fold(other), language)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A/RES/70/125, C7.4", ["a", "res", "70", "125", "c7", "4"]),
        ("L’information d'Afrique", ["information", "afrique"]),
        ("today's e-agriculture", ["today", "e", "agriculture"]),
        ("峰会2003年", ["峰会", "2003", "年"]),
        ("_under_ -- ()", ["under"]),
        ("", []),
    ],
)
def test_tokens(text, found):
    assert [token.word for token in words.tokens(text)] == found


def test_phrase_in_quotes_keeps_its_particles():
    found = words.tokens("société de l’information", particles=True)

    assert [token.word for token in found] == ["societe", "de", "l", "information"]


def test_chinese_is_stored_in_overlapping_pairs_and_single_signs():
    found = words.analyse("信息社会", "zh")

    assert (found.words, found.stems, found.signs) == (
        ["信息", "息社", "社会"],
        [],
        ["信", "息", "社", "会"],
    )


def test_text_of_an_unknown_language_is_kept_by_its_words_alone():
    found = words.analyse("Straßen und Häuser", "de")

    assert (found.words, found.stems) == (["strassen", "und", "hauser"], [])


@given(st.text(max_size=80))
def test_no_text_is_refused(text):
    for language in ("ar", "en", "zh", "xx"):
        found = words.analyse(text, language)
        assert all(word and not word.isspace() for word in found.words)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text):
    for token in words.tokens(text):
        assert words.fold(token.word) == token.word or token.han


@example("\ufada")
@example("\U0002a6ff信\U0003134f")
@given(st.text(alphabet="dlsquDS ’ʼ aé_é\u0301١ـ信ßЁё\u00adﬁⅣ", max_size=40) | st.text(max_size=60))
def test_question_finds_the_words_that_the_index_holds(text):
    asked = [
        part
        for token in words.tokens(text, particles=True)
        for part in (words.pairs(token.word) if token.han else [token.word])
    ]

    assert words.analyse(text, "fr").words == asked


@pytest.mark.parametrize("language", list(words.STEMMERS))
@given(text=st.text(alphabet=st.characters(categories=["Ll", "Lo", "Lu", "Mn"]), max_size=12))
def test_no_word_stops_a_stemmer(language, text):
    assert isinstance(words.stem(words.fold(text), language), str)
