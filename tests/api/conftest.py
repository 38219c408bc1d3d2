"""What the API's tests may ask for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.cache import cache

from rapporteur.search import actions, index


@pytest.fixture(autouse=True)
def fresh_limits():
    """Begin each test with no request counted."""
    cache.clear()


@pytest.fixture
def indexed(settings, tmp_path, monkeypatch) -> Callable[[], object]:
    """Return what builds the index anew from the database, in a folder of the test's own."""
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.SEARCH_FOLLOW = "inline"
    monkeypatch.setattr(index, "_reader", None)
    return actions.rebuild
