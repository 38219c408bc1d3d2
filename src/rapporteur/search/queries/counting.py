"""Counting what a question finds, per facet and value: exact, and kept while the index stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rapporteur.search import registry
from rapporteur.search.queries.asking import Asking, Question
from rapporteur.search.queries.kept import kept

Counts = Mapping[str, Mapping[str, int]]

# As many values as a facet may have; those of one with more would not be counted exactly.
MOST_VALUES = 60_000
# Values of a facet with very many (``Facet.many``) that a page is given.
FIRST_VALUES = 40


def counts(question: Question, names: Iterable[str]) -> Counts:
    """Return how many of the records found have each value, for these facets: every value.

    Those of a facet leave its own choice aside: they are what choosing another value would give.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(question)
    return counts_of(asking, tuple(names), in_full=frozenset(names))


def counts_of(asking: Asking, names: tuple[str, ...], *, in_full: frozenset[str]) -> Counts:
    """Return the counts of these facets; those with very many values in full only where asked."""
    known = tuple(name for name in names if name in asking.fields)
    key = ("counts", asking.question.subject, known, in_full)
    return kept(asking.stamp, key, lambda: count_values(asking, known, in_full))


def count_values(asking: Asking, names: tuple[str, ...], in_full: frozenset[str]) -> Counts:
    chosen = {name for name, _values in asking.choices()} - set(scope(asking.question))
    apart = [name for name in names if name in chosen]
    together = [name for name in names if name not in chosen]
    found: dict[str, dict[str, int]] = {}
    for group, without in [(together, ""), *(([name], name) for name in apart)]:
        if not group:
            continue
        wanted = {
            name: terms(asking.fields[name], first_only=is_long(name) and name not in in_full)
            for name in group
        }
        answers = asking.searcher.aggregate(asking.unranked(without=without), wanted)
        for name, answer in answers.items():
            found[name] = {
                str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]
            }
    return {name: found[name] for name in names}


def scope(question: Question) -> tuple[str, ...]:
    """Return the facets that narrow a question without being a choice: its kinds."""
    return ("kind",) if question.kinds and not question.chosen.get("kind") else ()


def is_long(name: str) -> bool:
    facet = registry.facet(name)
    return facet is not None and facet.many


def terms(field: str, *, first_only: bool) -> dict[str, Any]:
    """Return the engine's count of a field's values: all of them, or those with most records.

    Each part of the index gives all its values, so that the sums are exact either way.
    """
    size = FIRST_VALUES if first_only else MOST_VALUES
    return {"terms": {"field": field, "size": size, "segment_size": MOST_VALUES}}
