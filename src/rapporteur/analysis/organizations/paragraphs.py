"""A paragraph as the patterns see it: its words, and the places that known names hold."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_](?:[\w'&-]*\w)?|&")


class Token(NamedTuple):
    """One word of a paragraph with its place."""

    start: int
    end: int
    word: str

    @property
    def capital(self) -> bool:
        """Whether the word may belong to a name: "Digital", "5G", "UN", but not "83rd"."""
        if self.word[0].isupper():
            return True
        return self.word[0].isdigit() and any(letter.isupper() for letter in self.word)


@dataclass(frozen=True, slots=True)
class Found:
    """A body found by pattern: its place, and the known owner it takes into its name, if any.

    ``label`` is given where the printed words are not the name ("Governments of … and Italy").
    """

    start: int
    end: int
    owner: int | None = None
    label: str | None = None


class Paragraph:
    """One flattened paragraph, with the spans that known names already hold."""

    def __init__(
        self, flat: str, spans: list[tuple[int, int, str]], places: frozenset[str]
    ) -> None:
        self.flat = flat
        self.places = places
        self.spans = spans
        self._starts = [start for start, _, _ in spans]
        self.tokens: list[Token] = []

    def read_words(self, start: int, end: int) -> None:
        """Read the words between two places; the first is cut to a whole word."""
        if start:
            start = self.flat.find(" ", start) + 1 or start
        self.tokens = [
            Token(match.start(), match.end(), match.group())
            for match in TOKEN.finditer(self.flat, start, end)
        ]

    def gap(self, index: int) -> str:
        """What stands between token ``index`` and the one before it."""
        return self.flat[self.tokens[index - 1].end : self.tokens[index].start]

    def at(self, position: int) -> int | None:
        """The number of the known span that holds ``position``, ``None`` when it is free."""
        number = bisect_right(self._starts, position) - 1
        return number if number >= 0 and position < self.spans[number][1] else None

    def known(self, token: Token) -> int | None:
        """The number of the known span that holds ``token``, ``None`` when it is free."""
        return self.at(token.start)
