"""What a report is narrowed to: the state of the register's search page, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import TooManyFieldsSent
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityKind, ActivityStatus, Standing
from rapporteur.register.searchables import ACTIVITY
from rapporteur.reports.errors import NoSearchIndex, UnknownScope
from rapporteur.reports.stocktaking.counting import Scope
from rapporteur.search import index, registry
from rapporteur.search import queries as search
from rapporteur.search.queries import Question
from rapporteur.search.views import address, question_of

SCHEME_OF_FACET = {
    "action-line": "action-lines",
    "sdg": "sdg",
    "region": "regions",
    "itu-region": "itu-regions",
    "country-group": "country-groups",
    "stakeholder-group": "stakeholder-groups",
}
CHOICES_OF_FACET: Mapping[str, Any] = {
    "activity-kind": ActivityKind,
    "activity-status": ActivityStatus,
    "standing": Standing,
}
# Their values are not listed anywhere, or are too many to list.
FREE = ("organization", "language", "country", "year")
REGIONS = ("region", "itu-region")
NARROWS = (*SCHEME_OF_FACET, *CHOICES_OF_FACET, *FREE)
WORDS_AND_YEARS = ("q", "from", "to", "any")
# What an address of a page holds beside the question.
NOT_ASKED = ("kind", "sort", "page", "format", "more", "lang", "width")
LONGEST_SHOWN, LONGEST_TEXT = 60, 300
MOST_ALLOWED = 40


def shown(value: str, most: int = LONGEST_SHOWN) -> str:
    """Return a value as a message or a heading may show it: without signs that are not seen."""
    seen = "".join(sign if sign.isprintable() else " " for sign in value)
    words = " ".join(seen.split())
    return words if len(words) <= most else f"{words[: most - 1]}…"


def query_string_of(asked: str) -> str:
    """Return the query string of what was asked: of itself, or of the address of a search page."""
    path, mark, query = asked.partition("?")
    return query if mark and "=" not in path else asked


def region_pair(value: str) -> tuple[str, str]:
    """Return facet and code that a region's name stands for: ``africa``, ``itu-region:africa``."""
    code = value.strip().lower()
    if ":" not in code:
        code = f"region:{code}"
    return ("itu-region" if code.startswith("itu-region:") else "region"), code


def pairs_of(asked: str) -> list[tuple[str, str]]:
    """Return the names and values that narrow, regions in full.

    Raises:
        UnknownScope: a name is none by which the register is narrowed.
    """
    # A command line may hand over signs that are no text.
    asked = asked.encode("utf-8", "replace").decode().strip()
    try:
        values = QueryDict(query_string_of(asked))
    except TooManyFieldsSent as error:
        raise UnknownScope(shown(asked)) from error
    pairs = []
    for name, listed in values.lists():
        if name in NOT_ASKED:
            continue
        if name not in NARROWS and name not in WORDS_AND_YEARS:
            raise UnknownScope(shown(name))
        for value in listed:
            if name in ("organization", "language") and not value.isprintable():
                raise UnknownScope(shown(value))
            if name in REGIONS and value:
                pairs.append(region_pair(value))
            else:
                pairs.append((name, value))
    return pairs


def asked_of(asked: str) -> Question:
    """Return the question that a search page's query string, or its whole address, asks.

    ``""`` asks for every entry. Two queries at most.

    Raises:
        UnknownScope: it narrows by a name or a value that the register does not know.
    """
    pairs = pairs_of(asked)
    checked(pairs)
    request = HttpRequest()
    request.GET = QueryDict(urlencode(pairs))
    question = question_of(request, kinds=(ACTIVITY,))
    kept = sum(map(len, question.chosen.values()))
    given = {(name, value) for name, value in pairs if name in NARROWS and value}
    if kept != len(given):
        # The search leaves aside what is too long or too much; a report would take in more then.
        raise UnknownScope(shown(max((value for _name, value in given), key=len)))
    chosen = {name: tuple(sorted(values)) for name, values in question.chosen.items()}
    return replace(question, chosen=chosen)


def checked(pairs: Sequence[tuple[str, str]]) -> None:
    """Raise ``UnknownScope`` where a value is none of those that its facet can have."""
    codes_of: dict[str, list[str]] = {}
    if any(name in SCHEME_OF_FACET for name, value in pairs if value):
        codes_of = known_codes()
    countries: set[str] = set()
    if any(name == "country" for name, value in pairs if value):
        countries = set(Country.objects.values_list("iso3", flat=True))
    for name, value in pairs:
        if not value or name == "q":
            continue
        if name in REGIONS:
            if value not in codes_of[name]:
                named = [code.removeprefix("region:") for code in codes_of["region"]]
                raise UnknownScope(
                    shown(value.removeprefix("region:")), [*named, *codes_of["itu-region"]]
                )
        elif name in SCHEME_OF_FACET:
            if value not in codes_of[name]:
                raise UnknownScope(shown(value), codes_of[name][:MOST_ALLOWED])
        elif name in CHOICES_OF_FACET:
            if value not in CHOICES_OF_FACET[name].values:
                raise UnknownScope(shown(value), CHOICES_OF_FACET[name].values)
        elif name == "country" and value not in countries:
            raise UnknownScope(shown(value), ["KEN", "FJI", "…"])
        elif name in ("year", "from", "to") and not is_year(value):
            raise UnknownScope(shown(value), ["2005", "2006", "…"])


def is_year(value: str) -> bool:
    return len(value) == 4 and value.isascii() and value.isdecimal()


def known_codes() -> dict[str, list[str]]:
    """Return the codes of each facet that is a vocabulary, in order. Targets count as goals."""
    facet_of = {scheme: name for name, scheme in SCHEME_OF_FACET.items()}
    found: dict[str, list[str]] = {name: [] for name in SCHEME_OF_FACET}
    # Of the goals only themselves; of the action lines also their applications.
    rows = Concept.objects.filter(
        Q(broader=None) | Q(scheme__code="action-lines"), scheme__code__in=facet_of
    )
    for scheme, code in rows.order_by("order", "code").values_list("scheme__code", "code"):
        found[facet_of[scheme]].append(code)
    return found


def scope_of(year: int, question: Question, *, keys: frozenset[int] | None = None) -> Scope:
    """Return what the report of a year counts; ``keys`` are those that its words found."""
    chosen = {name: tuple(values) for name, values in question.chosen.items()}
    return Scope(year, chosen, keys, question.years)


def query_of(question: Question) -> str:
    """Return the one query string of these entries on the search page, ``""`` for all."""
    query = address(replace(question, sort="best"))
    return "" if query == "?" else query


def keys_of(question: Question) -> frozenset[int] | None:
    """Return the keys of the entries that hold the words, ``None`` where none are asked for.

    Raises:
        NoSearchIndex: words are asked for, and this host has no index to find them with.
    """
    if not question.text:
        return None
    try:
        return frozenset(int(key) for key in search.all_keys(question, kind=ACTIVITY))
    except index.NoIndex as error:
        raise NoSearchIndex from error


def state_of_search(question: Question) -> str:
    """Return what names the state of the index where words are asked for, else ``""``.

    Raises:
        NoSearchIndex: as ``keys_of``.
    """
    if not question.text:
        return ""
    try:
        return index.view().stamp
    except index.NoIndex as error:
        raise NoSearchIndex from error


def words_of(question: Question) -> list[str]:
    """Return what narrows the report, in the reader's words; nothing where all is taken in."""
    words = [f"“{shown(question.text, LONGEST_TEXT)}”"] if question.text else []
    for name, values in question.chosen.items():
        facet = registry.facet(name)
        labels: Mapping[str, Any] = facet.labels(values) if facet is not None else {}
        words += [str(labels.get(value, shown(value))) for value in values]
    first, last = question.years
    if first is not None:
        words.append(_("begun in %(year)s or later") % {"year": first})
    if last is not None:
        words.append(_("begun in %(year)s or before") % {"year": last})
    return words


def digest_of(question: Question) -> str:
    """Return what tells the entries of two questions apart, as 32 hexadecimal digits."""
    return hashlib.sha256(query_of(question).encode()).hexdigest()[:32]
