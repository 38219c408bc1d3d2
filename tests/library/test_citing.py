import pytest

from rapporteur.library.citing import citations_in


@pytest.mark.parametrize(
    ("text", "symbols", "expected"),
    [
        (
            "as in paragraph 111 of the Tunis Agenda for the Information Society",
            [],
            {"WSIS-05/TUNIS/DOC/6(Rev.1)": [111]},
        ),
        (
            "see paragraphs 3, 5 to 7 and 9 of General Assembly resolution 70/125",
            ["70/125"],
            {"A/RES/70/125": [3, 5, 6, 7, 9]},
        ),
        (
            "paragraph 16 of the 2003 Geneva Declaration of Principles",
            [],
            {"WSIS-03/GENEVA/DOC/4": [16]},
        ),
        ("paragraph 4 above, and resolution 2006/46", ["2006/46"], {"E/RES/2006/46": []}),
        ("paragraph 11 of the Global Digital Compact", [], {"A/RES/79/1": []}),
        ("nothing", ["Decision X"], {"Decision X": []}),
    ],
)
def test_citations_in(text, symbols, expected):
    assert citations_in(text, symbols) == expected


def test_a_hostile_row_of_numbers_is_read_at_once():
    text = "paragraphs " + "1, " * 5000 + " of the Tunis Agenda"

    assert citations_in(text, []) == {"WSIS-05/TUNIS/DOC/6(Rev.1)": []}
