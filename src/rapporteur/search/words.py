"""Text as the index knows it: words folded, words stemmed, Chinese in overlapping pairs.

The engine's own analysis splits, folds and stems, and a reader's question passes through the same
analysers as a record's text. What they cannot do is done here first, on both sides (``normal``),
and only for texts with characters that need it: compatibility forms resolved (NFKC), Arabic vowel
signs and tatweel taken off, the forms of alef and hamza made one, taa marbuta written as haa, other
scripts' digits as Latin ones, Cyrillic yo as ye, runs of Chinese as pairs of characters. For the
stems of Arabic the article and the particles written with it are taken off too. Pure functions; no
database, no index.

Stemming (Snowball, as the engine has it) starts from the folded word, so that a word typed without
its accents has the same stem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import tantivy

# Languages with a stemmer, by the keys that records use; Chinese has none.
STEMMERS = {
    "ar": "Arabic",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
}
LATIN, ARABIC, CYRILLIC = ("en", "es", "fr"), ("ar",), ("ru",)
# The analysis of words in these very forms.
WORDS = "words"
# Longer words (bytes, as written) are not indexed, and found by nothing.
LONGEST = 250

# Chinese characters: the blocks as far as they are assigned, as the engine drops what is not.
HAN = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufa6d\ufa70-\ufad9\U00020000-\U0002a6df"
    "\U0002a700-\U0002b738\U0002b740-\U0002b81d\U0002b820-\U0002cea1\U0002ceb0-\U0002ebe0"
    "\U0002f800-\U0002fa1d\U00030000-\U0003134a"
)
# Signs that stand inside a word: accents, Arabic vowel signs, joiners, the soft hyphen.
INSIDE = "\u00ad\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06ed\u200c\u200d"
TOKEN = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[^\W_{HAN}]|[{INSIDE}])*")
HAN_RUN = re.compile(rf"[{HAN}]+")
HAN_SPLIT = re.compile(rf"([{HAN}]+)")
# Latin, Greek and Cyrillic letters as they are usually written, and the signs between words: a
# text of these alone goes to the engine as it is.
USUAL = (
    "\u0000-\u00ac\u00ae-\u02ff\u0370-\u03c1\u03c3-\u03ff\u0402-\u044f\u0452-\u0482\u048a-\u052f"
    "\u1e00-\u1eff\u2000-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20bf\u2190-\u21ff\u25a0-\u25ff"
)
UNUSUAL = re.compile(rf"[^{USUAL}]")
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
ARABIC_ARTICLE = re.compile(r"(?<!\w)(?:[وف]?[بك]?ال|[وف]?لل)(?=\w{2})")
APOSTROPHES = "'’ʼ"
# Before an apostrophe these are French (and English) particles, not words to be found; an s
# after one neither.
PARTICLES = re.compile(
    rf"(?<!\w)(?:[cdjlmnst]|jusqu|lorsqu|puisqu|qu|quoiqu)[{APOSTROPHES}](?=\w)"
    rf"|(?<=\w)[{APOSTROPHES}]s(?!\w)",
    re.IGNORECASE,
)


# No decimal digit has a higher code.
LAST_DIGIT = 0x20000


def letters_made_one() -> dict[int, str | None]:
    """Return what ``normal`` writes in place of single characters; ``None``: nothing."""
    digits = {
        code: str(unicodedata.digit(chr(code)))
        for code in range(0x80, LAST_DIGIT)
        if unicodedata.category(chr(code)) == "Nd"
    }
    marks = [
        *range(0x0300, 0x0370),
        *range(0x0610, 0x061B),
        0x0640,
        *range(0x064B, 0x0660),
        0x0670,
        *range(0x06D6, 0x06DD),
        *range(0x06DF, 0x06EE),
        0x00AD,
        *range(0x200B, 0x2010),
        0x2060,
        0xFEFF,
    ]
    letters = str.maketrans(
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
            "Ё": "Е",
            "ё": "е",
            "Ѐ": "Е",
            "ѐ": "е",
            "ς": "σ",
        }
    )
    return {**digits, **dict.fromkeys(marks), **letters}


MADE_ONE = letters_made_one()


def normal(text: str) -> str:
    """Return the text as both the index and a question give it to the engine, Chinese in runs."""
    if text.isascii() or not UNUSUAL.search(text):
        return text
    return unicodedata.normalize("NFKC", text).translate(MADE_ONE)


def paired(text: str) -> str:
    """Return a normal text with its runs of Chinese as pairs with spaces between."""
    if text.isascii() or not HAN_RUN.search(text):
        return text
    return HAN_RUN.sub(lambda run: f" {' '.join(pairs(run.group()))} ", text)


def signs(text: str) -> str:
    """Return the single Chinese characters of a normal text, with spaces between."""
    if text.isascii():
        return ""
    return " ".join("".join(HAN_RUN.findall(text)))


def for_stems(text: str, language: str) -> str:
    """Return a normal text as the stemmer of the language is given it."""
    if language == "ar" and ARABIC_LETTER.search(text):
        return ARABIC_ARTICLE.sub("", text)
    return text


@cache
def analyser(name: str) -> tantivy.TextAnalyzer:
    """Return the engine's analysis: ``words`` (folded), or a language's (folded and stemmed)."""
    filters = tantivy.Filter
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(filters.remove_long(LONGEST))
    builder = builder.filter(filters.ascii_fold()).filter(filters.lowercase())
    if name in STEMMERS:
        builder = builder.filter(filters.stemmer(STEMMERS[name]))
    return builder.build()


def folded(text: str) -> list[str]:
    """Return the words of a normal text, folded, in order."""
    return analyser(WORDS).analyze(text)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Return a word as it is compared; empty when nothing but signs was in it."""
    return " ".join(folded(normal(word)))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a folded word in one of the languages of ``STEMMERS``."""
    return " ".join(analyser(language).analyze(for_stems(word, language))) or word


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a question, folded, or one run of Chinese characters."""

    word: str
    han: bool = False


def tokens(text: str, *, particles: bool = False) -> Iterator[Token]:
    """Yield the words of a question in order; French elisions and an English 's are left out.

    ``particles``: they stay, as they do in a phrase that is asked for in these very forms.
    """
    text = normal(text)
    if not particles:
        text = PARTICLES.sub(" ", text)
    for place, part in enumerate(HAN_SPLIT.split(text)):
        if place % 2:
            yield Token(part, han=True)
        elif part:
            # A word that the index refuses stays as it is and is found by nothing.
            found = folded(part) or [word for word in part.split() if len(word) > LONGEST // 4]
            for word in found:
                yield Token(word)


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
    """What the index holds of a text: its words, its stems (empty where unknown), Chinese signs."""

    words: list[str]
    stems: list[str]
    signs: list[str]


def analyse(text: str, language: str) -> Analysed:
    """Return what the index holds of a text. ``language`` is a key like ``en``; others: words."""
    text = normal(text)
    in_pairs = paired(text)
    stemmed = language in STEMMERS
    return Analysed(
        folded(in_pairs),
        analyser(language).analyze(for_stems(in_pairs, language)) if stemmed else [],
        signs(text).split(),
    )
