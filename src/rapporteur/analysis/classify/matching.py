"""Which terms of the lexicon stand in a text, and where.

The longest term wins its words: ``food security`` is not also ``security``. Terms of the same
length over the same words count together, each concept by its greatest weight.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapporteur.analysis.classify.lexicon import EVERYWHERE, Terms, Weights, lexicon
from rapporteur.analysis.classify.words import Word, stem
from rapporteur.analysis.languages import cheap_language_of

_LATIN = ("en", "fr", "es")
# Beginnings of words have at least and at most so many letters.
_SHORTEST, _LONGEST = 4, 10


@dataclass(frozen=True, slots=True)
class Match:
    """A term found: its words from ``first`` to before ``last``, and what it weighs."""

    first: int
    last: int
    weights: Weights


def languages_for(text: str, language: str | None) -> tuple[str, ...]:
    """Return the languages in whose terms a text is read.

    The language given, or found by cheap signs; all three with Latin letters when a text (a short
    title, a name) leaves it open. A language that has no terms counts as not given.
    """
    if language in (*_LATIN, "ar", "ru", "zh"):
        return (language,)
    found = cheap_language_of(text)
    return (found,) if found else _LATIN


def matches(words: list[Word], scheme: str, languages: tuple[str, ...]) -> list[Match]:
    """Return the terms of a scheme in the words of a text, in the order of the text."""
    everywhere = lexicon(scheme, EVERYWHERE)
    folded = [word.folded for word in words]
    spans: dict[tuple[int, int], Weights] = {}
    _find(folded, everywhere.exact, spans)
    for language in languages:
        terms = lexicon(scheme, language)
        if terms.exact:
            _find(folded, terms.exact, spans)
        _find([stem(word, language) for word in folded], terms.stems, spans)
    taken = [False] * len(words)
    found = []
    for first, last in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if not any(taken[first:last]):
            taken[first:last] = [True] * (last - first)
            found.append(Match(first, last, spans[first, last]))
    for place, word in enumerate(folded):
        if not taken[place] and (weights := _beginning(word, scheme)):
            found.append(Match(place, place + 1, weights))
    return sorted(found, key=lambda match: match.first)


def _find(
    forms: list[str],
    terms: Terms,
    spans: dict[tuple[int, int], Weights],
) -> None:
    """Add to ``spans`` the longest term that starts at each word."""
    for place, form in enumerate(forms):
        if form not in terms:
            continue
        for rest, weights in terms[form]:
            last = place + 1 + len(rest)
            if not rest or tuple(forms[place + 1 : last]) == rest:
                known = spans.get((place, last))
                spans[place, last] = weights if known is None else _greater(known, weights)
                break


def _greater(one: Weights, other: Weights) -> Weights:
    return {code: max(one.get(code, 0.0), other.get(code, 0.0)) for code in {**one, **other}}


@lru_cache(maxsize=100_000)
def _beginning(word: str, scheme: str) -> Weights | None:
    """Return what the longest known beginning of a word weighs."""
    known = lexicon(scheme, EVERYWHERE)
    for length in range(min(len(word), _LONGEST), _SHORTEST - 1, -1):
        if weights := known.beginnings.get(word[:length]):
            return weights
    return None
