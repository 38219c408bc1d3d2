from __future__ import annotations

from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.names import Names
from tests.analysis.documents.samples import NARRATIVE

NAMES = Names.from_rows(
    [{"name": "United Nations Conference on Trade and Development", "acronym": "UNCTAD"}]
)


def test_note_with_headings_lists_and_annex():
    document = parse_document(NARRATIVE.encode(), names=NAMES)

    assert document.document.kind == "narrative"
    assert document.document.title == "NOTE ON THE LIGHTHOUSE REVIEW OF UNCTAD"
    assert document.document.bodies == ("United Nations Conference on Trade and Development",)
    assert document.document.date == "2036-04-15"
    assert [(p.number, p.anchor, p.section, p.concepts) for p in document.paragraphs] == [
        (None, "n1", ("Background",), ()),
        (None, "n2", ("C2",), ("C2",)),
        (1, "annex-1-p1", ("annex 1",), ()),
        (2, "annex-1-p2", ("annex 1",), ()),
        (None, "annex-1-n1", ("annex 1",), ()),
        (1, "annex-1-p1-2", ("annex 1",), ()),
        (2, "annex-1-p2-2", ("annex 1",), ()),
    ]
    assert document.paragraphs[0].text.endswith("\n• lamps on land;\n• lamps at sea.")
    assert document.paragraphs[0].footnotes == (1, 2)
    assert [(n.number, n.text) for n in document.footnotes] == [
        (1, "https://example.org/one"),
        (2, "https://example.org/two"),
    ]
    assert document.paragraphs[2].titles == ("QUESTIONS",)


def test_table_rows_stay_together():
    text = NARRATIVE.replace(
        "Answers came",
        "Region\tBody\tDate\nAfrica\twith UNECA\t2 May 2036\n"
        "Europe\twith ECE\t3 May 2036\n\nAnswers came",
    )

    asked = parse_document(text.encode()).paragraphs[3]

    assert asked.text == (
        "Who keeps them?\n"
        "Region | Body | Date\nAfrica | with UNECA | 2 May 2036\nEurope | with ECE | 3 May 2036"
    )


def test_another_kind_of_document_is_read_as_the_nearest_with_a_warning():
    text = (
        "Letter dated 3 May 2036 from the Permanent Representative of Utopia\n\n"
        "I have the honour to inform the Secretary-General of the United Nations and the General "
        "Assembly that the lamp of Utopia has been lit, and that it will be kept lit by all Member "
        "States for as long as there is oil.\n\nPlease accept, Sir, my consideration.\n"
    )

    document = parse_document(text.encode())

    assert document.document.kind == "narrative"
    assert [warning.code for warning in document.warnings] == ["kind-guessed"]


def test_numbered_chapters_with_decimal_sections_are_headings():
    text = (
        "Twenty years of lamps\n\nInternational Telecommunication Union\n\nForeword\n\n"
        "Twenty years ago the United Nations met by the lamp, and it was dark.\n\n"
        "1. The process\n\n1.1 Origins\n\nThe General Assembly lit a lamp.\n\n"
        "2. Action lines\n\n2.1 Action line C2: Information and communication infrastructure\n\n"
        "ITU counted the cables.\n\n3. The road ahead\n\n"
        "The International Telecommunication Union and its members will go on, all of them, and "
        "they will count the lamps once more.\n"
    )

    document = parse_document(text.encode())

    assert [(s.path, s.title) for s in document.sections] == [
        (("Foreword",), "Foreword"),
        (("1",), "The process"),
        (("1", "1.1"), "Origins"),
        (("2",), "Action lines"),
        (("2", "2.1"), "Action line C2: Information and communication infrastructure"),
        (("3",), "The road ahead"),
    ]
    assert [(p.number, p.section, p.concepts) for p in document.paragraphs] == [
        (None, ("Foreword",), ()),
        (None, ("1", "1.1"), ()),
        (None, ("2", "2.1"), ("C2",)),
        (None, ("3",), ()),
    ]


def test_a_paragraph_broken_by_notes_goes_on_with_a_figure():
    text = NARRATIVE.replace(
        "### C2:",
        "The Board of Lamps approved\n\n<sup>3</sup> See A/91/3.\n\n72 lamps in 58 "
        "countries.\n\n### C2:",
    )

    document = parse_document(text.encode())

    assert document.paragraphs[1].text == "The Board of Lamps approved 72 lamps in 58 countries."
