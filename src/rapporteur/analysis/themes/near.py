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
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from rapporteur.analysis.themes.words import Flags, Numbers, Words, words_of

# 0.8 in whole numbers, so that no rounding decides: shared / all >= 4 / 5.
_SHARED, _ALL = 4, 5
WORDS_IN_SHINGLE = 3
# Of so many different words three numbers do not fit into 63 bits.
FORMS_IN_KEY = 2_000_000
# So many pairs are compared at once.
_AT_ONCE = 200_000


@dataclass(frozen=True, slots=True)
class _Sets:
    """Sets of shingles, each in one order throughout: ``items[starts[i]:starts[i + 1]]``."""

    items: Numbers
    starts: Numbers

    def sizes(self) -> Numbers:
        return np.diff(self.starts)


def near_identical(texts: Iterable[str]) -> list[list[int]]:
    """Return the groups of two and more texts that are near-identical, by their numbers from 0.

    A group is whatever hangs together: a is like b, and b like c. Numbers rise within a group;
    groups are in the order of their first numbers.
    """
    return near_identical_in(words_of(texts))


def near_identical_in(words: Words) -> list[list[int]]:
    """Return the same for texts whose words are known."""
    sets = _shingles(words)
    texts, distinct, same = _without_copies(sets)
    parts = _parts(distinct)
    return _groups(texts, parts[same])


def _shingles(words: Words) -> _Sets:
    """Return the set of shingles of each text, as numbers; each text's rising."""
    text, line = _without_stops(words)
    inside = np.ones(len(line), dtype=bool)
    second, third = np.zeros_like(line), np.zeros_like(line)
    goes_on = text[1:] == text[:-1]
    second[:-1][goes_on] = line[1:][goes_on]
    goes_on = text[2:] == text[:-2]
    third[:-2][goes_on] = line[2:][goes_on]
    # The last two words of a text begin no shingle, unless the text has no more than two.
    begins = np.r_[True, text[1:] != text[:-1]] if len(text) else np.zeros(0, dtype=bool)
    inside = (third > 0) | begins
    text, keys = text[inside], _keys(line[inside], second[inside], third[inside], len(words.forms))
    order = np.lexsort((keys, text))
    text, keys = text[order], keys[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (text[1:] != text[:-1]) | (keys[1:] != keys[:-1])
    text, keys = text[new], keys[new]
    return _Sets(keys, np.searchsorted(text, np.arange(len(words) + 1)))


def _without_stops(words: Words) -> tuple[Numbers, Numbers]:
    """Return the text and the number of each word."""
    said = words.line > 0
    return words.texts()[said], words.line[said].astype(np.int64)


def _keys(first: Numbers, second: Numbers, third: Numbers, forms: int) -> Numbers:
    """Return one number for three; 0 stands for a word that is not there."""
    pairs = first * forms + second
    if forms >= FORMS_IN_KEY:
        pairs = np.unique(pairs, return_inverse=True)[1]
    return pairs * forms + third


def _without_copies(sets: _Sets) -> tuple[Numbers, _Sets, Numbers]:
    """Return the texts that have shingles, each different set once, and the set of each text."""
    known: dict[bytes, int] = {}
    texts: list[int] = []
    firsts: list[int] = []
    same: list[int] = []
    raw, starts = sets.items.tobytes(), sets.starts.tolist()
    for text, (start, end) in enumerate(pairwise(starts)):
        if start == end:
            continue
        number = known.setdefault(raw[8 * start : 8 * end], len(known))
        if number == len(firsts):
            firsts.append(text)
        texts.append(text)
        same.append(number)
    chosen = np.array(firsts, dtype=np.int64)
    sizes = sets.sizes()[chosen]
    begin = np.concatenate([[0], np.cumsum(sizes)])
    places = np.repeat(sets.starts[:-1][chosen] - begin[:-1], sizes) + np.arange(begin[-1])
    return (
        np.array(texts, dtype=np.int64),
        _Sets(sets.items[places], begin),
        np.array(same, dtype=np.int64),
    )


def _parts(sets: _Sets) -> Numbers:
    """Return for each set the number of the part that it hangs together with."""
    count = len(sets.starts) - 1
    parts = np.arange(count)
    ranked = _rarest_first(sets)
    if ranked is None:
        return parts
    table = csr_matrix(
        (np.ones(len(ranked.items), dtype=np.int32), ranked.items, ranked.starts),
        shape=(count, int(ranked.items.max()) + 1),
    )
    meeting = _meetings(ranked)
    edges: list[Numbers] = []
    pairs = meeting.next_pairs()
    while pairs is not None:
        # Those that hang together already need no proof.
        one, other = pairs[:, parts[pairs[0]] != parts[pairs[1]]]
        pairs = np.stack(np.divmod(np.unique(one * count + other), count))
        alike = pairs[:, _alike(table, ranked.sizes(), pairs)]
        if alike.shape[1]:
            edges.append(alike)
            parts = _hanging_together(np.hstack(edges), count)
            meeting.join(parts)
        pairs = meeting.next_pairs()
    return parts


def _rarest_first(sets: _Sets) -> _Sets | None:
    """Return the sets with their items numbered by how many sets have them, and so ordered.

    ``None`` where no item is in two sets.
    """
    if not len(sets.items):
        return None
    _, items, counts = np.unique(sets.items, return_inverse=True, return_counts=True)
    if counts.max() < 2:
        return None
    rank = np.empty_like(counts)
    rank[np.argsort(counts, kind="stable")] = np.arange(len(counts))
    owner = np.repeat(np.arange(len(sets.starts) - 1), sets.sizes())
    items = rank[items]
    return _Sets(items[np.lexsort((items, owner))], sets.starts)


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


def _meetings(sets: _Sets) -> _Meetings:
    sizes = sets.sizes()
    # Of sets with fewer than four items only equal ones are alike, and those are one already.
    least = -(-_SHARED * sizes // _ALL)
    beginning = np.where(sizes >= _SHARED, sizes - least + 1, 0)
    owner = np.repeat(np.arange(len(sizes)), beginning)
    first = np.concatenate([[0], np.cumsum(beginning)])
    position = np.arange(first[-1]) - np.repeat(first[:-1], beginning)
    item = sets.items[np.repeat(sets.starts[:-1], beginning) + position]
    size = sizes[owner]
    order = np.lexsort((owner, size, item))
    return _Meetings(item[order], owner[order], size[order], (size - position)[order])


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
