"""Texts of one language as vectors: their telling words and phrases, weighted by TF-IDF."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer

from rapporteur.analysis.classify.words import fold, stem
from rapporteur.analysis.themes.phrases import Run, frequent_runs, places_of
from rapporteur.analysis.themes.small_words import are_small, small_words
from rapporteur.analysis.themes.words import Flags, Numbers, Words, is_han, joined

# So many phrases are looked at as features, and so many features in all.
_PHRASES, _FEATURES = 600, 6_000
# A feature stands in so many texts at least: two, of more than a hundred three, of many one in so
# many; and at most in this share of them, as what nearly all say parts none.
_FEW, _ONE_OF, _AT_MOST, _SPARED = 100, 5_000, 0.3, 10
# In a language without a list of small words, what so many passages have is one.
_SMALL, _MANY = 0.1, 20


@dataclass(frozen=True, slots=True)
class Vectors:
    """Passages by features, each of length 1 or 0.

    A feature's name is the same in every run and process: the stem of a word, or the words of a
    phrase. ``stems`` are those of its telling words, ``shown`` what a person reads for it. ``runs``
    are the phrases found, best first.
    """

    matrix: csr_matrix
    names: list[str]
    stems: list[frozenset[str]]
    shown: list[str]
    runs: list[Run]


def vectors_of(words: Words, language: str | None, chosen: Flags) -> Vectors:
    """Return the vectors of passages in one language.

    Features are chosen from the passages of ``chosen`` (the others are copies), and all get their
    vectors.
    """
    alone = are_small(words, language, alone=True)
    edges = ~are_small(words, language, alone=False)
    if language is None:
        common = _are_common(words)
        alone, edges = alone | common, edges & ~common
    inner = np.ones(len(words.forms), dtype=bool)
    inner[0] = False
    first = words.part(np.flatnonzero(chosen))
    runs = [
        run
        for run in frequent_runs(first, edges[first.line], inner)
        # Small Chinese words are runs of characters like any other.
        if not is_han(words.forms[run.numbers[0]])
        or joined([words.forms[one] for one in run.numbers]) not in small_words("zh", alone=True)
    ]
    stems, features = _stems(words, language, ~alone)
    at = features[words.line]
    said = np.flatnonzero(at >= 0)
    phrases = [run.numbers for run in runs[:_PHRASES]]
    places, which = places_of(words, phrases)
    passage = words.texts()
    columns = np.concatenate([at[said], which + len(stems)])
    counts = csr_matrix(
        (
            np.ones(len(columns)),
            (np.concatenate([passage[said], passage[places]]), columns),
        ),
        shape=(len(words), len(stems) + len(phrases)),
    )
    counts.sum_duplicates()
    names = [*stems, *(joined([words.forms[one] for one in run]) for run in phrases)]
    parts = [frozenset([name]) for name in stems]
    parts += [_stems_in(run, words, features, stems) for run in phrases]
    shown = [*_usual_forms(words, features, len(stems)), *names[len(stems) :]]
    kept = _kept(counts[chosen])
    counts = counts[:, kept]
    return Vectors(
        _weighed(counts, chosen),
        [names[one] for one in kept],
        [parts[one] for one in kept],
        [shown[one] for one in kept],
        runs,
    )


def _are_common(words: Words) -> Flags:
    """Return which words so many passages have that they can say nothing of a subject."""
    pairs = np.unique(words.texts() * len(words.forms) + words.line)
    having = np.bincount(pairs % len(words.forms), minlength=len(words.forms))
    common: Flags = having > max(_SMALL * len(words), _MANY)
    return common


def _stems(words: Words, language: str | None, telling: Flags) -> tuple[list[str], Numbers]:
    """Return the stems of telling words, and the stem of each word (-1: none).

    A single Han character is no feature: Chinese words are found as phrases.
    """
    known: dict[str, int] = {}
    features = np.full(len(words.forms), -1, dtype=np.int64)
    times = np.bincount(words.line, minlength=len(words.forms))
    # Stemming is slow, and of many texts a word that stands once can be no feature.
    present = times >= (2 if len(words) > _FEW else 1)
    for number in np.flatnonzero(present & telling).tolist():
        form = words.forms[number]
        if not is_han(form):
            features[number] = known.setdefault(stem(fold(form), language or ""), len(known))
    return list(known), features


def _stems_in(
    run: tuple[int, ...], words: Words, features: Numbers, stems: list[str]
) -> frozenset[str]:
    """Return the stems of a phrase's telling words; its words as they are where none is."""
    found = {stems[features[number]] for number in run if features[number] >= 0}
    return frozenset(found or {words.forms[number] for number in run})


def _usual_forms(words: Words, features: Numbers, count: int) -> list[str]:
    """Return for each stem the commonest word that has it, of equals the first."""
    times = np.bincount(words.line, minlength=len(words.forms))
    best = [-1] * count
    for number in np.flatnonzero(features >= 0).tolist():
        stem_number = int(features[number])
        if best[stem_number] < 0 or times[number] > times[best[stem_number]]:
            best[stem_number] = number
    return [words.forms[number] for number in best]


def _weighed(counts: csr_matrix, chosen: Flags) -> csr_matrix:
    """Return counts as TF-IDF, by how many of the chosen passages have each feature."""
    if 0 in counts.shape:
        return counts
    return TfidfTransformer(sublinear_tf=True).fit(counts[chosen]).transform(counts).tocsr()


def _kept(counts: csr_matrix) -> Numbers:
    """Return the features worth keeping, in order."""
    texts = counts.shape[0]
    having = np.bincount(counts.indices, minlength=counts.shape[1])
    least = max(2 if texts <= _FEW else 3, texts // _ONE_OF)
    most = max(_AT_MOST * texts, _SPARED)
    kept = np.flatnonzero((having >= least) & (having <= most))
    if len(kept) > _FEATURES:
        commonest = np.argsort(-having[kept], kind="stable")[:_FEATURES]
        kept = np.sort(kept[commonest])
    return kept
