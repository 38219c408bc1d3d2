"""Finding: what a question finds, how many, and what it can be narrowed by."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import tantivy
from django.core.cache import cache

from rapporteur.search import index, log, registry
from rapporteur.search.asked import Asked, query_of, understand
from rapporteur.search.highlight import Marker, fragment_of, title_of
from rapporteur.search.schema import facet_fields

PAGE_SIZE = 20
# Pages beyond this are not asked of the engine; the download has the rest.
LAST_PAGE = 100
MOST_ROWS = 10_000
MOST_VALUES = 20_000


@dataclass(frozen=True)
class Question:
    """What is asked: the text, the values chosen per facet (any of them), and the order.

    ``sort`` is ``best`` (as the words fit) or ``newest``. ``any_word``: one of the words is enough.
    """

    text: str = ""
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "best"
    any_word: bool = False


@dataclass(frozen=True)
class Hit:
    """One record found, as the index holds it (``held``)."""

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
    facet's own choice aside. ``stamp`` names the state of the index.
    """

    asked: Asked
    hits: tuple[Hit, ...]
    count: int
    counts: Mapping[str, Mapping[str, int]]


def text_in(texts: Mapping[str, str], language: str) -> tuple[str, str]:
    """Return (text, language): the reader's language, else English, else the first there is."""
    for code in (language, "en", *texts):
        if texts.get(code):
            return texts[code], code
    return "", language


def find(question: Question, *, page: int = 1, size: int = PAGE_SIZE) -> Found:
    """Return one page of what the question finds.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    opened, searcher = index.searcher()
    asked = understand(question.text)
    words_query = query_of(asked, opened.schema, any_word=question.any_word)
    query = narrowed(words_query, question.chosen, opened.schema)
    result = ranked(searcher, query, question.sort, limit=size, offset=(page - 1) * size)
    hits = tuple(Hit(json.loads(searcher.doc(place)["held"][0])) for _score, place in result.hits)
    return Found(
        asked=asked,
        hits=hits,
        count=int(getattr(result, "count", 0) or 0),
        counts=facet_counts(searcher, words_query, question, opened.schema),
    )


def ranked(
    searcher: tantivy.Searcher, query: tantivy.Query, sort: str, *, limit: int, offset: int = 0
) -> tantivy.SearchResult:
    if sort == "newest":
        return searcher.search(query, limit, offset=offset, order_by_field="newest")
    return searcher.search(query, limit, offset=offset, weight_by_field="weight")


def narrowed(
    query: tantivy.Query,
    chosen: Mapping[str, Sequence[str]],
    schema: tantivy.Schema,
    *,
    without: str = "",
) -> tantivy.Query:
    """Return the query with the choices of every facet but one."""
    fields = facet_fields()
    must = tantivy.Occur.Must
    parts = [(must, query)]
    for name, values in chosen.items():
        if name != without and values and name in fields:
            among = tantivy.Query.term_set_query(schema, fields[name], list(values))
            # A choice says which records, and nothing about how well their words fit.
            parts.append((must, tantivy.Query.boost_query(among, 0.0)))
    return tantivy.Query.boolean_query(parts) if len(parts) > 1 else query


def facet_counts(
    searcher: tantivy.Searcher,
    words_query: tantivy.Query,
    question: Question,
    schema: tantivy.Schema,
) -> dict[str, dict[str, int]]:
    """Return exact counts of every facet's values; cached where nothing was asked for."""
    key = ""
    if not question.text.strip() and not any(question.chosen.values()):
        key = f"search-counts:{index.commit_stamp()}"
        held: dict[str, dict[str, int]] | None = cache.get(key)
        if held is not None:
            return held
    fields = facet_fields()
    counts: dict[str, dict[str, int]] = {}
    apart = [name for name in fields if question.chosen.get(name)]
    together = [name for name in fields if name not in apart]
    for names, without in [(together, ""), *(([name], name) for name in apart)]:
        query = narrowed(words_query, question.chosen, schema, without=without)
        asked = {name: {"terms": {"field": fields[name], "size": MOST_VALUES}} for name in names}
        for name, answer in searcher.aggregate(query, asked).items():
            counts[name] = {
                str(bucket["key"]): int(bucket["doc_count"]) for bucket in answer["buckets"]
            }
    if key:
        cache.set(key, counts, 3600)
    return counts


def all_hits(question: Question, *, most: int = MOST_ROWS) -> Iterator[Hit]:
    """Yield every hit in order, at most ``most``: what the downloads hold."""
    opened, searcher = index.searcher()
    words_query = query_of(understand(question.text), opened.schema, any_word=question.any_word)
    query = narrowed(words_query, question.chosen, opened.schema)
    for _score, place in ranked(searcher, query, question.sort, limit=most).hits:
        yield Hit(json.loads(searcher.doc(place)["held"][0]))


@dataclass(frozen=True)
class ShownHit:
    """A hit as the page shows it; title and fragment are escaped, with what was asked marked."""

    url: str
    title: str
    title_language: str
    fragment: str
    fragment_language: str
    kind: str
    note: str
    year: int | None


def shown_hits(found: Found, language: str) -> list[ShownHit]:
    """Return the page's hits in the reader's language, marked."""
    marker = Marker.of(found.asked)
    kinds = {item.kind: item.label for item in registry.searchables()}
    shown = []
    for hit in found.hits:
        title, title_language = hit.title(language)
        text, text_language = hit.text(language)
        shown.append(
            ShownHit(
                url=hit.held["url"],
                title=title_of(title, title_language, marker),
                title_language=title_language,
                fragment=fragment_of(text, text_language, marker),
                fragment_language=text_language,
                kind=kinds.get(hit.held["kind"], hit.held["kind"]),
                note=hit.held["note"],
                year=hit.held["year"],
            )
        )
    return shown


@dataclass(frozen=True)
class IndexState:
    """How this host's index is: its folder (empty: none), entries, and what waits in the log."""

    folder: str
    entries: int
    waiting: int
    waiting_since: datetime | None


def index_state() -> IndexState:
    folder = index.current_folder()
    position = index.read_position(folder) if folder else 0
    waiting = log.waiting_after(position)
    entries = index.searcher()[1].num_docs if folder else 0
    return IndexState(folder.name if folder else "", entries, waiting.count, waiting.since)
