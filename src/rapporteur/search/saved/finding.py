"""What a question finds that changed since some moment, latest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import tantivy

from rapporteur.search import queries
from rapporteur.search.asked import MUST
from rapporteur.search.queries import Hit, Question
from rapporteur.search.queries.asking import Asking
from rapporteur.search.schema import packed, read_held, record_id

# The index packs the moment of the last change above this many bits of the key (``schema``).
KEY_BITS = 31


@dataclass(frozen=True)
class News:
    """One entry with the moment of its last change (seconds since 1970, UTC)."""

    held: Mapping[str, Any]
    moment: int

    @property
    def id(self) -> str:
        return record_id(self.kind, self.held["key"])

    @property
    def kind(self) -> str:
        return str(self.held["kind"])

    @property
    def url(self) -> str:
        return str(self.held["url"])

    @property
    def note(self) -> str:
        return str(self.held["note"])

    def title(self, language: str) -> tuple[str, str]:
        """Return the title and its language: the reader's where there is one."""
        return Hit(self.held).title(key_of(language))

    def text(self, language: str) -> tuple[str, str]:
        return Hit(self.held).text(key_of(language))


@dataclass(frozen=True)
class Newest:
    """How many entries there are in all, and the first of them."""

    count: int
    entries: tuple[News, ...]


def key_of(language: str) -> str:
    """Return the key of a language in an entry's texts: ``zh`` for ``zh-hans``."""
    return language.split("-")[0]


def newest(
    question: Question,
    *,
    most: int,
    since: datetime | None = None,
    among: Sequence[tuple[str, str]] | None = None,
) -> Newest:
    """Return what the question finds that bears the date of a change, latest first.

    ``since``: no older ones (whole seconds). ``among``: these (kind, key) alone. An entry whose
    room gives it no date is never among them.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(question)
    # No query that cannot match: an empty set finds nothing.
    if among is not None and not among:
        return Newest(0, ())
    parts = [(MUST, asking.unranked()), (MUST, changed_since(asking, since))]
    if among is not None:
        ids = [record_id(kind, key) for kind, key in among]
        parts.append((MUST, tantivy.Query.term_set_query(asking.schema, "id", ids)))
    query = tantivy.Query.boolean_query(parts)
    result = asking.searcher.search(query, most, count=True, order_by_field="updated")
    entries = tuple(
        News(read_held(asking.searcher.doc(place)), int(value) >> KEY_BITS)
        for value, place in result.hits
    )
    return Newest(int(getattr(result, "count", 0) or 0), entries)


def changed_since(asking: Asking, since: datetime | None) -> tantivy.Query:
    """Return the query for what bears a date, not older than ``since``."""
    moment = max(1, int(since.timestamp())) if since is not None else 1
    return tantivy.Query.range_query(
        asking.schema,
        "updated",
        tantivy.FieldType.Unsigned,
        lower_bound=packed(moment, (1 << KEY_BITS) - 1, KEY_BITS),
    )


def count_of(question: Question, *, since: datetime | None = None) -> int:
    """Return how many entries the question finds; with ``since`` those that changed since.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    if since is None:
        return queries.count(question)
    return newest(question, most=1, since=since).count
