"""Counting what a question finds, per facet and value: exact, and kept while the index stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapporteur.search import registry
from rapporteur.search.queries.asking import Asking, Question
from rapporteur.search.queries.kept import kept

Counts = Mapping[str, Mapping[str, int]]

# As many values as the engine gives at a time; of a facet with more, those with most records.
MOST_VALUES = 60_000
# Values of a facet with very many (``Facet.many``) that a page is given: at first, and where the
# reader asks for more of them.
FIRST_VALUES, MORE_VALUES = 40, 400
# What each part of the index gives: everything, so that the sums are exact.
WITHOUT_END = 10_000_000


def counts(question: Question, names: Iterable[str]) -> Counts:
    """Return how many of the records found have each value, for these facets: every value.

    Those of a facet leave its own choice aside: they are what choosing another value would give.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    return counts_of(Asking(question), tuple(names), sizes={})


def page_sizes(names: Iterable[str], *, more: str = "") -> dict[str, int]:
    """Return how many values a page is given of each facet with very many. ``more``: the one of
    which the reader asks for more."""
    return {name: MORE_VALUES if name == more else FIRST_VALUES for name in names if is_long(name)}


def is_long(name: str) -> bool:
    facet = registry.facet(name)
    return facet is not None and facet.many


def counts_of(asking: Asking, names: tuple[str, ...], *, sizes: Mapping[str, int]) -> Counts:
    """Return the counts of these facets: every value, or as many as ``sizes`` says.

    The chosen values are among them whatever their counts, but for those that no record has.
    """
    known = tuple(name for name in names if name in asking.fields)
    key = ("counts", asking.question.subject, known, tuple(sorted(sizes.items())))
    return kept(asking.stamp, key, lambda: count_values(asking, known, sizes))


def count_values(asking: Asking, names: tuple[str, ...], sizes: Mapping[str, int]) -> Counts:
    chosen = asking.choices()
    apart = [name for name in names if name in chosen]
    together = [name for name in names if name not in chosen]
    found: dict[str, dict[str, int]] = {}
    for group, without in [(together, ""), *(([name], name) for name in apart)]:
        if not group:
            continue
        wanted = {name: terms(asking.fields[name], sizes.get(name)) for name in group}
        if without in sizes:
            values = list(chosen[without])
            wanted[CHOSEN] = terms(asking.fields[without], len(values), include=values)
        answers = asking.searcher.aggregate(asking.unranked(without=without), wanted)
        for name in group:
            found[name] = {**read(answers.get(CHOSEN)), **read(answers[name])}
    return {name: found[name] for name in names}


CHOSEN = "\u2713"


def terms(field: str, size: int | None, **more: Any) -> dict[str, Any]:
    """Return the engine's count of a field's values: all of them, or those with most records."""
    size = MOST_VALUES if size is None else size
    return {"terms": {"field": field, "size": size, "segment_size": WITHOUT_END, **more}}


def read(answer: Mapping[str, Any] | None) -> dict[str, int]:
    if answer is None:
        return {}
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}
