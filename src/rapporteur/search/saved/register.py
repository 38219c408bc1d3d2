"""What following a search gives to the machinery of notices, and the search page's own scope."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rapporteur.common.addresses import address_of
from rapporteur.common.notices.registry import add_notice_kind
from rapporteur.search.queries import Question
from rapporteur.search.saved import actions
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.digests import DIGEST
from rapporteur.search.saved.models import SavedSearch
from rapporteur.search.saved.queries import searches_of, with_query
from rapporteur.search.saved.questions import query_of
from rapporteur.search.saved.scopes import add_scope, scope_at
from rapporteur.search.views import add_link
from rapporteur.site.registry import add_panel


def find(about: str) -> SavedSearch | None:
    return SavedSearch.objects.filter(pk=about).first() if about.isdecimal() else None


def describe(about: str) -> str:
    saved = find(about)
    return saved.name if saved is not None else ""


def wanted(about: str) -> bool:
    saved = find(about)
    return saved is not None and saved.frequency != Frequency.NEVER


def stop(about: str, at: datetime) -> None:
    if about.isdecimal():
        actions.stop_digest(pk=int(about), at=at)


def link_of(request: HttpRequest, question: Question, name: str) -> str:
    """Return the address of a page about this state of a page of results; empty: it has none.

    ``name`` is ``save`` or ``feed``.
    """
    page = scope_at(request.resolver_match.view_name) if request.resolver_match else None
    if page is None:
        return ""
    query = query_of(page, question)
    path = (
        address_of(page.feed) if name == "feed" else reverse("search:search-save", args=[page.name])
    )
    return with_query(path, query)


def save_link(request: HttpRequest, _page: Any, question: Question) -> tuple[Any, str] | None:
    """Return the link under the results that keeps the search."""
    url = link_of(request, question, "save")
    return (_("Save this search"), url) if url else None


def feed_link(request: HttpRequest, _page: Any, question: Question) -> tuple[Any, str] | None:
    """Return the link under the results that leads to their feed."""
    url = link_of(request, question, "feed")
    return (_("Feed"), url) if url else None


def panel_of_account(request: HttpRequest, _record: Any) -> dict[str, Any]:
    """Return what the account's page says of saved searches. One query."""
    return {"count": searches_of(account=request.user).count()}


def register() -> None:
    add_link(save_link)
    add_link(feed_link)
    add_panel("directory.me", order=30, template="search/saved/_me.html", fill=panel_of_account)
    add_scope("search", label=_("Search"), page="search:results", feed="search:feed")
    add_notice_kind(
        DIGEST,
        label=_("Mails about a saved search"),
        describe=describe,
        wanted=wanted,
        stop=stop,
    )
