"""Texts as sets of shingles: three words in a row, by number, rarest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from rapporteur.analysis.themes.words import Flags, Numbers, Words

# Of so many different words three numbers do not fit into 63 bits.
FORMS_IN_KEY = 2_000_000
# A table for sifting has at most so many bits (and 2 to that power places of eight bytes).
_MOST_BITS = 25


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of shingles. Those in several sets are ``items[starts[i]:starts[i + 1]]``, by rank: the
    rarest first, in the same order in every set. ``alone`` is how many more a set has for itself.
    """

    items: Numbers
    starts: Numbers
    alone: Numbers

    def __len__(self) -> int:
        return len(self.alone)

    def sizes(self) -> Numbers:
        """Return how many shingles each set has in all."""
        return np.diff(self.starts) + self.alone

    def part(self, chosen: Numbers) -> Sets:
        """Return some of the sets, in the order given."""
        held = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(held)])
        places = np.repeat(self.starts[:-1][chosen] - starts[:-1], held) + np.arange(starts[-1])
        return Sets(self.items[places], starts, self.alone[chosen])


def shingles_of(words: Words) -> Sets:
    """Return the set of shingles of each text; of one or two words they are one shingle."""
    text, keys = _runs_of_three(words)
    twice = _may_stand_twice(keys)
    alone = np.bincount(text[~twice], minlength=len(words))
    text, keys = text[twice], keys[twice]
    order = np.argsort(keys, kind="stable")
    text, keys = text[order], keys[order]
    # Texts rise within a key, so that what stands twice in a text stands side by side.
    new = _changes(text) | _changes(keys)
    text, keys = text[new], keys[new]
    item = np.cumsum(_changes(keys)) - 1
    having = np.bincount(item)
    single = having[item] == 1
    alone += np.bincount(text[single], minlength=len(words))
    text, item = text[~single], item[~single]
    rank = np.empty_like(having)
    rank[np.argsort(having, kind="stable")] = np.arange(len(having))
    order = np.lexsort((rank[item], text))
    starts = np.searchsorted(text[order], np.arange(len(words) + 1))
    return Sets(rank[item[order]], starts, alone)


def _runs_of_three(words: Words) -> tuple[Numbers, Numbers]:
    """Return every three words in a row of a text as one number, and the text; by text."""
    said = words.line > 0
    text, first = words.texts()[said], words.line[said].astype(np.int64)
    second, third = np.zeros_like(first), np.zeros_like(first)
    goes_on = text[1:] == text[:-1]
    second[:-1][goes_on] = first[1:][goes_on]
    goes_on = text[2:] == text[:-2]
    third[:-2][goes_on] = first[2:][goes_on]
    # The last two words of a text begin no shingle, unless the text has no more than two.
    inside = (third > 0) | _changes(text)
    size = len(words.forms)
    pairs = first[inside] * size + second[inside]
    if size >= FORMS_IN_KEY:
        pairs = np.unique(pairs, return_inverse=True)[1]
    return text[inside], pairs * size + third[inside]


def _may_stand_twice(keys: Numbers) -> Flags:
    """Return which keys may stand twice, among them all that do: the rest need no sorting."""
    bits = min(_MOST_BITS, len(keys).bit_length() + 2)
    mixed = keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    rough = (mixed >> np.uint64(64 - bits)).astype(np.int64)
    twice: Flags = np.bincount(rough, minlength=1 << bits)[rough] > 1
    return twice


def _changes(values: Numbers) -> Flags:
    """Return where a value differs from the one before it; the first does."""
    changes = np.ones(len(values), dtype=bool)
    changes[1:] = values[1:] != values[:-1]
    return changes
