"""Walking through everything that a question finds, however much: for exports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import tantivy

from rapporteur.search.asked import MUST
from rapporteur.search.queries.asking import Asking, Question
from rapporteur.search.queries.counting import counts_of
from rapporteur.search.queries.finding import count_in
from rapporteur.search.schema import NO_NUMBER, read_held

# Records that are asked of the engine at a time.
STRIDE = 20_000


def all_keys(question: Question, *, kind: str) -> Iterator[str]:
    """Yield the key of every record of a kind that the question finds, each once.

    In the order of the keys as numbers; there is no limit, and memory stays the same however many
    there are. What is found is that of the moment of the first key, whatever changes meanwhile.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(replace(question, kinds=(kind,)))
    query = asking.unranked()
    last: int | None = None
    while True:
        numbers, places = stretch(asking, query, last)
        for place, number in zip(places, numbers, strict=True):
            if number != last:
                last = number
                yield key_at(asking, place, number)
        if len(places) < STRIDE:
            return


def stretch(
    asking: Asking, query: tantivy.Query, last: int | None
) -> tuple[list[int], list[tantivy.DocAddress]]:
    """Return the next numbers after one, and where their records are."""
    if last is not None:
        after = tantivy.Query.range_query(
            asking.schema,
            "number",
            tantivy.FieldType.Unsigned,
            lower_bound=last,
            include_lower=False,
        )
        query = tantivy.Query.boolean_query([(MUST, query), (MUST, after)])
    hits = asking.searcher.search(
        query, STRIDE, count=False, order_by_field="number", order=tantivy.Order.Asc
    ).hits
    return [number for number, _place in hits], [place for _number, place in hits]


def key_at(asking: Asking, place: tantivy.DocAddress, number: int) -> str:
    if number < NO_NUMBER:
        return str(number)
    key: str = read_held(asking.searcher.doc(place))["key"]
    return key


def count(question: Question) -> int:
    """Return how many records the question finds; exact.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(question)
    return count_in(question, counts_of(asking, ("kind",), sizes={})["kind"])
