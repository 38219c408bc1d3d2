"""What a theme is called: words and phrases that speak for it, as people write them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from rapporteur.analysis.themes.factoring import Matrix
from rapporteur.analysis.themes.words import is_han

TERMS, LABEL = 10, 3
# So many features of a theme are looked at for its terms; and kept as its weights.
_LOOKED_AT, WEIGHTS = 60, 60
# A phrase that weighs so much beside a word in it stands for that word.
_STANDS_FOR = 0.4
# A feature that weighs less beside the strongest is no term of the theme.
_WEAK = 0.01
# The written forms of a term are looked for in so many texts.
_TEXTS = 12


def telling(parts: Matrix) -> Matrix:
    """Return how telling each feature is of each part: heavy in it, and lighter in others."""
    total = parts.sum(axis=0)
    shares = np.divide(parts, total, out=np.zeros_like(parts), where=total > 0)
    rounded: Matrix = np.round(parts * np.sqrt(shares), 9)
    return rounded


def terms_of(scores: Matrix, stems: Sequence[frozenset[str]]) -> list[int]:
    """Return the features that name a part, the most telling first.

    ``stems`` are the stems of each feature's words. A word is left out where a phrase with it says
    the same better, and a phrase where a longer or a heavier one has said it.
    """
    order = np.argsort(-scores, kind="stable")[:_LOOKED_AT].tolist()
    least = max(_WEAK * scores[order[0]], 0.0) if order else 0.0
    taken: list[int] = []
    for one in order:
        if scores[one] <= least or any(stems[one] <= stems[other] for other in taken):
            continue
        inside = [place for place, other in enumerate(taken) if stems[other] < stems[one]]
        if not inside:
            taken.append(one)
        elif scores[one] >= _STANDS_FOR * scores[taken[inside[0]]]:
            # The phrase takes the place of the first word in it.
            taken[inside[0]] = one
            for place in reversed(inside[1:]):
                del taken[place]
    return taken[:TERMS]


def without_variants(phrases: Iterable[str]) -> list[int]:
    """Return which phrases to keep, by place: of "member state" and "member states" the first."""
    seen: set[tuple[str, ...]] = set()
    kept = []
    for place, phrase in enumerate(phrases):
        plain = tuple(_singular(word) for word in phrase.split())
        if plain not in seen:
            seen.add(plain)
            kept.append(place)
    return kept


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def as_written(term: str, texts: Iterable[str]) -> str:
    """Return a folded word or phrase as it is written most often in some texts.

    Of equals the first found. The capital of a word that begins a sentence or a line does not
    count. A term that is found in none comes back as it is.
    """
    pattern = _written(term)
    forms: Counter[str] = Counter()
    for text, _ in zip(texts, range(_TEXTS), strict=False):
        for match in pattern.finditer(text):
            form = " ".join(match.group().split())
            if form[1:].islower() and _begins_sentence(text, match.start()):
                form = form.lower()
            forms[form] += 1
    # A counter keeps the order of finding, and max takes the first of equals.
    return max(forms, key=lambda form: forms[form], default=term)


def _written(term: str) -> re.Pattern[str]:
    """Return what finds a term, whatever its case and the signs between its words."""
    if any(map(is_han, term)):
        return re.compile(re.escape(term), re.IGNORECASE)
    words = r"[\W_]{1,3}".join(map(re.escape, term.split()))
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)


def _begins_sentence(text: str, place: int) -> bool:
    before = text[max(0, place - 3) : place]
    plain = before.strip()
    return not plain or "\n" in before or plain[-1] in '.!?:;…•*-–—"“«(/'
