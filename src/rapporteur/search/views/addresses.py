"""The state of a page of results as its address, both ways."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import quote_plus

from django.http import HttpRequest

from rapporteur.search.queries import Question
from rapporteur.search.queries.asking import FIRST_YEAR, LAST_YEAR
from rapporteur.search.schema import facet_fields

SORTS = ("best", "newest", "updated")
MOST_CHOICES, LONGEST_CHOICE = 20, 100


def question_of(
    request: HttpRequest,
    *,
    kinds: tuple[str, ...] = (),
    sorts: Collection[str] = SORTS,
    sort: str = "best",
) -> Question:
    """Return what the address asks; values that no facet knows are left aside.

    ``sort`` is the order where the address names none of ``sorts``.
    """
    chosen = {}
    for name in facet_fields():
        if name == "kind" and kinds:
            continue
        values = [value for value in request.GET.getlist(name) if 0 < len(value) <= LONGEST_CHOICE]
        if values:
            chosen[name] = tuple(dict.fromkeys(values))[:MOST_CHOICES]
    asked_sort = request.GET.get("sort", "")
    return Question(
        text=request.GET.get("q", "").strip(),
        chosen=chosen,
        sort=asked_sort if asked_sort in sorts else sort,
        any_word=request.GET.get("any") == "1",
        kinds=kinds,
        years=(year_of(request, "from"), year_of(request, "to")),
    )


def year_of(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name, "").strip()
    if not (value.isascii() and value.isdecimal() and len(value) == 4):
        return None
    return min(max(int(value), FIRST_YEAR), LAST_YEAR)


@lru_cache(maxsize=20_000)
def quoted(value: str) -> str:
    return quote_plus(value)


def pairs_of(question: Question, *, sort: str) -> list[tuple[str, str]]:
    """Return the state of a question as names and values, but for its page."""
    pairs = [("q", question.text)] if question.text else []
    pairs += [(name, value) for name, values in question.chosen.items() for value in values]
    first, last = question.years
    pairs += [("from", str(first))] if first is not None else []
    pairs += [("to", str(last))] if last is not None else []
    if question.sort != sort:
        pairs.append(("sort", question.sort))
    if question.any_word:
        pairs.append(("any", "1"))
    return pairs


def joined(pairs: Iterable[tuple[str, str]]) -> str:
    return "?" + "&".join(f"{quoted(name)}={quoted(value)}" for name, value in pairs)


def address(question: Question, *, sort: str = "best") -> str:
    """Return the query string of a question, from its ``?`` on. ``sort``: the usual order."""
    return joined(pairs_of(question, sort=sort))


class Addresses:
    """The addresses of a question and of those beside it. ``sort`` is the page's usual order."""

    def __init__(self, question: Question, *, sort: str) -> None:
        self.question = question
        self.sort = sort
        plain = replace(question, chosen={}, years=(None, None), any_word=False, sort=sort)
        choices = replace(question, text="", any_word=False, sort=sort, years=(None, None))
        rest = replace(question, text="", chosen={})
        self._before = joined([*pairs_of(plain, sort=sort), *pairs_of(choices, sort=sort)])
        self._after = joined(pairs_of(rest, sort=sort)).replace("?", "&", 1)
        if self._after == "&":
            self._after = ""

    def of(self, question: Question, *, page: int = 1, **more: str) -> str:
        """Return the query string of a question: the whole state of the page."""
        pairs = pairs_of(question, sort=self.sort)
        if page > 1:
            pairs.append(("page", str(page)))
        return joined([*pairs, *more.items()])

    def here(self, *, page: int = 1, **more: str) -> str:
        return self.of(self.question, page=page, **more)

    def toggled(self, name: str, value: str) -> str:
        """Return the address with a facet's value chosen, or no longer chosen."""
        question = self.question
        values = question.chosen.get(name)
        if not values:
            before = "?" if self._before == "?" else f"{self._before}&"
            return f"{before}{quoted(name)}={quoted(value)}{self._after}"
        kept = tuple(item for item in values if item != value)
        chosen = {**question.chosen, name: kept if value in values else (*values, value)}
        return self.of(replace(question, chosen=chosen))
