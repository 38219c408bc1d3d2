import dataclasses
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.calls.questionnaire.conditions import (
    BadCondition,
    parse_condition,
    shown_questions,
)
from rapporteur.calls.questionnaire.conditions.parsing import FUNCTIONS
from rapporteur.calls.questionnaire.model import Kind, Question, Questionnaire, Section
from tests.calls.questionnaire.forms import FULL, GOOD_ANSWERS

ANSWERS = {"a": "yes", "n": 5, "half": 0.5, "many": ["x", "yy"], "day": "2026-05-31", "no": ""}
ASKED = (
    *(Question(name, Kind.SHORT_TEXT) for name in ("a", "n", "half", "many", "no", "None")),
    Question("day", Kind.DATE),
    Question("nextday", Kind.DATE),
)


def is_shown(condition, answers=ANSWERS):
    last = Question("last", Kind.NOTE, relevant=condition)
    form = Questionnaire("form", sections=(Section("s", questions=(*ASKED, last)),))
    return "last" in shown_questions(form, answers)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", True),
        ("${a} = 'yes'", True),
        ('${a} = "no"', False),
        ("${ a }!='yes'", False),
        ("${n} > 4 and ${n} <= 5", True),
        ("${n} + 1 = 6", True),
        ("${n} - -1 = 6", True),
        ("${n} * 2 div 5 mod 3 = 2", True),
        ("2 - 1 - 1 = 0", True),
        ("${half} < 1", True),
        ("${no} = ''", True),
        ("${no} > 0", False),
        ("${no} != 0", True),
        ("selected(${many}, 'y')", False),
        ("selected(${many}, 'yy')", True),
        ("not(selected(${many}, 'x'))", False),
        ("count-selected(${many}) = 2", True),
        ("count-selected(${no}) = 0", True),
        ("string-length(${a}) = 3", True),
        ("number(${n}) = 5", True),
        ("true() and not(false())", True),
        ("${a} = 'no' or ${a} = 'maybe' or ${a} = 'yes'", True),
        ("${a} = 'no' and (${a} = 'no' or ${a} = 'yes')", False),
        ("${a} = 'yes' or ${a} = 'yes' and false()", True),
        ("${day} < date('2026-06-01')", True),
        ("${day} = date('2026-05-31')", True),
        ("${day} = '2026-05-31'", True),
        ("${day} > ${nextday}", False),
        ("${nextday} = ''", True),
        ("${nextday} < date('2026-06-01')", False),
        ("date('2026-02-30') = date('2026-02-30')", False),
        ("${a}", True),
        ("${no}", False),
    ],
)
def test_conditions(condition, expected):
    assert is_shown(condition) is expected


@pytest.mark.parametrize(
    ("condition", "code", "at", "found"),
    [
        ("${a} = 'yes", "not-read", 7, "'yes"),
        ("${a} =", "unfinished", 6, ""),
        ("${a} 'x'", "not-read", 5, "'x'"),
        ("document('http://example.org/')", "unknown-function", 0, "document"),
        ("${a} = today()", "unknown-function", 7, "today"),
        ("/answers/a = 1", "not-read", 0, "/answers/a = 1"),
        ("//*", "not-read", 0, "//*"),
        ("${a}[1]", "not-read", 4, "[1]"),
        ("$a", "not-read", 0, "$a"),
        (". > 1", "not-read", 0, ". > 1"),
        ("../a", "not-read", 0, "../a"),
        ("${a} = &lol;", "not-read", 7, "&lol;"),
        ("<!DOCTYPE a>", "not-read", 1, "!DOCTYPE a>"),
        ("a", "unknown-function", 0, "a"),
        ("selected(${a})", "arguments", 0, "selected"),
        ("selected('a', 'a')", "arguments", 0, "selected"),
        ("true(1)", "arguments", 0, "true"),
        ("not(", "unfinished", 4, ""),
        ("", "unfinished", 0, ""),
        ("(" * 21 + "1" + ")" * 21, "too-deep", 20, ""),
        ("-" * 30 + "1", "too-deep", 20, ""),
        ("1 = 1" + " or 1 = 1" * 80, "too-long", 675, ""),
        ("'" + "x" * 2000 + "'", "too-long", 2000, ""),
        ("'\x00'", "signs", 1, "U+0000"),
        ("'\ud800'", "signs", 1, "U+D800"),
        ("${last-saved#a} = 1", "not-read", 0, "${last-saved#a} = 1"),
    ],
)
def test_what_is_no_condition_is_refused_with_its_place(condition, code, at, found):
    with pytest.raises(BadCondition) as caught:
        parse_condition(condition)

    assert (caught.value.code, caught.value.at, caught.value.found) == (code, at, found)


def test_a_faulty_condition_hides_nothing():
    assert is_shown("document('/etc/passwd')")


def test_what_a_condition_asks():
    condition = parse_condition("selected(${a}, 'x') or 'y' = ${b} and ${a} > ${c}")

    assert condition.questions == ("a", "b", "c")
    assert condition.choices == (("a", "x"), ("b", "y"))


def test_shown_questions_of_a_whole_form():
    every = tuple(question.name for question in FULL.questions())
    about = every[:5]

    assert shown_questions(FULL, GOOD_ANSWERS) == every
    assert shown_questions(FULL, {}) == about
    assert shown_questions(FULL, {"digs": "no", "ways": ["wells"]}) == about
    without = tuple(name for name in every if name != "deep")
    assert shown_questions(FULL, {"digs": "yes", "ways": ["wells"]}) == without


def test_the_answer_of_a_hidden_question_is_empty_to_later_conditions():
    first = Question("first", Kind.SHORT_TEXT)
    second = Question("second", Kind.SHORT_TEXT, relevant="${first} = 'x'")
    third = Question("third", Kind.SHORT_TEXT, relevant="${second} = 'y'")
    form = Questionnaire("form", sections=(Section("s", questions=(first, second, third)),))

    answers = {"first": "x", "second": "y"}
    assert shown_questions(form, answers) == ("first", "second", "third")
    assert shown_questions(form, {**answers, "first": ""}) == ("first",)


def test_answers_of_any_shape_hide_or_show_and_never_fail():
    strange = {"a": {"slug": 7}, "n": [None, [["x"]]], "many": {"name": "\x00\ud800<&"}, "no": True}

    assert is_shown("${a} = '' and ${many} = '<&' and selected(${n}, 'x') and ${no} = ''", strange)


SIGNS = re.split(" ", "${a} ${day} 'x' \" ' ( ) , and or = < - 1 // .. [ * $ div &lt; é")
PIECES = st.sampled_from([*FUNCTIONS, *SIGNS, " ", "\n"])


@given(st.lists(PIECES, max_size=20).map(" ".join) | st.text(max_size=40))
def test_any_text_is_a_condition_or_refused(text):
    try:
        parse_condition(text)
    except BadCondition:
        return
    # What was read is evaluated: XPath agrees that it is an expression.
    assert is_shown(f"({text}) or true()")
    assert not is_shown(f"({text}) and false()")


def test_a_question_named_like_an_operator_can_be_asked():
    first = Question("div", Kind.NUMBER)
    last = Question("and", Kind.NOTE, relevant="${div} div ${div} = 1")
    form = dataclasses.replace(FULL, sections=(Section("s", questions=(first, last)),))

    assert shown_questions(form, {"div": 3}) == ("div", "and")
