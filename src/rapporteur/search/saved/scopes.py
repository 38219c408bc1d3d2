"""The pages whose states can be kept.

A room whose page of results is one of its own registers it in its ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

SORTS = ("best", "newest", "updated")


@dataclass(frozen=True)
class Scope:
    """One page of results.

    ``page`` and ``feed`` name its addresses. ``kinds`` are the kinds of record that it is about;
    none given: every kind. ``sorts`` and ``sort`` are its orders, and the usual one, as its view
    (``search.views.Results``) has them.
    """

    name: str
    label: Any
    page: str
    feed: str
    kinds: tuple[str, ...] = ()
    sorts: Collection[str] = SORTS
    sort: str = "best"


_scopes: dict[str, Scope] = {}


def add_scope(
    name: str,
    *,
    label: Any,
    page: str,
    feed: str,
    kinds: Sequence[str] = (),
    sorts: Collection[str] = SORTS,
    sort: str = "best",
) -> None:
    """Let the states of a page be kept and read as a feed; the same name again replaces it.

    The name is a slug. The room gives the feed its address:
    ``SearchFeed.as_view(scope=name)``.
    """
    _scopes[name] = Scope(name, label, page, feed, tuple(kinds), tuple(sorts), sort)


def scope(name: str) -> Scope | None:
    """Return the page of this name; ``None`` where no room (any more) has it."""
    return _scopes.get(name)


def scope_at(view_name: str) -> Scope | None:
    """Return the page at a named address, ``None`` where its states cannot be kept."""
    return next((found for found in _scopes.values() if found.page == view_name), None)
