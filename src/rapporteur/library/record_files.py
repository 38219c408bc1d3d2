"""The data files of the record: the facts of the open documents that the package carries."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import resources
from pathlib import Path

Row = Mapping[str, str]
FOLDER = ("library", "data", "record")
FILES = (
    "documents",
    "sections",
    "paragraphs",
    "actions",
    "publications",
    "figures",
    "citations",
    "contributors",
    "milestones",
)
BETWEEN = " > "


@dataclass(frozen=True)
class RecordFiles:
    """The rows of each file, as text; ``by_document`` groups a file's rows by their document."""

    rows: Mapping[str, list[Row]] = field(default_factory=dict)

    def of(self, name: str) -> list[Row]:
        return self.rows.get(name, [])

    def by_document(self, name: str) -> dict[str, list[Row]]:
        grouped: dict[str, list[Row]] = defaultdict(list)
        for row in self.of(name):
            grouped[row["document"]].append(row)
        return grouped


def read_record(folder: Path | None = None) -> RecordFiles:
    """Return the record's rows: the package's own, or those of a folder with the same files.

    A file that is absent has no rows.
    """
    rows: dict[str, list[Row]] = {}
    for name in FILES:
        source = (
            folder.joinpath(f"{name}.csv")
            if folder is not None
            else resources.files("rapporteur").joinpath(*FOLDER, f"{name}.csv")
        )
        if source.is_file():
            text = source.read_text(encoding="utf-8-sig")
            rows[name] = list(csv.DictReader(io.StringIO(text, newline="")))
    return RecordFiles(rows)


def parts(cell: str, between: str = ";") -> list[str]:
    """Return the items of a cell, trimmed, without blanks."""
    return [item.strip() for item in cell.split(between) if item.strip()]


def day(cell: str) -> date | None:
    """Return a date; ``None`` for an empty cell (not known)."""
    return date.fromisoformat(cell) if cell else None


def whole(cell: str) -> int | None:
    """Return a whole number; ``None`` for an empty cell (not known, or none printed)."""
    return int(cell) if cell else None
