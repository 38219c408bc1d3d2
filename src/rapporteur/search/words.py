"""Text as the index knows it: words folded, words stemmed, Chinese in overlapping pairs.

Both a record's text and a reader's query pass through the same functions, so that they meet. Pure
functions; no database, no index.

Folding: letters in lower case, compatibility forms resolved (NFKC), accents of Latin letters taken
off, Arabic vowel signs and tatweel taken off, the forms of alef and hamza made one, taa marbuta
written as haa, Arabic digits as Latin ones, Cyrillic yo as ye. Stemming (Snowball) is per language
and starts from the folded word, so that a word typed without its accents has the same stem; the
Arabic article and the particles written with it are taken off first.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

# Languages with a stemmer, by the keys that records use; Chinese has none.
STEMMERS = {
    "ar": "arabic",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "ru": "russian",
}
LATIN, ARABIC, CYRILLIC = ("en", "es", "fr"), ("ar",), ("ru",)

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Signs that stand inside a word: accents, Arabic vowel signs, joiners, the soft hyphen.
INSIDE = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed\u200c\u200d"
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[{INSIDE}])*")
APOSTROPHES = "'’ʼ"
TOKEN_IN_PLACE = re.compile(
    rf"(?:(?<=([{APOSTROPHES}])))?([^\W_{HAN}](?:[^\W_{HAN}]|[{INSIDE}])*)(?=([{APOSTROPHES}])?)"
)
HAN_RUN = re.compile(rf"[{HAN}]+")
ARABIC_MARKS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed]")
JOINERS = re.compile("[\u00ad\u200c\u200d]")
ARABIC_LETTERS = str.maketrans(
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
# Words that are longer are cut alike in text and query; the index refuses endless ones.
LONGEST = 60
# Before an apostrophe these are French (and English) particles, not words to be found.
ELISIONS = frozenset(
    ["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"]
)
STEMMING = threading.Lock()
ARABIC_ARTICLE = re.compile("^(?:[وف]?[بك]?ال|[وف]?لل)(?=.{2})")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text, or one run of Chinese characters, with its place in the text."""

    word: str
    start: int
    end: int
    han: bool = False


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return the word as it is compared; empty when nothing but signs was in it."""
    if word.isascii():
        return word.lower()[:LONGEST]
    word = unicodedata.normalize("NFKC", word)
    word = JOINERS.sub("", ARABIC_MARKS.sub("", word)).casefold()
    letters = []
    for letter in unicodedata.normalize("NFC", word):
        base = unicodedata.normalize("NFD", letter)
        if len(base) > 1 and ("LATIN" in unicodedata.name(base[0], "") or base[0] == "е"):
            letter = base[0]
        elif letter.isdigit() and not letter.isascii():
            letter = str(unicodedata.digit(letter))
        elif unicodedata.combining(letter):
            continue
        letters.append(letter)
    return "".join(letters).translate(ARABIC_LETTERS)[:LONGEST]


@lru_cache(maxsize=len(STEMMERS))
def stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(STEMMERS[language])


@lru_cache(maxsize=400_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in one of the languages of ``STEMMERS``."""
    if language == "ar":
        word = ARABIC_ARTICLE.sub("", word)
    # A stemmer keeps the word that it works on: two threads must take turns.
    with STEMMING:
        found: str = stemmer(language).stemWord(word)
    return found.translate(ARABIC_LETTERS) or word


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order, folded, with their places."""
    for match in TOKEN.finditer(text):
        start, end = match.span()
        if HAN_RUN.match(text, start):
            yield Token(unicodedata.normalize("NFKC", match.group()), start, end, han=True)
            continue
        word = fold(match.group())
        if not word:
            continue
        if word in ELISIONS and text[end : end + 1] in APOSTROPHES and end < len(text):
            continue
        if word == "s" and start and text[start - 1] in APOSTROPHES:
            continue
        yield Token(word, start, end)


def pairs(run: str) -> list[str]:
    """Return a run of Chinese characters as overlapping pairs; a single one as itself."""
    if len(run) < 2:
        return [run]
    return [run[place : place + 2] for place in range(len(run) - 1)]


def languages_of(word: str) -> tuple[str, ...]:
    """Return the languages whose stemmer may know the word, by its script."""
    first = word[0]
    if "\u0600" <= first <= "\u06ff":
        return ARABIC
    if "\u0400" <= first <= "\u04ff":
        return CYRILLIC
    return LATIN


@dataclass(frozen=True, slots=True)
class Analysed:
    """A text for the index: its words, its stems (empty where unknown), single Chinese signs."""

    words: list[str]
    stems: list[str]
    signs: list[str]


def analyse(text: str, language: str) -> Analysed:
    """Return what the index stores of a text. ``language`` is a key like ``en``; others: words.

    The words are those of ``tokens``, found without their places, which is several times quicker.
    """
    stemmed = language in STEMMERS
    if HAN_RUN.search(text):
        return analyse_mixed(text, language)
    if any(sign in text for sign in APOSTROPHES):
        parts = TOKEN_IN_PLACE.findall(text)
        folded = [
            word
            for before, part, after in parts
            if (word := fold(part))
            and not (after and word in ELISIONS)
            and not (before and word == "s")
        ]
    else:
        folded = [word for part in TOKEN.findall(text) if (word := fold(part))]
    return Analysed(folded, [stem(word, language) for word in folded] if stemmed else [], [])


def analyse_mixed(text: str, language: str) -> Analysed:
    """Return the same of a text with Chinese in it."""
    words: list[str] = []
    stems: list[str] = []
    signs: list[str] = []
    stemmed = language in STEMMERS
    for token in tokens(text):
        found = pairs(token.word) if token.han else [token.word]
        words += found
        if token.han:
            signs += token.word
        if stemmed:
            stems += found if token.han else [stem(token.word, language)]
    return Analysed(words, stems, signs)
