"""A question put to the index: the words, and what narrows them, as queries of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import tantivy

from rapporteur.search import index
from rapporteur.search.asked import MUST, Asked, Maker, any_query, understand
from rapporteur.search.schema import facet_fields

# Years that a span of years may hold.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True)
class Question:
    """What is asked: the text, the values chosen per facet (any of them), and the order.

    ``sort`` is ``best`` (as the words fit; where there are none, the newest), ``newest`` or
    ``updated``. ``any_word``: one of the words is enough. ``kinds`` are the kinds of record that
    are asked at all; none given: every kind. ``years`` are the first and the last year, both
    included; ``None``: without end.
    """

    text: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "best"
    any_word: bool = False
    kinds: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen.values()) or self.years != (None, None)

    @property
    def subject(self) -> tuple[object, ...]:
        """What tells apart two questions that find different records, whatever their order."""
        chosen = sorted((name, tuple(sorted(values))) for name, values in self.chosen.items())
        return (self.text, tuple(chosen), self.any_word, self.kinds, self.years)


class Asking:
    """A question put to the index as it is at this moment.

    Raises:
        index.NoIndex: no index was built on this host.
    """

    def __init__(self, question: Question) -> None:
        view = index.view()
        self.searcher, self.stamp = view.searcher, view.stamp
        self.schema = view.index.schema
        self.question = question
        self.fields = facet_fields()
        self.asked: Asked = understand(question.text)
        self.maker = Maker(self.schema, self.searcher.doc_freq)

    @cached_property
    def matching(self) -> tantivy.Query:
        """The records that hold the words, in no order and not narrowed."""
        return self.maker.matching(self.asked, any_word=self.question.any_word)

    def ranked(self) -> tantivy.Query:
        """Return the query for the hits in the order in which the words fit."""
        words = self.maker.ranked(self.asked, any_word=self.question.any_word)
        return self.narrowed(words)

    def unranked(self, *, without: str = "") -> tantivy.Query:
        """Return the query for the same records in no order, a facet's choice left aside."""
        return self.narrowed(self.matching, without=without)

    def narrowed(self, query: tantivy.Query, *, without: str = "") -> tantivy.Query:
        parts = [(MUST, query)]
        if (kinds := self.kinds_alone()) is not None:
            parts.append((MUST, kinds))
        for name, values in self.choices().items():
            if name != without:
                # A choice says which records, and nothing about how well their words fit.
                among = tantivy.Query.boost_query(self.among(self.fields[name], values), 0.0)
                parts.append((MUST, among))
        return tantivy.Query.boolean_query(parts) if len(parts) > 1 else query

    def choices(self) -> dict[str, tuple[str, ...]]:
        """Return what the reader narrowed by: facets, with the values a record has one of."""
        chosen = {
            name: tuple(values)
            for name, values in self.question.chosen.items()
            if values and name in self.fields
        }
        first, last = self.question.years
        if first is not None or last is not None:
            first = max(FIRST_YEAR, first or FIRST_YEAR)
            last = min(LAST_YEAR, LAST_YEAR if last is None else last)
            span = tuple(str(year) for year in range(first, last + 1))
            both = set(chosen.get("year", span))
            chosen["year"] = tuple(year for year in span if year in both)
        return chosen

    def kinds_alone(self) -> tantivy.Query | None:
        """Return the query for the kinds of record that are asked at all; ``None``: every kind."""
        if not self.question.kinds:
            return None
        among = self.among(self.fields["kind"], self.question.kinds)
        return tantivy.Query.boost_query(among, 0.0)

    def among(self, field_name: str, values: Sequence[str]) -> tantivy.Query:
        """Return the query for records with one of the values; those that none has are left out."""
        held = [value for value in values if self.searcher.doc_freq(field_name, value)]
        if len(held) > 8:
            return tantivy.Query.term_set_query(self.schema, field_name, held)
        return any_query([self.maker.term(field_name, value, "basic") for value in held])
