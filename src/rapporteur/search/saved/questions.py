"""The state of a search page as it is kept: one canonical query string for each question."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from django.http import HttpRequest, QueryDict

from rapporteur.search.queries import Question
from rapporteur.search.saved.scopes import Scope
from rapporteur.search.views import addresses


def canonical(page: Scope, query: str) -> str:
    """Return the one query string that stands for what this one asks on the page.

    Unknown values, the order of values, the page's number and the form of a download make no
    difference.
    """
    return query_of(page, question_of(page, query))


def query_of(page: Scope, question: Question) -> str:
    """Return the canonical query string of a question on the page."""
    chosen = {name: tuple(sorted(values)) for name, values in question.chosen.items()}
    pairs = addresses.pairs_of(replace(question, chosen=chosen), sort=page.sort)
    return addresses.joined(pairs).removeprefix("?")


def question_of(page: Scope, query: str) -> Question:
    """Return what a query string asks on the page."""
    request = HttpRequest()
    request.GET = QueryDict(query)
    return addresses.question_of(request, kinds=page.kinds, sorts=page.sorts, sort=page.sort)


def digest_of(query: str) -> str:
    """Return the SHA-256 of a canonical query string, as hexadecimal digits."""
    return hashlib.sha256(query.encode()).hexdigest()
