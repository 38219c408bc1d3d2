"""Which of the six official languages a text is in: by its script, its small words, or lingua.

Cheap signs come first; lingua (some 100 MB of models) is loaded only for a text in Latin letters
that they leave open. Nothing is fetched. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")

# As much of a text as is looked at.
_SAMPLE = 2_000
_SCRIPTS = {
    "ar": re.compile("[\u0620-\u064a\u0671-\u06d3]"),
    "ru": re.compile("[\u0400-\u04ff]"),
    "zh": re.compile("[\u3400-\u4dbf\u4e00-\u9fff]"),
    "latin": re.compile("[a-zA-Z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]"),
}
_LETTER = re.compile(r"[^\W\d_]")
# Letters of the same scripts that the six languages do not have: Persian and Urdu; Ukrainian,
# Kazakh, Serbian and others; Japanese.
_FOREIGN = {
    "ar": re.compile("[پچژگکیٹڈڑںےہھ]"),
    "ru": re.compile("[іїєґўәғқңөұүһјљњћђџѓќѕ]", re.IGNORECASE),
    "zh": re.compile("[\u3040-\u30ff]"),
}
_FOREIGN_SHARE = 0.03
_WORD = re.compile(r"[^\W\d_]+")
SMALL_WORDS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to for in on with by from is are was were this that which their its an"
        " at as be has have it or through into",
        "fr": "le la les des du de et pour dans sur une un aux au par avec est sont ce cette qui"
        " que leur leurs ses ou à en il elle",
        "es": "el la los las de del y para en con por una un que es son se su sus al como más"
        " este esta lo o entre desde",
    }.items()
}
# So many small words, and so many times those of the next language, settle the matter.
_ENOUGH, _AHEAD = 2, 1.6


def language_of(text: str) -> str | None:
    """Return the language of a text as a two-letter code, one of ``LANGUAGES``.

    ``None``: there are no letters, or their script (or letters that none of the six languages
    has) shows another language. A language outside the six that is written in plain Latin letters
    is taken for the nearest of English, French and Spanish.
    """
    script = _script_of(text)
    if script != "latin":
        return script
    return language_by_small_words(text) or _language_by_lingua(text[:_SAMPLE])


def cheap_language_of(text: str) -> str | None:
    """Return the same without lingua: ``None`` also where a Latin text has too few small words."""
    script = _script_of(text)
    return language_by_small_words(text) if script == "latin" else script


def language_by_small_words(text: str) -> str | None:
    """Return ``en``, ``fr`` or ``es`` when the small words of a text leave no doubt."""
    words = _WORD.findall(text[:_SAMPLE].lower())
    (most, language), (second, _), *_ = sorted(
        (
            (len(list(filter(small.__contains__, words))), language)
            for language, small in SMALL_WORDS.items()
        ),
        reverse=True,
    )
    return language if most >= _ENOUGH and most >= _AHEAD * second else None


def _script_of(text: str) -> str | None:
    """Return ``ar``, ``ru``, ``zh`` or ``latin``; ``None`` for no letters and other scripts.

    Chinese says more in a character than others: a third of the letters is enough for it.
    """
    sample = text[:_SAMPLE]
    if sample.isascii():
        return "latin" if _LETTER.search(sample) else None
    letters = len(_LETTER.findall(sample))
    if not letters:
        return None
    for script, pattern in _SCRIPTS.items():
        share = len(pattern.findall(sample)) / letters
        if share > (0.3 if script == "zh" else 0.5):
            foreign = _FOREIGN.get(script)
            if foreign and len(foreign.findall(sample)) > _FOREIGN_SHARE * letters:
                return None
            return script
    return None


def _language_by_lingua(text: str) -> str | None:
    found = _detector().detect_language_of(text)
    return found.iso_code_639_1.name.lower() if found else None


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language, LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(
        Language.ARABIC,
        Language.CHINESE,
        Language.ENGLISH,
        Language.FRENCH,
        Language.RUSSIAN,
        Language.SPANISH,
    ).build()
