"""Several values in one cell: joined so that they part again exactly."""

from __future__ import annotations

import re
from collections.abc import Iterable

JOINT = "; "
# An item as join_list writes it where it would not part again: "…" with quotes doubled.
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?:;|$)')


def join_list(items: Iterable[str]) -> str:
    """Return the items in one cell: ``a; b``. One with a semicolon stands in double quotes."""
    return JOINT.join(_guarded(item) for item in items)


def _guarded(item: str) -> str:
    if ";" in item or item != item.strip() or item.startswith('"') or not item:
        return '"' + item.replace('"', '""') + '"'
    return item


def split_list(cell: str) -> list[str]:
    """Return the items of a cell, without blanks around them; the reverse of ``join_list``.

    An empty cell holds none.
    """
    if '"' not in cell:
        return [item for part in cell.split(";") if (item := part.strip())]
    items: list[str] = []
    place = 0
    while place < len(cell):
        quoted = _QUOTED.match(cell, place)
        if quoted is not None:
            items.append(quoted[1].replace('""', '"'))
            place = quoted.end()
            continue
        end = cell.find(";", place)
        end = len(cell) if end < 0 else end
        if item := cell[place:end].strip():
            items.append(item)
        place = end + 1
    return items
