"""Write a table, row by row, as CSV, XLSX, JSON lines or Parquet: memory stays flat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rapporteur.analysis.tables.columns import OutColumn
from rapporteur.analysis.tables.writing.parquet import parquet_chunks
from rapporteur.analysis.tables.writing.plain import csv_chunks, jsonl_chunks
from rapporteur.analysis.tables.writing.xlsx import CellTooLong, TooManyRows, xlsx_chunks

__all__ = ["FORMS", "CellTooLong", "Form", "TooManyRows", "write_table"]

Writer = Callable[[Sequence[OutColumn], Iterable[Sequence[Any]]], Iterator[bytes]]


@dataclass(frozen=True)
class Form:
    """One form of a written table: its suffix, media type, and what makes its bytes."""

    suffix: str
    media_type: str
    write: Writer


FORMS = {
    "csv": Form("csv", "text/csv; charset=utf-8", csv_chunks),
    "xlsx": Form(
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_chunks,
    ),
    "jsonl": Form("jsonl", "application/x-ndjson; charset=utf-8", jsonl_chunks),
    "parquet": Form("parquet", "application/vnd.apache.parquet", parquet_chunks),
}


def write_table(
    form: str, columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]
) -> Iterator[bytes]:
    """Yield the bytes of a table in one of the ``FORMS``; ``rows`` give a value per column.

    Raises:
        TooManyRows, CellTooLong: the form is XLSX and cannot hold it.
    """
    return FORMS[form].write(columns, rows)
