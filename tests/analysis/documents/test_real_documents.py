"""The documents of the shared data folder, against values read in them by eye."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from rapporteur.analysis.documents.model import ParsedDocument
from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.package_names import package_names

pytestmark = pytest.mark.documents

EXPECTED = Path(__file__).parent / "expected"
REPORT = "un_documents/reports/SG_report_A-80-62_WSIS_2024.txt"
COUNCIL = "un_documents/reports/ECOSOC_res_2024-13.txt"
COUNCIL_MARKDOWN = "un_documents/resolutions/E_RES_2024_13.md"
REVIEW = "un_documents/resolutions/A_RES_70_125.md"
PACT = "un_documents/resolutions/A_RES_79_1.md"
NOTE = "un_documents/reports/CSTD_note_WSIS+20_review_2024.txt"
UNION = "un_documents/reports/ITU_WSIS+20_report.txt"

_parsed: dict[str, ParsedDocument] = {}


def parsed(folder: Path, name: str) -> ParsedDocument:
    if name not in _parsed:
        _parsed[name] = parse_document((folder / name).read_bytes(), names=package_names())
    return _parsed[name]


def rows(name: str) -> list[dict[str, str]]:
    with (EXPECTED / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split())


def test_report_every_paragraph(shared_data):
    paragraphs = parsed(shared_data, REPORT).paragraphs
    expected = rows("sg_report_2024.csv")

    assert len(paragraphs) == 87
    assert [
        (
            paragraph.number,
            "/".join(paragraph.section),
            ",".join(paragraph.concepts),
            paragraph.footnotes,
        )
        for paragraph in paragraphs
    ] == [
        (int(row["number"]), row["section"], row["concepts"], numbers(row["footnotes"]))
        for row in expected
    ]
    for paragraph, row in zip(paragraphs, expected, strict=True):
        assert paragraph.text.startswith(row["starts"])
        assert paragraph.text.endswith(row["ends"])
        assert paragraph.anchor == f"p{paragraph.number}"


def test_report_every_footnote(shared_data):
    document = parsed(shared_data, REPORT)

    assert [note.number for note in document.footnotes] == list(range(1, 84))
    assert all(note.paragraph for note in document.footnotes)
    assert document.warnings == ()
    by_number = {note.number: note for note in document.footnotes}
    assert by_number[2].text == "A/RES/79/1."
    assert by_number[11].text.startswith("E/ESCAP/RES/79/10; https://")
    assert by_number[11].text.endswith("tracking-e-resilience-north-and-central-asia.")
    assert by_number[20].symbols == ("A/RES/79/194", "E/RES/2024/13")
    assert len(by_number[66].urls) == 5
    assert by_number[83].urls == (
        "https://www.itu.int/en/ITU-D/Statistics/pages/stat/default.aspx",
    )


def test_report_masthead_and_contributors(shared_data):
    document = parsed(shared_data, REPORT)
    facts = document.document

    assert facts.kind == "report"
    assert facts.title == (
        "Progress made in the implementation of and follow-up to the outcomes of the World Summit"
        " on the Information Society at the regional and international levels, including the"
        " 20-year review thereof"
    )
    assert facts.symbol is None  # the extracted text does not print it
    assert facts.bodies == ("General Assembly", "Economic and Social Council")
    assert facts.date == "2025-01-22"
    assert facts.session == "Eighteenth session; 2025 session"
    assert facts.agenda_item == "19 (b)"
    assert facts.language == "en"
    assert facts.summary is not None
    assert facts.summary.startswith("This report has been prepared in response to")
    assert facts.summary.endswith("and other stakeholders")
    assert [(remark.sign, remark.text[:8]) for remark in facts.remarks] == [
        ("*", "Reissued"),
        ("**", "E/2023/1"),
        ("", "Note: Al"),
    ]
    contributors = [(item.acronym, item.name) for item in document.contributors]
    assert len(contributors) == 31
    assert contributors[0] == ("APC", "Association for Progressive Communications")
    assert contributors[1] == (None, "Council of Europe")
    assert contributors[11] == ("IGF", "Internet Governance Forum secretariat")
    assert contributors[15] == ("UNCTAD", "United Nations Conference on Trade and Development")
    assert contributors[-1] == ("WTO", "World Trade Organization")


def test_report_sections(shared_data):
    sections = parsed(shared_data, REPORT).sections

    assert len(sections) == 45
    covered = {section.path: (section.title, section.first, section.last) for section in sections}
    assert covered[("I",)] == ("Key trends", 2, 11)
    assert covered[("III", "F")][1:] == (22, 82)
    assert covered[("III", "F", "1", "(b)")] == (
        "Information and communication infrastructure (C2)",
        28,
        29,
    )
    assert covered[("III", "F", "1", "(g)", "E-science")] == ("E-science", 60, 61)
    assert covered[("IV",)] == ("Findings and suggestions", 83, 87)


@pytest.mark.parametrize("name", [COUNCIL, COUNCIL_MARKDOWN])
def test_council_resolution_every_operative_paragraph(shared_data, name):
    document = parsed(shared_data, name)
    expected = rows("ecosoc_2024_13.csv")

    assert [item.number for item in document.operative] == list(range(1, 125))
    assert [item.opening for item in document.operative] == [row["opening"] for row in expected]
    for item, row in zip(document.operative, expected, strict=True):
        if name == COUNCIL:
            assert item.footnotes == numbers(row["footnotes"])
        assert item.text.replace("'", "’").startswith(row["starts"].replace("'", "’"))
        assert item.text.replace("'", "’").endswith(row["ends"].replace("'", "’"))
    assert [item.label for item in document.operative[111].subparagraphs] == [
        "(a)",
        "(b)",
        "(c)",
        "(d)",
    ]
    assert [(section.title[:14], section.first, section.last) for section in document.sections] == [
        ("Taking stock: ", 1, 79),
        ("Internet gover", 80, 82),
        ("Enhanced coope", 83, 87),
        ("Internet Gover", 88, 95),
        ("The road ahead", 96, 124),
    ]
    assert [item.opening for item in document.preamble] == [
        "Recalling",
        "Recalling also",
        "Recalling further",
        "Recalling",
        "Recalling also",
        "Recalling further",
        "Taking note",
        "Recalling",
        "Taking note with satisfaction",
        "Expressing its appreciation",
    ]
    facts = document.document
    assert (facts.kind, facts.symbol, facts.date) == ("resolution", "E/RES/2024/13", "2024-07-23")
    assert facts.bodies == ("Economic and Social Council",)
    assert (facts.session, facts.agenda_item) == ("2024 session", "18 (b)")
    assert facts.title is not None
    assert facts.title.startswith("Assessment of the progress made")
    assert facts.title.endswith("World Summit on the Information Society")
    assert document.warnings == ()


def test_council_resolution_footnotes(shared_data):
    notes = parsed(shared_data, COUNCIL).footnotes

    assert [(note.number, note.paragraph) for note in notes] == [
        (1, "pp1"),
        (2, "pp5"),
        (3, "pp7"),
        (4, "pp9"),
        (5, "op4"),
        (6, "op4"),
        (7, "op7"),
        (8, "op49"),
        (9, "op73"),
        (10, "op74"),
        (11, "op76"),
        (12, "op86"),
        (13, "op91"),
        (14, "op105"),
        (15, "op107"),
        (16, "op120"),
    ]


def test_outcome_document_of_the_ten_year_review(shared_data):
    document = parsed(shared_data, REVIEW)

    assert [item.number for item in document.operative] == [None, *range(1, 72)]
    assert [item.opening for item in document.preamble] == [
        "",
        "Recalling",
        "Welcoming",
        "Building on",
        "Reaffirming",
        "Reaffirming also",
    ]
    assert [
        (section.path, section.first, section.last, section.concepts)
        for section in document.sections[1:]
    ] == [
        (("1",), 12, 40, ()),
        (("1", "1.1"), 21, 27, ()),
        (("1", "1.2"), 28, 33, ("C6",)),
        (("1", "1.3"), 34, 40, ("theme:financing",)),
        (("2",), 41, 47, ()),
        (("3",), 48, 54, ("C5",)),
        (("4",), 55, 65, ("theme:internet-governance",)),
        (("4", "4.1"), 64, 65, ("theme:internet-governance",)),
        (("5",), 66, 71, ()),
    ]
    facts = document.document
    assert (facts.symbol, facts.date) == ("A/RES/70/125", "2015-12-16")
    assert facts.title == (
        "Outcome document of the high-level meeting of the General Assembly on the overall review"
        " of the implementation of the outcomes of the World Summit on the Information Society"
    )
    assert document.warnings == ()


def test_pact_and_its_annexes(shared_data):
    document = parsed(shared_data, PACT)

    assert [item.number for item in document.operative] == [None, *range(1, 85)]
    assert document.document.title == "The Pact for the Future"
    assert document.document.session == "Seventy-ninth session"
    assert document.document.agenda_item == "123"
    compact = [item for item in document.paragraphs if item.section[0] == "annex I"]
    assert [item.number for item in compact] == [*range(1, 8), *range(1, 6), *range(8, 75)]
    assert compact[0].titles[0] == "Global Digital Compact"
    by_anchor = {item.anchor: item for item in document.paragraphs}
    assert by_anchor["annex-1-p11"].section == ("annex I", "Objective 1", "Connectivity")
    assert by_anchor["annex-1-p11"].text.startswith("We commit, by 2030, to:\n(a) Develop")
    assert by_anchor["annex-1-p64"].section == ("annex I", "Follow-up and review")
    declaration = [item for item in document.paragraphs if item.section[0] == "annex II"]
    assert [item.number for item in declaration if item.number] == list(range(1, 33))
    assert declaration[0].titles[0] == "Declaration on Future Generations"
    assert by_anchor["annex-2-p24"].section == ("annex II", "Actions")
    assert [(item.code, item.paragraph) for item in document.warnings] == [
        ("paragraph-repeated", 1)
    ]


def test_commission_note(shared_data):
    document = parsed(shared_data, NOTE)

    assert document.document.kind == "narrative"
    assert document.document.title == "CSTD'S CONTRIBUTION TO THE WSIS+20 REVIEW"
    assert document.document.bodies == ("Commission on Science and Technology for Development",)
    assert document.document.date == "2024-04-15"
    assert [note.number for note in document.footnotes] == list(range(1, 11))
    assert all(note.paragraph for note in document.footnotes)
    annex = [item.number for item in document.paragraphs if item.section[0] == "annex 2"]
    assert [number for number in annex if number] == [*range(1, 9), *range(1, 21)]
    assert [item.code for item in document.warnings] == ["paragraph-repeated"]


def test_union_report(shared_data):
    document = parsed(shared_data, UNION)

    assert document.document.kind == "narrative"
    assert document.document.title == "WSIS+20 Report: Building a digital future for all"
    assert document.document.bodies == ("International Telecommunication Union",)
    assert [note.number for note in document.footnotes] == [
        *range(2, 9),
        *range(1, 5),
        *range(1, 9),
    ]
    overview = {
        item.concepts
        for item in document.paragraphs
        if item.section[:2] == ("Section II", "b") and item.concepts
    }
    assert overview == {(f"C{line}",) for line in range(1, 12)}
    milestones = [item for item in document.paragraphs if item.section[-1] == "WSIS milestones"]
    assert [item.text.split(":")[0] for item in milestones] == [
        "Geneva Phase (2003)",
        "Tunis Phase (2005)",
        "WSIS+10 Review (2015)",
        "WSIS+20 Review (2025)",
    ]


@pytest.mark.parametrize("name", [REPORT, COUNCIL, COUNCIL_MARKDOWN, REVIEW, PACT, NOTE, UNION])
def test_no_word_is_lost(shared_data, name):
    text = (shared_data / name).read_text(encoding="utf-8")
    text = re.sub(r"<sup>\d+</sup>|_{3,}", "", text)
    text = re.sub(r"\[bookmark: \w+\]|\[footnoteRef:\d+\]|\[image: \]|</?sup>|\\+", "", text)
    text = re.sub(r"[⁰¹²³⁴-⁹]+|\[([^\]\[]*)\]\(#\)", r"\1", text)

    out = json.dumps(parsed(shared_data, name).as_json(), ensure_ascii=False)
    out = out.replace("\\n", " ").replace('\\"', '"')

    assert set(re.findall(r"\w{2,}", text)) - set(re.findall(r"\w{2,}", out)) == set()
