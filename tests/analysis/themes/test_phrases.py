"""Key phrases: what is counted, and which runs of words are phrases."""

from __future__ import annotations

from rapporteur.analysis.themes import Phrase, analyse
from tests.analysis.themes.answers_made_up import answers


def phrases_of(*texts: str) -> list[Phrase]:
    return analyse(texts).phrases


def test_counts_and_rows():
    found = phrases_of(
        "Freedom of expression matters. We defend freedom of expression!",
        "No word on it.",
        "FREEDOM OF  EXPRESSION everywhere",
        "Protect the freedom\nof expression.",
    )

    assert found == [Phrase("freedom of expression", 4, [0, 2, 3])]


def test_a_phrase_is_shown_as_it_is_written_and_counted_by_its_words():
    found = phrases_of(
        "A multi-stakeholder approach.", "The multi-stakeholder idea", "Multi stakeholder talks"
    )

    assert found == [Phrase("multi-stakeholder", 3, [0, 1, 2])]


def test_no_phrase_crosses_a_stop_or_begins_with_a_small_word():
    assert phrases_of("of the data. Schools", "of the data! Schools", "of the data, schools") == []


def test_the_longer_phrase_is_shown_where_the_shorter_never_stands_alone():
    found = phrases_of(
        "We honour the Universal Declaration of Human Rights.",
        "Universal Declaration of Human Rights: read it",
        "Who knows the Universal Declaration of Human Rights?",
    )

    assert found == [Phrase("Universal Declaration of Human Rights", 3, [0, 1, 2])]


def test_copies_do_not_choose_phrases_and_are_counted():
    letter = "Stop the red tower now, say all the people of the green valley in one voice"
    others = ["Clean water for schools.", "We want clean water and light."]

    found = phrases_of(*[letter] * 40, *others)

    assert found == [Phrase("clean water", 2, [40, 41])]


def test_forms_of_a_word_are_one_phrase_in_the_list():
    found = phrases_of(
        "Each member state acts", "All member states act", "All member states go", "member state"
    )

    assert found == [Phrase("member state", 2, [0, 3])]


def test_chinese_phrases():
    found = phrases_of("我们支持人工智能。", "人工智能很重要", "学校使用人工智能吗？")

    assert found == [Phrase("人工智能", 3, [0, 1, 2])]


def test_sifting_out_rare_runs_changes_nothing(monkeypatch):
    texts = [text for _, _, text in answers()]
    expected = phrases_of(*texts)
    monkeypatch.setattr("rapporteur.analysis.themes.phrases.MANY_KEYS", 1)

    assert len(expected) == 60
    assert phrases_of(*texts) == expected
