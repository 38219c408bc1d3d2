"""The terms that speak for a concept, by language: read from ``data/lexicon``.

A file ``<scheme>.<language>.csv`` has the columns ``code``, ``weight`` (1 a hint, 4 nearly enough
by itself) and ``terms`` (``;`` between them). ``any`` in place of a language is for acronyms and
names that are the same everywhere. A term is found by the stems of its words; one that starts
with ``=`` by its exact (folded) words, one that ends in ``*`` by the beginning of a single word.
After a change run ``scripts/make_classifier.py``: what is read at run time is its output.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from rapporteur.analysis.classify.concepts import codes_of
from rapporteur.analysis.classify.words import stem, words_of

EVERYWHERE = "any"

# Each further word makes a term so much more telling, up to so many.
_FOR_EACH_WORD, _MOST_WORDS = 0.25, 2.0

# Weight by code.
Weights = dict[str, float]
# Terms by their first word, longest first: the rest of their words, and what they weigh.
Terms = dict[str, list[tuple[tuple[str, ...], Weights]]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Terms in folded words (``exact``), in ``stems``, and ``beginnings`` of single words."""

    exact: Terms
    stems: Terms
    beginnings: dict[str, Weights]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a file for one term."""

    code: str
    weight: float
    term: str


def entries(scheme: str, language: str) -> Iterator[Entry]:
    """Yield the terms of a scheme in one language, in the order of the file."""
    codes_of(scheme)
    place = resources.files("rapporteur.analysis.classify") / "data/lexicon"
    table = (place / f"{scheme}.{language}.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        for term in row["terms"].split(";"):
            yield Entry(row["code"], float(row["weight"]), term.strip())


def compiled(scheme: str, language: str) -> dict[str, dict[str, Weights]]:
    """Return the terms as ``scripts/make_classifier.py`` stores them, stems already taken.

    ``exact``, ``stems`` and ``beginnings``: words with a space between them, and their weights. A
    term that stands twice under one concept keeps its greater weight.
    """
    made: dict[str, dict[str, Weights]] = {"exact": {}, "stems": {}, "beginnings": {}}
    for entry in entries(scheme, language):
        kind, words = _kind_and_words(entry.term, language)
        weights = made[kind].setdefault(" ".join(words), {})
        weight = round(entry.weight * _precision(words, language), 2)
        weights[entry.code] = max(weight, weights.get(entry.code, 0.0))
    return made


def _precision(words: list[str], language: str) -> float:
    """Return how much more a term of several words says than one of a single word.

    Of Chinese terms two characters count as a word.
    """
    length = len(words) / 2 if language == "zh" else len(words)
    return 1.0 + _FOR_EACH_WORD * min(max(length - 1.0, 0.0), _MOST_WORDS)


def _kind_and_words(term: str, language: str) -> tuple[str, list[str]]:
    folded = [word.folded for word in words_of(term.removesuffix("*"))]
    if term.endswith("*"):
        return "beginnings", folded
    if language == EVERYWHERE or term.startswith("="):
        return "exact", folded
    return "stems", [stem(word, language) for word in folded]


@lru_cache(maxsize=16)
def lexicon(scheme: str, language: str) -> Lexicon:
    """Return the terms of a scheme in one language, or those of ``EVERYWHERE``."""
    place = resources.files("rapporteur.analysis.classify") / "data/model"
    stored = json.loads((place / f"{scheme}.{language}.terms.json").read_text(encoding="utf-8"))
    return Lexicon(
        exact=_by_first_word(stored["exact"]),
        stems=_by_first_word(stored["stems"]),
        beginnings=stored["beginnings"],
    )


def _by_first_word(terms: dict[str, Weights]) -> Terms:
    found: Terms = {}
    for words, weights in sorted(
        ((tuple(term.split(" ")), weights) for term, weights in terms.items()),
        key=lambda pair: len(pair[0]),
        reverse=True,
    ):
        found.setdefault(words[0], []).append((words[1:], weights))
    return found
