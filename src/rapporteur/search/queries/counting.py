"""Counting what a question finds, per facet and value: exact, and kept while the index stays."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
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
# Records from which on two threads count: below, one is done before a second has begun.
LARGE = 100_000
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
    together = [name for name in names if name not in chosen]
    # The engine counts in one thread and lets others run: of a large index, two share the facets.
    shares = 2 if asking.searcher.num_docs >= LARGE and len(together) > 1 else 1
    jobs = [(together[first::shares], "") for first in range(shares)]
    jobs += [([name], name) for name in names if name in chosen]
    jobs = [job for job in jobs if job[0]]
    counted = partial(count_group, asking, sizes)
    answers = pool().map(counted, jobs) if shares > 1 else map(counted, jobs)
    found = {name: values for answer in answers for name, values in answer.items()}
    return {name: found[name] for name in names}


def count_group(
    asking: Asking, sizes: Mapping[str, int], job: tuple[list[str], str]
) -> dict[str, dict[str, int]]:
    """Return the counts of some facets, the choice of one of them left aside."""
    names, without = job
    wanted = {name: terms(asking.fields[name], sizes.get(name)) for name in names}
    if without in sizes:
        values = list(asking.choices()[without])
        wanted[CHOSEN] = terms(asking.fields[without], len(values), include=values)
    answers = asking.searcher.aggregate(asking.unranked(without=without), wanted)
    return {name: {**read(answers.get(CHOSEN)), **read(answers[name])} for name in names}


@cache
def pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1), thread_name_prefix="counts")


CHOSEN = "\u2713"


def terms(field: str, size: int | None, **more: Any) -> dict[str, Any]:
    """Return the engine's count of a field's values: all of them, or those with most records."""
    size = MOST_VALUES if size is None else size
    return {"terms": {"field": field, "size": size, "segment_size": WITHOUT_END, **more}}


def read(answer: Mapping[str, Any] | None) -> dict[str, int]:
    if answer is None:
        return {}
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]}
