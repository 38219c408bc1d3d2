"""The analysis of answers beside the bare library steps that it is made of, and beside datasketch.

``python -m benchmarks themes`` measures 150 and 15,000 answers; ``THEMES_SIZES=150,15000,150000``
names others. Both sides run in turn, in one process; the medians of the ratios count.

**The whole analysis** (``analyse``: languages, phrases, themes, copies) beside the sum of: the
language of each answer; of each language scikit-learn's ``TfidfVectorizer`` and ``NMF`` with as
many features, as many themes, fitted to as large a sample, and all answers measured by it; the
bigrams of all (``CountVectorizer``); and datasketch for the copies. As datasketch is what takes
long, the ratio without copies on either side stands beside. Limit: 1.5 times, either way.
Memory is the most that a process of its own held.

**Near-identical answers**: ``near_identical`` and datasketch's ``MinHashLSH`` (128 permutations,
threshold 0.8, shingles given as ready bytes) at 100,000 answers with planted copies: the share of
planted pairs found, and the time. At 2,000 all pairs are compared and must come out the same.
Limits: 0.99, 0.5 times, exact.

The answers are made up: words of six languages drawn by Zipf's law as in ``benchmarks.activities``,
three in ten from the answer's subject, one of forty; lengths are log-normal around 60 words. One
answer in fifty is a copy of another with one or two words changed, its Jaccard index at least 0.8.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import numpy as np
from datasketch import MinHash, MinHashLSH
from sklearn.decomposition import NMF
from sklearn.exceptions import ConvergenceWarning
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from benchmarks.activities import LANGUAGES, cumulated, vocabulary, word_weights
from rapporteur.analysis.languages import language_of
from rapporteur.analysis.themes import analyse, near_identical
from rapporteur.analysis.themes.corpus import corpus_of
from rapporteur.analysis.themes.factoring import how_many
from rapporteur.analysis.themes.vectors import vectors_of

SIZES = tuple(int(size) for size in os.environ.get("THEMES_SIZES", "150,15000").split(","))
NEAR_SIZE = int(os.environ.get("THEMES_NEAR", "100000"))
EXACT_SIZE = 2_000
WHOLE_LIMIT, NEAR_LIMIT, RECALL_LIMIT = 1.5, 0.5, 0.99
SUBJECTS, OF_SUBJECT, COPIES = 40, 0.3, 50
SAMPLE, FEATURES = 20_000, 6_000


@cache
def subject_words(language: str, subject: int) -> np.ndarray:
    rng = np.random.default_rng([17, list(LANGUAGES).index(language), subject])
    return vocabulary(language)[rng.integers(20, 4000, 60)]


def made_up(count: int, seed: int = 2026) -> tuple[list[str], list[tuple[int, int]]]:
    """Return answers, and the pairs of rows of which one is a changed copy of the other."""
    rng = np.random.default_rng(seed)
    codes = np.array(list(LANGUAGES))
    languages = codes[np.searchsorted(cumulated(list(LANGUAGES.values())), rng.random(count))]
    sizes = np.clip(rng.lognormal(np.log(60), 0.7, count), 3, 400).astype(int)
    texts: list[str] = []
    pairs: list[tuple[int, int]] = []
    for row in range(count):
        language = str(languages[row])
        joint = "" if language == "zh" else " "
        if row % COPIES == COPIES - 1:
            original = int(rng.integers(0, row))
            copied = changed(texts[original], rng)
            if jaccard(shingles(texts[original]), shingles(copied)) >= 0.8:
                pairs.append((original, row))
                texts.append(copied)
                continue
        words = vocabulary(language)[np.searchsorted(word_weights(), rng.random(sizes[row]))]
        own = rng.random(sizes[row]) < OF_SUBJECT
        words[own] = rng.choice(subject_words(language, row % SUBJECTS), own.sum())
        texts.append(joint.join(words) + ("。" if language == "zh" else "."))
    return texts, pairs


def changed(text: str, rng: np.random.Generator) -> str:
    """Return a text with one or two words changed, and case and signs with them."""
    words = text.split(" ")
    for _ in range(int(rng.integers(1, 3))):
        words[int(rng.integers(0, len(words)))] = "otherwise"
    return ", ".join([words[0].upper(), *words[1:3]]) + " " + " ".join(words[3:])


HAN = re.compile("[\u4e00-\u9fff]|[^\\W\u4e00-\u9fff]+")


def shingles(text: str) -> set[str]:
    """Return the shingles of a text, found anew in the plainest way."""
    words = HAN.findall(text.casefold())
    found = {" ".join(words[place : place + 3]) for place in range(len(words) - 2)}
    return found or ({" ".join(words)} if words else set())


def jaccard(one: set[str], other: set[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def with_datasketch(texts: list[str]) -> list[tuple[int, int]]:
    """Return the pairs that datasketch finds."""
    index = MinHashLSH(threshold=0.8, num_perm=128)
    pairs = []
    for row, text in enumerate(texts):
        own = shingles(text)
        if not own:
            continue
        sketch = MinHash(num_perm=128)
        sketch.update_batch([shingle.encode() for shingle in own])
        pairs += [(other, row) for other in index.query(sketch)]
        index.insert(row, sketch)
    return pairs


def all_pairs(texts: list[str]) -> list[list[int]]:
    """Return the groups of near-identical texts, every pair compared."""
    own = [shingles(text) for text in texts]
    group = list(range(len(texts)))
    for one in range(len(texts)):
        for other in range(one + 1, len(texts)):
            if jaccard(own[one], own[other]) >= 0.8:
                old, new = group[other], group[one]
                group = [new if number == old else number for number in group]
    members: dict[int, list[int]] = {}
    for row, number in enumerate(group):
        members.setdefault(number, []).append(row)
    return sorted(rows for rows in members.values() if len(rows) > 1)


def bare_steps(texts: list[str], counts: dict[str, tuple[list[str], int]]) -> None:
    """Run the library steps: ``counts`` are the texts of each language and how many themes."""
    for text in texts:
        language_of(text)
    CountVectorizer(ngram_range=(2, 2), min_df=2).fit_transform(texts)
    for own, themes in counts.values():
        matrix = TfidfVectorizer(
            sublinear_tf=True, max_df=0.3, max_features=FEATURES, **han(own)
        ).fit_transform(own)
        model = NMF(themes, init="nndsvda", random_state=0, max_iter=200, tol=1e-3)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(matrix[: min(SAMPLE, matrix.shape[0])])
            model.transform(matrix)


def han(texts: list[str]) -> dict[str, object]:
    """Return what the vectorizer needs for Chinese: pairs of characters are its words."""
    plain = not re.search("[\u4e00-\u9fff]", "".join(texts[:5]))
    return {} if plain else {"analyzer": "char", "ngram_range": (2, 2)}


def themes_by_language(texts: list[str]) -> dict[str, tuple[list[str], int]]:
    """Return the texts of each language, and into how many themes the analysis parts them."""
    corpus = corpus_of(texts)
    first = corpus.first_copies()
    found = {}
    for language, passages in corpus.groups():
        if len(passages) >= 30:
            rows = corpus.rows[passages]
            vectors = vectors_of(corpus.passages.part(passages), language, first[rows])
            themes = how_many(vectors.matrix[first[rows]])
            found[str(language)] = ([texts[row] for row in np.unique(rows)], themes)
    return found


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def memory_of(size: int) -> int:
    """Return the megabytes that a process of its own held at most, its answers included."""
    program = f"import benchmarks.themes as b; b.memory({size})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return int(done.stdout.split()[-1])


def memory(size: int) -> None:
    texts, _ = made_up(size)
    analyse(texts)
    # Not getrusage: a child begins there with the most that its parent had.
    status = Path("/proc/self/status").read_text()
    print(int(re.search(r"VmHWM:\s+(\d+)", status)[1]) // 1024)


def whole(size: int) -> Iterator[str]:
    """Yield a line on the whole analysis of so many answers."""
    texts, _ = made_up(size)
    counts = themes_by_language(texts)
    rounds = 5 if size <= 1_000 else 3 if size <= 20_000 else 1
    # Modules, lingua's models and patterns are loaded on both sides.
    warm = texts[:150]
    analyse(warm)
    bare_steps(warm, {"": (warm, 3)})
    with_datasketch(warm)
    ratios, plain, ours, copies, times, sketches = [], [], [], [], [], []
    for _ in range(rounds):
        bare = seconds(lambda: bare_steps(texts, counts))
        sketch = seconds(lambda: with_datasketch(texts))
        own = seconds(lambda: analyse(texts))
        near = seconds(lambda: near_identical(texts))
        ratios.append(own / (bare + sketch))
        plain.append((own - near) / bare)
        ours.append(own)
        copies.append(near)
        times.append(bare)
        sketches.append(sketch)
    yield (
        f"{size:>8,} answers: {statistics.median(ours):.2f} s (copies"
        f" {statistics.median(copies):.2f}), bare steps {statistics.median(times):.2f} s and"
        f" datasketch {statistics.median(sketches):.2f}; ratio"
        f" {statistics.median(ratios):.2f}, without copies {statistics.median(plain):.2f}"
        f" (limit {WHOLE_LIMIT}); at most {memory_of(size):,} MB"
    )
    if max(statistics.median(ratios), statistics.median(plain)) > WHOLE_LIMIT:
        yield "   over the limit"


def near() -> Iterator[str]:
    """Yield lines on near-identical answers."""
    texts, _ = made_up(EXACT_SIZE)
    exact = near_identical(texts) == all_pairs(texts)
    yield f"{EXACT_SIZE:>8,} answers, all pairs: {'the same' if exact else 'NOT the same'}"
    texts, pairs = made_up(NEAR_SIZE)
    rounds = 3 if NEAR_SIZE <= 20_000 else 1
    ratios, ours, theirs = [], [], []
    groups: list[list[int]] = []
    sketches: list[tuple[int, int]] = []
    for _ in range(rounds):
        theirs.append(seconds(lambda: sketches.extend(with_datasketch(texts))))
        ours.append(seconds(lambda: groups.extend(near_identical(texts))))
        ratios.append(ours[-1] / theirs[-1])
    group = {row: number for number, rows in enumerate(groups) for row in rows}
    found = sum(one in group and group[one] == group.get(other) for one, other in pairs)
    sketched = len(set(pairs) & set(sketches))
    recall = found / len(pairs)
    yield (
        f"{NEAR_SIZE:>8,} answers: {statistics.median(ours):.2f} s, datasketch"
        f" {statistics.median(theirs):.2f} s, ratio {statistics.median(ratios):.3f} (limit"
        f" {NEAR_LIMIT}); of {len(pairs):,} planted pairs found {recall:.4f} (limit"
        f" {RECALL_LIMIT}), datasketch {sketched / len(pairs):.4f}"
    )
    if not exact or recall < RECALL_LIMIT or statistics.median(ratios) > NEAR_LIMIT:
        yield "   over the limit"


def main() -> int:
    failed = False
    for lines in (near(), *(whole(size) for size in SIZES)):
        for line in lines:
            print(line, flush=True)
            failed = failed or "over the limit" in line
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
