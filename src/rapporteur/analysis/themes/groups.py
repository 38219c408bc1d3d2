"""Who raises what: themes, or concepts, by stakeholder group or region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Raised:
    """What each group raises.

    ``groups`` are the groups with the number of their answers, most answers first, ties by name;
    ``""`` holds answers whose group is not stated, and comes last. ``counts[name][group]`` is how
    many answers of the group raise it: 0 is a count, never a gap. ``unraised[group]`` are the
    names that nobody in the group raises, and ``nobody`` those that nobody raises at all; both in
    the order in which names were given.
    """

    groups: dict[str, int]
    counts: dict[str, dict[str, int]]
    unraised: dict[str, list[str]]
    nobody: list[str]


def who_raises(rows: Mapping[str, Iterable[int]], groups: Sequence[str | None]) -> Raised:
    """Return who raises what.

    ``rows`` are the answers, by number from 0, that raise each name (a theme's key or label, a
    concept's code); ``groups`` the group of each answer, ``None`` or blank where it is not stated.
    Space around and within a group's name does not count.

    Raises:
        IndexError: a row has no group, because ``groups`` is shorter.
    """
    named = [" ".join((group or "").split()) for group in groups]
    sizes = Counter(named)
    order = sorted(sizes, key=lambda group: (not group, -sizes[group], group))
    counts = {}
    for name, own in rows.items():
        found = Counter(named[row] for row in set(own))
        counts[name] = {group: found[group] for group in order}
    return Raised(
        groups={group: sizes[group] for group in order},
        counts=counts,
        unraised={group: [name for name in counts if not counts[name][group]] for group in order},
        nobody=[name for name, by_group in counts.items() if not any(by_group.values())],
    )
