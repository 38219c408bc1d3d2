"""A made-up room that gives records to the search, and an index folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from django.core.cache import cache

from rapporteur.search import index, registry
from rapporteur.search.registry import Entry


@dataclass
class Shelf:
    """The made-up records: what `load` finds, by key."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def put(self, key: str, title: str = "", text: str = "", **values) -> Entry:
        language = values.pop("language", "en")
        entry = Entry(
            kind=values.pop("kind", "paper"),
            key=key,
            title={language: title or f"Paper {key}"},
            text={language: text} if text else {},
            url=f"/papers/{key}",
            **values,
        )
        self.entries[key] = entry
        return entry

    def load(self, keys: Sequence[str]) -> Iterable[Entry]:
        return [self.entries[key] for key in keys if key in self.entries]


@pytest.fixture
def shelf(settings, tmp_path, monkeypatch) -> Shelf:
    settings.SEARCH_INDEX = tmp_path / "index"
    settings.SEARCH_FOLLOW = "inline"
    monkeypatch.setattr(registry, "_searchables", {})
    monkeypatch.setattr(registry, "_facets", {})
    monkeypatch.setattr(index, "_reader", None)
    cache.clear()
    shelf = Shelf()
    registry.add_searchable(
        "paper", label="Papers", load=shelf.load, all_keys=lambda: sorted(shelf.entries)
    )
    registry.add_facet("topic", label="Topic")
    registry.add_facet("place", label="Place")
    return shelf
