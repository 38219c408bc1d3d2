"""Which lines a draft takes when not all fit its limit: the rule, stated and kept.

1. Each section that has any line takes its first that fits.
2. Each organization that has no line yet, in the order of the outline, takes its shortest.
3. Then the sections take turns: each takes one more line, of the organization of which it has taken
   fewest, until no line fits.

A line is taken or left whole; nothing is shortened. The rule uses lengths and order only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapporteur.reports.assembly.composing import Unit, compose, units
from rapporteur.reports.assembly.lines import Line


class Ledger:
    """The lines taken so far and the words that they cost, exactly."""

    def __init__(
        self,
        by_section: Mapping[str, Sequence[Line]],
        *,
        room: int,
        when_empty: Mapping[str, int],
    ) -> None:
        self.places = {
            line: place for lines in by_section.values() for place, line in enumerate(lines)
        }
        self.taken: dict[str, set[Line]] = {key: set() for key in by_section}
        # A section without a line says so in a sentence, whose words it gives back for its first.
        self.when_empty = when_empty
        self.costs = {key: when_empty.get(key, 0) for key in by_section}
        self.room = room - sum(self.costs.values())
        self.voiced: set[str] = set()
        self.known: dict[Unit, int] = {}

    def in_order(self, lines: set[Line]) -> list[Line]:
        return sorted(lines, key=self.places.__getitem__)

    def cost(self, section: str, lines: set[Line]) -> int:
        """Return the words of a section's paragraphs made of these lines, or of its sentence."""
        if not lines:
            return self.when_empty.get(section, 0)
        total = 0
        for unit in units(self.in_order(lines)):
            if unit not in self.known:
                self.known[unit] = compose(unit).words
            total += self.known[unit]
        return total

    def take(self, section: str, line: Line) -> bool:
        """Take a line if it fits; return whether it stands in the draft."""
        if line in self.taken[section]:
            return True
        if line.least > self.room + self.when_empty.get(section, 0):
            return False
        lines = self.taken[section] | {line}
        cost = self.cost(section, lines)
        added = cost - self.costs[section]
        if added > self.room:
            return False
        self.taken[section] = lines
        self.costs[section] = cost
        self.room -= added
        self.voiced.update(actor.key for actor in line.actors)
        return True


def next_line(ledger: Ledger, section: str, waiting: Sequence[Line]) -> Line:
    """Return the waiting line of the organization of which the section has taken fewest."""
    counts: dict[str, int] = {}
    for line in ledger.taken[section]:
        key = line.group.key if line.group else ""
        counts[key] = counts.get(key, 0) + 1
    # ``min`` keeps the first of equals, so ties go by printed order.
    return min(waiting, key=lambda line: counts.get(line.group.key if line.group else "", 0))


def choose(
    by_section: Mapping[str, Sequence[Line]], *, room: int, when_empty: Mapping[str, int]
) -> dict[str, list[Line]]:
    """Return the lines that each section takes within ``room`` words, in printed order.

    ``by_section`` is in the order of the outline. ``when_empty`` is the words of the sentence that
    a section without a line needs; they are part of ``room``, which is at least their sum.
    """
    ledger = Ledger(by_section, room=room, when_empty=when_empty)
    if sum(ledger.cost(key, set(lines)) for key, lines in by_section.items()) <= room:
        return {key: list(lines) for key, lines in by_section.items()}
    for section, lines in by_section.items():
        for line in lines:
            if ledger.take(section, line):
                break
    by_actor: dict[str, list[tuple[str, Line]]] = {}
    for section, lines in by_section.items():
        for line in lines:
            for actor in line.actors:
                by_actor.setdefault(actor.key, []).append((section, line))
    for actor_key, places in by_actor.items():
        if actor_key in ledger.voiced:
            continue
        for section, line in sorted(places, key=lambda item: item[1].least):
            if ledger.take(section, line):
                break
    waiting = {
        section: [line for line in lines if line not in ledger.taken[section]]
        for section, lines in by_section.items()
    }
    while any(waiting.values()):
        for section, lines in waiting.items():
            while lines:
                line = next_line(ledger, section, lines)
                lines.remove(line)
                if ledger.take(section, line):
                    break
    return {section: ledger.in_order(lines) for section, lines in ledger.taken.items()}
