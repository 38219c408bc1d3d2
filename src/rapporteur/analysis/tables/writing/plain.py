"""Write CSV and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapporteur.analysis.tables.columns import DATE, JSON, LIST, MOMENT, TEXT, OutColumn, sheet_text
from rapporteur.analysis.tables.formulas import neutralise

CHUNK = 64 * 1024


def csv_chunks(columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8 with a mark, for spreadsheets; formulas are neutralised."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([column.name for column in columns])
    kinds = [column.kind for column in columns]
    for row in rows:
        writer.writerow(
            [
                ("" if value is None else neutralise(value))
                if kind == TEXT
                else sheet_text(value, kind)
                for value, kind in zip(row, kinds, strict=True)
            ]
        )
        if buffer.tell() >= CHUNK:
            yield _emptied(buffer)
    yield _emptied(buffer)


def jsonl_chunks(columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield JSON lines in UTF-8: an object a row, without what is not there; texts as they are."""
    buffer = io.StringIO()
    names = [column.name for column in columns]
    kinds = [column.kind for column in columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for row in rows:
        record = {
            name: value.isoformat() if kind in (DATE, MOMENT) else value
            for name, kind, value in zip(names, kinds, row, strict=True)
            if value is not None and not (kind in (LIST, JSON) and not value)
        }
        buffer.write(encode(record))
        buffer.write("\n")
        if buffer.tell() >= CHUNK:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    """Return what the buffer holds, as UTF-8, and empty it."""
    made = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return made
