"""Themes of a corpus: found in each language, joined across languages, with the rows they have."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from rapporteur.analysis.themes.bridging import Profile, nearest, profile_of
from rapporteur.analysis.themes.corpus import Corpus
from rapporteur.analysis.themes.factoring import Matrix, parts_of, weights_in
from rapporteur.analysis.themes.naming import LABEL, TERMS, WEIGHTS, as_written, telling, terms_of
from rapporteur.analysis.themes.phrases import Run
from rapporteur.analysis.themes.vectors import Vectors, vectors_of
from rapporteur.analysis.themes.words import Numbers

# A language with fewer passages, and a smaller share of all, is too little to find themes in.
_PASSAGES, _SHARE = 30, 0.1
# A passage has a theme that weighs so much, and so much beside its heaviest.
_CARRIED, _BESIDE = 0.08, 0.5
# A text of several passages has a theme that has so much of all its themes.
_OF_TEXT = 0.1
# A theme found is one that is known when their terms have so much in common.
_KNOWN = 0.6
# A theme has so many rows at least: two; of a hundred and more three, of a thousand and more five.
_LEAST_ROWS = ((1_000, 5), (100, 3), (0, 2))
_DECIMALS = 4
# The written form of a term is looked for in so many of its theme's texts.
_TEXTS = 12

# Weights of features by language ("" for none of the six), and there by name.
Weights = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Theme:
    """What several answers are about.

    ``label`` are its first terms, ``terms`` words and phrases, the most telling first, ``rows`` the
    answers that carry it, rising. ``strongest`` are the same rows, the clearest first. ``weights``
    are what it is known by when the analysis is run again, ``key`` a name that stays with it.
    """

    key: str
    label: str
    terms: list[str]
    rows: list[int]
    strongest: list[int] = field(repr=False)
    weights: dict[str, dict[str, float]] = field(repr=False)

    def as_json(self) -> dict[str, Any]:
        """Return all that is worth storing, for ``matched_themes`` and ``known``."""
        return {
            "key": self.key,
            "label": self.label,
            "terms": self.terms,
            "size": len(self.rows),
            "rows": self.rows,
            "weights": self.weights,
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The themes of a corpus, largest first, and the runs of words that its phrases are from."""

    themes: list[Theme]
    runs: list[Run]


@dataclass(slots=True)
class _Draft:
    """A theme while languages are joined: its rows' weights, and its terms by language."""

    strength: Numbers | Matrix
    terms: dict[str, list[str]]
    weights: dict[str, dict[str, float]]
    profiles: dict[str, Profile]
    known: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Part:
    """A theme in one language."""

    language: str
    strength: Matrix
    terms: list[str]
    weights: dict[str, float]
    known: Mapping[str, Any] | None


def find_themes(corpus: Corpus, known: Sequence[Mapping[str, Any]] = ()) -> Found:
    """Return the themes of a corpus.

    ``known`` are themes that a person has confirmed (``Theme.as_json``, with any label). They stay:
    each keeps key, label and terms, and gets the rows that speak of it; only what they leave is
    new. A theme that is no longer spoken of comes back without rows.
    """
    drafts = [_Draft(np.zeros(len(corpus.texts)), {}, {}, {}, theme) for theme in known]
    runs: list[Run] = []
    small: list[tuple[str | None, Numbers]] = []
    first = corpus.first_copies()
    for language, passages in corpus.groups():
        if len(passages) < max(2, min(_PASSAGES, _SHARE * len(corpus.rows))):
            small.append((language, passages))
            continue
        vectors = vectors_of(corpus.passages.part(passages), language, first[corpus.rows[passages]])
        runs += vectors.runs
        for part in _parts(corpus, vectors, passages, language, known):
            _join(drafts, part)
    for language, passages in small:
        _attach(corpus, drafts, language, np.unique(corpus.rows[passages]))
    runs.sort(key=lambda run: (-run.score, -run.count, run.numbers))
    themes = [_theme(corpus, draft) for draft in drafts]
    least = next(rows for more_than, rows in _LEAST_ROWS if len(corpus.texts) >= more_than)
    kept = [
        theme
        for theme, draft in zip(themes, drafts, strict=True)
        if draft.known is not None or len(theme.rows) >= least
    ]
    return Found(sorted(kept, key=lambda theme: (-len(theme.rows), theme.label, theme.key)), runs)


def _parts(
    corpus: Corpus,
    vectors: Vectors,
    passages: Numbers,
    language: str | None,
    known: Sequence[Mapping[str, Any]],
) -> Iterator[_Part]:
    """Yield the themes of one language, those known first."""
    rows = corpus.rows[passages]
    first = corpus.first_copies()[rows]
    code = language or ""
    kept = [(theme, _vector(theme["weights"], code, vectors.names)) for theme in known]
    kept = [(theme, vector) for theme, vector in kept if vector.any()]
    told = np.array([vector for _, vector in kept]).reshape(len(kept), len(vectors.names))
    parts = parts_of(vectors.matrix[first])
    if len(told) and len(parts):
        parts = parts[(parts @ told.T).max(axis=1) < _KNOWN]
    parts = np.vstack([told, parts])
    strength = _by_row(weights_in(vectors.matrix, parts), rows, len(corpus.texts))
    scores = telling(parts)
    for number, vector in enumerate(parts):
        order = np.argsort(-strength[:, number], kind="stable")[:_TEXTS]
        texts = [corpus.texts[row] for row in order.tolist() if strength[row, number] > 0]
        features = terms_of(scores[number], vectors.stems)
        heavy = np.argsort(-vector, kind="stable")[:WEIGHTS].tolist()
        yield _Part(
            code,
            strength[:, number],
            [as_written(vectors.shown[feature], texts) for feature in features],
            {
                vectors.names[feature]: round(float(vector[feature]), _DECIMALS)
                for feature in heavy
                if round(float(vector[feature]), _DECIMALS) > 0
            },
            kept[number][0] if number < len(kept) else None,
        )


def _vector(weights: Weights, language: str, names: list[str]) -> Matrix:
    """Return the weights of a known theme as a vector of length 1; 0 where no name is met."""
    own = weights.get(language, {})
    vector = np.array([own.get(name, 0.0) for name in names])
    length = np.linalg.norm(vector)
    return vector / length if length else vector


def _by_row(weights: Matrix, rows: Numbers, count: int) -> Matrix:
    """Return how much each row has of each theme: 0 where it does not carry it."""
    heaviest = weights.max(axis=1, initial=0.0)[:, None]
    carried = np.where((weights >= _CARRIED) & (weights >= _BESIDE * heaviest), weights, 0.0)
    summing = csr_matrix(
        (np.ones(len(rows)), (rows, np.arange(len(rows)))), shape=(count, len(rows))
    )
    by_row: Matrix = summing @ carried
    total = by_row.sum(axis=1)[:, None]
    return np.where(by_row >= _OF_TEXT * total, by_row, 0.0)


def _join(drafts: list[_Draft], part: _Part) -> None:
    """Add a theme of one language to what it is the same as in others, or as a new one."""
    draft = next(
        (one for one in drafts if part.known is not None and one.known is part.known), None
    )
    profile = profile_of(". ".join(part.terms), part.language)
    if draft is None:
        others = [
            (one, other)
            for one in drafts
            if part.language not in one.terms
            for other in one.profiles.values()
        ]
        found = nearest(profile, [other for _, other in others])
        draft = others[found][0] if found >= 0 else None
    if draft is None:
        draft = _Draft(np.zeros(len(part.strength)), {}, {}, {})
        drafts.append(draft)
    draft.strength = np.maximum(draft.strength, part.strength)
    draft.terms[part.language] = part.terms
    draft.weights[part.language] = part.weights
    draft.profiles[part.language] = profile


def _attach(corpus: Corpus, drafts: list[_Draft], language: str | None, rows: Numbers) -> None:
    """Give the few rows of a language to the themes that speak for the same concepts."""
    profiles = [(draft, one) for draft in drafts for one in draft.profiles.values()]
    for row in rows.tolist():
        profile = profile_of(corpus.texts[row], language or "")
        found = nearest(profile, [one for _, one in profiles])
        if found >= 0:
            draft = profiles[found][0]
            draft.strength[row] = max(draft.strength[row], _CARRIED)


def _theme(corpus: Corpus, draft: _Draft) -> Theme:
    rows = np.flatnonzero(draft.strength > 0)
    strongest = rows[np.argsort(-draft.strength[rows], kind="stable")].tolist()
    if draft.known is not None:
        known = draft.known
        weights = {code: dict(own) for code, own in known["weights"].items()}
        return Theme(
            known["key"],
            known["label"],
            list(known["terms"]),
            rows.tolist(),
            strongest,
            {**draft.weights, **weights},
        )
    languages = list(draft.terms.values())
    terms = _in_turn(languages)
    label = ", ".join(languages[0][:LABEL])
    return Theme(_key(draft.weights), label, terms, rows.tolist(), strongest, draft.weights)


def _in_turn(lists: list[list[str]]) -> list[str]:
    """Return the first terms of a theme: most of its first language, some of each other."""
    first, others = lists[0], lists[1:]
    share = min(TERMS // 2, max(1, TERMS // (2 * len(others)))) if others else 0
    taken = [*first[: TERMS - share * len(others)], *(t for one in others for t in one[:share])]
    return list(dict.fromkeys(taken))


def _key(weights: Weights) -> str:
    """Return a name for a theme that is new: the same for the same words, in every process."""
    names = sorted(f"{code} {name}" for code, own in weights.items() for name in list(own)[:TERMS])
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]
