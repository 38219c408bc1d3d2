"""Addresses of pages that have one alone, looked up once: a page of results names dozens."""

from __future__ import annotations

from functools import lru_cache

from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language


def address_of(name: str) -> str:
    """Return the address of a named page that takes no arguments, in the reader's language.

    Raises ``NoReverseMatch`` where there is none.
    """
    found = find_address(name)
    if found is None:
        raise NoReverseMatch(f"No page without arguments is named {name!r}.")
    return found


def find_address(name: str) -> str | None:
    """Return the address as ``address_of`` does; ``None`` where there is none."""
    return _looked_up(name, get_urlconf(), get_script_prefix(), get_language())


@lru_cache(maxsize=4096)
def _looked_up(name: str, urlconf: str | None, _prefix: str, _language: str | None) -> str | None:
    try:
        return reverse(name, urlconf=urlconf)
    except NoReverseMatch:
        return None
