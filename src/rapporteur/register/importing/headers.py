"""Which column is which field when nobody says: the headers that are understood by themselves."""

from __future__ import annotations

from collections.abc import Iterable

from rapporteur.analysis.tables.mapping import Rule, TableMapping
from rapporteur.analysis.tables.nearest import fold

# Field of an import -> headers that mean it, besides its own name. Case, accents, blanks and
# underscores do not count.
HEADERS: dict[str, tuple[str, ...]] = {
    "id": ("identifier", "source id", "project id", "activity id", "reference", "ref"),
    "title": ("name", "project", "project title", "activity", "activity title", "project name"),
    "description": ("summary", "abstract", "project description"),
    "language": ("language of the text", "lang"),
    "kind": ("type", "activity type", "kind of activity"),
    "status": ("state", "project status"),
    "entity": (
        "organization",
        "organisation",
        "organization name",
        "organisation name",
        "entity name",
        "implementer",
    ),
    "entity_type": (
        "stakeholder group",
        "stakeholder type",
        "stakeholder",
        "organization type",
        "organisation type",
        "type of entity",
    ),
    "partners": ("partner", "partner organizations", "partner organisations"),
    "coverage": ("scope", "geographical coverage"),
    "country": ("countries", "country of implementation", "location"),
    "region": ("regions",),
    "year": ("years", "period", "date"),
    "starts": ("start", "start date", "start year", "from"),
    "ends": ("end", "end date", "end year", "to", "until"),
    "action_line": ("action lines", "wsis action line", "wsis action lines", "actionline"),
    "sdg": ("sdgs", "goal", "goals", "sustainable development goals"),
    "compact": ("gdc", "compact objectives"),
    "target_group": ("target groups",),
    "technology": ("technologies",),
    "success_story": ("story",),
    "url": ("link", "links", "website", "web site", "web address", "urls"),
    "source_link": (),
}
FIELDS = tuple(HEADERS)


def key_of(header: str) -> str:
    """Return a header as it is compared."""
    return fold(header).replace("_", " ").replace("-", " ").strip()


def understood(header: Iterable[str], *, source: str) -> TableMapping:
    """Return the mapping of a header's columns to the fields that they mean.

    A field's own name comes before its other names; a column fills one field only.
    """
    columns = {key_of(name): name for name in header if name}
    rules: list[Rule] = []
    taken: set[str] = set()
    for own_names in (True, False):
        for name, others in HEADERS.items():
            if any(rule.name == name for rule in rules):
                continue
            for spelling in (name,) if own_names else others:
                column = columns.get(key_of(spelling))
                if column is not None and column not in taken:
                    rules.append(Rule(name=name, columns=(column,)))
                    taken.add(column)
                    break
    return TableMapping(source=source, rules=tuple(rules))


def understood_keys(source: str) -> TableMapping:
    """Return the mapping for rows that name their own columns: each field from all its names."""
    return TableMapping(
        source=source,
        rules=tuple(
            Rule(name=name, columns=(name, *(key.replace(" ", "_") for key in others)))
            for name, others in HEADERS.items()
        ),
    )
