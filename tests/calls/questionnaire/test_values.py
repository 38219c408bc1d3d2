import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.calls.questionnaire.model import Kind, Question
from rapporteur.calls.questionnaire.offline.places import CodeNames, Option
from rapporteur.calls.questionnaire.offline.values import (
    NotAValue,
    is_ticked_mark,
    parse_date,
    parse_number,
    value_of,
)
from rapporteur.calls.questionnaire.offline.wording import option_line
from tests.calls.questionnaire.forms import FULL

NAMIBIA = Option("NAM", {"en": "Namibia"})


@pytest.mark.parametrize(
    ("text", "whole", "number"),
    [
        ("1250", False, 1250),
        (" 1250.50 ", False, 1250.5),
        ("-3", False, -3),
        ("−3,5", False, -3.5),
        ("1 250", False, 1250),
        ("1\u202f250\u202f000", False, 1250000),
        ("1'250", False, 1250),
        ("1,250,000", False, 1250000),
        ("1,250.5", False, 1250.5),
        ("1.250.000", False, 1250000),
        ("1.250,5", False, 1250.5),
        ("0,125", False, 0.125),
        ("1.125", False, 1.125),
        ("1,250", True, 1250),
        ("1.250", True, 1250),
        ("١٢٥٠٫٥", False, 1250.5),
        ("١٬٢٥٠٬٠٠٠", False, 1250000),
        ("१२", False, 12),
    ],
)
def test_numbers_as_people_write_them(text, whole, number):
    assert parse_number(text, whole=whole) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,250", "ambiguous-number"),
        ("about 5", "not-a-number"),
        ("5%", "not-a-number"),
        ("1 25", "not-a-number"),
        ("1e5", "not-a-number"),
        ("9" * 16, "not-a-number"),
        ("²", "not-a-number"),
        ("", "not-a-number"),
    ],
)
def test_what_is_no_number(text, code):
    with pytest.raises(NotAValue) as caught:
        parse_number(text, whole=False)
    assert (caught.value.code, caught.value.value) == (code, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-05-31", "2026-05-31"),
        ("2026/5/31", "2026-05-31"),
        ("2026年5月31日", "2026-05-31"),
        ("31.5.2026", "2026-05-31"),
        ("05.06.2026", "2026-06-05"),
        ("31/05/2026", "2026-05-31"),
        ("05/31/2026", "2026-05-31"),
        ("05/05/2026", "2026-05-05"),
        ("٣١/٥/٢٠٢٦", "2026-05-31"),
        ("2026-05-31 00:00:00", "2026-05-31"),
    ],
)
def test_dates_as_people_write_them(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("05/06/2026", "ambiguous-date"),
        ("2026-02-30", "not-a-date"),
        ("31/31/2026", "not-a-date"),
        ("May 2026", "not-a-date"),
        ("31.5.26", "not-a-date"),
    ],
)
def test_what_is_no_date(text, code):
    with pytest.raises(NotAValue) as caught:
        parse_date(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "ticked"),
    [
        ("", False),
        ("☐", False),
        ("☒", True),
        (" X ", True),
        ("х", True),
        ("yes", True),
        ("no", None),
    ],
)
def test_marks_in_boxes(text, ticked):
    assert is_ticked_mark(text) is ticked


def test_choices_are_read_by_name_and_by_label_in_any_language():
    digs, ways = FULL.question("digs"), FULL.question("ways")

    assert value_of(digs, None, " YES ", CodeNames()) == "yes"
    assert value_of(digs, None, "نعم", CodeNames()) == "yes"
    assert value_of(ways, None, "wells; راديو\nWells", CodeNames()) == ["wells", "radio"]
    with pytest.raises(NotAValue) as caught:
        value_of(digs, None, "perhaps", CodeNames())
    assert (caught.value.code, caught.value.value) == ("not-a-choice", "perhaps")


def test_codes_are_read_as_lists_show_them():
    names = CodeNames({"countries": {"KEN": {"en": "Kenya"}, "NAM": {"en": "Namibia"}}})
    one = Question("where", Kind.COUNTRY)

    for text in ("NAM", "nam", "Namibia", "Namibia (NAM)", option_line(one, NAMIBIA, "Namibia")):
        assert value_of(one, None, text, names) == "NAM"
    with pytest.raises(NotAValue) as caught:
        value_of(one, None, "Nambia", names)
    assert (caught.value.code, caught.value.value) == ("unknown-code", "Nambia")


def test_organizations_are_read_one_a_line():
    many = Question("who", Kind.ORGANIZATION, many=True)

    assert value_of(many, None, "Wells Union\n\n Kin & Co.\nWells Union", CodeNames()) == [
        {"name": "Wells Union"},
        {"name": "Kin & Co."},
    ]


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)))
def test_plain_numbers_are_read_as_written(number):
    assert parse_number(format(number, "f"), whole=False) == number


@given(st.text(max_size=20))
def test_any_text_is_a_value_or_none(text):
    for read in (lambda text: parse_number(text, whole=True), parse_date):
        try:
            read(text)
        except NotAValue:
            continue
