"""Tell the search room what changed: one line of its change log per record, in our transaction."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.search.models import Change

DOCUMENT, PARAGRAPH = "library.document", "library.paragraph"


def note_changes(*, documents: Iterable[int] = (), paragraphs: Iterable[int] = ()) -> None:
    """Note that these documents and paragraphs (ids) must be indexed anew. One query."""
    changes = [Change(kind=DOCUMENT, key=str(pk)) for pk in documents]
    changes += [Change(kind=PARAGRAPH, key=str(pk)) for pk in paragraphs]
    Change.objects.bulk_create(changes)
