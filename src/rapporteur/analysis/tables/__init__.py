"""Tables that come in and go out: the one reader and the one set of writers.

``packs`` reads the package's own reviewed CSV files whole; ``reading`` reads whatever people bring
(CSV, XLSX, JSON lines, gzip allowed) as a stream of rows with faults as data; ``mapping`` turns a
source's columns into ours; ``writing`` writes CSV, XLSX, JSON lines and Parquet.
"""

from rapporteur.analysis.tables.packs import (
    LONGEST_CELL,
    Row,
    RowFault,
    Table,
    is_link,
    read_csv,
)

__all__ = ["LONGEST_CELL", "Row", "RowFault", "Table", "is_link", "read_csv"]
