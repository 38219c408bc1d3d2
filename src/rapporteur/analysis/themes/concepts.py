"""Action lines and goals over all answers: what each answer speaks of, and what none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.analysis.classify import Suggestion, codes_of, suggest_likely
from rapporteur.analysis.languages import LANGUAGES


@dataclass(frozen=True, slots=True)
class Concepts:
    """Suggestions for answers, by row number from 0.

    ``suggested[row]`` are the likely concepts of an answer with the words that speak for each, best
    first; ``rows[code]`` the answers for which a concept is suggested, for every code of the scheme
    in its order: an empty list is a concept that nobody raises.
    """

    suggested: list[list[Suggestion]]
    rows: dict[str, list[int]]


def concepts_of(
    texts: Sequence[str], scheme: str, languages: Sequence[str | None] | None = None
) -> Concepts:
    """Return the suggested concepts of each text; see ``classify.suggest_likely``.

    ``languages`` are those of the texts where they are known. A machine's suggestion is one until a
    person confirms it. Equal texts are looked at once.

    Raises:
        UnknownScheme: there is no such scheme.
    """
    rows: dict[str, list[int]] = {code: [] for code in codes_of(scheme)}
    known: dict[tuple[str, str | None], list[Suggestion]] = {}
    suggested = []
    for row, text in enumerate(texts):
        language = languages[row] if languages is not None else None
        asked = (text, language if language in LANGUAGES else None)
        if asked not in known:
            known[asked] = suggest_likely(text, scheme, asked[1])
        suggested.append(known[asked])
        for suggestion in known[asked]:
            rows[suggestion.code].append(row)
    return Concepts(suggested, rows)
