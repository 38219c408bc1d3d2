"""What could stand in each section of a draft: its candidate lines, in order.

A line is the least that a draft takes or leaves out: one statement of a held text, or one fact of
the record. Each refers to one paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rapporteur.reports.assembly.material import (
    Actor,
    Material,
    Source,
    SourceParagraph,
    SourceStatement,
)
from rapporteur.reports.assembly.pieces import count_words
from rapporteur.reports.outlines import Outline, OutlineSection

RESOLUTION = "resolution"

LineKind = Literal[
    "quote",  # a statement of a held text
    "detailed",  # an organization with the publications and figures of its paragraph
    "named",  # an organization alone
    "things",  # publications and figures that no one organization stands for
    "unnamed",  # a paragraph of which nothing else is known
    "adopted",  # a resolution adopted in the year
]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One candidate. ``group`` is the organization it stands under, ``None`` for none.

    ``actors`` are all that it names. ``least`` is the fewest words that it can add to a draft.
    """

    kind: LineKind
    paragraph: SourceParagraph
    group: Actor | None = None
    actors: tuple[Actor, ...] = ()
    statement: SourceStatement | None = None
    least: int = 0


@dataclass(frozen=True, slots=True)
class Candidates:
    """The lines of each section (by its key), and the paragraphs that no section takes."""

    by_section: Mapping[str, tuple[Line, ...]]
    unfiled: Mapping[Source, tuple[SourceParagraph, ...]] = field(default_factory=dict)


def sections_of(outline: Outline, paragraph: SourceParagraph) -> list[OutlineSection]:
    """Return the sections that take a paragraph, in printed order.

    Those of its concepts; where there is none, the deepest whose words its headings hold.
    """
    sections = list(outline.walk())
    filed = [section for section in sections if paragraph.concepts.intersection(section.concepts)]
    if filed:
        return filed
    titles = [title.casefold() for title in paragraph.titles]
    matching = [
        section
        for section in sections
        if any(words in title for words in section.headings for title in titles)
    ]
    # The first of the deepest: ``max`` keeps the first of equals.
    return [max(matching, key=lambda section: section.depth)] if matching else []


def fact_lines(paragraph: SourceParagraph) -> list[Line]:
    """Return what the record knows of a paragraph without using its text."""
    publications, figures = paragraph.publications, paragraph.figures
    least = sum(count_words(title) for title in publications) + len(figures)
    if len(paragraph.actors) == 1 and (publications or figures):
        actor = paragraph.actors[0]
        return [Line("detailed", paragraph, actor, (actor,), least=least + count_words(actor.name))]
    lines = [
        Line("named", paragraph, actor, (actor,), least=count_words(actor.name))
        for actor in paragraph.actors
    ]
    if publications or figures:
        lines.append(Line("things", paragraph, least=least))
    return lines or [Line("unnamed", paragraph)]


def quote_lines(paragraph: SourceParagraph) -> list[Line]:
    """Return the statements of a held text, then the organizations that no statement names."""
    lines = [
        Line(
            "quote",
            paragraph,
            statement.actors[0] if statement.actors else None,
            statement.actors,
            statement,
            count_words(statement.text),
        )
        for statement in paragraph.statements
    ]
    spoken = {actor.key for statement in paragraph.statements for actor in statement.actors}
    lines += [
        Line("named", paragraph, actor, (actor,), least=count_words(actor.name))
        for actor in paragraph.actors
        if actor.key not in spoken
    ]
    return lines


def candidates(outline: Outline, material: Material) -> Candidates:
    """Return every line that the year's material gives to the outline.

    A paragraph filed in several sections is quoted in the first and gives its facts to the others.
    Resolutions give one line each to the section for them; what they ask is no account of what was
    done, so their paragraphs give none.
    """
    found: dict[str, list[Line]] = {section.key: [] for section in outline.walk()}
    unfiled: dict[Source, list[SourceParagraph]] = {}
    taker = next((section for section in outline.walk() if section.resolutions), None)
    for source in material.sources:
        if source.kind == RESOLUTION and taker is not None:
            whole = SourceParagraph(pk=0, source=source, anchor="", order=0, kind="whole")
            found[taker.key].append(Line("adopted", whole, least=count_words(source.title)))
    for paragraph in material.paragraphs:
        if paragraph.source.kind == RESOLUTION:
            continue
        sections = sections_of(outline, paragraph)
        if not sections:
            unfiled.setdefault(paragraph.source, []).append(paragraph)
        for place, section in enumerate(sections):
            quoted = paragraph.statements and place == 0
            found[section.key] += quote_lines(paragraph) if quoted else fact_lines(paragraph)
    return Candidates(
        {key: tuple(lines) for key, lines in found.items()},
        {source: tuple(paragraphs) for source, paragraphs in unfiled.items()},
    )
