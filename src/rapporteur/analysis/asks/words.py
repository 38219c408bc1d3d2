"""A text as words with their places: what the readers of clauses and addressees work on."""

from __future__ import annotations

import re

from rapporteur.analysis.asks.lexicon import ABBREVIATIONS

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\s,;:.()\[\]“”\"„«»]+|[,;:.()\[\]“”\"„«»]")
_OPENING = re.compile(r"[(\[“\"„«]")
_CLOSING = {"(": ")", "[": "]", "“": "”", "„": "”", "«": "»"}
PUNCTUATION = frozenset(',;:.()[]“”"„«»')


class Words:
    """The words and punctuation marks of one paragraph.

    ``words`` as printed, ``low`` in lower case; ``inside`` is 1 within brackets or quotation marks,
    whose words are no part of the sentence's frame. Every mark of the text that is no blank belongs
    to a word, so places are found by looking forward, and only as far as they are asked for.
    """

    __slots__ = ("_starts", "inside", "low", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = _WORD.findall(text)
        self.low: list[str] = [word.lower() for word in self.words]
        self.inside = _inside(self.words, closed=_OPENING.search(text) is None)
        self._starts: list[int] = []

    def __len__(self) -> int:
        return len(self.words)

    def at(self, index: int) -> str:
        """The word there in lower case, ``""`` outside the text."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def span(self, first: int, after: int) -> str:
        """The text from word ``first`` up to, not including, word ``after``."""
        if first >= after:
            return ""
        self._place(after - 1)
        last = after - 1
        return self.text[self._starts[first] : self._starts[last] + len(self.words[last])]

    def _place(self, index: int) -> None:
        starts = self._starts
        reached = starts[-1] + len(self.words[len(starts) - 1]) if starts else 0
        for word in self.words[len(starts) : index + 1]:
            start = self.text.index(word, reached)
            starts.append(start)
            reached = start + len(word)


def _inside(words: list[str], *, closed: bool) -> bytearray:
    """Which words stand within closed brackets or quotation marks; unclosed ones do not count.

    ``closed`` says that the text has none of them.
    """
    inside = bytearray(len(words))
    if closed:
        return inside
    stack: list[tuple[str, int]] = []
    spans: list[tuple[int, int]] = []
    for index, word in enumerate(words):
        if word not in PUNCTUATION:
            continue
        if stack and word == stack[-1][0]:
            spans.append((stack.pop()[1], index))
        elif word == '"':
            stack.append(('"', index))
        elif word in _CLOSING:
            stack.append((_CLOSING[word], index))
    reached = -1
    for first, last in sorted(spans):
        begin = max(first, reached + 1)
        if begin <= last:
            inside[begin : last + 1] = b"\x01" * (last + 1 - begin)
            reached = last
    return inside


def sentences(words: Words) -> list[tuple[int, int]]:
    """The sentences as ``(first, after)`` pairs of word indices, the full stop included."""
    found = []
    first = 0
    if "." in words.words:
        for index, word in enumerate(words.words):
            if word == "." and _ends_sentence(words, index):
                found.append((first, index + 1))
                first = index + 1
    if first < len(words):
        found.append((first, len(words)))
    return found


def _ends_sentence(words: Words, index: int) -> bool:
    if words.inside[index]:
        return False
    before = words.at(index - 1)
    following = words.words[index + 1] if index + 1 < len(words) else ""
    if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
        return False
    return not following or following[0].isupper() or following in "“(["
