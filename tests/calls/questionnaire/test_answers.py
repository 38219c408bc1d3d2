import dataclasses

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.calls.questionnaire.answers import AnswerFault, counted_answers, faults_of
from rapporteur.calls.questionnaire.model import Kind, Question
from rapporteur.calls.questionnaire.schema import json_schema
from rapporteur.calls.questionnaire.words import count_words
from tests.calls.questionnaire.forms import FULL, GOOD_ANSWERS, KNOWN

SCHEMA = jsonschema_rs.validator_for(json_schema(FULL))


def faults(answers, *, final=False):
    return faults_of(FULL, answers, known=KNOWN, final=final)


def codes(answers, *, final=False):
    return [(item.question, item.code, item.place) for item in faults(answers, final=final)]


def test_good_answers_have_no_fault_and_fit_the_schema():
    assert faults(GOOD_ANSWERS, final=True) == []
    assert SCHEMA.is_valid(GOOD_ANSWERS)


def test_a_draft_may_be_incomplete_and_a_final_response_not():
    assert faults({}) == []
    assert codes({}, final=True) == [("who", "required", "")]
    assert codes({"who": {"name": " "}, "digs": "yes"}, final=True) == [
        ("who", "required", ""),
        ("story", "required", ""),
    ]


@pytest.mark.parametrize(
    ("name", "value", "code", "place"),
    [
        ("nothing", "x", "unknown-question", ""),
        ("intro", "x", "not-asked", ""),
        ("name", 1, "not-text", ""),
        ("name", "x" * 1001, "too-long", ""),
        ("name", "bell\x07", "signs", ""),
        ("story", "one two three four five six seven eight nine ten eleven", "too-many-words", ""),
        ("story", "水" * 11, "too-many-words", ""),
        ("digs", "maybe", "not-a-choice", ""),
        ("digs", ["yes"], "not-text", ""),
        ("ways", "wells", "not-a-list", ""),
        ("ways", ["wells", "wells"], "repeated", "1"),
        ("ways", ["wells", 1], "not-text", "1"),
        ("deep", "12", "not-a-number", ""),
        ("deep", True, "not-a-number", ""),
        ("deep", float("nan"), "not-a-number", ""),
        ("deep", float("inf"), "not-a-number", ""),
        ("deep", 10**400, "not-a-number", ""),
        ("deep", 0.4, "too-small", ""),
        ("deep", 901, "too-large", ""),
        ("since", "31.5.2019", "not-a-date", ""),
        ("since", "2019-02-30", "not-a-date", ""),
        ("since", "20190531", "not-a-date", ""),
        ("since", "1999-12-31", "too-early", ""),
        ("since", "2027-01-01", "too-late", ""),
        ("who", "Wells Union", "not-an-organization", ""),
        ("who", {"slug": "other"}, "unknown-organization", ""),
        ("who", {"name": "x", "since": 1}, "not-an-organization", ""),
        ("where", ["KEN", "ken"], "unknown-country", "1"),
        ("codes", ["C99"], "unknown-concept", "0"),
        ("codes", ["C4", "C7", "C7.4"], "too-many", ""),
        ("codes", ["C4"] * 301, "too-many-values", ""),
        ("papers", [{"name": "a.exe", "size": 1}], "file-type", "0"),
        ("papers", [{"name": "a.pdf", "size": 3_000_000}], "file-too-large", "0"),
        ("papers", [{"name": "a.pdf", "size": -1}], "not-a-file", "0"),
        ("papers", [{"name": "a.pdf", "size": 1, "sha256": "x"}], "not-a-file", "0"),
        ("lines", ["C4"], "not-an-object", ""),
        ("lines", {"C5": {"done": "x"}}, "unknown-row", "C5"),
        ("lines", {"C4": "x"}, "not-an-object", "C4"),
        ("lines", {"C4": {"done": "x", "cost": 1}}, "unknown-column", "C4/cost"),
        ("lines", {"C4": {"people": 1}}, "required-cell", "C4/done"),
        ("lines", {"C4": {"done": "x", "people": 1.5}}, "not-whole", "C4/people"),
        ("lines", {"C4": {"done": [[[[[[1]]]]]]}}, "not-text", "C4/done"),
    ],
)
def test_faults(name, value, code, place):
    answers = {**GOOD_ANSWERS, name: value}

    assert codes(answers) == [(name, code, place)]
    assert faults(answers)[0].message


def test_a_fault_is_told_in_words_with_its_details():
    answers = {**GOOD_ANSWERS, "deep": 901, "papers": [{"name": "a.exe", "size": 1}]}

    assert [item.message for item in faults(answers)] == [
        "The number 901 is larger than 900, the most that is allowed.",
        "The file “a.exe” is not of a type that is taken (pdf, docx).",
    ]


def test_answers_of_hidden_questions_are_kept_and_not_counted():
    answers = {**GOOD_ANSWERS, "digs": "no", "deep": 5000, "story": "x " * 20}

    assert faults(answers, final=True) == []
    assert list(counted_answers(FULL, answers)) == ["who", "where", "since", "digs"]
    assert codes({**answers, "story": "bell\x07"}) == [("story", "signs", "")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("  \n ", 0),
        ("Water came at last.", 4),
        ("a well-kept library, isn't it?", 5),
        ("5.4 billion — 67 %", 3),
        ("bits/s", 2),
        ("« L’eau est là » !", 3),
        ("¿Cuánta agua? ¡Mucha!", 3),
        ("Вода — это жизнь.", 3),
        ("وصلت المياه أخيراً ؟", 3),
        ("水终于来了。", 5),
        ("2024年，互联网接入率达到67%。", 11),
        ("我们用ICT做事", 6),
        ("𠀀𠀁", 2),
        ("word…word", 2),
    ],
)
def test_words_are_counted_as_each_language_counts(text, count):
    assert count_words(text) == count


def test_the_schema_says_what_the_answers_are():
    schema = json_schema(FULL)

    assert schema["title"] == "Wells and networks"
    assert list(schema["properties"]) == [
        question.name for question in FULL.questions() if question.kind is not Kind.NOTE
    ]
    assert schema["required"] == ["who"]
    assert schema["properties"]["deep"] == {
        "title": "How deep?",
        "type": "number",
        "minimum": 0.5,
        "maximum": 900,
        "description": "metres",
    }
    assert schema["properties"]["ways"] == {
        "title": "By what means?",
        "description": "One or both.",
        "type": "array",
        "uniqueItems": True,
        "maxItems": 2,
        "items": {
            "oneOf": [
                {"const": "radio", "title": "Radio"},
                {"const": "wells", "title": "Wells"},
            ]
        },
    }
    jsonschema_rs.meta.validate(schema)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8)
    | st.sampled_from(["yes", "radio", "KEN", "C4", "2019-05-31"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["C4", "done", "people", "name", "slug", "size"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
ANY_ANSWERS = st.dictionaries(st.sampled_from([item.name for item in FULL.questions()]), JSON)


@given(ANY_ANSWERS)
@settings(max_examples=100, deadline=None)
def test_any_answers_are_checked_and_what_has_no_fault_fits_the_schema(answers):
    found = faults(answers, final=True)

    assert all(isinstance(item, AnswerFault) and item.message for item in found)
    if not found:
        assert SCHEMA.is_valid(counted_answers(FULL, answers))


def test_a_required_matrix_needs_one_cell():
    lines = dataclasses.replace(FULL.question("lines"), required=True)
    about, work = FULL.sections
    asked = (lines, Question("last", Kind.NOTE))
    work = dataclasses.replace(work, relevant="", questions=asked)
    form = dataclasses.replace(FULL, sections=(work, about))

    found = faults_of(form, {"who": {"name": "x"}}, known=KNOWN, final=True)
    assert found == [AnswerFault("lines", "required")]
    answers = {"who": {"name": "x"}, "lines": {"C4": {"done": "x"}}}
    assert faults_of(form, answers, known=KNOWN, final=True) == []
