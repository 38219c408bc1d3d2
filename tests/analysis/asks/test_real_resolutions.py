"""The resolutions of the shared data, against openings and asks read by eye."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from rapporteur.analysis.asks import opening_of_preamble, read_operative, read_subparagraph
from rapporteur.analysis.names import Names
from tests.analysis.asks.scoring import deadlines, labelled, score

NAMES = Names()
_NUMBERED = re.compile(r"(\d+)\. (.+)")
_LETTERED = re.compile(r"(\([a-z]\)) (.+)")

# The words in italics of E/RES/2024/13, paragraph by paragraph, where they are not the plain verb
# "Recognizes" of OTHERS.
OPENINGS = {
    "Acknowledges": (14, 71, 100, 108),
    "Also highlights": (121,),
    "Also notes": (51,),
    "Also reaffirms": (5, 81),
    "Also recalls": (26, 57, 85),
    "Also recognizes": (10, 33, 36, 46, 59, 62),
    "Also stresses": (123,),
    "Also welcomes": (16, 48),
    "Calls for": (119,),
    "Calls upon": (27, 96, 97, 102, 103, 107, 110, 112),
    "Emphasizes": (37, 118),
    "Encourages": (7, 13, 23, 76, 77, 79, 109),
    "Expresses concern": (31,),
    "Further notes": (52,),
    "Further reaffirms": (82,),
    "Further recalls": (86,),
    "Further recognizes": (34, 60, 63),
    "Further welcomes": (49,),
    "Highlights": (24, 120),
    "Invites": (99, 113),
    "Looks forward": (55, 93),
    "Notes": (17, 21, 50, 67, 70, 73, 75, 92, 95),
    "Notes with appreciation": (69,),
    "Notes with concern": (12,),
    "Notes with great concern": (29, 66),
    "Reaffirms": (4, 8, 68, 74, 80),
    "Reaffirms its commitment": (3,),
    "Recalls": (25, 41, 44, 54, 56, 64, 84, 89, 91, 114),
    "Recognizes": (9, 18, 32, 35, 38, 40, 45, 53, 58, 61, 72, 83, 88, 90, 98, 104),
    "Reiterates": (22, 65, 78, 106, 111),
    "Requests": (116, 124),
    "Stresses": (122,),
    "Takes note": (20, 43),
    "Takes note with appreciation": (115, 117),
    "Underlines": (30,),
    "Underscores": (19,),
    "Urges": (39, 101, 105),
    "Welcomes": (2, 6, 11, 15, 28, 42, 47, 87, 94),
    "Welcomes and urges": (1,),
}


def paragraphs(path: Path) -> dict[tuple[int, int], tuple[str, dict[str, str]]]:
    """Numbered paragraphs: (number, occurrence) to the text and its lettered items."""
    found: dict[tuple[int, int], tuple[str, dict[str, str]]] = {}
    seen: dict[int, int] = defaultdict(int)
    items: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        numbered, lettered = _NUMBERED.fullmatch(line), _LETTERED.fullmatch(line)
        if numbered:
            number = int(numbered[1])
            seen[number] += 1
            items = {}
            found[number, seen[number]] = (numbered[2], items)
        elif lettered:
            items.setdefault(lettered[1], lettered[2])
    return found


@pytest.fixture(scope="module")
def resolutions(shared_data: Path) -> Path:
    return shared_data / "un_documents" / "resolutions"


def test_all_124_openings_of_2024_13_are_found_without_italics(resolutions):
    expected = {number: words for words, numbers in OPENINGS.items() for number in numbers}
    texts = paragraphs(resolutions / "E_RES_2024_13.md")

    found = {
        number: read_operative(text, names=NAMES).opening
        for (number, _), (text, _) in texts.items()
    }

    assert sorted(found) == list(range(1, 125))
    assert found == expected


def test_preamble_of_2024_13(resolutions):
    text = (resolutions / "E_RES_2024_13.md").read_text(encoding="utf-8")
    preamble = text.partition("Social Council,\n\n")[2].partition("###")[0].strip().split("\n\n")

    assert [opening_of_preamble(line) for line in preamble] == [
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


def test_asks_of_44_labelled_paragraphs(resolutions):
    files: dict[str, dict[tuple[int, int], tuple[str, dict[str, str]]]] = {}
    pairs = []
    for label in labelled("asks_resolutions.json"):
        name = label["file"]
        texts = files.setdefault(name, paragraphs(resolutions / name))
        text, items = texts[label["number"], label["occurrence"]]
        reading = read_operative(text, names=NAMES)
        if label["item"]:
            reading = read_subparagraph(reading, items[label["item"]], names=NAMES)
        pairs.append((reading.asks, label["asks"]))

    result = score(pairs)

    assert len(pairs) == 44
    assert (result.right, result.wrong, result.missed) == (53, 0, 0)
    for found, expected in pairs:
        assert deadlines(found) == sorted((ask["deadline"] for ask in expected), key=str)
