"""Themes of one run and the next: the same theme keeps its key, and what people made of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

# From this cosine of their terms on two themes are one.
_SAME = 0.5


def matched_themes(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the themes of a new run with the identity of those stored from an earlier one.

    Both are lists of ``Theme.as_json``, plain JSON. A stored theme that a person confirmed or
    renamed has ``"confirmed": true``, and any further fields; a merged one has the weights of those
    it was merged from.

    - A confirmed theme stays, with all its fields; ``rows`` and ``size`` are those of the new
      themes that are the same (several, where it was merged), none where there are no more.
    - A theme that nobody confirmed gives its key to the new theme that is the same, which has its
      own label, terms and weights; where there is none it is gone.
    - Any other new theme follows as it is.

    Confirmed ones come first, in their old order; then the others, in their new one. Two themes are
    the same when they have one key, or the cosine of their weights, in the language in which it is
    greatest, is at least 0.5; each new theme is the same as one old theme, the nearest, and a
    confirmed one is preferred.
    """
    partner = _partners(old, new)
    confirmed = [number for number, theme in enumerate(old) if theme.get("confirmed")]
    made = []
    for number in confirmed:
        rows = sorted(
            {row for place, one in partner.items() if one == number for row in new[place]["rows"]}
        )
        made.append({**old[number], "rows": rows, "size": len(rows)})
    taken = {theme["key"] for theme in made}
    for place, theme in enumerate(new):
        same = partner.get(place)
        if same in confirmed:
            continue
        key = old[same]["key"] if same is not None else theme["key"]
        taken.add(key := _free(key, taken))
        made.append({**theme, "key": key})
    return made


def _partners(old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Return the old theme that each new one is the same as, by their places."""
    pairs = []
    for place, theme in enumerate(new):
        for number, other in enumerate(old):
            likeness = 1.0 if theme["key"] == other["key"] else _cosine(theme, other)
            if likeness >= _SAME:
                pairs.append((not other.get("confirmed"), -likeness, place, number))
    partner: dict[int, int] = {}
    for unconfirmed, _, place, number in sorted(pairs):
        # Only a person makes one theme of several.
        if place not in partner and not (unconfirmed and number in partner.values()):
            partner[place] = number
    return partner


def _cosine(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """Return the cosine of two themes' weights in the language in which it is greatest."""
    found = [0.0]
    for language in sorted(set(one["weights"]) & set(other["weights"])):
        left, right = one["weights"][language], other["weights"][language]
        dot = math.fsum(left[name] * right[name] for name in sorted(set(left) & set(right)))
        lengths = _length(left) * _length(right)
        found.append(dot / lengths if lengths else 0.0)
    return round(max(found), 6)


def _length(weights: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(weight * weight for weight in weights.values()))


def _free(key: str, taken: set[str]) -> str:
    """Return a key, with a number where it is taken."""
    if key not in taken:
        return key
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
