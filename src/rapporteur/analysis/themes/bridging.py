"""Themes across languages: what the terms of two themes are about, by action line and goal.

Words of two languages have nothing in common but names; what they speak for has. The classifier
knows terms for every action line and goal in six languages, so two themes of two languages whose
terms speak for the same ones are one theme. Where it knows none of the terms, they stay apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np
import numpy.typing as npt

from rapporteur.analysis.classify import SCHEMES, suggest

Profile = npt.NDArray[np.float64]

# From this score on a concept counts; so many words must speak for concepts at all, as one may
# chance to; from this cosine on two profiles say the same.
_COUNTS, _WORDS, _SAME = 0.15, 2, 0.8


def profile_of(text: str, language: str) -> Profile:
    """Return how much a text speaks for each action line and goal; of length 1, or all 0.

    ``language`` is one of the six; of a text in another nothing is known: all 0.
    """
    scores: list[float] = []
    words: set[str] = set()
    for scheme in SCHEMES if language else ():
        for one in sorted(suggest(text, scheme, language), key=attrgetter("code")):
            counts = bool(one.because) and one.score >= _COUNTS
            scores.append(one.score if counts else 0.0)
            words.update(word.casefold() for word in one.because if counts)
    profile: Profile = np.array(scores)
    length = np.linalg.norm(profile)
    if not length or len(words) < _WORDS:
        return np.zeros(1)
    profile /= length
    return profile


def nearest(profile: Profile, others: Sequence[Profile]) -> int:
    """Return which profile says the same as the first does, best first; -1 where none does.

    Profiles of which nothing is known are like none.
    """
    best, found = _SAME, -1
    for place, other in enumerate(others):
        if profile.any() and other.any():
            alike = round(float(profile @ other), 6)
            if alike > best or (alike == best and found < 0):
                best, found = alike, place
    return found
