"""The allowed values nearest to one that is not allowed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping


def fold(text: str) -> str:
    """Return the text without case, accents, and differences of blanks and dashes."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    if not folded.isascii():
        folded = "".join(sign for sign in folded if unicodedata.category(sign) != "Mn")
    return " ".join(re.sub(r"[\u2010-\u2015_-]+", "-", folded).split())


def nearest(
    value: str, allowed: Iterable[str] | Mapping[str, str], *, most: int = 3
) -> tuple[str, ...]:
    """Return the allowed values nearest to a value, best first, none twice.

    ``allowed`` is the values themselves, or a mapping from spellings to the value each means.
    Nothing that is like nothing: a value far from all of them gives an empty tuple.
    """
    from rapidfuzz import fuzz, process

    meant = dict(allowed) if isinstance(allowed, Mapping) else {item: item for item in allowed}
    wanted = fold(value)[:200]
    if not wanted:
        return ()
    spellings = {spelling: fold(spelling) for spelling in meant}
    found = process.extract(
        wanted, spellings, scorer=fuzz.WRatio, processor=None, limit=most * 4, score_cutoff=60
    )
    values: dict[str, None] = {}
    for _text, _score, spelling in found:
        values.setdefault(meant[spelling])
    return tuple(values)[:most]
