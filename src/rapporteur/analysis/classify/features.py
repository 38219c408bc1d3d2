"""What the linear model sees of a text: stems; of Chinese, pairs of characters."""

from __future__ import annotations

from itertools import pairwise

from rapporteur.analysis.classify.words import Word, stem
from rapporteur.analysis.languages import SMALL_WORDS

# Shorter words of an alphabet say nothing of a subject; a pair of Chinese characters does.
_SHORTEST = 3


def features_of(words: list[Word], language: str) -> list[str]:
    """Return the feature that starts at each word; empty where none does."""
    if language == "zh":
        return _pairs(words)
    small = SMALL_WORDS.get(language, frozenset())
    return [
        ""
        if len(folded) < _SHORTEST or folded in small or folded.isdigit()
        else stem(folded, language)
        for folded, _, _ in words
    ]


def _pairs(words: list[Word]) -> list[str]:
    """Return each Chinese character with the next, where they touch."""
    found = [
        one.folded + other.folded if one.end == other.start and one.end - one.start == 1 else ""
        for one, other in pairwise(words)
    ]
    return [*found, ""] if words else []


def words_in(feature: str, language: str) -> int:
    """Return how many words a feature spans."""
    return len(feature) if language == "zh" else 1
