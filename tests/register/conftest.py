"""What the register's tests may ask for."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from rapporteur.search import actions, index


@pytest.fixture
def indexed(settings, tmp_path, monkeypatch):
    """Return what builds the index anew from the database, in a folder of the test's own."""
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.SEARCH_FOLLOW = "job"
    monkeypatch.setattr(index, "_reader", None)
    cache.clear()
    return actions.rebuild


@pytest.fixture
def media(settings, tmp_path):
    """Keep files in a folder of the test's own; return it."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
