"""A text as words with their places: what the readers of clauses and addressees work on."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.analysis.asks.lexicon import ABBREVIATIONS

_WORD = re.compile(
    r"\d+(?:[.,]\d+)+|[^\s,;:.()\[\]“”\"„«»]+|[,;:.()\[\]“”\"„«»]",
)
_CLOSING = {"(": ")", "[": "]", "“": "”", "„": "”", "«": "»"}
PUNCTUATION = frozenset(',;:.()[]“”"„«»')


@dataclass(frozen=True, slots=True)
class Words:
    """The words and punctuation marks of one paragraph.

    ``low`` is lower case; ``start`` and ``end`` are places in ``text``; ``inside`` is true within
    brackets or quotation marks, whose words are no part of the sentence's frame.
    """

    text: str
    words: tuple[str, ...]
    low: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    inside: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, after: int) -> str:
        """The text from word ``first`` up to, not including, word ``after``."""
        if first >= after:
            return ""
        return self.text[self.start[first] : self.end[after - 1]]

    def at(self, index: int) -> str:
        """The word there in lower case, ``""`` outside the text."""
        return self.low[index] if 0 <= index < len(self.low) else ""


def split_words(text: str) -> Words:
    """The words of ``text`` in one pass."""
    matches = list(_WORD.finditer(text))
    words = tuple(match.group() for match in matches)
    return Words(
        text=text,
        words=words,
        low=tuple(word.lower() for word in words),
        start=tuple(match.start() for match in matches),
        end=tuple(match.end() for match in matches),
        inside=_inside(words),
    )


def _inside(words: tuple[str, ...]) -> tuple[bool, ...]:
    """Which words stand within closed brackets or quotation marks; unclosed ones do not count."""
    inside = [False] * len(words)
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for index, word in enumerate(words):
        if word == '"':
            if stack and stack[-1][0] == '"':
                spans.append((stack.pop()[1], index))
            else:
                stack.append(('"', index))
        elif word in _CLOSING:
            stack.append((_CLOSING[word], index))
        elif stack and word == stack[-1][0]:
            spans.append((stack.pop()[1], index))
    reached = -1
    for first, last in sorted(spans):
        for index in range(max(first, reached + 1), last + 1):
            inside[index] = True
        reached = max(reached, last)
    return tuple(inside)


def sentences(words: Words) -> list[tuple[int, int]]:
    """The sentences as ``(first, after)`` pairs of word indices, the full stop included."""
    found = []
    first = 0
    for index, word in enumerate(words.words):
        if word != "." or words.inside[index]:
            continue
        before = words.low[index - 1] if index else ""
        following = words.words[index + 1] if index + 1 < len(words) else ""
        if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
            continue
        if following and not (following[0].isupper() or following in "“(["):
            continue
        found.append((first, index + 1))
        first = index + 1
    if first < len(words):
        found.append((first, len(words)))
    return found
