"""Sentences that stand for a theme, and where they stand."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapporteur.analysis.classify.words import fold, stem
from rapporteur.analysis.languages import LANGUAGES
from rapporteur.analysis.statements import split_statements
from rapporteur.analysis.themes.finding import Theme
from rapporteur.analysis.themes.small_words import small_words
from rapporteur.analysis.themes.words import is_han, spans_of

# Sentences are looked for in so many of a theme's clearest rows, and so far into each.
_ROWS, _READ = 40, 50_000
# A sentence of fewer words says too little, a longer one is no quotation. Han characters are words.
_SHORTEST, _LONGEST = 6, 60
# The end of a line inside a sentence; an empty line, or one before an item of a list, ends it.
_WRAPPED = re.compile(r"(?<!\n)\n(?!\n)(?![ \t]*(?:[-–•*·]|\(?\w{1,3}[.)])[ \t])")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A sentence of an answer: ``texts[row][start:end] == text``."""

    row: int
    start: int
    end: int
    text: str


def quotations_of(
    theme: Theme, texts: Sequence[str], languages: Sequence[str | None], *, most: int = 3
) -> list[Quotation]:
    """Return the sentences that stand closest to a theme, at most one of a row, closest first.

    Closeness is the weight of the theme's words and phrases in the sentence, for its length. A
    sentence that says the same words as one before it is passed over; a theme whose rows hold no
    sentence of six to sixty words has none.
    """
    best: list[tuple[float, int, int, int]] = []
    for row in theme.strongest[:_ROWS]:
        text = texts[row]
        found = [
            (-_closeness(text[start:end], theme.weights, languages[row]), row, start, end)
            for start, end in sentences_of(text[:_READ])
        ]
        best += [min(found)] if found else []
    chosen: list[Quotation] = []
    said: set[str] = set()
    for closeness, row, start, end in sorted(best):
        quotation = Quotation(row, start, end, texts[row][start:end])
        words = " ".join(word for word, _, _ in spans_of(quotation.text) if word)
        if closeness < 0 and words not in said:
            said.add(words)
            chosen.append(quotation)
        if len(chosen) == most:
            break
    return chosen


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text begin and end; wrapped lines are joined."""
    # The same length, so that places stay.
    plain = _WRAPPED.sub(" ", text.replace("\r", " ").replace("\t", " "))
    spans: list[tuple[int, int]] = []
    place = 0
    for sentence in split_statements(plain):
        place = plain.index(sentence, place)
        spans.append((place, place + len(sentence)))
        place += len(sentence)
    return spans


def _closeness(
    sentence: str, weights: Mapping[str, Mapping[str, float]], language: str | None
) -> float:
    """Return how close a sentence stands to a theme; 0: nothing in common, or no quotation."""
    words = [word for word, _, _ in spans_of(sentence) if word]
    if not _SHORTEST <= len(words) <= _LONGEST:
        return 0.0
    # A sentence is read in the languages that the theme has, its own first.
    own = weights.get(language or "")
    return max(
        (_weight(words, named, code) for code, named in weights.items() if own in (None, named)),
        default=0.0,
    )


def _weight(words: list[str], weights: Mapping[str, float], code: str) -> float:
    small = small_words(code, alone=True) if code in LANGUAGES else frozenset()
    telling = [fold(word) for word in words if fold(word) not in small]
    stems = {stem(word, code) for word in telling}
    joined = "".join(word if is_han(word) else f" {word} " for word in words).replace("  ", " ")
    total = sum(
        weight
        for name, weight in weights.items()
        if name in stems or ((" " in name or is_han(name[0])) and _stands(name, joined))
    )
    return round(total / math.sqrt(max(len(telling), 1)), 6)


def _stands(name: str, joined: str) -> bool:
    return (name if is_han(name[0]) else f" {name} ") in joined
