import dataclasses
import io

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pyxform.xls2xform import convert

from rapporteur.calls.questionnaire.checking import problems_of
from rapporteur.calls.questionnaire.errors import FormRefused
from rapporteur.calls.questionnaire.model import Choice, Kind, Question, Section
from rapporteur.calls.questionnaire.xlsform import read_xlsform, write_xlsform
from rapporteur.calls.questionnaire.xlsform.constraints import read_constraint
from rapporteur.calls.questionnaire.xlsform.languages import language_of_header
from tests.calls.questionnaire.forms import FULL, questionnaires

SETTINGS = [
    ["form_title", "form_id", "version", "default_language"],
    ["Wells", "wells", 2024, "English (en)"],
]
GROUP = [["begin group", "s", "Section"]]
END = [["end group", "", ""]]


def book(survey, choices=(), settings=SETTINGS, **more):
    """Return a workbook of sheets given as rows; the first is the header."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **more}.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def in_group(*rows, header=("type", "name", "label")):
    return [list(header), *GROUP, *rows, *END]


def told(read):
    return [(item.sheet, item.row, item.column, item.value, item.code) for item in read.not_taken]


def test_a_full_questionnaire_comes_back_and_nothing_is_left_out():
    read = read_xlsform(write_xlsform(FULL))

    assert read.questionnaire == FULL
    assert read.not_taken == ()


@given(questionnaires())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_questionnaire_is_converted_by_pyxform_and_comes_back(questionnaire):
    written = write_xlsform(questionnaire)

    convert(written, validate=False)
    read = read_xlsform(written)
    assert read.questionnaire == questionnaire
    assert told(read) == []


def test_texts_that_look_like_formulas_are_texts():
    label = {"en": "=1+1", "ar": "@SUM(A1)"}
    about = dataclasses.replace(FULL.sections[0], label=label)
    form = dataclasses.replace(FULL, sections=(about, FULL.sections[1]))
    written = write_xlsform(form)

    cells = [cell for row in load_workbook(io.BytesIO(written))["survey"] for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell.value for cell in cells if cell.data_type == "n" and cell.value is not None] == []
    assert read_xlsform(written).questionnaire == form


def test_a_form_made_elsewhere():
    survey = [
        ["type", "name", "label::English (en)", "label::French", "hint", "required", "relevant"],
        ["begin_group", "about", "About you", "Sur vous"],
        ["text", "who", "Who?", "Qui ?", "Your name", "yes"],
        ["select_one yn", "digs", "Do you dig?", "Creusez-vous ?", "", "no"],
        ["select_multiple  ways", "ways", "How?", "Comment ?", "", "", "${digs} = 'y'"],
        ["end_group"],
    ]
    choices = [
        ["list name", "value", "label::English (en)", "label::French"],
        ["yn", "y", "Yes", "Oui"],
        ["yn", "n", "No", "Non"],
        ["ways", 1, "By hand", "À la main"],
        ["ways", 2, "By radio", "Par radio"],
    ]
    read = read_xlsform(book(survey, choices))

    form = read.questionnaire
    assert (form.name, form.version, form.languages) == ("wells", "2024", ("en", "fr"))
    assert form.title == {"en": "Wells"}
    assert form.sections == (
        Section(
            "about",
            label={"en": "About you", "fr": "Sur vous"},
            questions=(
                Question(
                    "who",
                    Kind.SHORT_TEXT,
                    label={"en": "Who?", "fr": "Qui ?"},
                    hint={"en": "Your name"},
                    required=True,
                ),
                Question(
                    "digs",
                    Kind.SINGLE_CHOICE,
                    label={"en": "Do you dig?", "fr": "Creusez-vous ?"},
                    choices=(
                        Choice("y", {"en": "Yes", "fr": "Oui"}),
                        Choice("n", {"en": "No", "fr": "Non"}),
                    ),
                ),
                Question(
                    "ways",
                    Kind.MULTIPLE_CHOICE,
                    label={"en": "How?", "fr": "Comment ?"},
                    relevant="${digs} = 'y'",
                    choices=(
                        Choice("1", {"en": "By hand", "fr": "À la main"}),
                        Choice("2", {"en": "By radio", "fr": "Par radio"}),
                    ),
                ),
            ),
        ),
    )
    assert told(read) == []
    assert [item.place for item in problems_of(form)] == ["title/fr", "who/hint/fr"]


def test_every_type_that_is_not_taken_is_told_of():
    types = ["geopoint", "audio", "time", "dateTime", "rank yn", "calculate", "range", "start", "?"]
    rows = [[name, f"q{place}", "Where?"] for place, name in enumerate(types)]
    read = read_xlsform(book(in_group(*rows), [["list_name", "name", "label"], ["yn", "y", "Yes"]]))

    assert [item for item in told(read) if item[4] == "type"] == [
        ("survey", place, "type", name, "type") for place, name in enumerate(types, 3)
    ]
    assert ("choices", 0, "list_name", "yn", "unused-list") in told(read)
    assert read.questionnaire.sections[0].questions == ()


def test_a_repeat_is_left_out_with_all_that_is_in_it():
    rows = [
        ["text", "before", "Before"],
        ["begin repeat", "wells", "Wells"],
        ["text", "place", "Place"],
        ["begin group", "inner", "Inner"],
        ["integer", "depth", "Depth"],
        ["end group"],
        ["end repeat"],
        ["text", "after", "After"],
    ]
    read = read_xlsform(book(in_group(*rows)))

    assert [item.name for item in read.questionnaire.questions()] == ["before", "after"]
    assert told(read) == [
        ("survey", 4, "type", "wells", "repeat"),
        ("survey", 5, "type", "place", "in-repeat"),
        ("survey", 6, "type", "inner", "in-repeat"),
        ("survey", 7, "type", "depth", "in-repeat"),
    ]


def test_groups_that_do_not_match():
    rows = [["type", "name", "label"], ["end group"], *GROUP, ["text", "q", "Q"], ["end repeat"]]
    read = read_xlsform(book(rows))

    assert [item.name for item in read.questionnaire.questions()] == ["q"]
    assert [item[4] for item in told(read)] == ["pyxform", "unopened", "wrong-end"]


def test_an_inner_group_gives_its_condition_to_its_questions():
    header = ("type", "name", "label", "relevant")
    rows = [
        ["text", "a", "A"],
        ["begin group", "inner", "Inner", "${a} = 'x' or ${a} = 'y'"],
        ["text", "b", "B", "${a} != ''"],
        ["text", "c", "C"],
        ["end group"],
    ]
    read = read_xlsform(book(in_group(*rows, header=header)))

    assert [item.relevant for item in read.questionnaire.questions()] == [
        "",
        "(${a} = 'x' or ${a} = 'y') and (${a} != '')",
        "${a} = 'x' or ${a} = 'y'",
    ]
    assert told(read) == [("survey", 4, "type", "inner", "nested-group")]


def test_questions_outside_groups_get_a_section():
    rows = [["type", "name", "label"], ["text", "a", "A"], ["note", "b", "B"], *GROUP, *END]
    read = read_xlsform(book([*rows, ["text", "section_1", "C"]]))

    sections = [
        (section.name, [item.name for item in section.questions])
        for section in read.questionnaire.sections
    ]
    assert sections == [("section_2", ["a", "b"]), ("s", []), ("section_3", ["section_1"])]
    assert [item for item in told(read) if item[4] == "no-group"] == [
        ("survey", 2, "name", "a", "no-group"),
        ("survey", 6, "name", "section_1", "no-group"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("calculation", "1 + 1", "feature"),
        ("default", "x", "feature"),
        ("read_only", "yes", "feature"),
        ("trigger", "${a}", "feature"),
        ("choice_filter", "x=1", "feature"),
        ("parameters", "max-pixels=10", "feature"),
        ("guidance_hint", "More", "feature"),
        ("media::image", "a.png", "feature"),
        ("image::English (en)", "a.png", "feature"),
        ("required_message", "Do!", "feature"),
        ("appearance", "numbers", "look"),
        ("required", "${a} = 'x'", "required"),
        ("constraint", "string-length(.) < 5", "constraint"),
        ("constraint_message", "No!", "message"),
        ("relevant", "${a} = today()", "condition"),
        ("rapporteur::kind", "matrix", "kind"),
        ("rapporteur::scheme", "sdg", "setting"),
        ("rapporteur::at_most", "many", "setting"),
        ("label::Português (pt)", "Olá", "language"),
        ("my notes", "Ask Amina", "column"),
        ("bind::odk:length", "10", "column"),
        ("", "aside", "outside"),
    ],
)
def test_what_a_question_does_not_have_is_told_of(column, value, code):
    rows = [["text", "a", "A"], ["text", "b", "B", value]]
    read = read_xlsform(book(in_group(*rows, header=("type", "name", "label", column))))

    found = [item for item in read.not_taken if item.code != "pyxform"]
    place = 1 if code in ("language", "column") else 4
    shown = "Português (pt)" if code == "language" else value
    assert [(item.row, item.column, item.value, item.code) for item in found] == [
        (place, column, shown, code)
    ]
    assert found[0].message
    assert [item.name for item in read.questionnaire.questions()] == ["a", "b"]


def test_what_other_sheets_and_settings_hold_is_told_of():
    data = book(
        in_group(["select_one yn or_other", "q", "Q"], ["select_one none", "r", "R"]),
        [["list_name", "name", "label", "image"], ["yn", "y", "Yes", "y.png"], ["", "n", "No"]],
        [["form_title", "style", "default_language"], ["Wells", "pages", "tlh"], ["More"]],
        entities=[["list_name"], ["wells"]],
        empty=[],
    )
    read = read_xlsform(data)

    assert [item for item in told(read) if item[4] != "pyxform"] == [
        ("survey", 1, "label", "", "language-assumed"),
        ("survey", 3, "type", "select_one yn or_other", "or-other"),
        ("survey", 4, "type", "select_one none", "no-list"),
        ("choices", 1, "image", "y.png", "column"),
        ("choices", 3, "name", "", "no-choice-name"),
        ("settings", 0, "form_id", "", "no-form-id"),
        ("settings", 1, "style", "pages", "column"),
        ("settings", 2, "default_language", "tlh", "setting"),
        ("settings", 3, "", "", "second-row"),
        ("entities", 0, "", "", "sheet"),
    ]


def test_pictures_of_choices_are_told_of():
    choices = [["list_name", "name", "label", "image"], ["yn", "y", "Yes", "y.png"]]
    read = read_xlsform(book(in_group(["select_one yn", "q", "Q"]), choices))

    assert told(read) == [("choices", 1, "image", "y.png", "column")]


def test_the_language_of_plain_texts_is_found_by_the_texts():
    rows = [["text", "q", "Quelle est la profondeur du puits dans la région ?"]]
    read = read_xlsform(book(in_group(*rows), [], [["form_id"], ["wells"]]))

    assert (read.questionnaire.languages, read.questionnaire.default_language) == (("fr",), "fr")
    assert [(item.code, item.details) for item in read.not_taken] == [
        ("language-assumed", {"language": "fr"})
    ]


def test_a_table_whose_rows_differ_is_left_out():
    written = load_workbook(io.BytesIO(write_xlsform(FULL)))
    sheet = written["survey"]
    names = [cell.value for cell in sheet["B"]]
    place = len(names) - names[::-1].index("people")
    sheet.cell(place, 3).value = "Changed"
    stream = io.BytesIO()
    written.save(stream)

    read = read_xlsform(stream.getvalue())
    assert read.questionnaire.question("lines") is None
    assert [item[3:] for item in told(read)] == [("lines", "matrix")]


def test_errors_of_formulas_are_told_of():
    workbook = load_workbook(io.BytesIO(book(in_group(["text", "q", "Q"]))))
    workbook["survey"]["C3"] = "#REF!"
    workbook["survey"]["C3"].data_type = "e"
    stream = io.BytesIO()
    workbook.save(stream)

    assert ("survey", 3, "label", "#REF!", "formula-error") in told(read_xlsform(stream.getvalue()))


WORDS = r"regex(., '^\s*(\S+\s+){0,299}\S*\s*$')"


@pytest.mark.parametrize(
    ("text", "kind", "whole", "limits", "left"),
    [
        (". >= 1 and . <= 5", Kind.NUMBER, False, {"minimum": 1, "maximum": 5}, []),
        ("(.>0.5) and (10 >= .)", Kind.NUMBER, False, {"maximum": 10}, [".>0.5"]),
        (". > 0 and . < 10", Kind.NUMBER, True, {"minimum": 1, "maximum": 9}, []),
        (". > 0 or . = -1", Kind.NUMBER, True, {}, [". > 0 or . = -1"]),
        (". >= 1 and . >= 2", Kind.NUMBER, True, {"minimum": 1}, [". >= 2"]),
        (". >= 1 and . <= ${n}", Kind.NUMBER, True, {"minimum": 1}, [". <= ${n}"]),
        (WORDS, Kind.LONG_TEXT, False, {"words_at_most": 300}, []),
        (r"regex(.,'^(\S+\s+){0,9}\S+$')", Kind.SHORT_TEXT, False, {"words_at_most": 10}, []),
        ("regex(., '^[A and z]+$')", Kind.SHORT_TEXT, False, {}, ["regex(., '^[A and z]+$')"]),
        ("count-selected(.) < 3", Kind.MULTIPLE_CHOICE, False, {"at_most": 2}, []),
        (
            ". >= date('2020-01-01') and . <= date('2020-02-30')",
            Kind.DATE,
            False,
            {"earliest": "2020-01-01"},
            [". <= date('2020-02-30')"],
        ),
        (". <= 5", Kind.SHORT_TEXT, False, {}, [". <= 5"]),
        ("", Kind.NUMBER, False, {}, []),
        ("(" * 1500 + ")" * 1500, Kind.NUMBER, False, {}, ["(" * 1500 + ")" * 1500]),
    ],
)
def test_constraints(text, kind, whole, limits, left):
    read = read_constraint(text, kind, whole=whole)

    assert (read.limits, read.left) == (limits, left)


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Français (fr)", "fr"),
        ("French", "fr"),
        ("fr-CH", "fr"),
        ("中文 (zh-CN)", "zh-hans"),
        ("Simplified Chinese (zh_Hans)", "zh-hans"),
        ("العربية", "ar"),
        ("English  (UK)", "en"),
        ("Português (pt)", None),
        ("", None),
    ],
)
def test_languages_of_headers(header, code):
    assert language_of_header(header) == code


WORDS_OF_FORMS = (
    "text|begin group|end group|begin repeat|select_one a|date|a|b|yes|${a} = 'x'|${b|. >= 1|"
    "rapporteur|label::fr|label|type|name|relevant|rapporteur::kind|list_name||£|::|:"
)
CELLS = st.sampled_from([*WORDS_OF_FORMS.split("|"), 1, 2.5, True])
CONTROLS = ("begin group", "end group", "begin repeat")
ROWS = st.lists(st.lists(CELLS, max_size=6), max_size=8)


@example([["begin repeat"], ["text", "begin group"]], [], [])
@given(ROWS, ROWS, ROWS)
@settings(max_examples=30, deadline=None)
def test_any_workbook_is_read_and_every_row_is_taken_or_told_of(survey, choices, settings_rows):
    survey = [["type", "name", "label", "rapporteur::kind", "relevant"], *survey]
    read = read_xlsform(book(survey, choices, settings_rows))

    assert all(item.message for item in read.not_taken)
    told_rows = [item.row for item in read.not_taken if item.sheet == "survey"]
    left_out = {"type", "no-type", "in-repeat", "too-deep"}
    left = [item for item in read.not_taken if item.sheet == "survey" and item.code in left_out]
    rows = [row for row in survey[1:] if any(cell != "" for cell in row)]
    controls = [row for row in rows if row[0] in CONTROLS]
    in_repeats = [
        item for item in left if item.code == "in-repeat" and survey[item.row - 1][0] in CONTROLS
    ]
    asked = list(read.questionnaire.questions())
    assert len(asked) + len(left) - len(in_repeats) >= len(rows) - len(controls)
    assert max(told_rows, default=0) <= len(survey)
    problems_of(read.questionnaire)


def test_a_workbook_without_a_survey_is_an_empty_questionnaire():
    read = read_xlsform(book([], other=[["type"], ["text"]]))

    assert read.questionnaire.sections == ()
    assert told(read) == [("other", 0, "", "", "sheet")]


def test_refusals_say_what_to_do():
    with pytest.raises(FormRefused) as caught:
        read_xlsform(b"%PDF-1.7 form")

    assert str(caught.value) == (
        "The file is no workbook that can be read. Save it as XLSX, and give that."
    )
