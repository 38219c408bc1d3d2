from __future__ import annotations

from rapporteur.analysis.documents.parse import parse_document
from tests.analysis.documents.samples import PLEDGE, RESOLUTION, UNION


def parsed(text: str):
    return parse_document(text.encode())


def test_council_resolution_in_the_style_requests():
    document = parsed(RESOLUTION)

    assert document.document.kind == "resolution"
    assert document.document.symbol == "E/RES/2036/13"
    assert document.document.title == "Assessment of the progress made in the upkeep of lighthouses"
    assert document.document.bodies == ("Economic and Social Council",)
    assert document.document.date == "2036-07-23"
    assert document.document.session == "2036 session"
    assert document.document.agenda_item == "18 (b)"
    assert document.document.closing == ("37th plenary meeting", "23 July 2036")
    assert [(p.index, p.opening, p.footnotes) for p in document.preamble] == [
        (1, "Recalling", (1,)),
        (2, "Recalling also", ()),
    ]
    assert document.preamble[1].text.endswith("welcomed the work of the keepers,")
    assert [(o.number, o.section, o.opening, o.kind) for o in document.operative] == [
        (1, "Taking stock: reviewing the lamps", "Welcomes and urges", "welcome"),
        (2, "Taking stock: reviewing the lamps", "Notes with concern", "note"),
        (3, "Taking stock: reviewing the lamps", "Requests", "request"),
        (4, "The road ahead", "Invites", "invite"),
    ]
    third = document.operative[2]
    assert third.text == "Requests the Secretary-General:"
    assert [(s.label, s.text) for s in third.subparagraphs] == [
        ("(a)", "To submit a report by 2037;"),
        ("(b)", "To consult the keepers;"),
    ]
    assert [section.path for section in document.sections] == [
        ("Taking stock: reviewing the lamps",),
        ("The road ahead",),
    ]
    assert [o.anchor for o in document.operative] == ["op1", "op2", "op3", "op4"]
    assert document.warnings == ()


def test_asks_stand_with_their_paragraph_and_item():
    operative = parsed(RESOLUTION).operative

    assert [(a.verb, a.addressees) for a in operative[1].asks] == [
        ("encourages", ("all stakeholders",))
    ]
    assert [a.addressees for a in operative[2].subparagraphs[0].asks] == [("Secretary-General",)]
    assert operative[3].asks[0].deadline == "on a yearly basis"


def test_outcome_document_in_the_style_we_request_with_an_annex():
    document = parsed(PLEDGE)

    assert document.document.symbol == "A/RES/91/2"
    assert document.document.title == "Outcome document of the meeting on lighthouses"
    assert document.document.session == "Ninety-first session"
    assert document.document.agenda_item == "9"
    assert document.document.date == "2036-10-03"
    assert [p.opening for p in document.preamble] == ["", "Reaffirming"]
    assert [(o.number, o.path) for o in document.operative] == [
        (None, ()),
        (1, ("Outcome document",)),
        (2, ("1",)),
        (3, ("1", "1.1")),
    ]
    assert [(p.number, p.anchor, p.section) for p in document.paragraphs] == [
        (1, "annex-1-p1", ("annex I",)),
        (2, "annex-1-p2", ("annex I",)),
        (1, "annex-1-p1-2", ("annex I",)),
        (2, "annex-1-p2-2", ("annex I",)),
        (3, "annex-1-p3", ("annex I", "Objective 1", "Oil")),
        (4, "annex-1-p4", ("annex I", "Follow-up and review")),
    ]
    assert document.paragraphs[4].text == "We commit, by 2040, to:\n(a) Buy oil;\n(b) Share it."
    assert document.paragraphs[4].titles == ("Compact of the Keepers", "Light every lamp", "Oil")
    assert [(w.code, w.paragraph) for w in document.warnings] == [("paragraph-repeated", 1)]


def test_resolution_of_the_union_with_its_verbs_on_lines_of_their_own():
    document = parsed(UNION)

    assert document.document.kind == "resolution"
    assert document.document.title == "Lighthouses and telecommunications"
    assert [(p.opening, p.text) for p in document.preamble] == [
        ("considering", "a) that lamps are signals;"),
        ("considering", "b) that ships see them,"),
        ("recognizing", "that keepers are few,"),
    ]
    assert [(o.number, o.opening, o.text, o.anchor) for o in document.operative] == [
        (1, "resolves", "to keep every lamp lit;", "op1"),
        (2, "resolves", "that lamps shall be counted every year,", "op2"),
        (1, "instructs the Secretary-General", "to report to the Council on the count;", "op1-2"),
        (
            2,
            "instructs the Secretary-General",
            "to bring this resolution to the attention of keepers,",
            "op2-2",
        ),
        (None, "invites Member States", "to lend ladders.", "opn1"),
    ]
    assert document.operative[2].asks[0].addressees == ("Secretary-General",)


def test_security_council_style_and_first_item_beside_its_number():
    text = (
        "Resolution 2999 (2036)\n\nAdopted by the Security Council at its 9999th meeting, on"
        " 1 March 2036\n\nThe Security Council,\n\nRecalling its resolution 2626 (2022),\n\n"
        "1. Decides to light the lamp;\n\n2. (a) Underlines the need for oil;\n\n(b) calls on all"
        " Member States to pour it;\n\n3. Decides to remain seized of the matter.\n"
    )

    document = parsed(text)

    assert document.document.symbol == "S/RES/2999(2036)"
    assert document.document.bodies == ("Security Council",)
    assert document.document.date == "2036-03-01"
    assert [o.number for o in document.operative] == [1, 2, 3]
    assert [s.label for s in document.operative[1].subparagraphs] == ["(a)", "(b)"]


def test_decision_with_one_operative_paragraph_without_a_number():
    text = (
        "Decision adopted by the Economic and Social Council on 9 June 2036\n\n"
        "2036/300. Provisional agenda of the Commission on Lighthouses\n\n"
        "The Economic and Social Council,\n\nRecalling its decision 2035/299,\n\n"
        "Decides to approve the provisional agenda of the Commission.\n"
    )

    document = parsed(text)

    assert document.document.kind == "resolution"
    assert document.document.title == "Provisional agenda of the Commission on Lighthouses"
    assert [(o.number, o.opening) for o in document.operative] == [(None, "Decides")]
    assert document.operative[0].anchor == "opn1"


def test_a_decision_is_told_and_names_body_and_day():
    text = (
        "2036/312. Report of the Board of Lamps on its third session\n\n"
        "At its 37th plenary meeting, on 23 July 2036, the Economic and Social Council:\n\n"
        "(a) Took note of the report of the Board of Lamps;¹\n\n"
        "(b) Requested the Secretary-General to count the lamps by 2040.\n\n¹ E/2036/31.\n"
    )

    document = parsed(text)

    assert document.document.kind == "resolution"
    assert document.document.title == "Report of the Board of Lamps on its third session"
    assert document.document.bodies == ("Economic and Social Council",)
    assert document.document.date == "2036-07-23"
    assert [(o.number, o.footnotes) for o in document.operative] == [(None, (1,))]
    first, second = document.operative[0].subparagraphs
    assert (first.label, first.text) == ("(a)", "Took note of the report of the Board of Lamps;")
    assert [(ask.verb, ask.addressees) for ask in second.asks] == [
        ("requested", ("Secretary-General",))
    ]


def test_a_decision_in_one_sentence_opens_with_its_verb():
    text = (
        "91/512. Appointment of a keeper\n\nAt its 22nd plenary meeting, on 14 November 2036, the "
        "General Assembly, on the recommendation of the Fifth Committee, decided to appoint a "
        "keeper and requested the Secretary-General to report.\n"
    )

    document = parsed(text)

    assert document.document.bodies == ("General Assembly",)
    assert [(o.opening, o.kind) for o in document.operative] == [("Decided", "decide")]


def test_a_recital_broken_by_the_notes_of_its_page_is_whole():
    text = RESOLUTION.replace(
        "Taking stock: reviewing the lamps",
        "Expressing its appreciation to the Secretary-General of the\n\n² See A/91/1.\n\n"
        "Conference of the Lamps for her role,\n\nTaking stock: reviewing the lamps",
    )

    document = parsed(text)

    assert document.preamble[2].text == (
        "Expressing its appreciation to the Secretary-General of the Conference of the Lamps for "
        "her role,"
    )
    assert document.operative[0].section == "Taking stock: reviewing the lamps"


def test_the_unions_verbs_alone_on_their_lines_without_empty_lines():
    lines = [line for line in UNION.splitlines() if line]

    document = parsed("\n".join(lines) + "\n")

    assert [(p.opening, p.text) for p in document.preamble] == [
        ("considering", "a) that lamps are signals;"),
        ("considering", "b) that ships see them,"),
        ("recognizing", "that keepers are few,"),
    ]
    assert [(o.number, o.opening) for o in document.operative] == [
        (1, "resolves"),
        (2, "resolves"),
        (1, "instructs the Secretary-General"),
        (2, "instructs the Secretary-General"),
        (None, "invites Member States"),
    ]
