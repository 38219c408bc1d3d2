"""Names folded for comparison: two spellings of one name have one key. Needs no database."""

from __future__ import annotations

import re
import unicodedata

_ARTICLE = re.compile(r"^the\s+(?=\S)")


def fold_name(printed: str) -> str:
    """Return the key under which a name is found: its letters and digits alone, folded.

    Case, accents, punctuation, spaces, a leading "the" and the difference between "&" and "and"
    do not count: ``UN-Women``, ``UN Women`` and ``UNWOMEN`` have the key ``unwomen``. Letters of
    every script are kept. A name without a letter or digit has the key ``""``, which names nothing.
    """
    words = unicodedata.normalize("NFKD", printed.strip()).casefold().replace("&", " and ")
    words = _ARTICLE.sub("", words.strip())
    return "".join(sign for sign in words if sign.isalnum() and unicodedata.category(sign) != "Mn")


def split_names(cell: str) -> tuple[str, ...]:
    """Return the names of one cell or line, parted by ``;``, without blanks or repeats."""
    names = (" ".join(name.split()) for name in cell.split(";"))
    return tuple(dict.fromkeys(name for name in names if name))
