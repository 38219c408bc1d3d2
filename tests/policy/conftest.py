"""What some addresses need before they are walked."""

from __future__ import annotations

import pytest

from rapporteur.search import actions as search_actions


@pytest.fixture(autouse=True)
def index_for_a_feed(request, settings, tmp_path):
    """Build the index for a feed, which answers 503 without one, in a folder of the test's own."""
    callspec = getattr(request.node, "callspec", None)
    row = callspec.params.get("row") if callspec is not None else None
    if row is not None and row.name.endswith(":feed"):
        request.getfixturevalue("db")
        settings.SEARCH_INDEX = tmp_path / "index"
        search_actions.rebuild()
