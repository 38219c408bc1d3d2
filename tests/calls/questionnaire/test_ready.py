import io

import pytest
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from rapporteur.calls.questionnaire.model import LANGUAGES, Kind
from rapporteur.calls.questionnaire.offline import (
    read_offline,
    write_offline_docx,
    write_offline_xlsx,
)
from rapporteur.calls.questionnaire.ready import (
    FaultyQuestionnaire,
    read_ready_made,
    ready_made,
)
from rapporteur.calls.questionnaire.xlsform import read_xlsform, write_xlsform
from rapporteur.framework.packs import read_pack

READY = {questionnaire.name: questionnaire for questionnaire in ready_made()}


def texts_of(part):
    """Yield every text by language of a questionnaire or a part of it."""
    for name in ("title", "label", "hint", "unit"):
        if getattr(part, name, None):
            yield getattr(part, name)
    for name in ("sections", "questions", "choices", "rows", "columns"):
        inner = getattr(part, name, ())
        for item in () if callable(inner) else inner:
            yield from texts_of(item)


def test_what_the_package_carries():
    assert {name: len(list(form.questions())) for name, form in READY.items()} == {
        "call-for-inputs": 13,
        "country-20-year-report": 18,
        "entities-input": 11,
        "regional-consultation": 14,
        "review-consultation": 12,
        "stakeholder-20-year-report": 18,
    }


@pytest.mark.parametrize("name", READY)
def test_every_text_stands_in_six_languages_in_its_own_script(name):
    scripts = {
        "ar": lambda sign: "\u0600" <= sign <= "\u06ff",
        "zh-hans": lambda sign: "\u4e00" <= sign <= "\u9fff",
        "ru": lambda sign: "\u0400" <= sign <= "\u04ff",
    }
    texts = list(texts_of(READY[name]))

    assert all(set(by_language) == set(LANGUAGES) for by_language in texts)
    for by_language in texts:
        for language, belongs in scripts.items():
            assert any(map(belongs, by_language[language])), by_language[language]
        # Names that two languages share are short; a sentence that they share was forgotten.
        latin = [by_language[language] for language in ("en", "fr", "es")]
        assert len(set(latin)) == 3 or len(by_language["en"]) < 40, by_language["en"]


def test_the_review_asks_eight_open_questions():
    questions = list(READY["review-consultation"].questions())

    open_questions = [item for item in questions if item.kind is Kind.LONG_TEXT]
    assert [item.words_at_most for item in open_questions] == [500] * 8


@pytest.mark.parametrize("name", ["entities-input", "country-20-year-report"])
def test_the_table_has_a_row_for_each_action_line(name):
    lines = READY[name].question("action_lines")

    concepts = [item for item in read_pack().concepts if item.scheme == "action-lines"]
    assert [row.name for row in lines.rows] == [item.code for item in concepts]
    assert lines.rows[10].label["fr"] == "C7.4. Cybersanté"


def test_schemes_that_are_asked_for_are_the_frameworks():
    schemes = {scheme.code for scheme in read_pack().schemes}

    asked = {item.scheme for form in READY.values() for item in form.questions() if item.scheme}
    assert asked == {"action-lines", "sdg"}
    assert asked <= schemes


@pytest.mark.parametrize("name", READY)
def test_each_comes_back_from_xlsform_and_is_converted_by_pyxform(name):
    written = write_xlsform(READY[name])

    convert(written, validate=False)
    read = read_xlsform(written)
    assert (read.questionnaire, read.not_taken) == (READY[name], ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_written_in_each_language_and_read_back(language):
    form = READY["stakeholder-20-year-report"]
    label = form.question("work").label[language]
    book = write_offline_xlsx(form, language)

    cells = [
        str(cell.value) for row in load_workbook(io.BytesIO(book)).worksheets[0] for cell in row
    ]
    assert any(label in cell for cell in cells)
    for data in (book, write_offline_docx(form, language)):
        filled = read_offline(data, form)
        assert (filled.answers, filled.faults) == ({}, ())
        assert filled.mark.language == language


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "x.toml: Invalid value (at end of document)"),
        ('name = "x"\ncolour = "red"', "x.toml: colour: This key is not known. Take it out."),
        ('name = "x"\n[[sections]]\nname = "s"\n[[sections.questions]]\nname = "q"\n'
         'kind = "single-choice"\nchoices_from = "moods"',
         "x.toml: the framework has no vocabulary 'moods'."),
    ],
)  # fmt: skip
def test_a_faulty_file_is_named_with_its_fault(tmp_path, text, message):
    path = tmp_path / "x.toml"
    path.write_text(text, "utf-8")

    with pytest.raises(FaultyQuestionnaire) as caught:
        read_ready_made(path)
    assert str(caught.value) == message


def test_problems_of_a_file_are_told(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text('name = "y"\ntitle.en = "Y"', "utf-8")

    with pytest.raises(FaultyQuestionnaire) as caught:
        read_ready_made(path)
    assert "title/fr: The text is missing in fr." in str(caught.value)
