"""What is read of saved searches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from rapporteur.search import index, registry
from rapporteur.search.queries import Question
from rapporteur.search.saved.finding import count_of
from rapporteur.search.saved.models import SavedSearch
from rapporteur.search.saved.questions import question_of
from rapporteur.search.saved.scopes import Scope, scope


@dataclass(frozen=True)
class Part:
    """One part of what a search asks: what it narrows by, and its words."""

    label: Any
    words: str


@dataclass(frozen=True)
class ShownSearch:
    """A saved search as its owner's list shows it.

    ``count`` and ``fresh`` (new or changed since it was last opened) are ``None`` where this host
    has no index. ``feed_url`` is empty where its page is gone.
    """

    saved: SavedSearch
    page_label: Any
    parts: Sequence[Part]
    feed_url: str
    count: int | None
    fresh: int | None


def searches_of(*, account: Any) -> QuerySet[SavedSearch]:
    """Return the account's saved searches, by name."""
    return SavedSearch.objects.filter(account=account).order_by("name", "pk")


def shown_searches(*, account: Any) -> tuple[list[ShownSearch], bool]:
    """Return the account's list, and whether anything can be counted on this host.

    One query, and one for each facet that any of the searches narrows by.
    """
    rows = list(searches_of(account=account))
    pages = [scope(saved.scope) for saved in rows]
    parts = described([(page, saved.query) for page, saved in zip(pages, rows, strict=True)])
    shown = []
    indexed = index.current_folder() is not None
    for saved, page, described_parts in zip(rows, pages, parts, strict=True):
        count = fresh = None
        if indexed and page is not None:
            try:
                count, fresh = counts_of(saved, page)
            except index.NoIndex:
                indexed = False
        shown.append(
            ShownSearch(
                saved=saved,
                page_label=page.label if page else "",
                parts=described_parts,
                feed_url=with_query(reverse(page.feed), saved.query) if page else "",
                count=count,
                fresh=fresh,
            )
        )
    return shown, indexed


def counts_of(saved: SavedSearch, page: Scope) -> tuple[int, int]:
    """Return how many entries the search finds, and how many changed since it was opened.

    Raises:
        index.NoIndex: no index was built on this host.
    """
    question = question_of(page, saved.query)
    return count_of(question), count_of(question, since=saved.looked_at)


def with_query(path: str, query: str) -> str:
    """Return the address of a state of a page."""
    return f"{path}?{query}" if query else path


def suggested_name(query: str) -> str:
    """Return a name for a search that is about to be saved: its words, as far as they fit."""
    return " ".join(QueryDict(query).get("q", "").split())[:150]


def described(searches: Sequence[tuple[Scope | None, str]]) -> list[list[Part]]:
    """Return, for each search, what it asks in words; one query for each facet among them."""
    questions = [
        question_of(page, query) if page is not None else Question() for page, query in searches
    ]
    asked: dict[str, dict[str, None]] = {}
    for question in questions:
        for name, values in question.chosen.items():
            asked.setdefault(name, {}).update(dict.fromkeys(values))
    words = {name: labels_of(name, list(values)) for name, values in asked.items()}
    return [parts_of(question, words) for question in questions]


def parts_of(question: Question, words: Mapping[str, Mapping[str, Any]]) -> list[Part]:
    """Return what a question asks; ``words`` are the labels of its values, by facet."""
    label = _("Any of the words") if question.any_word else _("Words")
    parts = [Part(label, question.text)] if question.text else []
    for name, values in question.chosen.items():
        shown = ", ".join(str(words[name].get(value, value)) for value in values)
        parts.append(Part(facet_label(name), shown))
    first, last = question.years
    if first is not None:
        parts.append(Part(_("From the year"), str(first)))
    if last is not None:
        parts.append(Part(_("To the year"), str(last)))
    return parts


def facet_label(name: str) -> Any:
    if name == "year":
        return _("Year")
    if name == "kind":
        return _("Kind of record")
    facet = registry.facet(name)
    return facet.label if facet is not None else name


def labels_of(name: str, values: Sequence[str]) -> dict[str, Any]:
    if name == "kind":
        return {item.kind: item.label for item in registry.searchables()}
    facet = registry.facet(name)
    return dict(facet.labels(values)) if facet is not None else {}
