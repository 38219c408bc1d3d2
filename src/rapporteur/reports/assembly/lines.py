"""What could stand in each section of a draft: its candidate lines, in order.

A line is the least that a draft takes or leaves out: the neighbouring statements of one sentence of
a held text that one organization makes, or one fact of the record. Each refers to one paragraph.
"""

from __future__ import annotations

import re
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
SEMICOLONS = (";", "؛", "；")
# Words that link the last clause of a list to the one before it, in the languages that have case.
LINKING = re.compile(r"^(?:and|et|y|e|и|а также)\s+", re.IGNORECASE)

LineKind = Literal[
    "quote",  # statements of a held text
    "detailed",  # an organization with the publications and figures of its paragraph
    "named",  # an organization alone
    "things",  # publications and figures that no one organization stands for
    "unnamed",  # a paragraph of which nothing else is known
    "adopted",  # a resolution adopted in the year
]


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One candidate. ``group`` is the organization it stands under, ``None`` for none.

    ``actors`` are all that it names. ``statements`` are verbatim, neighbours of one sentence.
    ``least`` is the fewest words that it can add to a draft.
    """

    kind: LineKind
    paragraph: SourceParagraph
    group: Actor | None = None
    actors: tuple[Actor, ...] = ()
    statements: tuple[SourceStatement, ...] = ()
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


def goes_on(statement: SourceStatement, before: SourceStatement | None) -> bool:
    """Return whether a clause goes on with its sentence's subject.

    "ITU counted wells; dug nine; and, with UNESCO, lined them": a clause after a semicolon that
    begins in lower case, but for "and", has the subject of the clause before it. Writing systems
    without case have no such clauses.
    """
    if before is None or statement.order != before.order + 1:
        return False
    start = LINKING.sub("", statement.text)[:1]
    return before.text.rstrip().endswith(SEMICOLONS) and start.islower()


def quote_lines(paragraph: SourceParagraph) -> list[Line]:
    """Return the statements of a held text, then the organizations that no statement names.

    The clauses of a sentence that one organization makes are one line, so that none stands without
    its subject.
    """
    made: list[tuple[Actor | None, list[SourceStatement]]] = []
    before: SourceStatement | None = None
    for statement in paragraph.statements:
        if made and goes_on(statement, before):
            made[-1][1].append(statement)
        else:
            made.append((statement.actors[0] if statement.actors else None, [statement]))
        before = statement
    lines = []
    for group, statements in made:
        actors = {actor.key: actor for item in statements for actor in item.actors}
        # Where the first clause names nobody, the sentence stands under who is named later in it.
        group = group or next(iter(actors.values()), None)
        least = sum(count_words(item.text) for item in statements) - 2
        lines.append(
            Line("quote", paragraph, group, tuple(actors.values()), tuple(statements), least)
        )
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
