"""Write Parquet in row groups, typed; lists are lists, JSON is text."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rapporteur.analysis.tables.columns import JSON, OutColumn, json_text

ROWS_PER_GROUP = 20_000


def schema_of(columns: Sequence[OutColumn]) -> Any:
    """Return the Arrow schema of the columns."""
    import pyarrow as pa

    types = {
        "text": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
        "moment": pa.timestamp("us", tz="UTC"),
        "list": pa.list_(pa.string()),
        "json": pa.string(),
    }
    return pa.schema([pa.field(column.name, types[column.kind]) for column in columns])


def parquet_chunks(columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Yield a Parquet file, a row group at a time (compressed with Zstandard)."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = _Sink()
    schema = schema_of(columns)
    source = iter(rows)
    with pq.ParquetWriter(sink, schema, compression="zstd") as writer:
        while group := list(itertools.islice(source, ROWS_PER_GROUP)):
            arrays = [
                pa.array(
                    [_plain(row[place], column.kind) for row in group],
                    type=schema.field(place).type,
                )
                for place, column in enumerate(columns)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))
            if made := sink.taken():
                yield made
    yield sink.taken()


def _plain(value: Any, kind: str) -> Any:
    return json_text(value) if kind == JSON and value is not None else value


class _Sink(io.RawIOBase):
    """A file that is only written to; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._position = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        made = bytes(piece)
        self._pieces.append(made)
        self._position += len(made)
        return len(made)

    def tell(self) -> int:
        return self._position

    def close(self) -> None:
        """Leave what is not yet taken."""

    def taken(self) -> bytes:
        made = b"".join(self._pieces)
        self._pieces.clear()
        return made
