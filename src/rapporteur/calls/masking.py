"""Personal data in texts that are published: addresses, and in anonymous ones whose they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

MASK = "[…]"
# Wider than the grammar of addresses: what looks like one to a reader is one.
ADDRESS = re.compile(r"[\w.+%'’-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
# A shorter name would take out words that are none.
SHORTEST_NAME = 3


def pattern_of(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds names in a text, the longest first; ``None`` where there are none.

    Case and blanks do not matter; an acronym (capitals only) is found as it is written.
    """
    found = sorted({" ".join(name.split()) for name in names}, key=len, reverse=True)
    parts = []
    for name in found:
        if len(name) < SHORTEST_NAME:
            continue
        words = r"\s+".join(re.escape(word) for word in name.split())
        parts.append(words if name.isupper() else f"(?i:{words})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)") if parts else None


def masked(value: Any, names: re.Pattern[str] | None) -> Any:
    """Return an answer without addresses and without the names; whatever it is made of."""
    if isinstance(value, str):
        text = ADDRESS.sub(MASK, value)
        return names.sub(MASK, text) if names is not None else text
    if isinstance(value, Mapping):
        return {key: masked(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked(inner, names) for inner in value]
    return value


def texts_in(value: Any) -> Iterable[str]:
    """Yield every text in an answer."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
