"""How this host's index is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from rapporteur.search import index, log


@dataclass(frozen=True)
class IndexState:
    """How this host's index is: its folder (empty: none), entries, and what waits in the log."""

    folder: str
    entries: int
    waiting: int
    waiting_since: datetime | None


def index_state() -> IndexState:
    folder = index.current_folder()
    position = index.read_position(folder) if folder else 0
    waiting = log.waiting_after(position)
    entries = index.searcher()[1].num_docs if folder else 0
    return IndexState(folder.name if folder else "", entries, waiting.count, waiting.since)
