"""A draft from made-up material: its sections, sentences, numbers, footnotes and gaps."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from rapporteur.reports.assembly.draft import assemble
from rapporteur.reports.assembly.material import SourceFigure
from rapporteur.reports.errors import LimitTooLow
from tests.factories.reports import (
    make_actor,
    make_material,
    make_outline,
    make_paragraph,
    make_source,
    make_statements,
)

ITU, UNESCO, APC = make_actor("ITU"), make_actor("UNESCO"), make_actor("APC")


def draft_of(*paragraphs, limit=8500, **values):
    with override("en"):
        return assemble(
            make_outline(limit), make_material(*paragraphs, **values), subtitle="Draft of 2024"
        )


def texts(draft):
    return [
        (section.key, paragraph.number, paragraph.text, [note.text for note in paragraph.notes])
        for section, paragraph in draft.paragraphs
    ]


def test_facts_are_grouped_by_organization_and_each_reference_has_its_note():
    source = make_source()
    draft = draft_of(
        make_paragraph(28, source, concepts=["C2"], actors=[ITU, UNESCO]),
        make_paragraph(29, source, concepts=["C2"], actors=[ITU], publications=("Wells 2024",)),
        make_paragraph(30, source, concepts=["C1"], actors=[APC, UNESCO]),
    )
    assert texts(draft) == [
        (
            "c1",
            1,
            "APC and UNESCO: activities were reported.",
            ["A/99/1, para. 30."],
        ),
        (
            "c2",
            2,
            "ITU: activities were reported, with the publication Wells 2024. "
            "Further activities were reported.",
            ["A/99/1, para. 29.", "A/99/1, para. 28."],
        ),
        ("c2", 3, "UNESCO: activities were reported.", ["A/99/1, para. 28."]),
    ]
    assert [note.number for note in draft.notes] == [1, 2, 3, 4]


def test_figures_are_told_with_what_is_known_of_them():
    figures = (
        SourceFigure(Decimal("68"), Decimal("68"), "per cent", "people online", 2024),
        SourceFigure(Decimal("5400000000"), Decimal("5400000000"), "people"),
        SourceFigure(Decimal("10"), Decimal("12.5"), "USD", "", 2023),
    )
    draft = draft_of(
        make_paragraph(3, make_source(), concepts=["C1"], actors=[ITU, APC], figures=figures)
    )
    assert texts(draft)[1][2] == (
        "These figures were given: 68 per cent (people online, 2024), 5,400,000,000 people and "
        "USD 10 to 12.5 (2023)."
    )


def test_held_text_is_quoted_verbatim_neighbours_together_and_named_where_it_names_nobody():
    source = make_source()
    statements = make_statements(
        ("Wells matter.", None),
        ("ITU dug nine wells;", ITU),
        ("and lined them.", ITU),
        ("A rope was given by a body.", UNESCO),
    )
    draft = draft_of(
        make_paragraph(7, source, titles=("Key trends",), statements=statements, actors=[ITU, APC])
    )
    assert [text for _key, _number, text, _notes in texts(draft)] == [
        "“Wells matter.”",
        "“ITU dug nine wells; and lined them.”",
        "UNESCO: “A rope was given by a body.”",
        "APC: activities were reported.",
    ]
    assert {tuple(notes) for *_rest, notes in texts(draft)} == {("A/99/1, para. 7.",)}


def test_statements_that_are_not_neighbours_are_quoted_apart_under_one_note():
    statements = make_statements(
        ("ITU dug.", ITU), ("UNESCO read.", UNESCO), ("ITU dug again;", ITU)
    )
    draft = draft_of(make_paragraph(7, make_source(), concepts=["C1"], statements=statements))
    assert texts(draft)[0] == (
        "c1", 1, "“ITU dug.” “ITU dug again”.", ["A/99/1, para. 7."],
    )  # fmt: skip


def test_a_clause_without_a_subject_stays_with_the_organization_that_its_sentence_names():
    statements = make_statements(
        ("ITU counted wells;", ITU),
        ("dug nine;", None),
        ("and, with APC, lined them;", APC),
        ("and UNESCO gave ropes.", UNESCO),
    )
    draft = draft_of(make_paragraph(7, make_source(), concepts=["C1"], statements=statements))
    assert [text for _key, _number, text, _notes in texts(draft)] == [
        "“ITU counted wells; dug nine; and, with APC, lined them”.",
        "“UNESCO gave ropes.”",
    ]
    assert [actor.name for _section, item in draft.paragraphs for actor in item.actors] == [
        "ITU",
        "APC",
        "UNESCO",
    ]


def test_a_paragraph_filed_twice_is_quoted_once_and_gives_its_facts_to_the_other():
    paragraph = make_paragraph(
        9,
        make_source(),
        concepts=["C1", "C2"],
        actors=[ITU],
        statements=make_statements(("ITU dug.", ITU)),
    )
    assert [(row[0], row[2]) for row in texts(draft_of(paragraph))] == [
        ("c1", "“ITU dug.”"),
        ("c2", "ITU: activities were reported."),
    ]


def test_every_heading_stands_in_order_and_an_empty_one_says_so():
    draft = draft_of(make_paragraph(1, make_source(), concepts=["C2"], actors=[ITU]))
    assert [(section.heading, section.sentence) for section in draft.sections] == [
        ("I. Trends", "Nothing was reported under this heading."),
        ("II. Lines", ""),
        ("A. Governments (C1)", "Nothing was reported under this action line."),
        ("B. Infrastructure (C2)", ""),
        ("III. Organs", "Nothing was reported under this heading."),
    ]


def test_gaps_are_empty_sections_and_contributors_of_whom_nothing_is_said():
    paragraph = make_paragraph(1, make_source(), concepts=["C2"], actors=[ITU])
    quiet = make_actor("GSMA", full_name="GSM Association")
    draft = draft_of(paragraph, contributors=(ITU, quiet))
    assert [(gap.kind, gap.code, gap.name) for gap in draft.gaps] == [
        ("section", "trends", "Trends"),
        ("action-line", "C1", "Governments (C1)"),
        ("section", "organs", "Organs"),
        ("contributor", "gsma", "GSM Association"),
    ]


def test_a_resolution_is_one_line_and_its_paragraphs_give_none():
    resolution = make_source(
        "E/RES/2099/3",
        kind="resolution",
        title="Wells",
        bodies=("Economic and Social Council",),
        operative=(1, 124, 124),
    )
    report = make_paragraph(1, make_source(), concepts=["C1"], actors=[ITU])
    asked = make_paragraph(4, resolution, concepts=["C1"], actors=[APC], kind="operative")
    draft = draft_of(report, asked)
    assert texts(draft)[1:] == [
        (
            "organs",
            2,
            "E/RES/2099/3, Wells, was adopted on 22 January 2025 (Economic and Social Council).",
            ["E/RES/2099/3, paras. 1–124."],
        )
    ]


def test_a_paragraph_under_no_heading_of_the_outline_is_listed():
    source = make_source()
    stray = make_paragraph(5, source, titles=("Something else",), actors=[ITU])
    draft = draft_of(make_paragraph(1, source, concepts=["C1"], actors=[APC]), stray)
    assert draft.unfiled == ((source, (stray,)),)


def test_notes_name_annexes_preambles_and_unnumbered_paragraphs():
    source = make_source()
    draft = draft_of(
        make_paragraph(11, source, anchor="annex-1-p11", concepts=["C1"], actors=[ITU]),
        make_paragraph(None, source, anchor="u4", titles=("Ropes",), concepts=["C1"], actors=[APC]),
    )
    assert [note.text for note in draft.notes] == [
        "A/99/1, annex 1, para. 11.",
        "A/99/1, “Ropes”, unnumbered para. (u4).",
    ]


def test_marks_stand_after_punctuation_and_private_characters_are_taken_out():
    paragraph = make_paragraph(
        1,
        make_source(),
        concepts=["C1"],
        statements=make_statements(("ITU\ue0003\ue001 dug.", ITU)),
    )
    assert texts(draft_of(paragraph))[0][2] == "“ITU3 dug.”"


def test_the_words_of_a_draft_are_those_of_title_headings_paragraphs_notes_and_numbers():
    draft = draft_of(make_paragraph(1, make_source(), concepts=["C2"], actors=[ITU]))
    # Title 4, subtitle 3, headings 2 + 2 + 3 + 3 + 2, sentences 6 + 6 + 6 (of which "line": 7),
    # paragraph 4 and its number 1, note 3 and its number 1.
    assert draft.words == 4 + 3 + 12 + 6 + 7 + 6 + 5 + 4
    assert draft.words == 47


def test_a_limit_below_the_headings_is_refused():
    with pytest.raises(LimitTooLow, match="its headings alone take"):
        draft_of(make_paragraph(1, make_source(), concepts=["C2"], actors=[ITU]), limit=20)
