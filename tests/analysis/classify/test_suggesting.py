"""What is suggested for a text, how sure, and because of which words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.classify import (
    SCHEMES,
    Suggestion,
    UnknownScheme,
    codes_of,
    suggest,
    suggest_likely,
)
from rapporteur.analysis.classify.suggesting import LONGEST, scores_of
from tests.analysis.classify.sentences import ACTION_LINES, GOALS

SCHEME_NAMES = st.sampled_from(sorted(SCHEMES))


def flat(sentences):
    return [
        pytest.param(language, code, text, id=f"{language}-{code}")
        for language, rows in sentences.items()
        for code, text in rows
    ]


@pytest.mark.parametrize(("language", "code", "text"), flat(ACTION_LINES))
def test_suggest_finds_the_action_line_first(language, code, text):
    found = suggest(text, "action-lines")
    told = suggest(text, "action-lines", language)

    assert (found[0].code, told[0].code) == (code, code)
    assert found[0].because


@pytest.mark.parametrize(("language", "code", "text"), flat(GOALS))
def test_suggest_finds_the_goal_present_and_first(language, code, text):
    found = suggest(text, "sdg")

    assert found[0].code == code
    assert found[0].score >= 0.5
    assert found[0].because


def test_sentences_cover_every_concept_in_every_language():
    for sentences, scheme in ((ACTION_LINES, "action-lines"), (GOALS, "sdg")):
        for rows in sentences.values():
            assert sorted(code for code, _ in rows) == sorted(codes_of(scheme))


@pytest.mark.parametrize(
    ("text", "code", "because"),
    [
        ("Telemedicine for rural hospitals", "C7.4", ("Telemedicine", "hospitals")),
        ("L’accès à l’information, au village", "C3", ("accès à l’information",)),
        ("MedNet: eHealth  records", "C7.4", ("eHealth", "records")),
        ("农民的天气预警", "C7.6", ("天气", "预警")),
        ("الأمن السيبراني في المدارس", "C5", ("الأمن السيبراني",)),
        ("Журналисты и свобода слова", "C9", ("свобода слова", "Журналисты")),
    ],
)
def test_suggest_names_the_words_as_they_stand_in_the_text(text, code, because):
    first = suggest(text, "action-lines")[0]

    assert (first.code, first.because) == (code, because)


def test_suggest_names_at_most_five_words_and_each_once():
    text = "Hospital, hospital, clinic, nurse, doctor, patient, vaccine, surgery, HOSPITAL"

    because = suggest(text, "action-lines")[0].because

    assert len(because) == 5
    assert because[0] == "Hospital"
    assert len({word.casefold() for word in because}) == 5


def test_suggest_joins_a_phrase_that_runs_over_two_lines():
    assert suggest("Safe drinking\n  water", "sdg")[0].because == ("Safe drinking water",)


def test_longest_term_wins_its_words():
    """Food security is about food, not about security."""
    first = suggest("Food security", "action-lines")[0]

    assert (first.code, first.because) == ("C7.7", ("Food security",))
    assert [
        found.because for found in suggest("Food security", "action-lines") if found.code == "C5"
    ] == [()]


@pytest.mark.parametrize("text", ["", " \n ", "zzz qqq", "!?", "1234 5678", "\ud800"])
@pytest.mark.parametrize("scheme", sorted(SCHEMES))
def test_text_without_known_words_gives_every_concept_the_same_low_score(text, scheme):
    codes = codes_of(scheme)

    found = suggest(text, scheme)

    assert found == [Suggestion(code, round(1 / len(codes), 4)) for code in codes]
    assert suggest_likely(text, scheme) == []


def test_suggest_gives_the_eighteen_leaves_and_the_seventeen_goals():
    leaves = {found.code for found in suggest("Health", "action-lines")}
    goals = {found.code for found in suggest("Health", "sdg")}

    assert leaves == {f"C{line}" for line in range(1, 12) if line != 7} | {
        f"C7.{application}" for application in range(1, 9)
    }
    assert goals == {f"SDG{goal}" for goal in range(1, 18)}


def test_suggest_refuses_an_unknown_scheme():
    with pytest.raises(
        UnknownScheme, match=r"Not a scheme: 'gdc'. Expected one of action-lines, sdg."
    ):
        suggest("Health", "gdc")
    with pytest.raises(UnknownScheme):
        suggest_likely("Health", "gdc")


def test_suggest_finds_the_language_itself_where_the_one_told_has_no_terms():
    assert suggest("Hospitals", "action-lines", "sw") == suggest("Hospitals", "action-lines")


def test_a_text_may_have_several_goals():
    found = suggest_likely("Improving maternal health and clean water in cities", "sdg")

    assert {suggestion.code for suggestion in found} == {"SDG3", "SDG6", "SDG11"}


def test_suggest_likely_gives_the_best_alone_with_their_words():
    found = suggest_likely("Telemedicine for rural hospitals", "action-lines")

    assert found == suggest("Telemedicine for rural hospitals", "action-lines")[:1]


def test_suggest_likely_gives_at_most_so_many():
    text = "Health, education, farming, water, energy, climate, oceans, forests"

    found = suggest_likely(text, "sdg", at_least=0.0, most=3)

    assert found == suggest(text, "sdg")[:3]


def test_suggest_reads_the_beginning_of_an_endless_text():
    start = "Vaccines against malaria. "

    assert suggest(start * 2_000, "sdg") == suggest((start * 2_000)[:LONGEST], "sdg")


@given(text=st.text(max_size=300), scheme=SCHEME_NAMES)
def test_any_text_gives_every_concept_sorted_within_bounds_and_the_same_again(text, scheme):
    found = suggest(text, scheme)
    scores = [suggestion.score for suggestion in found]

    assert sorted(suggestion.code for suggestion in found) == sorted(codes_of(scheme))
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert suggest(text, scheme) == found
    assert scores_of(text, scheme) == [(one.code, one.score) for one in found]


@given(
    words=st.lists(
        st.sampled_from(
            ["health", "eHealth", "l’eau", "agua", "вода", "المياه", "水", "school", "REDD+", "the"]
        ),
        max_size=30,
    ),
    scheme=SCHEME_NAMES,
)
def test_because_words_stand_in_the_text(words, scheme):
    text = " ".join(words)

    for suggestion in suggest(text, scheme):
        for said in suggestion.because:
            assert said in text


@given(text=st.text(max_size=100))
def test_scores_of_action_lines_add_up_to_one(text):
    assert sum(found.score for found in suggest(text, "action-lines")) == pytest.approx(
        1, abs=0.002
    )
