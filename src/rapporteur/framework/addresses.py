"""Where a concept's own page stands.

Every concept has one page, whose address is its identifier in linked data. Most stand under their
vocabulary; a scheme whose concepts have a page of their own (an action line, a goal, a region in
the directory) says so here, in its room's ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse


@dataclass(frozen=True)
class Home:
    """The URL name of a scheme's concept pages, and what stands in the URL for a code."""

    url_name: str
    part: Callable[[str], str]


_homes: dict[str, Home] = {}


def add_concept_home(
    scheme: str, url_name: str, *, part: Callable[[str], str] = lambda code: code
) -> None:
    """Register the page of a scheme's concepts; the same scheme twice keeps the later one."""
    _homes[scheme] = Home(url_name, part)


def has_home(scheme: str) -> bool:
    """Return whether the scheme's concepts have pages of their own."""
    return scheme in _homes


def concept_address(scheme: str, code: str) -> str:
    """Return the path of a concept's page in the active language."""
    home = _homes.get(scheme)
    if home is None:
        return reverse("framework:concept", args=[scheme, code])
    return reverse(home.url_name, args=[home.part(code)])
