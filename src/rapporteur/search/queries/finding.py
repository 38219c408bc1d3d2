"""One page of what a question finds, in order, and every hit of it for a download."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tantivy

from rapporteur.search import registry
from rapporteur.search.asked import Asked
from rapporteur.search.queries.asking import Asking, Question
from rapporteur.search.queries.counting import Counts, counts_of, page_sizes
from rapporteur.search.queries.kept import kept
from rapporteur.search.schema import read_held

PAGE_SIZE = 20
# Pages beyond this are not asked of the engine; the download has the rest.
LAST_PAGE = 100
MOST_ROWS = 10_000
# Hits beyond the page that are looked at for some that fit as well as its last one.
BESIDE, MOST_EQUAL = 20, 2_000


@dataclass(frozen=True)
class Hit:
    """One record found, as the index holds it (``schema.held_of``)."""

    held: Mapping[str, Any]

    def title(self, language: str) -> tuple[str, str]:
        """Return the title and its language: the reader's where there is one."""
        return text_in(self.held["title"], language)

    def text(self, language: str) -> tuple[str, str]:
        return text_in(self.held["text"], language)


@dataclass(frozen=True)
class Found:
    """One page of hits, how many there are in all, and counts per facet and value.

    The counts of a facet are those that choosing another value of it would give: they leave the
    facet's own choice aside. Of a facet with very many values (``Facet.many``) those with most
    records are given, and the chosen ones. ``stamp`` names the state of the index.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    count: int
    counts: Counts
    stamp: str


def text_in(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return (text, language): the reader's language, else English, else the first there is."""
    for code in (language, "en", *texts):
        if texts.get(code):
            return texts[code], code
    return "", language


def find(
    question: Question,
    *,
    page: int = 1,
    size: int = PAGE_SIZE,
    facets: Sequence[str] | None = None,
    more: str = "",
) -> Found:
    """Return one page of what the question finds, with the counts of these facets (all).

    ``more``: the facet with very many values of which more are given than at first.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    asking = Asking(question)
    names = tuple(dict.fromkeys(("kind", *(asking.fields if facets is None else facets))))
    counts = counts_of(asking, names, sizes=page_sizes(names, more=more))
    count = count_in(question, counts["kind"])

    def hits() -> tuple[Hit, ...]:
        places = page_of(asking, limit=size, offset=(page - 1) * size)
        return tuple(Hit(read_held(asking.searcher.doc(place))) for place in places)

    # What everybody asks first, and costs most: nothing typed, and one facet at most.
    if question.text.strip() or len(question.chosen) > 1:
        found = hits()
    else:
        found = kept(asking.stamp, ("hits", question.subject, question.sort, page, size), hits)
    return Found(asking.asked, found, count, counts, asking.stamp)


def count_in(question: Question, kinds: Mapping[str, int]) -> int:
    """Return how many records there are: each has one kind, and the choice of kinds is aside."""
    chosen = question.chosen.get("kind")
    if not chosen:
        return sum(kinds.values())
    return sum(kinds.get(kind, 0) for kind in dict.fromkeys(chosen))


def page_of(asking: Asking, *, limit: int, offset: int = 0) -> list[tantivy.DocAddress]:
    """Return where the hits of one page are, in the question's order."""
    sort = asking.question.sort
    if sort == "best" and asking.asked.wanted:
        return best(asking, limit=limit, offset=offset)
    order = "updated" if sort == "updated" else "newest"
    result = asking.searcher.search(
        asking.unranked(), limit, count=False, offset=offset, order_by_field=order
    )
    return [place for _value, place in result.hits]


def best(asking: Asking, *, limit: int, offset: int) -> list[tantivy.DocAddress]:
    """Return the hits that fit best; of those that fit equally, by their keys.

    The engine orders equal hits by the part of the index in which they are, which differs from
    host to host; so all that fit as well as the page's last hit are looked at.
    """
    query, end = asking.ranked(), offset + limit
    lifted = "weight" if is_lifted(asking.question) else None
    most = end + BESIDE
    while True:
        hits = asking.searcher.search(query, most, count=False, weight_by_field=lifted).hits
        if len(hits) < most or most >= MOST_EQUAL or hits[-1][0] < hits[end - 1][0]:
            break
        most = min(MOST_EQUAL, most * 4)
    places = [place for _score, place in hits]
    numbers = asking.searcher.fast_field_values("number", places)
    order = sorted(range(len(hits)), key=lambda at: (-hits[at][0], numbers[at]))
    return [places[at] for at in order[offset:end]]


def is_lifted(question: Question) -> bool:
    """Return whether some of the kinds asked stand above others."""
    kinds = question.chosen.get("kind") or question.kinds
    weights = {item.weight for item in registry.searchables() if not kinds or item.kind in kinds}
    return len(weights) > 1


def all_hits(question: Question, *, most: int = MOST_ROWS) -> Iterator[Hit]:
    """Yield every hit in order, at most ``most``: what the downloads of the search hold."""
    asking = Asking(question)
    for place in page_of(asking, limit=most):
        yield Hit(read_held(asking.searcher.doc(place)))
