"""The names that the parser is told: organizations, and places that are not organizations.

The parser reads no database and no file; whoever calls it says which bodies exist and what they
are called. ``Names`` is that knowledge. It is immutable and hashable by identity, so a module may
build what it needs from it once (``lru_cache`` on the ``Names`` object) and keep it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Organization:
    """One body. ``acronym`` is ``""`` when it has none; ``kind`` is the directory's word."""

    name: str
    acronym: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""

    @property
    def label(self) -> str:
        """What a text's ``organizations`` call it: the acronym, else the name."""
        return self.acronym or self.name

    @property
    def spellings(self) -> tuple[str, ...]:
        """Name, acronym and aliases, without blanks or repeats, in this order."""
        words = (self.name, self.acronym, *self.aliases)
        return tuple(dict.fromkeys(word for word in words if word))


@dataclass(frozen=True, eq=False)
class Names:
    """What the parser knows of the world. Compared and hashed by identity."""

    organizations: tuple[Organization, ...] = ()
    places: frozenset[str] = frozenset()

    @cached_property
    def by_spelling(self) -> dict[str, Organization]:
        """Every spelling (as written) to its organization; the first row that claims it wins.

        A body's own name or acronym goes before another's alias.
        """
        found: dict[str, Organization] = {}
        for organization in self.organizations:
            for spelling in (organization.name, organization.acronym):
                if spelling:
                    found.setdefault(spelling, organization)
        for organization in self.organizations:
            for spelling in organization.aliases:
                if spelling:
                    found.setdefault(spelling, organization)
        return found

    @cached_property
    def acronyms(self) -> frozenset[str]:
        """Every acronym of the directory."""
        return frozenset(item.acronym for item in self.organizations if item.acronym)

    @classmethod
    def from_rows(
        cls, rows: Iterable[Mapping[str, str | None]], *, places: Iterable[str] = ()
    ) -> Names:
        """Build from rows with ``name``, ``acronym``, ``aliases`` (``;`` between them), ``kind``.

        A row without a name is left out; missing columns count as empty. ``places`` are names of
        countries, territories and regions, which are never organizations.
        """
        organizations = []
        for row in rows:
            name = (row.get("name") or "").strip()
            if not name:
                continue
            aliases = (alias.strip() for alias in (row.get("aliases") or "").split(";"))
            organizations.append(
                Organization(
                    name=name,
                    acronym=(row.get("acronym") or "").strip(),
                    aliases=tuple(dict.fromkeys(alias for alias in aliases if alias)),
                    kind=(row.get("kind") or "").strip(),
                )
            )
        return cls(organizations=tuple(organizations), places=frozenset(places))
