"""What an import found and did: counts, refused cells, gaps, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# More refused cells than these are counted and not kept: nobody mends a longer list by hand.
KEPT_AT_MOST = 100_000


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One faulty cell. ``row`` from 1 without the header; ``column`` ``""``: the whole row."""

    row: int
    column: str
    value: str
    message: str


@dataclass
class Outcome:
    """What an import found. ``rows`` = ``accepted`` + ``unchanged`` + ``refused_rows``.

    ``accepted`` are the good rows, ``added`` + ``changed`` of them, stored or not (``stored``).
    ``gaps`` counts, for each field, the accepted rows that leave it empty. ``notes`` are sentences
    on how the file was read. ``refused`` holds at most ``KEPT_AT_MOST`` cells; ``refused_cells``
    counts all.
    """

    source: str = ""
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    refused_rows: int = 0
    refused_cells: int = 0
    refused: list[RefusedCell] = field(default_factory=list)
    gaps: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    stored: bool = False

    @property
    def accepted(self) -> int:
        return self.added + self.changed

    def refuse(self, cells: list[RefusedCell]) -> None:
        """Note a refused row with each of its faulty cells."""
        self.refused_rows += 1
        self.refused_cells += len(cells)
        room = KEPT_AT_MOST - len(self.refused)
        if room > 0:
            self.refused.extend(cells[:room])

    def as_json(self) -> dict[str, Any]:
        """Return what ``rapporteur register import --json`` writes."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "refused": [
                {
                    "row": cell.row,
                    "column": cell.column,
                    "value": cell.value,
                    "message": cell.message,
                }
                for cell in sorted(self.refused, key=lambda cell: cell.row)
            ],
        }


# Called now and then with the number of rows read so far.
Progress = Callable[[int], None]
