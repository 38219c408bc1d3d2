"""Asks of one paragraph, in the styles that UN bodies use; the texts are made up."""

from rapporteur.analysis.asks import OperativeReading, read_operative, read_subparagraph
from rapporteur.analysis.documents.model import Ask
from rapporteur.analysis.names import Names

NAMES = Names()


def read(text: str, *italics: str) -> OperativeReading:
    return read_operative(text, names=NAMES, italics=italics)


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


def test_read_operative_finds_the_ask_behind_another_verb():
    reading = read(
        "Welcomes the work on bridges, which continues, and in this regard encourages all "
        "stakeholders to build more of them;"
    )

    assert (reading.opening, reading.kind) == ("Welcomes", "welcome")
    assert reading.asks == (
        Ask("encourages", "encourage", ("all stakeholders",), "build more of them"),
    )


def test_read_subparagraph_goes_on_from_its_chapeau():
    chapeau = read("Requests the Secretary-General:")

    item = read_subparagraph(chapeau, "To count the bridges annually;", names=NAMES)

    assert chapeau.asks == ()
    assert item.asks == (
        Ask(
            "requests", "request", ("Secretary-General",), "count the bridges annually", "annually"
        ),
    )


def test_read_operative_prefers_the_words_in_italics():
    reading = read("Reaffirms its commitment to bridges;", "Reaffirms its commitment", "Bridges")

    assert reading.opening == "Reaffirms its commitment"
