"""A text as its words: where each stands, how it is folded, what its stem is.

Folding takes off case, accents, Arabic vowel signs and the differences between forms of alef.
A name written in humps (``eHealth``, ``AgriNet``) is read as its parts. A Chinese character is a
word of its own, so that a term is found wherever it stands. Pure; no file.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

STEMMERS = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian"}

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
_INSIDE = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u200c\u200d"
_WORD = re.compile(rf"[{_HAN}]|[^\W_{_HAN}](?:[^\W_{_HAN}]|[{_INSIDE}])*")
_ASCII_WORD = re.compile(r"[A-Za-z0-9]+")
# Where a hump of a name begins: ``AgriNet``, ``eHealth``; not in ``HTML5`` or ``SMEs``.
_HUMPED = re.compile(r"[^\W\d_A-Z][A-Z]")
_HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]")
_JOINERS = re.compile("[\u00ad\u200c\u200d]")
_ARABIC_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ؤ": "و",
        "ئ": "ي",
        "ى": "ي",
        "ی": "ي",
        "ک": "ك",
        "ة": "ه",
    }
)
_ARABIC_ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{2})")
_APOSTROPHES = "'’ʼ"
# Before an apostrophe these are particles, not words.
_ELISIONS = frozenset(["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "s", "t"])
_LONGEST = 60
# A stem of less letters than this says too little: "foro" is not "for".
_LATIN, _SHORT = ("en", "es", "fr"), 4
_STEMMING = threading.Lock()


class Word(NamedTuple):
    """One word: folded, with its place in the text."""

    folded: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return a word as it is compared; empty when it is made of signs alone."""
    if word.isascii():
        return word.lower()[:_LONGEST]
    word = unicodedata.normalize("NFKC", word)
    word = _JOINERS.sub("", _ARABIC_MARKS.sub("", word)).casefold().translate(_ARABIC_LETTERS)
    spelled = unicodedata.normalize("NFD", word.replace("й", "\ue000"))
    kept = "".join(letter for letter in spelled if not unicodedata.combining(letter))
    return kept.replace("\ue000", "й")[:_LONGEST]


def words_of(text: str) -> list[Word]:
    """Return the words of a text in order; a particle before an apostrophe is left out."""
    found: list[Word] = []
    humped = _HUMPED.search(text) is not None
    for match in (_ASCII_WORD if text.isascii() else _WORD).finditer(text):
        start, end = match.span()
        word = match.group()
        if humped and _HUMPED.search(word):
            found += _humps(word, start)
        elif (folded := fold(word)) and not _is_particle(folded, text, start, end):
            found.append(Word(folded, start, end))
    return found


def _humps(word: str, start: int) -> Iterator[Word]:
    """Yield the parts of a name written in humps."""
    for part in _HUMP.split(word):
        if folded := fold(part):
            yield Word(folded, start, start + len(part))
        start += len(part)


def _is_particle(folded: str, text: str, start: int, end: int) -> bool:
    """Say whether a word is ``l'`` of ``l'eau`` or the ``s`` of ``women's``."""
    if folded not in _ELISIONS:
        return False
    if end < len(text) and text[end] in _APOSTROPHES:
        return True
    return folded == "s" and start > 0 and text[start - 1] in _APOSTROPHES


@lru_cache(maxsize=len(STEMMERS))
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=400_000)
def stem(folded: str, language: str) -> str:
    """Return the stem of a folded word; Chinese, and languages without a stemmer, as they are."""
    if language not in STEMMERS:
        return folded
    if language == "ar":
        folded = _ARABIC_ARTICLE.sub("", folded)
    # A stemmer keeps the word that it works on: two threads must take turns.
    with _STEMMING:
        found: str = _stemmer(language).stemWord(folded)
    if language in _LATIN and len(found) < _SHORT and folded not in (found, found + "s"):
        return folded
    return found.translate(_ARABIC_LETTERS) or folded
