"""Tell the search room what changed: one line of its change log per record, in our transaction."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.search.actions import note_changes as note

DOCUMENT, PARAGRAPH, MILESTONE = "library.document", "library.paragraph", "library.milestone"


def note_changes(
    *,
    documents: Iterable[int] = (),
    paragraphs: Iterable[int] = (),
    milestones: Iterable[int] = (),
) -> None:
    """Note that these documents, paragraphs and milestones (ids) must be indexed anew."""
    note(DOCUMENT, list(documents))
    note(PARAGRAPH, list(paragraphs))
    note(MILESTONE, list(milestones))
