import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.calls.questionnaire.errors import NotAQuestionnaire
from rapporteur.calls.questionnaire.model import Kind, Question, Questionnaire, Section
from rapporteur.calls.questionnaire.storing import digest_of, from_json, to_json
from tests.calls.questionnaire.forms import FULL, questionnaires

ASKED = {"name": "q", "kind": "number", "label": {"en": "Q"}}


def stored(**question):
    return {"name": "f", "sections": [{"name": "s", "questions": [{**ASKED, **question}]}]}


def test_what_is_stored_comes_back():
    assert from_json(json.loads(json.dumps(to_json(FULL)))) == FULL


@given(questionnaires())
@settings(max_examples=20, deadline=None)
def test_any_questionnaire_is_stored_and_comes_back(questionnaire):
    again = from_json(json.loads(json.dumps(to_json(questionnaire))))

    assert again == questionnaire
    assert digest_of(again) == digest_of(questionnaire)


def test_only_what_is_not_empty_is_stored_and_zero_is_not_empty():
    question = Question("q", Kind.NUMBER, label={"en": "Q"}, minimum=0)
    form = Questionnaire("f", sections=(Section("s", questions=(question,)),))

    assert to_json(form) == stored(minimum=0)


def test_texts_are_tidied():
    form = from_json(stored(label={"en": " cafe\u0301\r\nnoir ", "fr": " "}))

    assert form.sections[0].questions[0].label == {"en": "caf\u00e9\nnoir"}


@pytest.mark.parametrize(
    ("given_json", "places"),
    [
        ([], [""]),
        ({}, ["name"]),
        ({"name": 1}, ["name"]),
        ({"name": "f", "colour": "red"}, ["colour"]),
        ({"name": "f", "sections": {}}, ["sections"]),
        ({"name": "f", "sections": [1]}, ["sections[0]"]),
        (
            {"name": "f", "sections": [{"name": "s", "questions": [{"name": "q"}]}]},
            ["sections[0].questions[0].kind"],
        ),
        (stored(kind="essay"), ["sections[0].questions[0].kind"]),
        (stored(kind=None), ["sections[0].questions[0].kind"]),
        (stored(limit=1), ["sections[0].questions[0].limit"]),
        (stored(label="Q"), ["sections[0].questions[0].label"]),
        (stored(label={"en": 1}), ["sections[0].questions[0].label.en"]),
        (stored(required="yes"), ["sections[0].questions[0].required"]),
        (stored(words_at_most=True), ["sections[0].questions[0].words_at_most"]),
        (stored(words_at_most=10.5), ["sections[0].questions[0].words_at_most"]),
        (stored(minimum=float("nan")), ["sections[0].questions[0].minimum"]),
        (stored(maximum=10**400), ["sections[0].questions[0].maximum"]),
        (stored(types=["pdf", 1]), ["sections[0].questions[0].types"]),
        (stored(choices=[{"name": "a"}, {}]), ["sections[0].questions[0].choices[1].name"]),
        (
            stored(columns=[{**ASKED, "columns": [], "rows": []}]),
            [
                "sections[0].questions[0].columns[0].columns",
                "sections[0].questions[0].columns[0].rows",
            ],
        ),
    ],
)
def test_a_wrong_shape_is_refused_with_its_places(given_json, places):
    with pytest.raises(NotAQuestionnaire) as caught:
        from_json(given_json)

    assert [fault.place for fault in caught.value.faults] == places


def test_the_refusal_of_a_kind_names_the_kinds():
    with pytest.raises(NotAQuestionnaire) as caught:
        from_json(stored(kind="essay"))

    assert str(caught.value.faults[0].message) == (
        "“essay” is no kind of question. The kinds are: short-text, long-text, single-choice, "
        "multiple-choice, number, date, organization, country, concepts, file, matrix, note."
    )


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["name", "kind", "sections", "questions", "label", "rows", "columns", "choices"]
            )
            | st.text(max_size=3),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_is_read_or_refused(given_json):
    try:
        form = from_json(given_json)
    except NotAQuestionnaire:
        return
    assert from_json(to_json(form)) == form
