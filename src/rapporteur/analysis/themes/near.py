"""Near-identical texts: a campaign's copies, with a word or a greeting changed, found exactly.

Two texts are near-identical when the Jaccard index of their shingles is at least 0.8: what they
share, divided by what either has. A shingle is three words in a row after folding case, punctuation
and space; a text of one or two words is one shingle, whole. Texts without a word are like nothing.

No sketch and no chance: sets of shingles are joined by prefix filtering (Chaudhuri, Ganti and
Kaushik 2006; with positions, Xiao and others 2008). When the shingles of every text are put in one
order, the rarest first, two texts so alike must meet in a short beginning of both; only pairs that
do are compared, each exactly. So nothing is missed at any size. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from rapporteur.analysis.themes.shingles import Sets, shingles_of
from rapporteur.analysis.themes.words import Flags, Numbers, Words, words_of

# 0.8 in whole numbers, so that no rounding decides: shared / all >= 4 / 5.
_SHARED, _ALL = 4, 5
# So many pairs are compared at once.
_AT_ONCE = 200_000


def near_identical(texts: Iterable[str]) -> list[list[int]]:
    """Return the groups of two and more texts that are near-identical, by their numbers from 0.

    A group is whatever hangs together: a is like b, and b like c. Numbers rise within a group;
    groups are in the order of their first numbers.
    """
    return near_identical_in(words_of(texts))


def near_identical_in(words: Words) -> list[list[int]]:
    """Return the same for texts whose words are known."""
    sets = shingles_of(words)
    texts = np.flatnonzero(sets.sizes() > 0)
    same = _equal(sets)[texts]
    firsts, same = np.unique(same, return_inverse=True)
    return _groups(texts, _parts(sets.part(firsts))[same])


def _equal(sets: Sets) -> Numbers:
    """Return for each set the first that is equal to it."""
    first = np.arange(len(sets))
    known: dict[bytes, int] = {}
    raw, starts = sets.items.tobytes(), (8 * sets.starts).tolist()
    # A set with a shingle of its own is equal to none.
    for one in np.flatnonzero(sets.alone == 0).tolist():
        if found := raw[starts[one] : starts[one + 1]]:
            first[one] = known.setdefault(found, one)
    return first


def _parts(sets: Sets) -> Numbers:
    """Return for each set the number of the part that it hangs together with."""
    count = len(sets)
    parts = np.arange(count)
    table = csr_matrix(
        (np.ones(len(sets.items), dtype=np.int32), sets.items, sets.starts),
        shape=(count, int(sets.items.max(initial=0)) + 1),
    )
    meeting = _meetings(sets)
    edges: list[Numbers] = []
    pairs = meeting.next_pairs()
    while pairs is not None:
        # Those that hang together already need no proof.
        one, other = pairs[:, parts[pairs[0]] != parts[pairs[1]]]
        pairs = np.stack(np.divmod(np.unique(one * count + other), count))
        alike = pairs[:, _alike(table, sets.sizes(), pairs)]
        if alike.shape[1]:
            edges.append(alike)
            parts = _hanging_together(np.hstack(edges), count)
            meeting.join(parts)
        pairs = meeting.next_pairs()
    return parts


class _Meetings:
    """Which sets have an item of their beginnings in common, a batch of pairs at a time.

    One place stands for an item of a beginning; places are by item, and within an item by the size
    of the set. ``left`` is how many items the set has from there on: no more can be shared.
    """

    def __init__(self, item: Numbers, owner: Numbers, size: Numbers, left: Numbers) -> None:
        self._item, self._owner, self._size, self._left = item, owner, size, left
        # Places that have not met all others, and the place that each looks at next.
        self._one = np.arange(len(item))
        self._other = self._one + 1
        self._step = 0
        self._part = owner
        self._passed = self._ends_of_runs()

    def next_pairs(self) -> Numbers | None:
        """Return pairs (two rows of numbers) that may be alike; ``None`` when there are no more."""
        found: list[Numbers] = []
        held = 0
        while len(self._one) and held < _AT_ONCE:
            self._step += 1
            found.append(self._neighbours())
            held += found[-1].shape[1]
            if self._step.bit_count() == 1:
                break  # early steps join the copies of a campaign, and spare the later ones
        return np.hstack(found) if found else None

    def _neighbours(self) -> Numbers:
        item, size, left, last = self._item, self._size, self._left, len(self._item) - 1
        one, other = self._one, self._other
        part = self._part[np.minimum(other, last)]
        other = np.where(part == self._part[one], self._passed[np.minimum(other, last)], other)
        at = np.minimum(other, last)
        # What is too large for a set now stays so later.
        near = (other <= last) & (item[one] == item[at])
        near &= _ALL * size[one] >= _SHARED * size[at]
        one, other = one[near], other[near]
        self._one, self._other = one, other + 1
        may = _are_alike(np.minimum(left[one], left[other]), size[one], size[other])
        return np.stack([self._owner[one[may]], self._owner[other[may]]])

    def join(self, parts: Numbers) -> None:
        """Spare the pairs of sets that are known to hang together."""
        self._part = parts[self._owner]
        self._passed = self._ends_of_runs()

    def _ends_of_runs(self) -> Numbers:
        """Return for each place the next one of another item or another part."""
        item, part = self._item, self._part
        ends = np.flatnonzero((item[1:] != item[:-1]) | (part[1:] != part[:-1])) + 1
        ends = np.append(ends, len(item))
        return ends[np.searchsorted(ends, np.arange(len(item)), side="right")]


def _meetings(sets: Sets) -> _Meetings:
    sizes = sets.sizes()
    # Of sets with fewer than four items only equal ones are alike, and those are one already.
    least = -(-_SHARED * sizes // _ALL)
    beginning = np.where(sizes >= _SHARED, sizes - least + 1, 0)
    # What a set has for itself comes first, and meets nothing.
    beginning = np.clip(beginning - sets.alone, 0, np.diff(sets.starts))
    owner = np.repeat(np.arange(len(sizes)), beginning)
    first = np.concatenate([[0], np.cumsum(beginning)])
    within = np.arange(first[-1]) - np.repeat(first[:-1], beginning)
    item = sets.items[np.repeat(sets.starts[:-1], beginning) + within]
    size = sizes[owner]
    order = np.lexsort((owner, size, item))
    left = size - sets.alone[owner] - within
    return _Meetings(item[order], owner[order], size[order], left[order])


def _are_alike(shared: Numbers, one: Numbers, other: Numbers) -> Flags:
    """Return where sets of two sizes that share so many items are alike."""
    alike: Flags = (_SHARED + _ALL) * shared >= _SHARED * (one + other)
    return alike


def _alike(table: csr_matrix, sizes: Numbers, pairs: Numbers) -> Flags:
    """Return which pairs of sets are alike, by what they share."""
    found = [
        _are_alike(
            np.asarray(table[one].multiply(table[other]).sum(axis=1)).ravel(),
            sizes[one],
            sizes[other],
        )
        for place in range(0, pairs.shape[1], _AT_ONCE)
        for one, other in [pairs[:, place : place + _AT_ONCE]]
    ]
    return np.concatenate(found) if found else np.zeros(0, dtype=bool)


def _hanging_together(edges: Numbers, count: int) -> Numbers:
    links = csr_matrix((np.ones(edges.shape[1], dtype=bool), tuple(edges)), shape=(count, count))
    parts: Numbers = connected_components(links, directed=False)[1].astype(np.int64)
    return parts


def _groups(texts: Numbers, parts: Numbers) -> list[list[int]]:
    """Return the texts of every part that has two or more."""
    order = np.lexsort((texts, parts))
    texts, parts = texts[order], parts[order]
    cuts = np.flatnonzero(np.diff(parts)) + 1
    groups = [group.tolist() for group in np.split(texts, cuts) if len(group) > 1]
    return sorted(groups)
