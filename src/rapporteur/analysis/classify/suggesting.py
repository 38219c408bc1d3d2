"""Suggestions for a text: concept, score, and the words of the text that speak for it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from rapporteur.analysis.classify.concepts import codes_of
from rapporteur.analysis.classify.features import words_in
from rapporteur.analysis.classify.matching import languages_for
from rapporteur.analysis.classify.scoring import Scored, score
from rapporteur.analysis.classify.words import Word, words_of

# From this score on a concept is worth suggesting to a person.
THRESHOLDS = {"action-lines": 0.2, "sdg": 0.5}
# So much of a text is read; what a record is about is said before that.
LONGEST = 20_000
# A suggestion names at most so many words; each must add at least so much.
_REASONS = 5
_WORTH_NAMING = 0.12
_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One concept for a text.

    ``score`` is from 0 to 1. ``because`` are words and phrases of the text, as they stand there,
    that speak for the concept, the strongest first; empty when none does.
    """

    code: str
    score: float
    because: tuple[str, ...] = ()


class _Reason(NamedTuple):
    """A stretch of words (``first`` to before ``last``) and what it adds to a concept."""

    weight: float
    first: int
    last: int


def suggest(text: str, scheme: str, language: str | None = None) -> list[Suggestion]:
    """Return every concept of a scheme for a text, best first, ties in the scheme's order.

    ``scheme`` is ``action-lines`` (scores add up to 1) or ``sdg`` (0.5 and more: the goal is
    present). ``language`` is the text's, a two-letter code; without one, or with one of which
    there are no terms, it is found. A text in which no word is known gives every concept the same
    low score. Only the first ``LONGEST`` characters are read.

    Raises:
        UnknownScheme: there is no such scheme.
    """
    return _suggestions(text, scheme, language, at_least=0.0)


def suggest_likely(
    text: str,
    scheme: str,
    language: str | None = None,
    *,
    at_least: float | None = None,
    most: int = 5,
) -> list[Suggestion]:
    """Return only what is worth showing to a person: at most ``most``, with words for each.

    ``at_least`` is the lowest score, by default that of ``THRESHOLDS``. Cheap enough for each
    stroke of a key. A concept for which no word speaks is left out.

    Raises:
        UnknownScheme: there is no such scheme.
    """
    lowest = THRESHOLDS.get(scheme, 0.0) if at_least is None else at_least
    found = _suggestions(text, scheme, language, at_least=lowest, most=most)
    return [suggestion for suggestion in found if suggestion.because]


def scores_of(text: str, scheme: str, language: str | None = None) -> list[tuple[str, float]]:
    """Return code and score of every concept, best first: ``suggest`` without the words."""
    _, scored = _read(text, scheme, language)
    return _ranked(scored, scheme)


def _read(text: str, scheme: str, language: str | None) -> tuple[list[Word], Scored]:
    codes_of(scheme)
    text = text[:LONGEST]
    words = words_of(text)
    return words, score(words, scheme, languages_for(text, language))


def _ranked(scored: Scored, scheme: str) -> list[tuple[str, float]]:
    values = scored.scores.round(_DECIMALS).tolist()
    # Sorting is stable: equal scores keep the scheme's order.
    return sorted(zip(codes_of(scheme), values, strict=True), key=itemgetter(1), reverse=True)


def _suggestions(
    text: str, scheme: str, language: str | None, *, at_least: float, most: int | None = None
) -> list[Suggestion]:
    words, scored = _read(text, scheme, language)
    ranked = [pair for pair in _ranked(scored, scheme) if pair[1] >= at_least][:most]
    return [
        Suggestion(code, value, _because(text, words, scored, scheme, code))
        for code, value in ranked
    ]


def _because(
    text: str, words: list[Word], scored: Scored, scheme: str, code: str
) -> tuple[str, ...]:
    """Return the words that speak for one concept: terms first, else words the model knows."""
    reasons = [
        _Reason(match.weights[code], match.first, match.last)
        for match in scored.matches
        if code in match.weights
    ] or _learned_reasons(scored, codes_of(scheme).index(code))
    said: dict[str, str] = {}
    for reason in sorted(reasons, key=lambda reason: (-reason.weight, reason.first)):
        stretch = text[words[reason.first].start : words[reason.last - 1].end]
        said.setdefault(stretch.casefold(), " ".join(stretch.split()))
        if len(said) == _REASONS:
            break
    return tuple(said.values())


def _learned_reasons(scored: Scored, column: int) -> list[_Reason]:
    """Return the words that the model takes for a concept and that no term has taken."""
    reading = scored.reading
    if reading is None:
        return []
    taken = {place for match in scored.matches for place in range(match.first, match.last)}
    telling = {
        feature: float(shares[column])
        for feature, shares in reading.shares.items()
        if shares[column] >= _WORTH_NAMING
    }
    return [
        _Reason(telling[feature], place, place + words_in(feature, reading.language))
        for place, feature in enumerate(reading.features)
        if feature in telling and place not in taken
    ]
