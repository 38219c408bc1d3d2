"""From the lines of one section to its paragraphs, grouped by organization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rapporteur.reports.assembly import wording
from rapporteur.reports.assembly.lines import LINKING, Line
from rapporteur.reports.assembly.material import Actor, SourceParagraph
from rapporteur.reports.assembly.pieces import (
    Mark,
    Piece,
    References,
    clean,
    count_words,
    plain_text,
)


@dataclass(frozen=True, slots=True)
class Unit:
    """The lines that make one paragraph. ``key`` says which it is."""

    key: tuple[str, str]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """One paragraph without its number: its pieces, the lines in it and who they name."""

    pieces: tuple[Piece, ...]
    lines: tuple[Line, ...]
    actors: tuple[Actor, ...] = field(default=())

    @property
    def text(self) -> str:
        return plain_text(self.pieces)

    @property
    def references(self) -> tuple[SourceParagraph, ...]:
        return tuple(piece.reference for piece in self.pieces if isinstance(piece, Mark))

    @property
    def words(self) -> int:
        """Return the words with footnotes, the paragraph's and the footnotes' numbers included."""
        notes = sum(1 + count_words(wording.footnote(item)) for item in self.references)
        return 1 + count_words(self.text) + notes


def place_of(paragraph: SourceParagraph) -> str:
    """Return a key for a paragraph: its document and its anchor."""
    return f"{paragraph.source.pk}#{paragraph.anchor}"


def units(lines: Sequence[Line]) -> list[Unit]:
    """Return the paragraphs that the lines make, in printed order.

    What names no organization comes first, by paragraph of its source; then resolutions; then the
    organizations by first appearance, each in one paragraph; those of which only the name is known,
    together where their references are the same; last, publications and figures of several.
    """
    context: dict[str, list[Line]] = {}
    adopted: list[Line] = []
    by_actor: dict[str, list[Line]] = {}
    rest: list[Line] = []
    for line in lines:
        if line.kind == "adopted":
            adopted.append(line)
        elif line.group is not None:
            by_actor.setdefault(line.group.key, []).append(line)
        elif line.kind == "quote":
            context.setdefault(place_of(line.paragraph), []).append(line)
        else:
            rest.append(line)
    found = [Unit(("context", place), tuple(items)) for place, items in context.items()]
    found += [Unit(("adopted", line.paragraph.source.label), (line,)) for line in adopted]
    bare: dict[str, list[Line]] = {}
    for key, items in by_actor.items():
        if all(line.kind == "named" for line in items):
            places = " ".join(place_of(line.paragraph) for line in items)
            bare.setdefault(places, []).extend(items)
        else:
            found.append(Unit(("actor", key), tuple(items)))
    for places, items in bare.items():
        found.append(Unit(("bare", places), tuple(items)))
    if rest:
        found.append(Unit(("rest", ""), tuple(rest)))
    return found


def by_paragraph(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the lines in runs of one source paragraph each, in order."""
    runs: dict[SourceParagraph, list[Line]] = {}
    for line in lines:
        runs.setdefault(line.paragraph, []).append(line)
    return list(runs.values())


def quoted(run: Sequence[Line]) -> str:
    """Return the statements of one source paragraph, neighbours joined in one quotation.

    What links or parts clauses ("and", a semicolon) is left out at the ends of a quotation.
    """
    quotations: list[list[str]] = []
    last: int | None = None
    for statement in (statement for line in run for statement in line.statements):
        if last is not None and statement.order == last + 1:
            quotations[-1].append(statement.text)
        else:
            quotations.append([LINKING.sub("", statement.text)])
        last = statement.order
    language = run[0].paragraph.source.language
    return " ".join(
        wording.quotation(" ".join(texts).rstrip().rstrip(";؛；").rstrip(), language)
        for texts in quotations
    )


def names_somewhere(actor: Actor, lines: Sequence[Line]) -> bool:
    """Return whether the first quotation says itself who acts."""
    text = " ".join(statement.text for statement in lines[0].statements)
    return any(name and name in text for name in (actor.name, actor.full_name))


def actor_sentences(unit: Unit, references: References) -> list[str]:
    """Return the sentences of one organization's paragraph: quoted, detailed, then bare facts."""
    actor = unit.lines[0].group
    assert actor is not None  # noqa: S101 - units() puts only grouped lines here
    quotes = [line for line in unit.lines if line.kind == "quote"]
    sentences = []
    if quotes and not names_somewhere(actor, quotes):
        sentences.append(wording.speaker(clean(actor.name)))
    sentences += [quoted(run) + references.mark(run[0].paragraph) for run in by_paragraph(quotes)]
    for line in unit.lines:
        if line.kind == "detailed":
            sentence = wording.named_with(
                clean(actor.name), line.paragraph.publications, line.paragraph.figures
            )
            sentences.append(sentence + references.mark(line.paragraph))
    bare = [line for line in unit.lines if line.kind == "named"]
    marks = "".join(references.mark(line.paragraph) for line in bare)
    if marks:
        sentences.append(wording.further() + marks)
    return sentences


def bare_sentences(unit: Unit, references: References) -> list[str]:
    """Return one sentence that names the organizations, with the references they share."""
    names = {line.group.key: clean(line.group.name) for line in unit.lines if line.group}
    marks = "".join(references.mark(line.paragraph) for line in unit.lines)
    return [wording.named(list(names.values())) + marks]


def rest_sentences(unit: Unit, references: References) -> list[str]:
    sentences = []
    for line in unit.lines:
        if line.kind == "things":
            sentence = wording.named_things(line.paragraph.publications, line.paragraph.figures)
            sentences.append(sentence + references.mark(line.paragraph))
    unnamed = [line.paragraph for line in unit.lines if line.kind == "unnamed"]
    if unnamed:
        sentence = wording.unnamed()
        sentences.append(sentence + "".join(references.mark(item) for item in unnamed))
    return sentences


def compose(unit: Unit) -> Composed:
    """Return the paragraph that a unit makes."""
    references = References()
    kind = unit.key[0]
    if kind == "context":
        sentences = [quoted(unit.lines) + references.mark(unit.lines[0].paragraph)]
    elif kind == "adopted":
        paragraph = unit.lines[0].paragraph
        sentences = [wording.adopted(paragraph.source) + references.mark(paragraph)]
    elif kind == "actor":
        sentences = actor_sentences(unit, references)
    elif kind == "bare":
        sentences = bare_sentences(unit, references)
    else:
        sentences = rest_sentences(unit, references)
    actors = {actor.key: actor for line in unit.lines for actor in line.actors}
    return Composed(references.parse(" ".join(sentences)), unit.lines, tuple(actors.values()))
