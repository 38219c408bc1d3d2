"""Asks of one paragraph, in the styles that UN bodies use; the texts are made up."""

import pytest

from rapporteur.analysis.asks import (
    OperativeReading,
    opening_of_preamble,
    read_operative,
    read_subparagraph,
)
from rapporteur.analysis.documents.model import Ask
from rapporteur.analysis.names import Names

NAMES = Names.from_rows(
    [{"name": "Office of Bridges and Roads"}], places=["Utopia", "Erewhon and Blefuscu"]
)


def read(text: str, *italics: str) -> OperativeReading:
    return read_operative(text, names=NAMES, italics=italics)


def addressees(text: str) -> tuple[str, ...]:
    (ask,) = read(text).asks
    return ask.addressees


def test_read_operative_gives_verb_addressees_action_and_deadline():
    reading = read(
        "Requests the Secretary-General, within existing resources, to submit a report on bridges "
        "to the Council at its ninth session;"
    )

    assert reading.opening == "Requests"
    assert reading.kind == "request"
    assert reading.asks == (
        Ask(
            verb="requests",
            kind="request",
            addressees=("Secretary-General",),
            action="submit a report on bridges to the Council at its ninth session",
            deadline="at its ninth session",
        ),
    )


@pytest.mark.parametrize(
    ("text", "opening", "kind", "asks"),
    [
        (
            "Welcomes the work on bridges, which continues, and in this regard encourages all "
            "stakeholders to build more of them;",
            "Welcomes",
            "welcome",
            [("encourages", "encourage", ("all stakeholders",), "build more of them")],
        ),
        (
            "Underscores the importance of and encourages continued work on bridges;",
            "Underscores",
            "emphasise",
            [("encourages", "encourage", (), "continued work on bridges")],
        ),
        (
            "Reiterates the value of bridges, and, while recognizing their cost, urges Utopia to "
            "keep them, while noting the rain;",
            "Reiterates",
            "reaffirm",
            [("urges", "call", ("Utopia",), "keep them")],
        ),
        (
            "Reiterates its request to the Office of Bridges and Roads to count them;",
            "Reiterates its request",
            "reaffirm",
            [
                (
                    "reiterates its request",
                    "request",
                    ("Office of Bridges and Roads",),
                    "count them",
                )
            ],
        ),
        (
            "Requests the Secretary-General and calls upon regional organizations to help;",
            "Requests",
            "request",
            [
                ("requests", "request", ("Secretary-General",), "help"),
                ("calls upon", "call", ("regional organizations",), "help"),
            ],
        ),
        (
            "Decides to invite States to a conference and to request the secretariat to plan it;",
            "Decides",
            "decide",
            [
                ("invite", "invite", (), "States to a conference"),
                ("request", "request", ("secretariat",), "plan it"),
            ],
        ),
        (
            "Decides that all States shall inspect their bridges;",
            "Decides",
            "decide",
            [("decides", "decide", ("all States",), "inspect their bridges")],
        ),
        (
            "Demands that all parties immediately cease the destruction of bridges;",
            "Demands",
            "call",
            [
                (
                    "demands",
                    "call",
                    ("all parties",),
                    "immediately cease the destruction of bridges",
                )
            ],
        ),
        (
            "We recognize the need for bridges. We, therefore, call on States to build them, and "
            "request the Bureau to count them.",
            "recognize",
            "recognise",
            [
                ("call on", "call", ("States",), "build them"),
                ("request", "request", ("Bureau",), "count them"),
            ],
        ),
        (
            "We commit to promote bridges and encourage their use.",
            "commit",
            "decide",
            [],
        ),
        (
            "Requested the Statistics Division to update the manual;",
            "Requested",
            "request",
            [("requested", "request", ("Statistics Division",), "update the manual")],
        ),
        (
            "The Security Council strongly condemns the fire and calls upon both sides to stop.",
            "strongly condemns",
            "other",
            [("calls upon", "call", ("both sides",), "stop")],
        ),
        (
            "When crossing bridges, States are strongly urged to refrain from marching.",
            "strongly urged",
            "call",
            [("urged", "call", ("States",), "refrain from marching")],
        ),
        (
            "Recalls that the Assembly called upon States to build bridges, as requested by it;",
            "Recalls",
            "recall",
            [],
        ),
    ],
)
def test_read_operative_reads_every_style(text, opening, kind, asks):
    reading = read(text)

    found = [(ask.verb, ask.kind, ask.addressees, ask.action) for ask in reading.asks]
    assert (reading.opening, reading.kind, found) == (opening, kind, asks)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Invites Governments, the private sector, civil society and international "
            "organizations to help;",
            ("Governments", "private sector", "civil society", "international organizations"),
        ),
        (
            "Invites the technical and academic communities, as appropriate, and all other "
            "relevant stakeholders to help;",
            ("technical and academic communities", "all other relevant stakeholders"),
        ),
        (
            "Requests United Nations agencies, funds and programmes, in consultation with A, B "
            "and C, to help;",
            ("United Nations agencies, funds and programmes",),
        ),
        (
            "Requests the Economic and Social Council and the Office of Bridges and Roads to help;",
            ("Economic and Social Council", "Office of Bridges and Roads"),
        ),
        (
            "Urges all States, in particular those that have not yet done so, to ratify it;",
            ("all States", "those that have not yet done so"),
        ),
        ("Calls upon Erewhon and Blefuscu to make peace;", ("Erewhon and Blefuscu",)),
        ("Calls for immediate action by all States on bridges;", ("all States",)),
        ("Encourages Member States’ further progress on bridges;", ("Member States",)),
        ("Encourages further efforts to build bridges;", ()),
        ("Calls for continued dialogue and work on bridges;", ()),
        ("Entrusts the Commission with the review of bridges;", ("Commission",)),
        (
            "Urges States parties to the Convention to report;",
            ("States parties to the Convention",),
        ),
    ],
)
def test_addressees_are_as_worded_one_by_one_without_the_article(text, expected):
    assert addressees(text) == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("to submit, on a yearly basis, a report", "on a yearly basis"),
        ("to report during its second session, in 2031", "during its second session, in 2031"),
        ("to report no later than 31 March 2031", "no later than 31 March 2031"),
        ("to close the gap by 2030", "by 2030"),
        ("to report within six months", "within six months"),
        ("to report at its 2036 session", "at its 2036 session"),
        ("to hold a meeting in 2031", "in 2031"),
        (
            "to report at its ninth session and annually thereafter",
            "at its ninth session and annually thereafter",
        ),
        ("to submit an annual report on bridges", "annual"),
        ("to report every two years", "every two years"),
        ("to implement the decision adopted at its ninth session", None),
        ("to study the plan “Bridges by 2030”", None),
        ("to build bridges", None),
    ],
)
def test_deadline_is_in_the_words_of_the_text(action, expected):
    (ask,) = read(f"Requests the secretariat {action};").asks

    assert ask.deadline == expected


@pytest.mark.parametrize(
    ("chapeau", "item", "asks"),
    [
        (
            "Requests the Secretary-General:",
            "To count the bridges annually;",
            [("requests", "request", ("Secretary-General",), "count the bridges annually")],
        ),
        (
            "We request the Secretary-General to:",
            "Count the bridges;",
            [("request", "request", ("Secretary-General",), "Count the bridges")],
        ),
        (
            "Calls upon agencies to review their methods, and therefore:",
            "Encourages Member States to share them;",
            [("encourages", "encourage", ("Member States",), "share them")],
        ),
        (
            "We call on:",
            "Companies and developers to respect bridges;",
            [("call on", "call", ("Companies", "developers"), "respect bridges")],
        ),
        ("We decide to:", "Promote the use of bridges;", []),
        (
            "We decide to:",
            "Promote bridges and request the Bureau to count them;",
            [("request", "request", ("Bureau",), "count them")],
        ),
        ("Urges States to build bridges, including by:", "Setting funds aside;", []),
        (
            "instructs the Director of the Bridges Bureau",
            "to continue the count",
            [("instructs", "request", ("Director of the Bridges Bureau",), "continue the count")],
        ),
    ],
)
def test_read_subparagraph_goes_on_from_its_chapeau(chapeau, item, asks):
    reading = read_subparagraph(read(chapeau), item, names=NAMES)

    found = [(ask.verb, ask.kind, ask.addressees, ask.action) for ask in reading.asks]
    assert found == asks


def test_chapeau_without_an_action_asks_nothing_itself():
    assert read("Requests the Secretary-General:").asks == ()


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Takes note with appreciation of the report;", "Takes note with appreciation"),
        ("Notes with great concern that bridges fall;", "Notes with great concern"),
        ("Also recognizes that bridges help;", "Also recognizes"),
        ("Condemns unequivocally attacks on bridges;", "Condemns unequivocally"),
        ("Supports fully the bridges of Utopia;", "Supports fully"),
        ("Supports fully funded bridges;", "Supports"),
        ("Welcomes and urges the building of bridges;", "Welcomes and urges"),
        ("Emphasizes, in this regard, the need for bridges;", "Emphasizes"),
        ("Expresses its deep appreciation to the builders;", "Expresses its deep appreciation"),
        ("Encourages further efforts to build;", "Encourages"),
        ("We further reaffirm our commitment to bridges.", "further reaffirm our commitment"),
        ("We call, moreover, for bridges.", "call for"),
        ("Bridges are useful.", ""),
        ("", ""),
    ],
)
def test_opening_without_italics_is_the_verb_with_its_adverb_and_complement(text, opening):
    assert read(text).opening == opening


def test_read_operative_prefers_the_words_in_italics():
    reading = read("Reaffirms its firm belief in bridges;", "Reaffirms its firm", "Bridges")

    assert reading.opening == "Reaffirms its firm"


def test_italics_that_do_not_begin_the_paragraph_are_no_opening():
    assert read("Recalls the Book of Bridges;", "Book of Bridges").opening == "Recalls"


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Recalling also its resolution 1/1,", "Recalling also"),
        ("Taking note with satisfaction of the report,", "Taking note with satisfaction"),
        ("Deeply concerned that bridges fall,", "Deeply concerned"),
        ("Having considered the report,", "Having considered"),
        ("Bearing in mind the rain,", "Bearing in mind"),
        ("Welcoming further efforts,", "Welcoming"),
        ("The General Assembly,", ""),
        ("We, the Ministers,", ""),
    ],
)
def test_opening_of_preamble(text, opening):
    assert opening_of_preamble(text) == opening


def test_spaces_that_hold_words_together_are_plain_in_what_is_read():
    (ask,) = read(
        "Requests the Secretary\u2011General\u00a0and all\nStates to act by 31\u00a0March 2031;"
    ).asks

    assert ask.addressees == ("Secretary\u2011General", "all States")
    assert ask.deadline == "by 31 March 2031"
