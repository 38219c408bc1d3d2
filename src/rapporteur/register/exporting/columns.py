"""The columns of the register's own export: one row an activity, and the way back to a content.

Private fields (contacts, who entered it) are none of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rapporteur.analysis.tables.columns import (
    INTEGER,
    JSON,
    LIST,
    MOMENT,
    TEXT,
    OutColumn,
    from_sheet,
)
from rapporteur.register.content import Content, Problem, read_json

COLUMNS = (
    OutColumn("number", INTEGER),
    OutColumn("version", INTEGER),
    OutColumn("address"),
    OutColumn("title"),
    OutColumn("description"),
    OutColumn("language"),
    OutColumn("kind"),
    OutColumn("status"),
    OutColumn("organization"),
    OutColumn("organization_slug"),
    OutColumn("stakeholder_group"),
    OutColumn("partners", LIST),
    OutColumn("partner_slugs", LIST),
    OutColumn("coverage"),
    OutColumn("countries", LIST),
    OutColumn("regions", LIST),
    OutColumn("starts"),
    OutColumn("ends"),
    OutColumn("action_lines", LIST),
    OutColumn("sdgs", LIST),
    OutColumn("compact", LIST),
    OutColumn("target_groups", LIST),
    OutColumn("technologies", LIST),
    OutColumn("results", JSON),
    OutColumn("links", LIST),
    OutColumn("link_labels", LIST),
    OutColumn("success_story"),
    OutColumn("translations", JSON),
    OutColumn("given", JSON),
    OutColumn("gaps", LIST),
    OutColumn("standing"),
    OutColumn("source_name"),
    OutColumn("source_key"),
    OutColumn("source_link"),
    OutColumn("created_at", MOMENT),
    OutColumn("published_at", MOMENT),
    OutColumn("updated_at", MOMENT),
    OutColumn("confirmed_at", MOMENT),
)
NAMES = tuple(column.name for column in COLUMNS)
KINDS = {column.name: column.kind for column in COLUMNS}
# A file with these columns is the register's own export; formulas in it were neutralised.
MARKS = frozenset(("number", "version", "created_at", "title"))
# Columns that repeat a content's field as it is.
PLAIN = (
    "title",
    "description",
    "language",
    "kind",
    "status",
    "organization",
    "organization_slug",
    "stakeholder_group",
    "coverage",
    "countries",
    "regions",
    "starts",
    "ends",
    "action_lines",
    "sdgs",
    "compact",
    "target_groups",
    "technologies",
    "results",
    "success_story",
    "translations",
    "given",
)
# Which column an exported field of a content stands in, where the name is another.
COLUMN_OF = {name: name for name in (*PLAIN, "partners", "links")}


def is_own(names: Sequence[str]) -> bool:
    """Return whether a header (or the keys of a first row) is that of the register's own export."""
    return set(names) >= MARKS


def cells_of(content: Mapping[str, Any], record: Mapping[str, Any]) -> list[Any]:
    """Return the cells of one activity: ``content`` as stored, ``record`` the other columns."""
    partners = content.get("partners", ())
    links = content.get("links", ())
    slugs = [partner.get("slug", "") for partner in partners]
    labels = [link.get("label", "") for link in links]
    parts: dict[str, Any] = {
        "partners": [partner["name"] for partner in partners] or None,
        "partner_slugs": slugs if any(slugs) else None,
        "links": [link["url"] for link in links] or None,
        "link_labels": labels if any(labels) else None,
    }
    for name in PLAIN:
        parts[name] = content.get(name)
    return [parts[name] if name in parts else record.get(name) for name in NAMES]


def typed_cells(cells: Mapping[str, Any], *, form: str) -> tuple[dict[str, Any], list[str]]:
    """Return the values of a row of an own export, and the columns whose cells are none.

    ``form`` is what the file is: in JSON lines values are typed and texts as they are.
    """
    values: dict[str, Any] = {}
    bad: list[str] = []
    for name, kind in KINDS.items():
        raw = cells.get(name)
        if raw is None or raw == "":
            continue
        if form == "jsonl" and kind in (TEXT, LIST, JSON):
            values[name] = raw
            continue
        try:
            values[name] = from_sheet(raw, kind)
        except (ValueError, TypeError, KeyError, RecursionError):
            bad.append(name)
    return values, bad


def content_of(values: Mapping[str, Any]) -> tuple[Content, list[Problem]]:
    """Return the content that the typed values of a row say, and what is wrong in their shape."""
    given = {name: values[name] for name in PLAIN if name in values}
    partners, slugs = values.get("partners") or [], values.get("partner_slugs") or []
    links, labels = values.get("links") or [], values.get("link_labels") or []
    if partners:
        given["partners"] = _paired(partners, "name", slugs, "slug")
    if links:
        given["links"] = _paired(links, "url", labels, "label")
    return read_json(given)


def _paired(first: Any, name: str, second: Any, other: str) -> Any:
    if not isinstance(first, list) or not isinstance(second, list):
        return first
    padded = [*second, *[""] * (len(first) - len(second))]
    return [{name: item, other: more} for item, more in zip(first, padded, strict=False)]
