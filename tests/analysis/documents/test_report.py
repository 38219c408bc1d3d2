from __future__ import annotations

from rapporteur.analysis.documents.model import Contributor
from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.names import Names
from tests.analysis.documents.samples import REPORT

NAMES = Names.from_rows([{"name": "International Telecommunication Union", "acronym": "ITU"}])


def parsed(text: str = REPORT):
    return parse_document(text.encode(), names=NAMES)


def test_masthead_gives_what_it_prints():
    document = parsed().document

    assert document.kind == "report"
    assert document.title == "Progress made in the upkeep of lighthouses and of their keepers"
    assert document.symbol == "A/91/15-E/2036/4"
    assert document.bodies == ("General Assembly", "Economic and Social Council")
    assert document.date == "2036-02-14"
    assert document.session == "Ninety-first session; 2036 session"
    assert document.agenda_item == "21 (c)"
    assert document.language == "en"
    assert document.summary == "The present report tells what the lighthouses did in 2035."
    assert [(remark.sign, remark.text) for remark in document.remarks] == [("*", "E/2036/100.")]


def test_a_symbol_that_is_not_printed_is_not_made_up():
    document = parsed(REPORT.replace("United Nations A/91/15-E/2036/4\n\n", "")).document

    assert document.symbol is None


def test_paragraphs_have_number_section_concepts_and_whole_text():
    paragraphs = parsed().paragraphs

    assert [(p.number, p.section, p.concepts) for p in paragraphs] == [
        (1, ("Introduction",), ()),
        (2, ("I", "A"), ()),
        (3, ("II", "A"), ("region:africa",)),
        (4, ("II", "B"), ("region:asia-pacific",)),
        (5, ("III", "1", "(a)"), ("C1",)),
        (6, ("III", "1", "(b)"), ("C2",)),
        (7, ("III", "1", "(g)", "E-government"), ("C7.1",)),
        (8, ("III", "1", "(g)", "E-science"), ("C7.8",)),
        (9, ("III", "2", "(a)"), ("theme:financing",)),
        (10, ("III", "2", "(b)"), ("theme:internet-governance",)),
        (11, ("IV",), ()),
    ]
    assert paragraphs[1].text == (
        "The Lighthouse Board counted 4,200 lamps in 2035. Most of them are kept by the Keepers’"
        " Union, which publishes State of the Lamps 2035 every year."
    )
    assert paragraphs[1].titles == ("Key trends", "Lamps and lenses")
    assert paragraphs[1].publications == ("State of the Lamps 2035",)
    assert paragraphs[4].text == "Keepers need:\n(a) Oil;\n(b) Wicks."
    assert [p.anchor for p in paragraphs[:2]] == ["p1", "p2"]


def test_sections_cover_the_numbers_of_their_subsections():
    sections = {
        section.path: (section.title, section.first, section.last) for section in parsed().sections
    }

    assert sections[("I",)] == ("Key trends", 2, 2)
    assert sections[("III",)][1:] == (5, 10)
    assert sections[("III", "1")] == ("Implementation of action lines", 5, 8)
    assert sections[("III", "1", "(g)", "E-science")] == ("E-science", 8, 8)


def test_footnotes_are_joined_and_belong_to_their_paragraph():
    document = parsed()

    assert [(n.number, n.paragraph) for n in document.footnotes] == [
        (1, "p1"),
        (2, "p2"),
        (3, "p4"),
    ]
    assert (
        document.footnotes[1].text
        == "See https://example.org/lamps; and https://example.org/lenses."
    )
    assert document.footnotes[1].urls == ("https://example.org/lamps", "https://example.org/lenses")
    assert document.footnotes[2].symbols == ("A/RES/79/1",)
    assert [p.footnotes for p in document.paragraphs[:4]] == [(1,), (2,), (), (3,)]
    assert document.warnings == ()


def test_contributors_are_those_of_the_first_footnote():
    assert parsed().contributors == (
        Contributor("Board of Lamps", "BOL"),
        Contributor("Council of Keepers", None),
        Contributor("Fog Office", None),
        Contributor("Harbour Network", "HN"),
        Contributor("International Buoy Union", "IBU"),
        Contributor("Tide Institute", None),
        Contributor("United Nations Development Programme", "UNDP"),
    )


def test_a_footnote_that_runs_over_the_page_is_no_paragraph():
    text = (
        REPORT.replace(
            "I. Key trends\n",
            "I. Key trends\n",
        )
        .replace(
            "² See <https://example.org/lamps>; and\n<https://example.org/lenses>.\n",
            "² See <https://example.org/lamps>.\n",
        )
        .replace(
            "³ A/RES/79/1.",
            "of-lamps; <https://example.org/a>; <https://example.org/bbbbbbbbbbbbbbbbbbbb>.\n\n"
            "³ A/RES/79/1.",
        )
    )

    document = parsed(text)

    assert [p.number for p in document.paragraphs] == list(range(1, 12))
    assert document.footnotes[1].text.startswith("See https://example.org/lamps.")
    assert document.footnotes[1].text.endswith("bbbb.")


def test_missing_and_repeated_numbers_are_kept_with_a_warning():
    text = REPORT.replace("6. Cables", "7. Cables").replace("8. Data", "7. Data")

    document = parsed(text)

    assert [p.number for p in document.paragraphs] == [1, 2, 3, 4, 5, 7, 7, 7, 9, 10, 11]
    assert [p.anchor for p in document.paragraphs][5:8] == ["p7", "p7-2", "p7-3"]
    assert [(w.code, w.paragraph) for w in document.warnings] == [
        ("paragraph-gap", 6),
        ("paragraph-repeated", 7),
        ("paragraph-repeated", 7),
        ("paragraph-gap", 8),
    ]


def test_marks_and_notes_without_their_other_half_are_warned_of():
    document = parsed(REPORT.replace("keepers.³", "keepers.⁹"))

    assert [(w.code, w.paragraph) for w in document.warnings] == [
        ("footnote-text-missing", 4),
        ("footnote-mark-missing", None),
    ]


def test_headings_of_older_reports_give_the_same_concepts():
    text = (
        REPORT.replace(
            "(b) *Information and communication infrastructure (C2)*",
            "C2: Information and communication infrastructure",
        )
        .replace(
            "(a) The role of public governance authorities and all stakeholders in the "
            "promotion of information and communications technologies for development (C1)",
            "C1: The role of public governance authorities and all stakeholders in the "
            "promotion of ICTs for development",
        )
        .replace(
            "(g) Information and communications technology applications (C7)",
            "Action line C7: ICT applications",
        )
    )

    concepts = {p.number: p.concepts for p in parsed(text).paragraphs}

    assert concepts[5] == ("C1",)
    assert concepts[6] == ("C2",)
    assert concepts[7] == ("C7.1",)
    assert concepts[8] == ("C7.8",)


def test_an_application_beside_its_action_line_gives_the_application():
    text = "Report of the Secretary-General\n\n1. The United Nations met.\n\n" + "".join(
        f"{heading}\n\n{number}. A lamp was lit.\n\n"
        for number, heading in enumerate(
            ["C7. ICT applications: E-government", "C7: E-learning", "E-health (C7)", "C7. Lamps"],
            start=2,
        )
    )

    concepts = [p.concepts for p in parsed(text).paragraphs[1:]]

    assert concepts == [("C7.1",), ("C7.3",), ("C7.4",), ("C7",)]


def test_a_table_of_contents_is_no_part_of_the_text():
    contents = (
        "Contents\n\nI. Key trends .......... 3\nA. Lamps and lenses .......... 3\n"
        "II. Implementation .......... 5\nIV. Findings and suggestions .......... 9\n\n"
        "Introduction\n"
    )

    document = parsed(REPORT.replace("Introduction\n", contents, 1))

    assert len(document.document.contents) == 5
    assert [p.number for p in document.paragraphs] == list(range(1, 12))
    assert document.sections[0].path == ("Introduction",)
