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

from rapporteur.common.garbage import seldom_collecting
from rapporteur.search import index, log, registry
from rapporteur.search.schema import Writing, record_id

logger = logging.getLogger(__name__)

BATCH = 500
# Where so many changes wait, and as many as a part of what the index holds, it is quicker to make
# the index anew than to take each record out and put it in again.
MANY_CHANGES, PART_OF_INDEX = 20_000, 3


@dataclass(frozen=True)
class Brought:
    """What one pass did: records put in (their entries) and keys looked at."""

    entries: int
    keys: int
    rebuilt: bool = False


def follow(*, patience: float = 30.0) -> Brought:
    """Apply every settled change that this host has not applied; build the index where none is.

    A follower that is far behind builds the index anew.

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
        if is_far_behind(folder, log.count_between(position, end)):
            return build()
        done = apply(folder, log.keys_by_kind(position, end, most=BATCH))
        index.write_position(folder, end)
    return done


def is_far_behind(folder: Path, changes: int) -> bool:
    """Return whether so much has changed that building the index anew is less work."""
    if changes < MANY_CHANGES:
        return False
    return changes * PART_OF_INDEX > index.open_folder(folder).searcher().num_docs


def apply(folder: Path, changed: Iterable[tuple[str, list[str]]]) -> Brought:
    """Take out what stood under these keys and put in what stands there now."""
    entries, looked_at = 0, 0
    writer = None
    writing = Writing()
    try:
        for kind, keys in changed:
            if registry.searchable(kind) is None:
                logger.info("No room gives records of kind %s to the search", kind)
                continue
            if writer is None:
                writer = index.open_folder(folder).writer(index.HEAP, 1)
            for key in keys:
                writer.delete_documents_by_term("id", record_id(kind, key))
            entries += put_in(writer, writing, kind, keys)
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
    """Write every record of every kind; return how many entries and how many records."""
    writer = opened.writer(index.HEAP_TO_BUILD, index.THREADS_TO_BUILD)
    writing = Writing()
    try:
        with seldom_collecting():
            entries, looked_at = put_everything_in(writer, writing)
        writer.commit()
    finally:
        # Its threads end here, so that nothing writes into the folder any more.
        writer.wait_merging_threads()
    return entries, looked_at


def put_everything_in(writer: tantivy.IndexWriter, writing: Writing) -> tuple[int, int]:
    """Add every record of every kind; return how many entries and how many records."""
    entries, looked_at = 0, 0
    for searchable in registry.searchables():
        if searchable.iterate is not None:
            added, seen = put_all_in(writer, writing, searchable.iterate)
            entries, looked_at = entries + added, looked_at + seen
            continue
        for batch in in_batches(searchable.all_keys()):
            looked_at += len(batch)
            entries += put_in(writer, writing, searchable.kind, batch)
    return entries, looked_at


def put_all_in(
    writer: tantivy.IndexWriter, writing: Writing, iterate: registry.Iterate
) -> tuple[int, int]:
    """Add every public entry; return how many, and how many there were."""
    added, seen = 0, 0
    with translation.override(settings.LANGUAGE_CODE):
        for entry in iterate():
            seen += 1
            if entry.public:
                writer.add_document(writing.document_of(entry))
                added += 1
    return added, seen


def put_in(writer: tantivy.IndexWriter, writing: Writing, kind: str, keys: list[str]) -> int:
    """Add the public entries of these keys; return how many."""
    searchable = registry.searchable(kind)
    assert searchable is not None  # noqa: S101 - the callers asked
    added = 0
    # Addresses are stored as English ones; the page adds the reader's language.
    with translation.override(settings.LANGUAGE_CODE):
        for batch in in_batches(keys):
            for entry in searchable.load(batch):
                if entry.public:
                    writer.add_document(writing.document_of(entry))
                    added += 1
    return added


def in_batches(keys: Iterable[str]) -> Iterator[list[str]]:
    iterator = iter(keys)
    while batch := [str(key) for key in islice(iterator, BATCH)]:
        yield batch
