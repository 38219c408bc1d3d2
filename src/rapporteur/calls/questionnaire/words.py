"""Count words as the six languages are counted: Chinese by characters, the others by words.

The script decides, not a language that somebody chose: an answer in Chinese to a form in English is
counted by characters, too.
"""

from __future__ import annotations

import re

# Han characters of all planes, and the syllables that stand among them in names.
HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# What parts words although no blank stands there: dashes, dots, Chinese punctuation, slashes.
PARTING = "\u2013-\u2015\u2026\u3000-\u3004\u3008-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65/"
PIECE = re.compile(rf"[{HAN}]|[^\s{HAN}{PARTING}]+")
# Languages whose limits are told in characters.
COUNTED_BY_CHARACTER = frozenset({"zh-hans"})


def count_words(text: str) -> int:
    """Return how many words a text has.

    A Han character is one; otherwise a word is what stands between blanks, dashes or slashes and
    holds a letter or a digit. A hyphen or an apostrophe does not part a word, a mark that stands
    alone (a French guillemet, an Arabic question mark) is none.
    """
    return sum(1 for piece in PIECE.findall(text) if any(map(str.isalnum, piece)))
