import dataclasses
import io
import random
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from rapporteur.calls.questionnaire.errors import FormRefused
from rapporteur.calls.questionnaire.model import Kind, Question
from rapporteur.calls.questionnaire.offline import (
    CodeNames,
    docx_in,
    read_offline,
    write_offline_docx,
    write_offline_xlsx,
)
from rapporteur.calls.questionnaire.offline.docx_out import w
from rapporteur.calls.questionnaire.offline.marks import mark_of
from rapporteur.calls.questionnaire.offline.places import is_ticked, places_of
from tests.calls.questionnaire.filling import (
    cell_of,
    changed_book,
    changed_word,
    control,
    fill_book,
    fill_word,
    paragraph,
    type_into,
)
from tests.calls.questionnaire.forms import FULL, en_ar, questionnaires, with_question

FILES = Path(__file__).parent / "files"
NAMES = CodeNames(
    {
        "action-lines": {"C4": en_ar("Skills", "مهارات"), "C7.4": en_ar("Health", "صحة")},
        "countries": {code: en_ar(f"Land {code}", f"بلد {code}") for code in ("KEN", "NAM", "PRK")}
        | {f"X{place:02}": en_ar(f"Isle {place}", f"جزيرة {place}") for place in range(50)},
    }
)
WORD = write_offline_docx(FULL, "en")
BOOK = write_offline_xlsx(FULL, "en")
PROPERTIES = zipfile.ZipFile(io.BytesIO(WORD)).read("docProps/custom.xml")
EXPECTED = {
    "who": {"name": "Wells Union"},
    "where": ["KEN", "NAM"],
    "since": "2019-05-31",
    "digs": "yes",
    "ways": ["wells"],
    "deep": 12.5,
    "story": "Water came\nat last.",
    "codes": ["C4", "C7.4"],
    "lines": {"C7.4": {"done": "Two wards", "people": 1250, "going": "no"}},
    "name": "Amina",
}
IN_WORD = {
    "who": "Wells Union",
    "where": "ken\nNAM",
    "since": "31.5.2019",
    "digs=yes": "☒",
    "ways=wells": "☒",
    "deep": "12,5",
    "story": "Water came\nat last.",
    "codes": "C4; C7.4",
    "lines/C7.4/done": "Two wards",
    "lines/C7.4/people": "1,250",
    "lines/C7.4/going=no": "☒",
    "name": " Amina ",
}
IN_BOOK = {
    "who": "Wells Union",
    "where": "KEN\nNAM",
    "since": datetime(2019, 5, 31),  # noqa: DTZ001  a cell has no zone
    "digs": "yes",
    "ways=wells": "x",
    "deep": 12.5,
    "story": "Water came\nat last.",
    "codes": "C4, C7.4",
    "lines/C7.4/done": "Two wards",
    "lines/C7.4/people": 1250,
    "lines/C7.4/going": "No",
    "name": "Amina",
}


def told(filled):
    return [(item.question, item.code, item.text) for item in filled.faults]


def test_a_filled_word_form_is_read_back():
    filled = read_offline(fill_word(WORD, IN_WORD), FULL)

    assert (filled.answers, filled.faults) == (EXPECTED, ())
    assert filled.mark == mark_of(FULL, "en", CodeNames())


def test_a_filled_workbook_is_read_back():
    filled = read_offline(fill_book(BOOK, IN_BOOK), FULL)

    assert (filled.answers, filled.faults) == (EXPECTED, ())
    assert filled.mark == mark_of(FULL, "en", CodeNames())


# The filled forms in Arabic, opened and saved by LibreOffice 7.4 (soffice --convert-to). They know
# FULL by its digest: whoever changes FULL fills and saves them anew.
@pytest.mark.parametrize("name", ["saved_by_libreoffice.docx", "saved_by_libreoffice.xlsx"])
def test_forms_that_libreoffice_saved_are_read_back(name):
    filled = read_offline((FILES / name).read_bytes(), FULL)

    assert (filled.answers, filled.faults) == (EXPECTED, ())
    assert dataclasses.replace(filled.mark, wording="") == dataclasses.replace(
        mark_of(FULL, "ar", CodeNames()), wording=""
    )


@given(questionnaires(), st.data())
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_form_is_written_and_read_back(questionnaire, data):
    language = data.draw(st.sampled_from(questionnaire.languages))
    places = [
        place
        for place in places_of(questionnaire)
        if place.question.kind in (Kind.SHORT_TEXT, Kind.LONG_TEXT)
    ]
    typed = {place.key: f"Answer {number}" for number, place in enumerate(places)}
    word = write_offline_docx(questionnaire, language)
    book = write_offline_xlsx(questionnaire, language)
    if not list(places_of(questionnaire)):
        with pytest.raises(FormRefused):
            read_offline(word, questionnaire)
        return

    for form in (fill_word(word, typed), fill_book(book, typed)):
        filled = read_offline(form, questionnaire)
        read = {
            place.key: filled.answers[place.root.name][place.row][place.question.name]
            if place.row
            else filled.answers[place.root.name]
            for place in places
        }
        assert read == typed
        assert told(filled) == []


def test_equal_forms_are_equal_bytes():
    assert write_offline_docx(FULL, "ar") == write_offline_docx(FULL, "ar")


def test_arabic_forms_run_from_right_to_left():
    def look(root):
        assert root.find(f".//{w('tblPr')}/{w('bidiVisual')}") is not None
        properties = [item for item in root.iter(w("pPr")) if item.find(w("sectPr")) is None]
        assert all(item.find(w("bidi")) is not None for item in properties)

    changed_word(write_offline_docx(FULL, "ar"), look)

    def look_at_book(book):
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        assert [sheet.sheet_view.rightToLeft for sheet in shown] == [True, True]

    changed_book(write_offline_xlsx(FULL, "ar"), look_at_book)


def test_what_may_be_chosen_stands_in_lists_and_only_answers_are_typed():
    def look(book):
        form = book.worksheets[0]
        rules = {
            str(rule.sqref): (rule.type, rule.formula1)
            for rule in form.data_validations.dataValidation
        }
        assert rules[cell_of(book, "digs").coordinate] == ("list", "'rapporteur-lists'!$A$1:$A$2")
        assert rules[cell_of(book, "deep").coordinate] == ("decimal", "0.5")
        assert [cell.value for cell in book["rapporteur-lists"]["A"]] == ["Yes", "No"]
        assert form.protection.sheet
        unlocked = [cell.coordinate for row in form for cell in row if not cell.protection.locked]
        typed = [key for key in IN_BOOK if "/" not in key]
        typed.insert(typed.index("ways=wells"), "ways=radio")
        assert unlocked == [cell_of(book, key).coordinate for key in typed]

    changed_book(BOOK, look)


def test_names_of_codes_are_offered_and_read_in_any_language():
    word = write_offline_docx(FULL, "en", NAMES)
    typed = {"codes=C7.4": "☒", "where": "Land KEN\nبلد NAM; land prk"}
    filled = read_offline(fill_word(word, typed), FULL, NAMES)
    assert filled.answers == {"codes": ["C7.4"], "where": ["KEN", "NAM", "PRK"]}
    assert told(filled) == []

    book = write_offline_xlsx(FULL, "en", NAMES)
    filled = read_offline(fill_book(book, {"codes=C4": "x", "where": "isle 7"}), FULL, NAMES)
    assert filled.answers == {"codes": ["C4"], "where": ["X07"]}
    assert told(filled) == []


@pytest.mark.parametrize(
    ("key", "text", "code", "question"),
    [
        ("since", "05/06/2019", "ambiguous-date", "since"),
        ("since", "last spring", "not-a-date", "since"),
        ("since", "2019-02-30", "not-a-date", "since"),
        ("deep", "1,250", "ambiguous-number", "deep"),
        ("deep", "very", "not-a-number", "deep"),
        ("where", "Kenya", None, ""),
        ("where", "Kenya and Namibia", "unknown-code", "where"),
        ("ways=radio", "perhaps", "unclear-tick", "ways"),
        ("lines/C4/people", "a few", "not-a-number", "lines"),
    ],
)
def test_what_cannot_be_read_is_told_of_with_its_question(key, text, code, question):
    for form in (fill_word(WORD, {key: text}), fill_book(BOOK, {key: text})):
        filled = read_offline(form, FULL)

        assert told(filled) == ([] if code is None else [(question, code, text)])
        assert all(item.where and item.message for item in filled.faults)


def test_a_fault_says_where_it_stands_and_how_to_mend_it():
    in_word = read_offline(fill_word(WORD, {"deep": "very"}), FULL).faults[0]
    in_book = read_offline(fill_book(BOOK, {"lines/C4/people": "a few"}), FULL).faults[0]

    assert in_word.where == "at or below “How deep?”"
    assert in_book.where == "sheet “Table 1”, cell D4"
    assert in_book.message == ("“a few” is no number. Write digits alone, with a point: 1250.5.")


def test_two_ticks_where_one_may_be():
    filled = read_offline(fill_word(WORD, {"digs=yes": "☒", "digs=no": "X"}), FULL)

    assert filled.answers == {}
    assert told(filled) == [("digs", "several-chosen", "yes, no")]


def test_text_beside_a_control_in_its_box_belongs_to_the_answer():
    def change(root):
        type_into(root, "story", "Water came")
        cell = next(control(root, "story").iterancestors(w("tc")))
        cell.append(paragraph("at last."))

    assert read_offline(changed_word(WORD, change), FULL).answers["story"] == "Water came\nat last."


def test_text_outside_places_is_told_of():
    def change(root):
        body = root[0]
        body.insert(0, paragraph("Dear secretariat,"))
        heading = next(control(root, "deep").iterancestors(w("tbl")))
        heading.addprevious(paragraph("It is 12 metres."))

    filled = read_offline(changed_word(WORD, change), FULL)
    assert filled.answers == {}
    assert told(filled) == [
        ("", "text-outside", "Dear secretariat,"),
        ("ways", "text-outside", "It is 12 metres."),
    ]

    def change_book(book):
        cell = cell_of(book, "deep")
        book.worksheets[0].cell(cell.row, 4).value = "Ask Amina"
        book.worksheets[0].cell(cell.row, 2).value = "How wide?"

    filled = read_offline(changed_book(BOOK, change_book), FULL)
    assert told(filled) == [
        ("deep", "text-outside", "How wide?"),
        ("deep", "text-outside", "Ask Amina"),
    ]


def test_lines_of_a_form_in_words_of_another_release_are_its_own():
    def change(root):
        root[0].insert(0, paragraph("Please fill this in."))
        root[0].insert(0, etree.fromstring(etree.tostring(next(root.iter(w("tbl"))))))
        for name in ("sdt", "bookmarkStart"):
            for mark in list(root[0][0].iter(w(name))):
                mark.getparent().remove(mark)
        next(root[0][0].iter(w("tc"))).append(paragraph("Dear secretariat,"))

    parts = {"docProps__custom.xml": PROPERTIES.replace(b"wording", b"older")}
    filled = read_offline(changed_word(WORD, change, **parts), FULL)
    assert told(filled) == [("", "text-outside", "Dear secretariat,")]


def test_places_that_were_deleted_are_told_of():
    def change(root):
        for key in ("name", "deep"):
            table = next(control(root, key).iterancestors(w("tbl")))
            table.getparent().remove(table)
        row = next(control(root, "lines/C4/done").iterancestors(w("tr")))
        row.getparent().remove(row)
        choice = next(control(root, "ways=radio").iterancestors(w("p")))
        choice.getparent().remove(choice)

    filled = read_offline(changed_word(WORD, change), FULL)
    assert [(item.question, item.code, dict(item.details)) for item in filled.faults] == [
        ("ways", "choice-missing", {"value": "radio"}),
        ("deep", "place-missing", {"row": "", "column": ""}),
        ("lines", "row-missing", {"row": "C4", "column": "done"}),
        ("name", "place-missing", {"row": "", "column": ""}),
    ]

    def change_book(book):
        for key in ("name", "ways=radio", "lines/C4/done"):
            cell = cell_of(book, key)
            cell.parent.delete_rows(cell.row)

    filled = read_offline(changed_book(BOOK, change_book), FULL)
    assert [(item.question, item.code) for item in filled.faults] == [
        ("ways", "choice-missing"),
        ("lines", "row-missing"),
        ("name", "place-missing"),
    ]


def test_rows_that_were_moved_and_columns_that_were_added_are_found():
    def change(book):
        form = book.worksheets[0]
        for key, value in IN_BOOK.items():
            cell_of(book, key).value = value
        first, second = cell_of(book, "who").row, cell_of(book, "name").row
        for column in (1, 2, 3):
            one, other = form.cell(first, column), form.cell(second, column)
            one.value, other.value = other.value, one.value
        form.insert_cols(1)
        for merged in list(form.merged_cells.ranges):
            form.unmerge_cells(str(merged))

    filled = read_offline(changed_book(BOOK, change), FULL)
    assert (filled.answers, told(filled)) == (EXPECTED, [])


def test_a_place_that_stands_twice_with_two_answers():
    def change(root):
        table = next(control(root, "name").iterancestors(w("tbl")))
        type_into(root, "name", "Amina")
        copy = etree.fromstring(etree.tostring(table))
        table.addnext(copy)
        type_into(copy, "name", "Wanjiru")

    filled = read_offline(changed_word(WORD, change), FULL)
    assert filled.answers == {}
    assert told(filled) == [("name", "place-twice", "Amina"), ("name", "place-twice", "Wanjiru")]


def test_lost_controls_are_found_by_their_bookmarks_and_lost_bookmarks_by_their_controls():
    filled_form = fill_word(WORD, IN_WORD)

    def without_tags(root):
        for tag in list(root.iter(w("tag"))):
            tag.getparent().remove(tag)

    def without_bookmarks(root):
        for name in ("bookmarkStart", "bookmarkEnd"):
            for mark in list(root.iter(w(name))):
                mark.getparent().remove(mark)

    def without_ends(root):
        for mark in list(root.iter(w("bookmarkEnd"))):
            mark.getparent().remove(mark)

    for change in (without_tags, without_bookmarks, without_ends):
        read = read_offline(changed_word(filled_form, change), FULL)
        assert (read.answers, told(read)) == (EXPECTED, [])

    def without_both(root):
        without_tags(root)
        without_bookmarks(root)

    with pytest.raises(FormRefused):
        read_offline(changed_word(filled_form, without_both), FULL)


def test_deleted_and_inserted_words_of_tracked_changes():
    def change(root):
        type_into(root, "name", "Amina")
        content = next(control(root, "name").iter(w("p")))
        gone = etree.SubElement(content, w("del"))
        etree.SubElement(etree.SubElement(gone, w("r")), w("delText")).text = "x"
        added = etree.SubElement(content, w("ins"))
        etree.SubElement(etree.SubElement(added, w("r")), w("t")).text = " Otieno"

    assert read_offline(changed_word(WORD, change), FULL).answers == {"name": "Amina Otieno"}


def test_what_word_shows_in_an_empty_control_is_no_answer():
    def change(root):
        for text in control(root, "name").iter(w("t")):
            text.text = "Click or tap here to enter text."

    filled = read_offline(changed_word(WORD, change), FULL)
    assert (filled.answers, told(filled)) == ({}, [])


def test_comments_pictures_and_errors_are_told_of():
    notes = b'<w:comments xmlns:w="%s"><w:comment><w:p><w:r><w:t>Ask me</w:t></w:r></w:p>'
    notes = notes % w("").strip("{}").encode() + b"</w:comment></w:comments>"

    def change(root):
        run = next(control(root, "story").iter(w("r")))
        etree.SubElement(run, w("drawing"))

    filled = read_offline(
        changed_word(WORD, change, word__comments=b"", **{"word__comments.xml": notes}), FULL
    )
    assert told(filled) == [("", "comment", "Ask me"), ("story", "picture", "")]

    def change_book(book):
        from openpyxl.comments import Comment

        cell_of(book, "name").comment = Comment("Ask me", "Amina")
        cell_of(book, "deep").value = "#REF!"
        cell_of(book, "deep").data_type = "e"

    filled = read_offline(changed_book(BOOK, change_book), FULL)
    assert told(filled) == [("deep", "formula-error", "#REF!"), ("", "comment", "Ask me")]


def test_a_form_of_another_version_is_read_by_names():
    sections = (
        FULL.sections[0],
        dataclasses.replace(
            FULL.sections[1],
            questions=(
                *FULL.sections[1].questions[:2],
                Question("new", Kind.SHORT_TEXT, label=en_ar("New", "جديد")),
            ),
        ),
    )
    newer = dataclasses.replace(FULL, version="2026-2", sections=sections)

    for form in (fill_word(WORD, IN_WORD), fill_book(BOOK, IN_BOOK)):
        filled = read_offline(form, newer)

        assert filled.answers == {
            name: EXPECTED[name] for name in ("who", "where", "since", "digs", "ways", "deep")
        }
        assert filled.faults[0].message == (
            "The form was made of version “2026-1”, and the questionnaire is now “2026-2”. "
            "Answers were read by the names of questions: look through them."
        )
        codes = {(item.question, item.code) for item in filled.faults[1:]}
        assert ("new", "place-missing") in codes
    assert ("", "unknown-place") in codes


def test_another_form_and_files_that_are_none_are_refused():
    other = dataclasses.replace(FULL, name="other")
    alone = with_question(Question("elsewhere", Kind.SHORT_TEXT, label=en_ar("E", "ع")))
    cases = [
        (WORD, other, "The file is the form “wells”, and this is “other”."),
        (BOOK, other, "The file is the form “wells”, and this is “other”."),
        (WORD, alone, "The file holds no place of this form."),
        (b"", FULL, "The file is empty."),
        (b"Dear secretariat", FULL, "The file is no workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 99, FULL, "The file is in an old form."),
        (changed_word(WORD, None, **{"word__vbaProject.bin": b"x"}), FULL, "The file holds macros"),
        (changed_word(WORD, None, **{"word__document.xml": b"<w:document"}), FULL, "The Word file"),
        (
            changed_word(
                WORD, None, **{"word__document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}
            ),
            FULL,
            "The Word file holds definitions",
        ),
        (WORD[: len(WORD) // 2], FULL, "The file is no workbook"),
    ]
    for data, form, message in cases:
        with pytest.raises(FormRefused) as caught:
            read_offline(data, form)
        assert str(caught.value).startswith(message)


def test_mutations_of_filled_forms_are_read_or_refused():
    chance = random.Random(4)
    for form in (fill_word(WORD, IN_WORD), fill_book(BOOK, IN_BOOK)):
        for _ in range(25):
            data = bytearray(form)
            for _flip in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
            if chance.random() < 0.3:
                del data[chance.randrange(len(data)) :]
            try:
                read_offline(bytes(data), FULL)
            except FormRefused:
                continue


@pytest.mark.parametrize("limit", ["DOCUMENT_MOST", "TAGS_MOST"])
def test_a_document_that_unpacks_to_too_much_is_refused(monkeypatch, limit):
    monkeypatch.setattr(docx_in, limit, 1000)

    with pytest.raises(FormRefused) as caught:
        read_offline(WORD, FULL)
    assert str(caught.value) == ("The file unpacks to far more than it should, and was not opened.")


@pytest.mark.parametrize(
    "properties",
    [
        b"<a/>",
        PROPERTIES.replace(b">en<", b">../../etc<"),
        PROPERTIES.replace(b"rapporteur-digest", b"rapporteur-no"),
    ],
)
def test_a_form_without_its_mark_is_read_and_told_of(properties):
    parts = {"docProps__custom.xml": properties}
    filled = read_offline(changed_word(fill_word(WORD, IN_WORD), None, **parts), FULL)

    assert filled.answers == EXPECTED
    assert told(filled) == [("", "no-mark", "")]


def test_keys_that_are_too_long_for_word_are_carried_as_digests():
    name = "a" * 64
    question = Question(
        name, Kind.MULTIPLE_CHOICE, label=en_ar("A", "ا"), choices=FULL.question("ways").choices
    )
    form = with_question(question)
    typed = {f"{name}=wells": "☑"}

    assert is_ticked(question, CodeNames())
    assert read_offline(fill_word(write_offline_docx(form, "en"), typed), form).answers == {
        name: ["wells"]
    }
