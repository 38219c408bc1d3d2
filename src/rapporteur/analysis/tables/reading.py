"""Open a table file that somebody brings: the one way in for CSV, XLSX and JSON lines."""

from __future__ import annotations

from pathlib import Path

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.csv_rows import CsvFile
from rapporteur.analysis.tables.jsonl_rows import JsonLinesFile
from rapporteur.analysis.tables.rows import Limits, TableFile
from rapporteur.analysis.tables.xlsx_rows import XlsxFile

LIMITS = Limits()


def open_table(
    path: Path,
    *,
    name: str = "",
    sheet: str = "",
    delimiter: str = "",
    limits: Limits = LIMITS,
) -> TableFile:
    """Return a table file, open, with its header read (``None`` for JSON lines).

    ``name`` is the file's own name where it is kept under another; gzip is unpacked. ``sheet`` is
    the sheet of a workbook (the first where none is named), ``delimiter`` what parts the cells of
    CSV (found where none is given). Memory stays flat for CSV and JSON lines however long; a
    workbook's sheet is held whole.

    Raises:
        Unreadable: the file is no such table; also while its rows are read.
    """
    stream = opening.open_bytes(path, limits)
    try:
        kind = opening.kind_of(stream, name or path.name)
        if kind == opening.XLSX:
            return XlsxFile(stream, limits=limits, sheet=sheet)
        if kind == opening.JSONL:
            return JsonLinesFile(stream, limits=limits)
        return CsvFile(stream, limits=limits, delimiter=delimiter)
    except BaseException:
        stream.close()
        raise
