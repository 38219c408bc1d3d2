"""A whole import: one file, one transaction, one entry in the audit trail."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from rapporteur.analysis.tables.mapping import TableMapping, absent_columns, unread_columns
from rapporteur.analysis.tables.opening import stem_of
from rapporteur.analysis.tables.reading import LIMITS, open_table
from rapporteur.analysis.tables.rows import Limits, SourceRow, TableFile, Unreadable
from rapporteur.common.audit import record_event
from rapporteur.common.garbage import seldom_collecting
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import Account
from rapporteur.register.exporting.columns import NAMES, is_own
from rapporteur.register.importing import headers, mappings
from rapporteur.register.importing.ahead import ahead, ahead_apart
from rapporteur.register.importing.bulk import on_postgresql
from rapporteur.register.importing.messages import fault_words, note_words, unreadable_words
from rapporteur.register.importing.outcome import Outcome, Progress, RefusedCell
from rapporteur.register.importing.own import OTHER_REGISTER, OwnReader
from rapporteur.register.importing.rows import ReadRow, RowReader
from rapporteur.register.importing.storing import Store
from rapporteur.register.importing.words import Words, read_words
from rapporteur.register.models import ImportSource
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search.actions import note_span

BATCH = 2000


class FileUnreadable(Refusal):
    """A file that cannot be read as a table of activities, whole. Nothing was stored."""

    status = 422


class _TakeBack(Exception):
    """Ends the transaction of an import that stores nothing."""


def import_file(
    path: Path,
    *,
    name: str = "",
    mapping: TableMapping | None = None,
    source: str = "",
    good_rows_only: bool = False,
    dry_run: bool = False,
    by: Account | None = None,
    at: datetime,
    progress: Progress | None = None,
    limits: Limits = LIMITS,
    apart: bool = False,
) -> Outcome:
    """Import the activities of a file and publish them; return what was found and done.

    ``name`` is the file's name where it is kept under another. Without a ``mapping`` the package's
    for the file's stem is taken, else headers are understood by themselves; the register's own
    export is told by its columns. ``source`` names where the rows are from (else the mapping's
    source, else the file's stem): with the rows' ids it makes an import that runs twice add
    nothing. With a refused row nothing is stored, unless ``good_rows_only``. A ``dry_run`` stores
    nothing and finds the same. ``apart`` reads in a process of its own where that is safe: for
    command lines.

    Raises:
        FileUnreadable: the file is no table, or has no column for the title.
    """
    outcome = Outcome()
    try:
        with (
            open_table(
                path,
                name=name or path.name,
                sheet=mapping.sheet if mapping else "",
                delimiter=mapping.delimiter if mapping else "",
                limits=limits,
            ) as table,
            transaction.atomic(),
            seldom_collecting(),
        ):
            words = read_words()
            rows, reader = _reader_of(table, name or path.name, mapping, words, outcome)
            outcome.source = source or outcome.source
            held = _hold_source(outcome.source)
            _run(rows, reader, words, outcome, by=by, at=at, progress=progress, apart=apart)
            if dry_run or (outcome.refused_rows and not good_rows_only):
                raise _TakeBack
            outcome.stored = True
            if outcome.accepted:
                held.last_import_at = at
                held.save(update_fields=["last_import_at"])
                record_event("register.activities.imported", by=by, at=at, details=_said(outcome))
    except _TakeBack:
        if not dry_run:
            record_event("register.import.refused", by=by, at=at, details=_said(outcome))
    except Unreadable as error:
        raise FileUnreadable(unreadable_words(error)) from error
    return outcome


def _said(outcome: Outcome) -> dict[str, Any]:
    return {
        "source": outcome.source,
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused_rows,
    }


def _hold_source(name: str) -> ImportSource:
    """Return the source's row, locked: two imports of one source come one after the other."""
    ImportSource.objects.get_or_create(name=name)
    return ImportSource.objects.select_for_update().get(name=name)


def source_name(file_name: str) -> str:
    """Return the source of a file that nobody named: its stem in small letters and dashes."""
    return slugify(stem_of(file_name), allow_unicode=True)[:110] or "file"


def _reader_of(
    table: TableFile,
    name: str,
    mapping: TableMapping | None,
    words: Words,
    outcome: Outcome,
) -> tuple[Iterable[SourceRow], RowReader | OwnReader]:
    """Return the rows and what reads them; note how the file is read."""
    outcome.notes += [note_words(code) for code in table.notes]
    rows: Iterable[SourceRow] = table
    header = table.header
    if header is None:
        stream = iter(table)
        first = list(itertools.islice(stream, 1))
        rows = itertools.chain(first, stream)
        keys: list[str] = [str(key) for key in first[0].cells] if first else []
    else:
        keys = list(header)
    mapping = mapping or mappings.for_file(name)
    if mapping is None and is_own(keys):
        outcome.source = OTHER_REGISTER
        unknown = [key for key in keys if key and key not in NAMES]
        if unknown:
            outcome.notes.append(note_words("unread", columns=", ".join(unknown)))
        return rows, OwnReader(table.kind, words)
    if mapping is None:
        source = source_name(name)
        mapping = (
            headers.understood(header, source=source)
            if header is not None
            else headers.understood_keys(source)
        )
        if header is not None and not any(rule.name == "title" for rule in mapping.rules):
            raise Unreadable("no-title-column", columns=", ".join(key for key in keys if key)[:300])
    elif header is not None:
        _check_columns(mapping, header, outcome)
    outcome.source = mapping.source
    if header is not None:
        unread = unread_columns(mapping, header)
        if unread:
            outcome.notes.append(note_words("unread", columns=", ".join(unread)))
    return rows, RowReader(mapping, header, words)


def _check_columns(mapping: TableMapping, header: Iterable[str], outcome: Outcome) -> None:
    """Refuse a file without the mapping's title; note other columns that it does not have."""
    absent = absent_columns(mapping, header)
    titles = [column for rule in mapping.rules if rule.name == "title" for column in rule.columns]
    if not titles or all(column in absent for column in titles):
        raise Unreadable("absent-columns", columns=", ".join(titles) or "–")
    if absent:
        outcome.notes.append(note_words("absent", columns=", ".join(absent)))


def _run(
    rows: Iterable[SourceRow],
    reader: RowReader | OwnReader,
    words: Words,
    outcome: Outcome,
    *,
    by: Account | None,
    at: datetime,
    progress: Progress | None,
    apart: bool,
) -> None:
    """Read and store batch after batch; count."""
    store = Store(source=outcome.source, words=words, by=by, at=at)
    # A database that is a file is not shared with another process.
    read_ahead = ahead_apart if apart and on_postgresql() else ahead
    unread: dict[str, None] = {}
    for batch in read_ahead(_batches(rows, reader)):
        unread.update(dict.fromkeys(batch.unread))
        done = store.put(batch.good)
        outcome.rows += batch.rows
        outcome.added += done.added
        outcome.changed += done.changed
        outcome.unchanged += done.unchanged
        outcome.gaps.update(done.gaps)
        for cells in batch.refused:
            outcome.refuse(cells)
        titles = {row.row: row.content.title for row in batch.good}
        for number, code, details in done.refused:
            outcome.refuse([RefusedCell(number, "", titles[number], fault_words(code, details))])
        if progress is not None:
            progress(outcome.rows)
    store.close()
    if unread:
        outcome.notes.append(note_words("unread", columns=", ".join(unread)))
    if store.first_new:
        note_span(ACTIVITY, store.first_new, store.last_new)


@dataclass
class ReadBatch:
    """Some rows of a file: those that are understood, and the faulty cells of the others.

    ``unread`` are keys of JSON lines so far that nothing reads.
    """

    rows: int = 0
    good: list[ReadRow] = field(default_factory=list)
    refused: list[list[RefusedCell]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def _batches(rows: Iterable[SourceRow], reader: RowReader | OwnReader) -> Iterator[ReadBatch]:
    """Yield the rows in batches, read and checked. Uses no database."""
    batch = ReadBatch()
    for row in rows:
        batch.rows += 1
        read = reader.read(row)
        if isinstance(read, ReadRow):
            batch.good.append(read)
        else:
            batch.refused.append(read)
        if batch.rows >= BATCH:
            batch.unread = list(reader.unread)
            yield batch
            batch = ReadBatch()
    if batch.rows:
        batch.unread = list(reader.unread)
        yield batch
