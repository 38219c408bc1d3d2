"""Key phrases: words that stand together more often than chance has it, with counts and rows.

A phrase has two to five words (of Chinese two to seven characters), begins and ends with a word
that says something, and crosses no stop. Rows that are copies of one another count once when
phrases are chosen, so that a campaign does not choose them alone; each is then counted in all rows.
Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rapporteur.analysis.themes.words import Flags, Numbers, Words, is_han

_LONGEST, _LONGEST_HAN = 5, 7
# A phrase of which so large a part stands in one longer phrase is left to that one.
_COVERED = 0.6
# From so many runs of words on, rare ones are sifted out by so many bits of their keys.
MANY_KEYS, _ROUGHLY = 1_000_000, 24
# In how many rows a phrase must stand: two, and one of so many.
_LEAST_ROWS, _ONE_OF = 2, 4_000


@dataclass(frozen=True, slots=True)
class Run:
    """A frequent run of words by their numbers, how often it stands, and its score."""

    numbers: tuple[int, ...]
    count: int
    score: float


@dataclass(slots=True)
class _Level:
    """All frequent runs of one length: the run at each place (-1: none), and what it is made of."""

    at: npt.NDArray[np.int32]
    counts: Numbers
    heads: npt.NDArray[np.int32] | Numbers
    tails: npt.NDArray[np.int32] | Numbers


def frequent_runs(words: Words, edges: Flags, inner: Flags) -> list[Run]:
    """Return runs of words worth showing, the best first, ties by count and then by their words.

    ``edges`` says for each place of the line whether a phrase may begin and end there, ``inner``
    for each word whether it may stand inside.
    """
    least = max(_LEAST_ROWS, len(words) // _ONE_OF)
    levels = _levels(words, inner, least)
    if len(levels) < 2:
        return []
    places = [_first_places(level) for level in levels]
    han = np.array([is_han(form) for form in words.forms], dtype=bool)[words.line]
    short = [
        np.where(han[first], _LONGEST_HAN, _LONGEST) >= length
        for length, first in enumerate(places, start=1)
    ]
    good = [_are_whole(level, first, edges) for level, first in zip(levels, places, strict=True)]
    covers = _covers(levels, good)
    total = int((words.line > 0).sum())
    runs = []
    for length in range(2, len(levels) + 1):
        level, before = levels[length - 1], levels[length - 2]
        bond = _bonds(level, before, levels[0], total)
        keep = (
            good[length - 1]
            & short[length - 1]
            & (covers[length - 1] < _COVERED * level.counts)
            & (bond > 0)
        )
        score = level.counts * bond
        for run in np.flatnonzero(keep).tolist():
            place = int(places[length - 1][run])
            numbers = tuple(words.line[place : place + length].tolist())
            runs.append(Run(numbers, int(level.counts[run]), round(float(score[run]), 6)))
    return sorted(runs, key=lambda run: (-run.score, -run.count, run.numbers))


def _levels(words: Words, inner: Flags, least: int) -> list[_Level]:
    line = words.line
    allowed = inner[line]
    at, counts = _numbered(np.where(allowed, line, -1).astype(np.int64), least)
    levels = [_Level(at, counts, np.arange(len(counts)), np.arange(len(counts)))]
    han = np.array([is_han(form) for form in words.forms], dtype=bool)[line]
    # One word more than a phrase has: what is always followed by the same word is a piece.
    for length in range(2, _LONGEST_HAN + 2):
        before, size = levels[-1], len(line) - length + 1
        if size < 1 or not len(before.counts):
            break
        head, tail = before.at[:size], before.at[1 : size + 1]
        last = levels[0].at[length - 1 :]
        usable = (head >= 0) & (tail >= 0)
        if length > _LONGEST + 1:
            usable &= han[:size] & han[length - 1 :]
        keys = np.full(size, -1, dtype=np.int64)
        keys[usable] = head[usable].astype(np.int64) * len(levels[0].counts) + last[usable]
        at, counts = _numbered(keys, least)
        if not len(counts):
            break
        first = _places_of(at, len(counts))
        levels.append(_Level(at, counts, before.at[first], before.at[first + 1]))
    return levels


def _numbered(keys: Numbers, least: int) -> tuple[npt.NDArray[np.int32], Numbers]:
    """Return for each place the number of its key among frequent ones (-1: none), and counts."""
    at = np.full(len(keys), -1, dtype=np.int32)
    used = np.flatnonzero(keys >= 0)
    if len(used) > MANY_KEYS:
        # Most keys are rare: counting them roughly first spares sorting them.
        mixed = keys[used].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        rough = (mixed >> np.uint64(64 - _ROUGHLY)).astype(np.int64)
        used = used[np.bincount(rough, minlength=1 << _ROUGHLY)[rough] >= least]
    _, which, counts = np.unique(keys[used], return_inverse=True, return_counts=True)
    frequent = counts >= least
    numbers = np.where(frequent, np.cumsum(frequent) - 1, -1)
    at[used] = numbers[which]
    return at, counts[frequent]


def _places_of(at: npt.NDArray[np.int32], count: int) -> Numbers:
    """Return a place of each run: its first."""
    first = np.zeros(count, dtype=np.int64)
    places = np.flatnonzero(at >= 0)[::-1]
    first[at[places]] = places
    return first


def _first_places(level: _Level) -> Numbers:
    return _places_of(level.at, len(level.counts))


def _are_whole(level: _Level, first: Numbers, edges: Flags) -> Flags:
    """Return which runs begin and end with a word that says something."""
    length = len(edges) - len(level.at) + 1
    whole: Flags = edges[first] & edges[first + length - 1]
    return whole


def _covers(levels: list[_Level], good: list[Flags]) -> list[Numbers]:
    """Return for each run how often it stands in the longer phrase that has most of it."""
    covers = [np.zeros(len(level.counts), dtype=np.int64) for level in levels]
    for length in range(len(levels) - 1, 0, -1):
        level = levels[length]
        weight = np.where(good[length], level.counts, covers[length])
        for part in (level.heads, level.tails):
            np.maximum.at(covers[length - 1], part, weight)
    return covers


def _bonds(level: _Level, before: _Level, single: _Level, total: int) -> npt.NDArray[np.float64]:
    """Return how firmly the words of each run hold together, from 0 (by chance) to 1.

    Normalized pointwise mutual information of the weakest of two cuts: before the last word, and
    after the first.
    """
    first = _first_places(level)
    length = len(single.at) - len(level.at) + 1
    opening, closing = single.at[first], single.at[first + length - 1]
    joint = level.counts / total
    weakest = np.minimum(
        joint / (before.counts[level.heads] / total * (single.counts[closing] / total)),
        joint / (single.counts[opening] / total * (before.counts[level.tails] / total)),
    )
    bonds: npt.NDArray[np.float64] = np.log(weakest) / -np.log(joint)
    return np.clip(bonds, 0.0, 1.0)


def places_of(words: Words, runs: Sequence[tuple[int, ...]]) -> tuple[Numbers, Numbers]:
    """Return every place of the line where one of some runs begins, and which run it is.

    By run, then by place.
    """
    line, size = words.line, len(words.forms)
    # The beginnings of runs are numbered; those of one word more are looked for where those of
    # one word less were found.
    numbers: dict[tuple[int, ...], int] = {(): 0}
    begins = np.zeros(size, dtype=bool)
    begins[[run[0] for run in runs]] = True
    place = np.flatnonzero(begins[line])
    at = np.zeros(len(place), dtype=np.int64)
    found: list[tuple[Numbers, Numbers]] = []
    for length in range(1, max(map(len, runs), default=0) + 1):
        begun = dict.fromkeys(run[:length] for run in runs if len(run) >= length)
        keys = np.array([numbers[one[:-1]] * size + one[-1] for one in begun], dtype=np.int64)
        order = np.argsort(keys)
        place_now = place[place + length <= len(line)]
        wanted = at[: len(place_now)] * size + line[place_now + length - 1]
        nearest = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
        hit = keys[order[nearest]] == wanted
        place, at = place_now[hit], order[nearest[hit]]
        numbers = {one: number for number, one in enumerate(begun)}
        whole = np.full(len(begun), -1, dtype=np.int64)
        for number, run in enumerate(runs):
            if len(run) == length:
                whole[numbers[run]] = number
        ends = whole[at] >= 0
        found.append((place[ends], whole[at[ends]]))
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    places, which = (np.concatenate(parts) for parts in zip(*found, strict=True))
    order = np.lexsort((places, which))
    return places[order], which[order]
