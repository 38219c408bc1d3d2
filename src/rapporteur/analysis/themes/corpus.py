"""The answers of a consultation, ready to be counted: words, passages, languages, copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from rapporteur.analysis.languages import LANGUAGES, cheap_language_of, language_of
from rapporteur.analysis.themes.near import near_identical_in
from rapporteur.analysis.themes.small_words import are_small
from rapporteur.analysis.themes.words import Flags, Numbers, Words, words_of

_LATIN = ("en", "fr", "es")
# A longer text is read as passages of about so many words.
_PASSAGE, _LONG = 120, 180
# A text of so many words is not in a language when so few of them are its small words, and so few
# are known from other texts in it.
_TELLING, _LEAST_SMALL, _LEAST_KNOWN = 8, 0.15, 0.6
# Of texts in Latin letters most are in a language when such a share of the clear ones is.
_MOST_ARE = 0.8
# A passage with so many times the small words of another language is in that one.
_AHEAD = 1.6


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts by row number from 0.

    ``languages`` is the language of each (``language_of``). ``passages`` are the same words cut
    finer, at the ends of clauses, where a text is long; ``rows`` is the row of each passage and
    ``read_as`` the number in ``READ_AS`` of the language in whose words it is read: that of its
    text, but for short texts that do not show theirs, and long texts in several languages; -1 for
    one without a word.
    ``near`` are the groups of near-identical rows.
    """

    texts: Sequence[str]
    words: Words
    languages: list[str | None]
    passages: Words
    rows: Numbers
    read_as: Numbers
    near: list[list[int]]

    def first_copies(self) -> Flags:
        """Return which rows are no near-identical copies of an earlier one."""
        first = np.ones(len(self.texts), dtype=bool)
        first[[row for group in self.near for row in group[1:]]] = False
        return first

    def groups(self) -> list[tuple[str | None, Numbers]]:
        """Return the languages that passages are read as, and their passages; most first."""
        found = [
            (language, np.flatnonzero(self.read_as == n)) for n, language in enumerate(READ_AS)
        ]
        # Sorting is stable: of equals the first in READ_AS comes first.
        return sorted((pair for pair in found if len(pair[1])), key=lambda pair: -len(pair[1]))


READ_AS: tuple[str | None, ...] = (*LANGUAGES, None)


def corpus_of(texts: Sequence[str]) -> Corpus:
    """Return the corpus of texts; an empty text is a row without words."""
    words = words_of(texts)
    languages = [language_of(text) for text in texts]
    passages, rows = _passages(words)
    return Corpus(
        texts=texts,
        words=words,
        languages=languages,
        passages=passages,
        rows=rows,
        read_as=_read_as(passages, rows, texts, languages),
        near=near_identical_in(words),
    )


def _passages(words: Words) -> tuple[Words, Numbers]:
    """Return texts cut into passages, each ending where a clause does, and the text of each."""
    sizes = np.diff(words.starts)
    pieces = np.where(sizes > _LONG, -(-sizes // _PASSAGE), 1)
    first = np.cumsum(pieces) - pieces
    piece = np.arange(pieces.sum()) - np.repeat(first, pieces)
    cuts = np.repeat(words.starts[:-1], pieces) + piece * np.repeat(sizes, pieces) // np.repeat(
        pieces, pieces
    )
    # Every text ends with a stop, so there is one at or after every cut.
    stops = np.flatnonzero(words.line == 0)
    moved = stops[np.searchsorted(stops, cuts)] + 1 if len(stops) else cuts
    cuts = np.where(piece == 0, cuts, moved)
    starts = np.unique(np.append(cuts, words.starts[-1]))
    rows = np.searchsorted(words.starts, starts[:-1], side="right") - 1
    return Words(words.line, starts, words.forms), rows


def _read_as(
    passages: Words, rows: Numbers, texts: Sequence[str], languages: list[str | None]
) -> Numbers:
    """Return the language to read each passage in, by its number in ``READ_AS``.

    "Unique local culture" may be English or French by its looks alone: where the small words of a
    text in Latin letters do not tell, it is read in the language of most others, where most are in
    one; a passage with hardly a word of such texts is in none of the six.
    """
    by_row = [
        cheap_language_of(text) if language in _LATIN else language
        for text, language in zip(texts, languages, strict=True)
    ]
    sure = Counter(language for language in by_row if language in _LATIN)
    usual, times = sure.most_common(1)[0] if sure else (None, 0)
    read = np.array([READ_AS.index(language) for language in by_row], dtype=np.int64)
    unsure = np.zeros(len(texts), dtype=bool)
    most_are = usual is not None and times >= _MOST_ARE * sure.total()
    for row, language in enumerate(languages):
        if language in _LATIN and by_row[row] is None:
            unsure[row] = True
            read[row] = READ_AS.index(usual if most_are else language)
    read, unsure = read[rows], unsure[rows]
    told = np.add.reduceat(passages.line > 0, passages.starts[:-1]) if len(read) else read
    small = {language: _small_in(passages, language) for language in _LATIN}
    if sure:
        latin = np.isin(read, [READ_AS.index(language) for language in _LATIN])
        known = _known_in(passages, latin & ~unsure)
        least = np.maximum.reduce(list(small.values())) < _LEAST_SMALL * told
        foreign = unsure & least & (known < _LEAST_KNOWN * told)
        read[foreign & (told >= _TELLING)] = READ_AS.index(None)
    # A long text may be in two languages.
    several = np.bincount(rows, minlength=len(texts))[rows] > 1
    for language in _LATIN:
        others = np.maximum.reduce([small[other] for other in _LATIN if other != language])
        other_latin = np.isin(read, [READ_AS.index(other) for other in _LATIN])
        clear = (small[language] >= _LEAST_SMALL * told) & (small[language] > _AHEAD * others)
        read[several & other_latin & clear] = READ_AS.index(language)
    read[told == 0] = -1
    return read


def _small_in(passages: Words, language: str) -> Numbers:
    """Return how many small words of a language each passage has."""
    small = are_small(passages, language, alone=False)
    small[0] = False
    starts = passages.starts[:-1]
    return np.add.reduceat(small[passages.line].astype(np.int64), starts) if len(starts) else starts


def _known_in(passages: Words, chosen: Flags) -> Numbers:
    """Return how many words of each passage stand in the chosen ones."""
    known = np.zeros(len(passages.forms), dtype=np.int64)
    known[passages.line[np.repeat(chosen, np.diff(passages.starts))]] = 1
    known[0] = 0
    return np.add.reduceat(known[passages.line], passages.starts[:-1])
