"""The whole analysis of a consultation's answers: languages, phrases, themes, copies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from rapporteur.analysis.themes.corpus import Corpus, corpus_of
from rapporteur.analysis.themes.finding import Theme, find_themes
from rapporteur.analysis.themes.naming import as_written, without_variants
from rapporteur.analysis.themes.phrases import Run, places_of
from rapporteur.analysis.themes.words import joined

PHRASES = 60


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand together: ``count`` times in all, in ``rows`` (from 0, rising).

    ``text`` is as it is written most often. Case, punctuation and space do not count; forms of
    words do.
    """

    text: str
    count: int
    rows: list[int]


@dataclass(frozen=True, slots=True)
class Analysis:
    """What was found in answers, by row number from 0.

    ``languages`` is the language of each row (``None``: none of the six, or no letters),
    ``near_duplicates`` the groups of two and more near-identical rows.
    """

    rows: int
    languages: list[str | None]
    themes: list[Theme]
    phrases: list[Phrase]
    near_duplicates: list[list[int]]

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``rapporteur analysis themes --json`` writes."""
        return {
            "rows": self.rows,
            "themes": [
                {
                    "label": theme.label,
                    "terms": theme.terms,
                    "size": len(theme.rows),
                    "rows": theme.rows,
                }
                for theme in self.themes
            ],
            "phrases": [
                {"text": phrase.text, "count": phrase.count, "rows": phrase.rows}
                for phrase in self.phrases
            ],
            "near_duplicates": self.near_duplicates,
        }


def analyse(texts: Sequence[str], known: Sequence[Mapping[str, Any]] = ()) -> Analysis:
    """Return languages, themes, key phrases and near-identical groups of answers.

    The same texts in the same order give the same result in every process. An empty text is a row
    and carries nothing. ``known`` are themes to keep; see ``find_themes``.
    """
    corpus = corpus_of(texts)
    found = find_themes(corpus, known)
    return Analysis(
        rows=len(texts),
        languages=corpus.languages,
        themes=found.themes,
        phrases=_phrases(corpus, found.runs),
        near_duplicates=corpus.near,
    )


def _phrases(corpus: Corpus, runs: Sequence[Run]) -> list[Phrase]:
    """Return the best runs as phrases, counted in all rows."""
    words = corpus.words
    once = list(dict.fromkeys(run.numbers for run in runs[: 4 * PHRASES]))
    plain = [joined([words.forms[number] for number in run]) for run in once]
    kept = without_variants(plain)[:PHRASES]
    places, which = places_of(words, [once[number] for number in kept])
    rows = np.searchsorted(words.starts, places, side="right") - 1
    cuts = np.searchsorted(which, np.arange(1, len(kept)))
    found = []
    for number, own in zip(kept, np.split(rows, cuts), strict=False):
        different = np.unique(own).tolist()
        text = as_written(plain[number], (corpus.texts[row] for row in different))
        if len(different) > 1:
            found.append(Phrase(text, len(own), different))
    return found
