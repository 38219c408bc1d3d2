"""Words that say nothing of a subject, by language: read from ``data/small-words.<language>.txt``.

Articles, pronouns, prepositions, auxiliaries, words of degree and of argument, and the courtesies
of a meeting or a letter. ``any`` holds what is left of addresses and of references to attachments
in every language. A space or a line stands between words; ``#`` begins a remark; words of a line
that begins with ``~`` say nothing alone, and may begin or end a phrase ("small islands").
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import numpy as np

from rapporteur.analysis.classify.words import fold
from rapporteur.analysis.languages import LANGUAGES
from rapporteur.analysis.themes.words import Flags, Words, is_han, present_in

_EVERYWHERE = "any"


@lru_cache(maxsize=2 * (len(LANGUAGES) + 1))
def small_words(language: str, *, alone: bool) -> frozenset[str]:
    """Return the small words of a language, their case and accents folded.

    ``alone``: with those that say something only beside another word.
    """
    place = resources.files("rapporteur.analysis.themes") / f"data/small-words.{language}.txt"
    found: set[str] = set()
    for line in place.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].removeprefix("~").split()
        if alone or not line.startswith("~"):
            found.update(map(fold, words))
    return frozenset(found)


def are_small(words: Words, language: str | None, *, alone: bool) -> Flags:
    """Return which forms say nothing of a subject in a language; where it is none, in any.

    So do numbers and single letters, ``forms[0]``, which is no word, and forms that stand nowhere.
    """
    languages = (language,) if language in LANGUAGES else LANGUAGES
    small = small_words(_EVERYWHERE, alone=alone).union(
        *(small_words(one, alone=alone) for one in languages)
    )
    found = np.ones(len(words.forms), dtype=bool)
    for number in present_in(words):
        found[number] = not number or _is_small(words.forms[number], small)
    return found


def _is_small(form: str, small: frozenset[str]) -> bool:
    if len(form) == 1 and not is_han(form):
        return True
    return form[0].isdigit() or fold(form) in small
