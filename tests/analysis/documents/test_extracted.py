"""Text as programs extract it from PDF: lines broken, notes at the foot, flat marks."""

from __future__ import annotations

from rapporteur.analysis.documents.parse import parse_document

# First lines indented, no empty lines between paragraphs, figures of notes apart from their word.
LAYOUT = """\
          United Nations                                              E/RES/2036/13
          Economic and Social Council                        Distr.: General
                                                             2 August 2036

2036 session
Agenda item 18 (b)

          Resolution adopted by the Economic and Social Council on 23 July 2036

          2036/13.   Upkeep of lighthouses

          The Economic and Social Council,
               Recalling the outcome documents of the Summit on Light,
          held in two phases, 1
               Recalling also its resolution 2006/46 of 28 July 2006, in which light-
          houses were counted, and the work of multi-stakeholder boards,
               1.   Welcomes the report of the Secretary-General; 2
               2.   Encourages multi-
          stakeholder boards to keep lighthouses and their keepers well
          supplied, in 2 countries;

     __________________
      1 See A/C.2/59/3.
      2 A/91/15.

36-01234                                                                    1/2

E/RES/2036/13

               3.   Requests the Secretary-General to inform the Council. 3
                                                            37th plenary meeting
                                                                    23 July 2036

     __________________
      3 A/74/821.

2/2                                                                    36-01234
"""


def parsed(text: str):
    return parse_document(text.encode())


def test_marks_apart_from_their_word_are_found_by_their_notes():
    document = parsed(LAYOUT)

    assert [p.footnotes for p in document.preamble] == [(1,), ()]
    assert [o.footnotes for o in document.operative] == [(2,), (), (3,)]
    assert document.preamble[0].text == (
        "Recalling the outcome documents of the Summit on Light, held in two phases,"
    )
    assert document.operative[0].text == "Welcomes the report of the Secretary-General;"
    assert [(n.number, n.text) for n in document.footnotes] == [
        (1, "See A/C.2/59/3."),
        (2, "A/91/15."),
        (3, "A/74/821."),
    ]


def test_words_broken_at_the_end_of_a_line_are_whole_and_compounds_stay():
    document = parsed(LAYOUT)

    assert "in which lighthouses were counted" in document.preamble[1].text
    assert document.operative[1].text.startswith("Encourages multi-stakeholder boards to keep")


def test_a_symbol_at_the_head_of_the_second_page_is_no_heading():
    document = parsed(LAYOUT)

    assert [o.number for o in document.operative] == [1, 2, 3]
    assert [o.section for o in document.operative] == [None, None, None]
    assert document.document.symbol == "E/RES/2036/13"


def test_figures_in_a_row_are_the_marks_of_as_many_notes():
    text = (
        "Report of the Secretary-General\n\n1. The General Assembly lit lamps.1\n\n1 A/RES/91/1.\n"
        "\n"
        "2. Keepers met.23 They agreed.4\n\n2 A/RES/91/2.\n\n3 A/RES/91/3.\n\n4 A/RES/91/4.\n\n"
        "3. It rained.\n"
    )

    document = parsed(text)

    assert [(p.number, p.text, p.footnotes) for p in document.paragraphs] == [
        (1, "The General Assembly lit lamps.", (1,)),
        (2, "Keepers met. They agreed.", (2, 3, 4)),
        (3, "It rained.", ()),
    ]


def test_figures_after_a_symbol_are_its_mark():
    text = (
        "Report of the Secretary-General\n\n1. The General Assembly adopted resolution 56/183.1\n\n"
        "1 Adopted on 21 December 2001.\n\n2. It rained.\n"
    )

    document = parsed(text)

    assert document.paragraphs[0].symbols == ("56/183",)
    assert document.paragraphs[0].footnotes == (1,)


def test_an_address_below_its_notes_figure_is_the_note():
    text = (
        "Report of the Secretary-General\n\n1. The General Assembly lit lamps.1 They burned.2,3\n\n"
        "1\nhttps://example.org/one\n2 See https://example.org/two\n3\nwww.example.org/three\n\n"
        "2. It rained.\n"
    )

    document = parsed(text)

    assert document.paragraphs[0].text == "The General Assembly lit lamps. They burned."
    assert [(n.number, n.text) for n in document.footnotes] == [
        (1, "https://example.org/one"),
        (2, "See https://example.org/two"),
        (3, "www.example.org/three"),
    ]


def test_a_symbol_that_starts_a_line_is_no_title():
    text = (
        "Report of the Secretary-General\nSummary\nIntroduction\n"
        "1. This report of the United Nations has been prepared in response to Council resolution\n"
        "2036/46. It says what the lamps did, and what their keepers, all of them, had to say.\n"
        "I. Key trends\n2. Lamps burned.\n"
    )

    document = parsed(text)

    assert [p.number for p in document.paragraphs] == [1, 2]
    assert "resolution 2036/46. It says" in document.paragraphs[0].text


def test_a_space_between_a_number_and_its_stop():
    document = parsed(
        "Report of the Secretary-General\n\n1 . The General Assembly met.\n\n2 . It rained.\n"
    )

    assert [(p.number, p.text) for p in document.paragraphs] == [
        (1, "The General Assembly met."),
        (2, "It rained."),
    ]


def test_headings_and_numbers_on_adjoining_lines():
    text = (
        "Report of the Secretary-General\n"
        "1. The United Nations counted the lamps that burned on every coast of Utopia, and\n"
        "then the keepers.\n"
        "1. Implementation of action lines\n"
        "(a) The role of public governance authorities and all stakeholders in the promotion of\n"
        "information and communications technologies for development (C1)\n"
        "2. The lamps of the General Assembly were lit, all, on the day before that of the\n"
        "lights.\n\n"
        "(b) Information and communication infrastructure (C2)\n"
        "3. Cables were laid.\n"
    )

    document = parsed(text)

    assert [(p.number, p.section, p.concepts) for p in document.paragraphs] == [
        (1, (), ()),
        (2, ("1", "(a)"), ("C1",)),
        (3, ("1", "(b)"), ("C2",)),
    ]


def test_a_note_ends_with_its_page():
    text = LAYOUT.replace("supplied, in 2 countries;", "supplied, in 2 countries that the").replace(
        "               3.   Requests",
        "          United Nations has named in its lists, from the first to the last of all;\n"
        "               3.   Requests",
    )

    document = parsed(text)

    assert document.operative[1].text.endswith(
        "in 2 countries that the United Nations has named in its lists, from the first to the "
        "last of all;"
    )
    assert document.footnotes[1].text == "A/91/15."


def test_addresses_and_compounds_over_lines():
    text = (
        "Report of the Secretary-General\n\n1. The General Assembly met middle- and low-\n"
        "income keepers of the Inter-\nAmerican Board, of low standing and with an income.¹\n\n"
        "¹ See https://example.org/lamps-\nand-lenses/state-of-\nthe-lamps; and\n"
        "www.example.org/a/\nb.\n\n2. It rained on high-,\nmiddle-\nand low-income people.\n"
    )

    document = parsed(text)

    assert document.paragraphs[0].text == (
        "The General Assembly met middle- and low-income keepers of the Inter-American Board, of "
        "low standing and with an income."
    )
    assert document.footnotes[0].text == (
        "See https://example.org/lamps-and-lenses/state-of-the-lamps; and www.example.org/a/b."
    )
    assert document.paragraphs[1].text == "It rained on high-, middle- and low-income people."


def test_a_first_line_further_in_begins_a_paragraph():
    text = LAYOUT.replace(
        "               1.   Welcomes",
        "               Reaffirming the Declaration on Lamps of the first of May and its\n"
        "          follow-up by the Board\n"
        "               Bearing in mind the Utopia Convention on Lamps and the Plan of\n"
        "          Action of the Board of Lamps,\n"
        "               1.   Welcomes",
    )

    document = parsed(text)

    assert [p.opening for p in document.preamble] == [
        "Recalling",
        "Recalling also",
        "Reaffirming",
        "Bearing in mind",
    ]


def test_a_symbol_only_in_the_page_headers_is_the_documents():
    text = (
        "General Assembly\nEconomic and Social Council\n\nDistr.: General\n14 February 2036\n\n"
        "Original: English\n\nGeneral Assembly\nNinety-first session\nAgenda item 21 (c)\n\n"
        "Economic and Social Council\n2036 session\nAgenda item 18 (b)\n\nUpkeep of lamps\n\n"
        "Report of the Secretary-General\n\n1. Lamps were lit.\n\n36-01234 1/3\n\x0c\n"
        "A/91/15\nE/2036/4\n\n2. Keepers slept.\n\n2/3 36-01234\n\x0c\n"
        "A/91/15\nE/2036/4\n\n3. It rained.\n\n36-01234 3/3\n"
    )

    document = parsed(text)

    assert document.document.symbol == "A/91/15-E/2036/4"
    assert [p.number for p in document.paragraphs] == [1, 2, 3]


def test_marks_with_a_stroke_one_behind_the_other():
    text = (
        "Report of the Secretary-General\n\n1. The General Assembly met. 1/ 2/ It sat.3/\n\n"
        "1/ See A/91/1.\n\n2/ See https://example.org/wtis3/.\n\n3/ Ibid.\n\n2. It rained.\n"
    )

    document = parsed(text)

    assert document.paragraphs[0].text == "The General Assembly met. It sat."
    assert document.paragraphs[0].footnotes == (1, 2, 3)
    assert document.footnotes[1].text == "See https://example.org/wtis3/."
