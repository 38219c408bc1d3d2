"""Themes of answers in one language and in six, and what stays the same from run to run."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.themes import analyse, concepts_of, quotations_of, who_raises
from rapporteur.analysis.themes.corpus import corpus_of
from tests.analysis.themes.answers_made_up import PARTS, answers


def subjects_of(theme, rows):
    return Counter(rows[row][1] for row in theme.rows)


@pytest.mark.parametrize("language", sorted(PARTS))
def test_themes_are_subjects(language):
    """A theme is carried by answers on one subject, and each subject is found."""
    rows = answers((language,))

    found = analyse([text for _, _, text in rows])

    assert found.languages == [language] * 27
    mixed = [theme for theme in found.themes if len(subjects_of(theme, rows)) > 1]
    assert sum(len(theme.rows) for theme in mixed) <= 6
    assert {next(iter(subjects_of(theme, rows))) for theme in found.themes} == {
        "health",
        "farming",
        "school",
    }


def test_themes_are_no_languages():
    """In six languages themes are still subjects: the largest is heard in all of them."""
    rows = answers()

    found = analyse([text for _, _, text in rows])

    largest = found.themes[0]
    assert subjects_of(largest, rows) == {"school": len(largest.rows)}
    assert {rows[row][0] for row in largest.rows} == set(PARTS)
    assert all(len({rows[row][0] for row in theme.rows}) > 1 for theme in found.themes)


def test_few_answers_in_a_language_join_the_themes_of_others():
    english = [text for _, _, text in answers(("en",))]
    texts = [*english, *english[::-1], "Les médecins demandent la télémédecine pour les hôpitaux."]

    found = analyse(texts)

    carried = [theme for theme in found.themes if len(texts) - 1 in theme.rows]
    assert ["telemedicine" in theme.label for theme in carried] == [True]


def test_label_terms_and_rows():
    texts = [
        *(f"Privacy and surveillance worry {who}." for who in ("me", "her family", "the old")),
        *(f"Broadband is too costly in {where}." for where in ("Ruritania", "towns", "ports")),
        "",
        "Yes.",
    ]

    found = analyse(texts).as_json()

    assert list(found) == ["rows", "themes", "phrases", "near_duplicates"]
    assert found["rows"] == 8
    assert [(theme["size"], theme["rows"]) for theme in found["themes"]] == [
        (3, [3, 4, 5]),
        (3, [0, 1, 2]),
    ]
    assert [theme["terms"] for theme in found["themes"]] == [
        ["broadband is too costly"],
        ["privacy and surveillance worry"],
    ]
    assert all(theme["label"] == ", ".join(theme["terms"][:3]) for theme in found["themes"])


@pytest.mark.parametrize("texts", [[], [""], ["", " ", "…"], ["One answer only."], ["1", "2", "3"]])
def test_too_little_to_say_anything(texts):
    found = analyse(texts)

    assert (found.rows, found.themes, found.phrases) == (len(texts), [], [])
    assert found.near_duplicates == []


def test_a_campaign_is_one_voice_among_themes():
    """A thousand copies do not push other subjects out, and all of them carry their theme."""
    rows = [row for row in answers(("en",)) if row[1] != "farming"]
    letter = "Farmers in the green valley ask for irrigation of their crops and a fair price."
    texts = [text for _, _, text in rows] + [letter] * 1000

    found = analyse(texts)

    assert found.near_duplicates == [list(range(18, 1018))]
    assert {
        "school" if any("teachers" in term for term in theme.terms) else "other"
        for theme in found.themes
    } == {"school", "other"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(max_size=40) | st.sampled_from([t for _, _, t in answers()]), max_size=30))
def test_any_texts_are_analysed(texts):
    found = analyse(texts)

    rows = range(len(texts))
    json.dumps(found.as_json())
    assert all(row in rows for theme in found.themes for row in theme.rows)
    assert all(row in rows for phrase in found.phrases for row in phrase.rows)
    assert all(theme.label and theme.rows == sorted(set(theme.rows)) for theme in found.themes)


def test_known_themes_stay():
    """What a person confirmed keeps key, label and terms when more answers come."""
    texts = [text for _, _, text in answers(("en",))]
    first = analyse(texts)
    school = next(theme for theme in first.themes if "teachers and pupils" in theme.terms)
    confirmed = {**school.as_json(), "label": "Teaching", "terms": ["teachers", "pupils"]}
    gone = {**confirmed, "key": "gone", "label": "Whales", "weights": {"en": {"whale": 1.0}}}

    again = analyse(
        [*texts, "Pupils like lessons in which teachers use tablets."], [confirmed, gone]
    )

    kept = {theme.key: theme for theme in again.themes}
    assert (kept[school.key].label, kept[school.key].terms) == ("Teaching", ["teachers", "pupils"])
    assert set(school.rows) | {27} <= set(kept[school.key].rows)
    assert (kept["gone"].label, kept["gone"].rows) == ("Whales", [])
    assert not any(
        set(theme.rows) == set(school.rows) for key, theme in kept.items() if key != school.key
    )


def test_long_texts_are_read_in_passages_and_languages():
    english = " ".join(text for _, subject, text in answers(("en",)) if subject == "health")
    french = " ".join(text for _, subject, text in answers(("fr",)) if subject == "school")

    corpus = corpus_of([" ".join([english] * 6 + [french] * 6), "", "Yes"])

    assert {language for language, _ in corpus.groups()} == {"en", "fr"}
    assert set(corpus.rows.tolist()) == {0, 1, 2}
    assert corpus.passages.line is corpus.words.line
    ends = corpus.passages.starts[1:]
    assert corpus.words.line[ends - 1].tolist() == [0] * len(ends)


def test_quotations_are_slices_of_answers():
    texts = [
        "Hello.\nOur village has no\ndoctor, and the clinic no medicines for patients. Bye.",
        "Patients wait for the doctor at the clinic for many hours each day.",
        "The clinic needs a doctor.",
        "Roads are bad and buses never come to the valley.",
        "Buses and roads are all that we ask for in the valley.",
    ]
    found = analyse(texts)
    theme = next(theme for theme in found.themes if 1 in theme.rows)

    quotations = quotations_of(theme, texts, found.languages)

    assert [(one.row, one.text) for one in sorted(quotations, key=lambda one: one.row)] == [
        (0, "Our village has no\ndoctor, and the clinic no medicines for patients."),
        (1, "Patients wait for the doctor at the clinic for many hours each day."),
    ]
    assert all(texts[one.row][one.start : one.end] == one.text for one in quotations)


def test_who_raises_what():
    raised = who_raises(
        {"water": [0, 1, 4], "light": [1], "roads": []},
        ["Civil society", " Civil  society", "Government", None, "Academia", " "],
    )

    assert raised.groups == {"Civil society": 2, "Academia": 1, "Government": 1, "": 2}
    assert raised.counts == {
        "water": {"Civil society": 2, "Academia": 1, "Government": 0, "": 0},
        "light": {"Civil society": 1, "Academia": 0, "Government": 0, "": 0},
        "roads": {"Civil society": 0, "Academia": 0, "Government": 0, "": 0},
    }
    assert raised.unraised == {
        "Civil society": ["roads"],
        "Academia": ["light", "roads"],
        "Government": ["water", "light", "roads"],
        "": ["water", "light", "roads"],
    }
    assert raised.nobody == ["roads"]


def test_concepts_of_answers():
    found = concepts_of(
        ["Telemedicine for hospitals", "", "Telemedicine for hospitals"], "action-lines"
    )

    assert [[one.code for one in suggested] for suggested in found.suggested] == [
        ["C7.4"],
        [],
        ["C7.4"],
    ]
    assert found.rows["C7.4"] == [0, 2]
    assert [code for code, rows in found.rows.items() if rows] == ["C7.4"]
