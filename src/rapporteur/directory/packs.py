"""Read the pack of countries, organizations and facilitation, and check it, before it is stored.

The files and their columns are described in ``docs/reference/vocabularies.md``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rapporteur.analysis.tables import Row, RowFault, Table, read_csv
from rapporteur.directory.choices import FacilitationRole, NameKind, OrganizationKind
from rapporteur.directory.names import fold_name, split_names
from rapporteur.framework.packs import LANGUAGES, SOURCE_LIMITS, names_of

PACKAGE_DATA = Path(__file__).resolve().parent / "data"
COUNTRIES_FILE = "countries.csv"
GROUPS_FILE = "country_groups.csv"
ORGANIZATIONS_FILE = "organizations.csv"
FACILITATION_FILE = "facilitation.csv"
# A member of a body has one of these in the body's column.
YES = frozenset({"yes", "1", "true", "member"})


# Bodies whose members the pack names: the column of organizations.csv, and the body's slug.
BODIES = {"ungis": "ungis", "partnership": "partnership-on-measuring-ict-for-development"}
TRANSLATED_NAMES = tuple(f"name_{language}" for language in LANGUAGES if language != "en")
SLUG_FORM = r"[a-z0-9]+(-[a-z0-9]+)*"
LONGEST_NAME = 300
COUNTRY_COLUMNS = ("iso3", "iso2", "m49", "name_en")
GROUP_COLUMNS = ("iso3", "group", "source")
GROUP_OPTIONAL = ("since", "until", "as_of", "source_link")
ORGANIZATION_COLUMNS = ("slug", "acronym", "name", "kind", "source")
ORGANIZATION_OPTIONAL = (
    *TRANSLATED_NAMES,
    "stakeholder_group",
    "country",
    "aliases",
    "former_names",
    *(f"{body}{rest}" for body in BODIES for rest in ("", "_source", "_source_link")),
    "website",
    "source_link",
)
FACILITATION_COLUMNS = ("organization", "concept", "role", "source")
FACILITATION_OPTIONAL = ("since", "until", "source_link")


@dataclass(frozen=True)
class CountryRow:
    iso3: str
    iso2: str
    m49: str
    names: dict[str, str]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class GroupRow:
    """A country's place in a group; a date not known is ``None``."""

    iso3: str
    group: str
    since: date | None
    until: date | None
    as_of: date | None
    source: str
    source_link: str


@dataclass(frozen=True)
class NameRow:
    """One name of an organization, with its key."""

    text: str
    key: str
    kind: NameKind


@dataclass(frozen=True)
class AffiliationRow:
    """An organization's membership of a body, named by its slug."""

    body: str
    source: str
    source_link: str


@dataclass(frozen=True)
class OrganizationRow:
    number: int
    slug: str
    acronym: str
    name: str
    names: dict[str, str]
    kind: str
    stakeholder_group: str
    country: str
    website: str
    other_names: tuple[NameRow, ...]
    affiliations: tuple[AffiliationRow, ...]
    source: str
    source_link: str

    @property
    def all_names(self) -> tuple[NameRow, ...]:
        """Every name, the own name and acronym first; each key once."""
        return name_rows(self.name, self.acronym, self.names, self.other_names)


@dataclass(frozen=True)
class FacilitationRow:
    organization: str
    concept: str
    role: str
    since: date | None
    until: date | None
    source: str
    source_link: str


@dataclass(frozen=True)
class Pack:
    """Everything that the directory's files say, and what is wrong in them."""

    countries: tuple[CountryRow, ...]
    groups: tuple[GroupRow, ...]
    organizations: tuple[OrganizationRow, ...]
    facilitation: tuple[FacilitationRow, ...]
    faults: tuple[RowFault, ...]


def name_rows(
    name: str, acronym: str, names: dict[str, str], others: tuple[NameRow, ...] = ()
) -> tuple[NameRow, ...]:
    """Return every name of an organization, the own name and acronym first; each key once.

    A name that folds to nothing is left out.
    """
    own = [
        NameRow(name, fold_name(name), NameKind.NAME),
        NameRow(acronym, fold_name(acronym), NameKind.ACRONYM),
        *(NameRow(text, fold_name(text), NameKind.NAME) for text in names.values()),
    ]
    by_key: dict[str, NameRow] = {}
    for row in (*own, *others):
        if row.key:
            by_key.setdefault(row.key, row)
    return tuple(by_key.values())


def read_pack(folder: Path = PACKAGE_DATA, *, codes: frozenset[str]) -> Pack:
    """Return the pack of a folder. ``codes`` are the concepts that its rows may name.

    Faults are gathered over all files; a pack with faults is not to be loaded.
    """
    countries = read_csv(
        folder / COUNTRIES_FILE, columns=COUNTRY_COLUMNS, optional=(*TRANSLATED_NAMES, "aliases")
    )
    countries.require(*COUNTRY_COLUMNS)
    for column in ("iso3", "iso2"):
        countries.require_unique(column)
    for column, form in (("iso3", "[A-Z]{3}"), ("iso2", "[A-Z]{2}"), ("m49", "[0-9]{3}")):
        countries.require_form(column, form)
    iso3 = {row["iso3"] for row in countries}
    groups = read_csv(folder / GROUPS_FILE, columns=GROUP_COLUMNS, optional=GROUP_OPTIONAL)
    group_rows = tuple(read_groups(groups, iso3=iso3, codes=codes))
    organizations = read_csv(
        folder / ORGANIZATIONS_FILE, columns=ORGANIZATION_COLUMNS, optional=ORGANIZATION_OPTIONAL
    )
    organization_rows = tuple(read_organizations(organizations, iso3=iso3, codes=codes))
    facilitation = read_csv(
        folder / FACILITATION_FILE, columns=FACILITATION_COLUMNS, optional=FACILITATION_OPTIONAL
    )
    slugs = {row.slug for row in organization_rows}
    facilitation_rows = tuple(read_facilitation(facilitation, slugs=slugs, codes=codes))
    return Pack(
        countries=tuple(
            CountryRow(
                iso3=row["iso3"],
                iso2=row["iso2"],
                m49=row["m49"],
                names=names_of(row, "name"),
                aliases=split_names(row["aliases"]),
            )
            for row in countries
        ),
        groups=group_rows,
        organizations=organization_rows,
        facilitation=facilitation_rows,
        faults=(
            *countries.faults,
            *groups.faults,
            *organizations.faults,
            *facilitation.faults,
        ),
    )


def refuse_unknown(table: Table, row: Row, column: str, known: set[str] | frozenset[str]) -> None:
    """Note a cell that is not empty and names nothing known."""
    if row[column] and row[column] not in known:
        table.refuse(row, column, "unknown")


def read_groups(table: Table, *, iso3: set[str], codes: frozenset[str]) -> Iterator[GroupRow]:
    """Yield each country's place in a region or group."""
    table.require("iso3", "group", "source")
    table.require_unique("iso3", "group", "since")
    table.require_links("source_link")
    table.require_at_most(SOURCE_LIMITS)
    for row in table:
        refuse_unknown(table, row, "iso3", iso3)
        refuse_unknown(table, row, "group", codes)
        yield GroupRow(
            iso3=row["iso3"],
            group=row["group"],
            since=table.day(row, "since"),
            until=table.day(row, "until"),
            as_of=table.day(row, "as_of"),
            source=row["source"],
            source_link=row["source_link"],
        )


def read_organizations(
    table: Table, *, iso3: set[str], codes: frozenset[str]
) -> Iterator[OrganizationRow]:
    """Yield each organization with its names; two of one name are a fault."""
    table.require("slug", "name", "kind", "source")
    table.require_unique("slug")
    table.require_links("website", "source_link")
    table.require_form("slug", SLUG_FORM)
    table.require_at_most({"slug": 200, "acronym": 40, "website": 500, **SOURCE_LIMITS})
    table.require_at_most(dict.fromkeys(("name", *TRANSLATED_NAMES), LONGEST_NAME))
    table.require_one_of("kind", set(OrganizationKind.values))
    for column in BODIES:
        table.require_one_of(column, YES)
        table.require_links(f"{column}_source_link")
        table.require_at_most({f"{column}_source": 300, f"{column}_source_link": 500})
    slugs = {row["slug"] for row in table}
    own_names: set[str] = set()
    for row in table:
        refuse_unknown(table, row, "stakeholder_group", codes)
        refuse_unknown(table, row, "country", iso3)
        for column, body in BODIES.items():
            if row[column] and body not in slugs:
                table.refuse(row, column, "unknown")
            if row[column] and not row[f"{column}_source"]:
                table.refuse(row, f"{column}_source", "empty")
        for column in ("aliases", "former_names"):
            if any(len(name) > LONGEST_NAME for name in split_names(row[column])):
                table.refuse(row, column, "too-long")
        key = fold_name(row["name"])
        if key in own_names:
            table.refuse(row, "name", "taken")
        own_names.add(key)
        others = [
            NameRow(text, fold_name(text), kind)
            for column, kind in (("aliases", NameKind.ALIAS), ("former_names", NameKind.FORMER))
            for text in split_names(row[column])
        ]
        translated = {
            language: row[f"name_{language}"]
            for language in LANGUAGES
            if language != "en" and row[f"name_{language}"]
        }
        yield OrganizationRow(
            number=row.number,
            slug=row["slug"],
            acronym=row["acronym"],
            name=row["name"],
            # The English name stands in ``name``; ``names`` is what other languages say.
            names={"en": row["name"], **translated} if translated else {},
            kind=row["kind"],
            stakeholder_group=row["stakeholder_group"],
            country=row["country"],
            website=row["website"],
            other_names=tuple(others),
            affiliations=tuple(
                AffiliationRow(body, row[f"{column}_source"], row[f"{column}_source_link"])
                for column, body in BODIES.items()
                if row[column]
            ),
            source=row["source"],
            source_link=row["source_link"],
        )


def read_facilitation(
    table: Table, *, slugs: set[str], codes: frozenset[str]
) -> Iterator[FacilitationRow]:
    """Yield who facilitates which action line or application."""
    table.require("organization", "concept", "role", "source")
    table.require_unique("organization", "concept", "role")
    table.require_links("source_link")
    table.require_at_most(SOURCE_LIMITS)
    table.require_one_of("role", set(FacilitationRole.values))
    for row in table:
        refuse_unknown(table, row, "organization", slugs)
        refuse_unknown(table, row, "concept", codes)
        yield FacilitationRow(
            organization=row["organization"],
            concept=row["concept"],
            role=row["role"],
            since=table.day(row, "since"),
            until=table.day(row, "until"),
            source=row["source"],
            source_link=row["source_link"],
        )
