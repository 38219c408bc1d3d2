"""What a paragraph cites: documents by symbol or by their well-known name, and which paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.library.addresses import held_symbol

# Names under which texts cite documents without their symbol. Source: the title pages of the
# outcome documents of the two phases of the Summit, and of the resolutions that adopt the others.
NAMED = {
    "Geneva Declaration of Principles": "WSIS-03/GENEVA/DOC/4",
    "Geneva Plan of Action": "WSIS-03/GENEVA/DOC/5",
    "Tunis Commitment": "WSIS-05/TUNIS/DOC/7",
    "Tunis Agenda": "WSIS-05/TUNIS/DOC/6(Rev.1)",
    "Pact for the Future": "A/RES/79/1",
    "Global Digital Compact": "A/RES/79/1",
    "2030 Agenda for Sustainable Development": "A/RES/70/1",
    "Addis Ababa Action Agenda": "A/RES/69/313",
}
# The Compact is annex I of the resolution: its paragraph numbers are not the resolution's.
WITHOUT_NUMBERS = frozenset({"Global Digital Compact"})
_NAMED = re.compile("|".join(re.escape(name) for name in NAMED))
_NUMBERS = re.compile(
    r"\bparagraphs?\s+((?:\d{1,3}(?:\s*\([a-z]\))?(?:\s*(?:,|and|to|[-–])\s*)?)+)"
    r"\s*(?:of|in)\s+(?:the\s+|its\s+|General\s+Assembly\s+|Council\s+|resolution\s+|\d{4}\s+)*$"
)
_RANGE = re.compile(r"(\d{1,3})\s*(?:to|[-–])\s*(\d{1,3})|(\d{1,3})")
LOOK_BACK = 120


def citations_in(text: str, symbols: Iterable[str]) -> dict[str, list[int]]:
    """Return the canonical symbols that a paragraph cites, each with the paragraphs it names.

    ``symbols`` are those that the parser found, as printed. A symbol that has no canonical form
    stays as it is printed.
    """
    found: dict[str, list[int]] = {}
    for printed in symbols:
        numbers = found.setdefault(held_symbol(printed) or printed, [])
        start = text.find(printed)
        if start >= 0:
            numbers += [n for n in numbers_before(text, start) if n not in numbers]
    for match in _NAMED.finditer(text):
        numbers = found.setdefault(NAMED[match.group()], [])
        if match.group() not in WITHOUT_NUMBERS:
            numbers += [n for n in numbers_before(text, match.start()) if n not in numbers]
    return found


def numbers_before(text: str, place: int) -> list[int]:
    """Return the paragraph numbers announced just before a place: "paragraphs 3 and 5 to 7 of"."""
    match = _NUMBERS.search(text[max(0, place - LOOK_BACK) : place])
    if match is None:
        return []
    found: list[int] = []
    for first, last, single in _RANGE.findall(match.group(1)):
        if single:
            found.append(int(single))
        elif int(first) <= int(last) <= int(first) + 100:
            found += range(int(first), int(last) + 1)
    return found
