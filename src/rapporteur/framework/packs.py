"""Read the pack of vocabularies: what the data files say, checked, before anything is stored.

The files and their columns are described in ``docs/reference/vocabularies.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rapporteur.analysis.tables import Row, RowFault, Table, read_csv

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
PACKAGE_DATA = Path(__file__).resolve().parent / "data"
SCHEMES_FILE = "schemes.csv"
MATRIX_FILE = "matrix.csv"
# What a mapping says when a commitment of the Compact names goals beside its text.
NAMED_BESIDE = "The document names this goal beside the commitment."
ALL_NAMED_BESIDE = "The document names all the goals beside the commitment."
# In a column ``sdgs``: every goal of the scheme of goals.
ALL_GOALS = "all"
GOALS_SCHEME = "sdg"
# What an address can carry (``converters.CodeConverter``), and what the database keeps.
CODE_FORM = r"[A-Za-z0-9][A-Za-z0-9:.\-]*"
SCHEME_FORM = r"[a-z0-9]+(-[a-z0-9]+)*"
SOURCE_LIMITS = {"source": 300, "source_link": 500}

SCHEME_COLUMNS = ("scheme", "title_en", "source")
SCHEME_OPTIONAL = (
    *(f"title_{language}" for language in LANGUAGES if language != "en"),
    "source_link",
    "description_en",
)
CONCEPT_COLUMNS = ("code", "broader", "order", "name_en", "source")
CONCEPT_OPTIONAL = (
    *(f"name_{language}" for language in LANGUAGES if language != "en"),
    *(f"short_{language}" for language in LANGUAGES),
    "source_link",
    "definition_en",
    "sdgs",
)
MATRIX_COLUMNS = ("action_line", "cell", "concept", "rationale_en", "source")
MATRIX_OPTIONAL = ("order", "source_link")


@dataclass(frozen=True)
class SchemeRow:
    code: str
    order: int
    titles: dict[str, str]
    description: str
    source: str
    source_link: str


@dataclass(frozen=True)
class ConceptRow:
    """One concept as its file says it; ``broader`` is a code of the same scheme or ``""``."""

    code: str
    scheme: str
    broader: str
    order: int
    names: dict[str, str]
    short_names: dict[str, str]
    definition: str
    source: str
    source_link: str


@dataclass(frozen=True)
class MappingRow:
    """A link from one concept to another, by their codes; ``file`` names where it stands.

    ``cell`` is the goal in whose column it stands and ``place`` counts, from 1, the rows of one
    source, target and cell.
    """

    file: str
    source_concept: str
    target_concept: str
    cell: str
    place: int
    rationale: str
    source: str
    source_link: str


@dataclass(frozen=True)
class Pack:
    """Everything that the vocabularies' files say, and what is wrong in them."""

    schemes: tuple[SchemeRow, ...]
    concepts: tuple[ConceptRow, ...]
    mappings: tuple[MappingRow, ...]
    faults: tuple[RowFault, ...]

    @property
    def codes(self) -> frozenset[str]:
        """Every code of the pack."""
        return frozenset(concept.code for concept in self.concepts)


def names_of(row: Row, stem: str) -> dict[str, str]:
    """Return the names of a row by language: ``name_fr`` is ``fr``; a name not known has no key."""
    cells = {language: row[f"{stem}_{language}"] for language in LANGUAGES}
    return {language: name for language, name in cells.items() if name}


def read_pack(folder: Path = PACKAGE_DATA) -> Pack:
    """Return the pack of a folder: ``schemes.csv``, one file a scheme, ``matrix.csv``.

    Faults are gathered over all files; a pack with faults is not to be loaded.
    """
    schemes = read_csv(folder / SCHEMES_FILE, columns=SCHEME_COLUMNS, optional=SCHEME_OPTIONAL)
    schemes.require(*SCHEME_COLUMNS)
    schemes.require_unique("scheme")
    schemes.require_links("source_link")
    schemes.require_form("scheme", SCHEME_FORM)
    schemes.require_at_most({"scheme": 40, **SOURCE_LIMITS})
    faults = list(schemes.faults)
    concepts: dict[str, ConceptRow] = {}
    compact_links: list[MappingRow] = []
    tables: list[Table] = []
    for scheme in schemes:
        table = read_csv(
            folder / f"{scheme['scheme']}.csv", columns=CONCEPT_COLUMNS, optional=CONCEPT_OPTIONAL
        )
        tables.append(table)
        table.require("code", "order", "name_en")
        table.require_links("source_link")
        table.require_form("code", CODE_FORM)
        table.require_at_most({"code": 60, **SOURCE_LIMITS})
        for row in table:
            order = table.whole_number(row, "order")
            if row["code"] in concepts:
                table.refuse(row, "code", "repeated")
                continue
            concepts[row["code"]] = ConceptRow(
                code=row["code"],
                scheme=scheme["scheme"],
                broader=row["broader"],
                order=order or 0,
                names=names_of(row, "name"),
                short_names=names_of(row, "short"),
                definition=row["definition_en"],
                source=row["source"],
                source_link=row["source_link"],
            )
    for table in tables:
        refuse_unknown_broader(table, concepts)
        compact_links += goals_beside(table, concepts)
        faults += table.faults
    matrix = read_matrix(folder, concepts)
    faults += matrix.faults
    met: Counter[tuple[str, str, str]] = Counter()
    mappings = []
    for row in matrix:
        key = (row["action_line"], row["concept"], row["cell"])
        met[key] += 1
        mappings.append(
            MappingRow(
                MATRIX_FILE,
                *key,
                place=met[key],
                rationale=row["rationale_en"],
                source=row["source"],
                source_link=row["source_link"],
            )
        )
    return Pack(
        schemes=tuple(
            SchemeRow(
                code=row["scheme"],
                order=place,
                titles=names_of(row, "title"),
                description=row["description_en"],
                source=row["source"],
                source_link=row["source_link"],
            )
            for place, row in enumerate(schemes, start=1)
        ),
        concepts=tuple(concepts.values()),
        mappings=(*mappings, *compact_links),
        faults=tuple(faults),
    )


def refuse_unknown_broader(table: Table, concepts: dict[str, ConceptRow]) -> None:
    """Note each row whose broader concept is of no or another scheme, or leads back to itself."""
    for row in table:
        concept = concepts.get(row["code"])
        if concept is None or not row["broader"]:
            continue
        broader = concepts.get(row["broader"])
        if broader is None or broader.scheme != concept.scheme:
            table.refuse(row, "broader", "unknown")
            continue
        met = {concept.code}
        while broader is not None:
            if broader.code in met:
                table.refuse(row, "broader", "circular")
                break
            met.add(broader.code)
            broader = concepts.get(broader.broader)


def goals_beside(table: Table, concepts: dict[str, ConceptRow]) -> Iterable[MappingRow]:
    """Yield the mappings of a column ``sdgs``: codes of goals or targets by ``;``, or ``all``."""
    goals = [
        concept.code
        for concept in concepts.values()
        if concept.scheme == GOALS_SCHEME and not concept.broader
    ]
    for row in table:
        listed = [part.strip() for part in row["sdgs"].split(";") if part.strip()]
        rationale = ALL_NAMED_BESIDE if listed == [ALL_GOALS] else NAMED_BESIDE
        for code in dict.fromkeys(goals if listed == [ALL_GOALS] else listed):
            target = concepts.get(code)
            if target is None or code == row["code"]:
                table.faults.append(RowFault(table.file, row.number, "sdgs", code, "unknown"))
                continue
            yield MappingRow(
                table.file,
                row["code"],
                code,
                cell=target.broader or code,
                place=1,
                rationale=rationale,
                source=row["source"],
                source_link=row["source_link"],
            )


def read_matrix(folder: Path, concepts: dict[str, ConceptRow]) -> Table:
    """Return the matrix: links from action lines to goals and targets, each with its reason."""
    matrix = read_csv(folder / MATRIX_FILE, columns=MATRIX_COLUMNS, optional=MATRIX_OPTIONAL)
    matrix.require(*MATRIX_COLUMNS)
    matrix.require_links("source_link")
    matrix.require_at_most({"rationale_en": 300, **SOURCE_LIMITS})
    for row in matrix:
        for column in ("action_line", "cell", "concept"):
            if row[column] and row[column] not in concepts:
                matrix.refuse(row, column, "unknown")
        if row["concept"] and row["concept"] == row["action_line"]:
            matrix.refuse(row, "concept", "circular")
        cell, concept = concepts.get(row["cell"]), concepts.get(row["concept"])
        if cell and concept and (cell.broader or cell.scheme != concept.scheme):
            matrix.refuse(row, "cell", "not-allowed")
    return matrix
