"""Bringing this host's index up to the log, or making it anew."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import tantivy
from django.conf import settings
from django.utils import translation

from rapporteur.search import index, log, registry
from rapporteur.search.schema import document_of, record_id

logger = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class Brought:
    """What one pass did: records put in (their entries) and keys looked at."""

    entries: int
    keys: int
    rebuilt: bool = False


def follow(*, patience: float = 30.0) -> Brought:
    """Apply every settled change that this host has not applied; build the index where none is.

    Raises:
        index.Busy: another process was writing for longer than ``patience`` seconds.
    """
    with index.writing(patience=patience):
        folder = index.current_folder()
        if folder is None:
            return build()
        position = index.read_position(folder)
        if not position or log.is_ahead(position):
            return build()
        end = log.horizon()
        if end <= position:
            return Brought(0, 0)
        done = apply(folder, log.keys_by_kind(position, end))
        index.write_position(folder, end)
    return done


def apply(folder: Path, changed: Iterable[tuple[str, list[str]]]) -> Brought:
    """Take out what stood under these keys and put in what stands there now."""
    entries, looked_at = 0, 0
    writer = None
    try:
        for kind, keys in changed:
            if registry.searchable(kind) is None:
                logger.info("No room gives records of kind %s to the search", kind)
                continue
            if writer is None:
                writer = index.open_folder(folder).writer(index.HEAP, 1)
            for key in keys:
                writer.delete_documents_by_term("id", record_id(kind, key))
            entries += put_in(writer, kind, keys)
            looked_at += len(keys)
        if writer is not None:
            writer.commit()
    finally:
        # Releases the engine's own lock; what was not committed is dropped.
        if writer is not None:
            writer.wait_merging_threads()
    return Brought(entries, looked_at)


def rebuild() -> Brought:
    """Make the index anew beside the old one and put it in use in one step.

    Raises:
        index.Busy: another process was writing for longer than half a minute.
    """
    with index.writing():
        return build()


def build() -> Brought:
    """Make a new generation and put it in use. The caller holds ``index.writing``."""
    # Taken first: what is committed while we read is either read now or still in the log.
    position = log.horizon()
    folder = index.new_folder()
    try:
        entries, looked_at = fill(index.open_folder(folder, create=True))
        index.write_position(folder, position)
        index.put_in_use(folder)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Brought(entries, looked_at, rebuilt=True)


def fill(opened: tantivy.Index) -> tuple[int, int]:
    """Write every record of every kind; return how many entries and how many keys."""
    entries, looked_at = 0, 0
    writer = opened.writer(index.HEAP, 1)
    try:
        for searchable in registry.searchables():
            for batch in in_batches(searchable.all_keys()):
                looked_at += len(batch)
                entries += put_in(writer, searchable.kind, batch)
        writer.commit()
    finally:
        # Its threads end here, so that nothing writes into the folder any more.
        writer.wait_merging_threads()
    return entries, looked_at


def put_in(writer: tantivy.IndexWriter, kind: str, keys: list[str]) -> int:
    """Add the public entries of these keys; return how many."""
    searchable = registry.searchable(kind)
    assert searchable is not None  # noqa: S101 - the callers asked
    added = 0
    # Addresses are stored as English ones; the page adds the reader's language.
    with translation.override(settings.LANGUAGE_CODE):
        for batch in in_batches(keys):
            for entry in searchable.load(batch):
                if entry.public:
                    writer.add_document(document_of(entry))
                    added += 1
    return added


def in_batches(keys: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := [str(key) for key in islice(iterator, BATCH)]:
        yield batch
