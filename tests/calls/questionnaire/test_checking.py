import dataclasses

import pytest
from hypothesis import given, settings

from rapporteur.calls.questionnaire.checking import problems_of
from rapporteur.calls.questionnaire.messages import PROBLEM_MESSAGES
from rapporteur.calls.questionnaire.model import Choice, Kind, Question, Section
from tests.calls.questionnaire.forms import (
    FULL,
    MATRIX,
    NO,
    YES,
    en_ar,
    questionnaires,
    with_question,
)

ASKED = Question("q", Kind.SHORT_TEXT, label=en_ar("Q", "س"))
CHOSEN = Question("q", Kind.SINGLE_CHOICE, label=en_ar("Q", "س"), choices=(YES, NO))


def problems(form):
    return [(item.place, item.code) for item in problems_of(form)]


def of_question(**values):
    question = dataclasses.replace(ASKED, **values)
    return problems(with_question(question))


def test_a_full_questionnaire_has_no_problem():
    assert problems_of(FULL) == []


@given(questionnaires())
@settings(max_examples=20, deadline=None)
def test_what_tests_draw_has_no_problem(questionnaire):
    assert problems_of(questionnaire) == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": ""}, [("name", "no-name")]),
        ({"name": "a form"}, [("name", "bad-name")]),
        ({"version": "1\n2"}, [("version", "bad-version")]),
        ({"default_language": "fr"}, [("default_language", "bad-default-language")]),
        ({"languages": ("en", "ar", "en")}, [("languages", "duplicate-name")]),
        (
            {"languages": ("ar", "en", "fr"), "sections": ()},
            [("title/fr", "missing-label"), ("", "no-questions")],
        ),
        ({"title": en_ar("x" * 301, "س")}, [("title/en", "too-long")]),
        (
            {"sections": FULL.sections[:1] * 51},
            None,
        ),
    ],
)
def test_problems_of_the_whole(values, expected):
    found = problems(dataclasses.replace(FULL, **values))

    if expected is None:
        assert ("", "too-many-sections") in found
        assert ("about", "duplicate-name") in found
    else:
        assert found == expected


def test_no_language_and_one_that_is_none():
    form = with_question(dataclasses.replace(ASKED, label={"tlh": "nuq"}))
    form = dataclasses.replace(form, languages=("tlh",), default_language="tlh", title={"tlh": "x"})

    assert problems(form)[0] == ("languages", "unknown-language")
    none = dataclasses.replace(form, languages=())
    assert ("languages", "no-language") in problems(none)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"name": ""}, [("#1", "no-name")]),
        ({"name": "7th"}, [("7th", "bad-name")]),
        ({"name": "é"}, [("é", "bad-name")]),
        ({"name": "Meta"}, [("Meta", "reserved-name")]),
        ({"name": "xmlname"}, [("xmlname", "reserved-name")]),
        ({"name": "ONLY"}, [("ONLY", "duplicate-name")]),
        ({"label": {"en": "Q"}}, [("q/label/ar", "missing-label")]),
        ({"label": {**en_ar("Q", "س"), "fr": "Q"}}, [("q/label/fr", "extra-language")]),
        ({"label": en_ar("Q" * 2001, "س")}, [("q/label/en", "too-long")]),
        ({"label": en_ar("bell\x07", "س")}, [("q/label/en", "signs")]),
        ({"label": en_ar("${q}", "س")}, [("q/label/en", "placeholder")]),
        ({"hint": {"en": "H"}}, [("q/hint/ar", "missing-hint")]),
        ({"scheme": "sdg"}, [("q/scheme", "not-of-kind")]),
        ({"words_at_most": 0}, [("q/words_at_most", "bad-limit")]),
        ({"kind": Kind.NOTE, "required": True}, [("q/required", "required-note")]),
        ({"kind": Kind.SINGLE_CHOICE}, [("q/choices", "no-choices")]),
        (
            {"kind": Kind.NUMBER, "minimum": 2, "maximum": 1},
            [("q/minimum", "limits-contradict")],
        ),
        (
            {"kind": Kind.NUMBER, "whole": True, "maximum": 1.5},
            [("q/maximum", "limit-not-whole")],
        ),
        ({"kind": Kind.NUMBER, "unit": {"en": "m"}}, [("q/unit/ar", "missing-unit")]),
        ({"kind": Kind.DATE, "latest": "2026-02-30"}, [("q/latest", "bad-date")]),
        (
            {"kind": Kind.DATE, "earliest": "2026-02-02", "latest": "2026-02-01"},
            [("q/earliest", "limits-contradict")],
        ),
        ({"kind": Kind.COUNTRY, "at_most": 2}, [("q/at_most", "limit-without-many")]),
        ({"kind": Kind.CONCEPTS}, [("q/scheme", "no-scheme")]),
        ({"kind": Kind.CONCEPTS, "scheme": "A b"}, [("q/scheme", "bad-scheme")]),
        ({"kind": Kind.FILE}, [("q/types", "no-types")]),
        (
            {"kind": Kind.FILE, "types": ("exe",), "megabytes_at_most": 101},
            [("q/megabytes_at_most", "bad-limit"), ("q/types", "bad-type")],
        ),
        ({"kind": Kind.MATRIX}, [("q/rows", "no-rows"), ("q/columns", "no-columns")]),
    ],
)
def test_problems_of_a_question(values, expected):
    assert of_question(**values) == expected


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ((YES, dataclasses.replace(NO, name="a b")), [("q/choices/a b", "bad-choice-name")]),
        ((YES, dataclasses.replace(NO, name="YES")), [("q/choices/YES", "duplicate-name")]),
        ((YES, Choice("", en_ar("x", "ع"))), [("q/choices/#2", "no-name")]),
        ((YES, Choice("no", {"en": "No"})), [("q/choices/no/label/ar", "missing-label")]),
        ((YES, Choice("no", en_ar("YES", "لا"))), [("q/choices/no/label/en", "same-label")]),
    ],
)
def test_problems_of_choices(choices, expected):
    form = with_question(dataclasses.replace(CHOSEN, choices=choices))

    assert problems(form) == expected


def test_more_may_be_chosen_than_there_is():
    question = dataclasses.replace(CHOSEN, kind=Kind.MULTIPLE_CHOICE, at_most=3)

    assert problems(with_question(question)) == [("q/at_most", "limit-beyond-choices")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"columns": (dataclasses.replace(MATRIX, name="inner"),)},
            [("lines/columns/inner/kind", "column-kind")],
        ),
        (
            {"columns": (dataclasses.replace(ASKED, relevant="true()"),)},
            [("lines/columns/q/relevant", "column-condition")],
        ),
        (
            {"columns": (dataclasses.replace(ASKED, name="only"),)},
            [("lines/columns/only", "duplicate-name")],
        ),
        ({"rows": (MATRIX.rows[0],) * 2}, None),
    ],
)
def test_problems_of_a_matrix(values, expected):
    found = problems(with_question(dataclasses.replace(MATRIX, **values)))

    if expected is None:
        assert found == [
            ("lines/rows/C4", "duplicate-name"),
            ("lines/rows/C4/label/ar", "same-label"),
            ("lines/rows/C4/label/en", "same-label"),
        ]
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("relevant", "code"),
    [
        ("${nowhere} = 1", "condition-unknown-name"),
        ("${last} = 1", "condition-later-name"),
        ("${q} = 1", "condition-own-name"),
        ("${lines} = 1", "condition-not-comparable"),
        ("${first} = 'maybe'", "condition-unknown-choice"),
        ("selected(${first}, 'no'", "condition-unfinished"),
        ("concat('a', 'b')", "condition-unknown-function"),
    ],
)
def test_problems_of_conditions(relevant, code):
    asked = (
        dataclasses.replace(CHOSEN, name="first"),
        MATRIX,
        dataclasses.replace(ASKED, relevant=relevant),
        dataclasses.replace(ASKED, name="last"),
    )
    section = Section("only", label=en_ar("Only", "فقط"), questions=asked)

    assert problems(dataclasses.replace(FULL, sections=(section,))) == [("q/relevant", code)]


def test_the_condition_of_a_section_names_questions_of_earlier_sections():
    sections = (FULL.sections[0], dataclasses.replace(FULL.sections[1], relevant="${ways} = ''"))

    assert problems(dataclasses.replace(FULL, sections=sections)) == [
        ("work/relevant", "condition-later-name")
    ]


def test_problems_are_told_in_words_with_their_details():
    form = with_question(dataclasses.replace(ASKED, relevant="${q} = today()"))

    assert [item.message for item in problems_of(form)] == [
        "The condition uses “today” (sign 8), which is not known here. Known are: selected, "
        "count-selected, not, true, false, string-length, date, number."
    ]


def test_every_code_has_words():
    form = dataclasses.replace(FULL, name="", languages=(), sections=(FULL.sections[0],) * 60)

    assert all(item.message for item in problems_of(form))
    assert all(str(words).endswith((".", ")")) for words in PROBLEM_MESSAGES.values())
