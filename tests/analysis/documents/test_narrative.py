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
