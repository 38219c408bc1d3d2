"""Suggestions while somebody writes: likely duplicates, action lines and goals, each with why.

Nothing here decides: a person accepts a suggestion or leaves it. Where no index was built on this
host, no duplicate is suggested, and writing goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from rapporteur.analysis.classify import suggest, suggest_likely
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityState
from rapporteur.register.models import Activity
from rapporteur.register.searchables import ACTIVITY

logger = logging.getLogger(__name__)

# The schemes that are suggested.
SCHEMES = ("action-lines", "sdg")
# What is suggested at most of each scheme.
MOST_LABELS = 3
# A text shorter than this (characters) says too little.
SHORTEST = 20
# From this share of a text's rare words on, an entry is likely to tell of the same thing.
LIKELY_DUPLICATE = 0.5
MOST_DUPLICATES = 3


@dataclass(frozen=True)
class SuggestedLabel:
    """A concept that the text speaks for. ``words`` are those of the text that do."""

    concept: Concept
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Duplicate:
    """A published entry that may tell of the same activity."""

    activity: Activity
    score: float


@dataclass(frozen=True)
class Suggestions:
    """What is suggested for a text; ``asked``: whether there was enough text to look at."""

    duplicates: tuple[Duplicate, ...] = ()
    action_lines: tuple[SuggestedLabel, ...] = ()
    sdgs: tuple[SuggestedLabel, ...] = ()
    asked: bool = True
    ticked: frozenset[str] = field(default_factory=frozenset)

    @property
    def labels(self) -> tuple[SuggestedLabel, ...]:
        return (*self.action_lines, *self.sdgs)

    @property
    def found_any(self) -> bool:
        return bool(self.duplicates or self.labels)


def suggestions_for(
    title: str,
    description: str,
    *,
    language: str = "",
    but: Activity | None = None,
    held: Iterable[str] = (),
    ticked: Iterable[str] = (),
) -> Suggestions:
    """Return what to suggest for a text. Three queries, all by key.

    ``language`` is the text's (two letters), where it is known. ``but`` is the activity itself,
    ``held`` the codes that it has already, ``ticked`` those that the person accepted on the page
    and that must stay there whatever the text says by now.
    """
    text = f"{title}\n{description}".strip()
    kept = frozenset(ticked)
    if len(text) < SHORTEST:
        return Suggestions(asked=False, ticked=kept)
    taken = set(held)
    lines, goals = (
        labels_for(text, scheme, language=language, but=taken, keep=kept) for scheme in SCHEMES
    )
    return Suggestions(duplicates_of(text, but=but), lines, goals, ticked=kept)


def labels_for(
    text: str, scheme: str, *, language: str, but: set[str], keep: frozenset[str]
) -> tuple[SuggestedLabel, ...]:
    """Return the concepts of a scheme that a text speaks for, best first. One query."""
    try:
        likely = suggest_likely(text, scheme, language or None, most=MOST_LABELS)
        kept = [item for item in suggest(text, scheme, language or None) if item.code in keep]
    except OSError:
        # Without its data there is nothing to suggest; the form in which somebody writes stays.
        logger.exception("Nothing can be suggested of %s", scheme)
        return ()
    wanted = {item.code: item for item in (*likely, *kept)}
    concepts = Concept.objects.filter(code__in=wanted, retired_at=None).select_related("scheme")
    by_code = {concept.code: concept for concept in concepts}
    return tuple(
        SuggestedLabel(by_code[code], item.score, item.because)
        for code, item in wanted.items()
        if code in by_code and code not in but
    )


def duplicates_of(text: str, *, but: Activity | None = None) -> tuple[Duplicate, ...]:
    """Return the published entries most like a text, most alike first. One query."""
    likely = [item for item in alike(text) if item.score >= LIKELY_DUPLICATE and item.key.isdigit()]
    scores = {int(item.key): item.score for item in likely}
    if but is not None:
        scores.pop(but.pk, None)
    if not scores:
        return ()
    rows = Activity.objects.filter(pk__in=scores, state=ActivityState.PUBLISHED)
    found = {row.pk: row for row in rows.select_related("organization")}
    return tuple(Duplicate(found[pk], score) for pk, score in scores.items() if pk in found)[
        :MOST_DUPLICATES
    ]


def alike(text: str) -> list[Any]:
    from rapporteur.search.index import NoIndex
    from rapporteur.search.queries import similar

    try:
        return list(similar(text, kind=ACTIVITY, limit=MOST_DUPLICATES + 1))
    except NoIndex:
        return []
    except Exception:
        # A fault of the index must not take away the form in which somebody writes.
        logger.exception("Likely duplicates could not be looked up (%s)", get_language())
        return []
