"""What a draft is made from: the published documents of a year, and what each paragraph says.

Plain values, read from the database by ``queries`` or made by tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Actor:
    """An organization as a draft names it. ``key`` is its slug, or its printed name folded."""

    key: str
    name: str
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One published document. ``label`` is its symbol, or its title and date without one."""

    pk: int
    label: str
    title: str
    kind: str
    language: str = "en"
    date: date | None = None
    # Its page here, and its official address; empty where there is none.
    url: str = ""
    link: str = ""
    bodies: tuple[str, ...] = ()
    # Numbered operative paragraphs that the record knows: first, last and how many.
    operative: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True)
class SourceFigure:
    low: Decimal
    high: Decimal
    unit: str = ""
    subject: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """One statement of a text that is held, verbatim, with who acts in it."""

    order: int
    text: str
    actors: tuple[Actor, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class SourceParagraph:
    """One paragraph of a source, the same only as itself.

    ``statements`` is empty when its text is not held. ``number`` is ``None`` where none is
    printed. ``titles`` are the headings above it, from the top. ``concepts`` are the codes it is
    filed under, without a program's suggestions. Of ``kind`` ``whole`` it stands for the document
    as a whole.
    """

    pk: int
    source: Source
    anchor: str
    order: int
    number: int | None = None
    kind: str = "numbered"
    path: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    concepts: frozenset[str] = frozenset()
    actors: tuple[Actor, ...] = ()
    statements: tuple[SourceStatement, ...] = ()
    publications: tuple[str, ...] = ()
    figures: tuple[SourceFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """All that one year's draft may draw on.

    ``contributors`` are those that the documents name as having given input. ``concept_names`` is
    in the language of the draft.
    """

    year: int
    sources: tuple[Source, ...] = ()
    paragraphs: tuple[SourceParagraph, ...] = ()
    contributors: tuple[Actor, ...] = ()
    concept_names: Mapping[str, str] = field(default_factory=dict)
