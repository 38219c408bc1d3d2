"""The draft: sections, numbered paragraphs, footnotes, gaps and what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from rapporteur.reports.assembly import wording
from rapporteur.reports.assembly.composing import Composed, compose, units
from rapporteur.reports.assembly.fairness import choose
from rapporteur.reports.assembly.lines import Candidates, Line, candidates
from rapporteur.reports.assembly.material import Actor, Material, Source, SourceParagraph
from rapporteur.reports.assembly.pieces import Mark, Piece, clean, count_words, plain_text
from rapporteur.reports.errors import LimitTooLow
from rapporteur.reports.outlines import Outline, OutlineSection


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: a reference made once, at one place of the draft."""

    number: int
    text: str
    reference: SourceParagraph


@dataclass(frozen=True, slots=True)
class DraftParagraph:
    """One numbered paragraph. ``runs`` are its pieces, each mark with its note."""

    number: int
    runs: tuple[tuple[Piece, Note | None], ...]
    actors: tuple[Actor, ...]

    @property
    def text(self) -> str:
        """Return the text without number and marks."""
        return plain_text([piece for piece, _note in self.runs])

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for _piece, note in self.runs if note is not None)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The lines of one organization that a section left out, by the paragraphs they refer to."""

    actor: Actor | None
    references: tuple[SourceParagraph, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One heading and what stands under it.

    ``sentence`` is set where no paragraph stands under it or below it. ``words`` are those of its
    heading, paragraphs and footnotes, without the sections below it.
    """

    outline: OutlineSection
    title: str
    paragraphs: tuple[DraftParagraph, ...] = ()
    sentence: str = ""
    left_out: tuple[LeftOut, ...] = ()
    words: int = 0

    @property
    def key(self) -> str:
        return self.outline.key

    @property
    def path(self) -> tuple[str, ...]:
        return self.outline.path

    @property
    def depth(self) -> int:
        return self.outline.depth

    @property
    def heading(self) -> str:
        """Return the title after its label, as printed."""
        return printed_heading(self.outline.label, self.title)


@dataclass(frozen=True, slots=True)
class Gap:
    """A section or a contributor about which the year's documents say nothing.

    ``kind`` is region, action-line, application, theme, section or contributor; ``code`` a
    concept's code, a section's key or an organization's slug.
    """

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A report assembled from the record, complete: what each export writes down."""

    outline: Outline
    year: int
    language: str
    title: str
    subtitle: str
    sections: tuple[DraftSection, ...]
    gaps: tuple[Gap, ...]
    sources: tuple[Source, ...]
    unfiled: tuple[tuple[Source, tuple[SourceParagraph, ...]], ...] = ()
    words: int = 0
    actors: tuple[Actor, ...] = field(default=())

    @property
    def limit(self) -> int:
        return self.outline.limit

    @property
    def paragraphs(self) -> Iterator[tuple[DraftSection, DraftParagraph]]:
        for section in self.sections:
            for paragraph in section.paragraphs:
                yield section, paragraph

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(note for _section, paragraph in self.paragraphs for note in paragraph.notes)

    @property
    def left_out(self) -> Iterator[tuple[DraftSection, LeftOut]]:
        for section in self.sections:
            for item in section.left_out:
                yield section, item

    @property
    def lines_left_out(self) -> int:
        return sum(item.lines for _section, item in self.left_out)

    @property
    def as_of(self) -> date | None:
        """Return the date of the newest source, ``None`` where none is dated."""
        return max((source.date for source in self.sources if source.date), default=None)


def printed_heading(label: str, title: str) -> str:
    """Return the heading as printed: ``II. …``, ``(b) …``, or the title alone."""
    if not label:
        return title
    return f"{label} {title}" if label.endswith(")") else f"{label}. {title}"


def left_out_of(lines: list[Line]) -> tuple[LeftOut, ...]:
    """Return the lines left out, by organization, in order."""
    by_actor: dict[str, list[Line]] = {}
    for line in lines:
        by_actor.setdefault(line.group.key if line.group else "", []).append(line)
    return tuple(
        LeftOut(items[0].group, tuple(dict.fromkeys(item.paragraph for item in items)), len(items))
        for items in by_actor.values()
    )


def gaps_of(
    outline: Outline, titles: dict[str, str], found: Candidates, material: Material
) -> tuple[Gap, ...]:
    """Return what the year's documents say nothing about: sections first, then contributors."""
    gaps = []
    for section in outline.walk():
        if section.kind == "section" and not section.is_leaf:
            continue
        if not any(found.by_section[below.key] for below in section.walk()):
            code = section.concepts[0] if section.concepts else section.key
            gaps.append(Gap(section.kind, code, titles[section.key]))
    named = {
        actor.key for lines in found.by_section.values() for line in lines for actor in line.actors
    }
    gaps += [
        Gap("contributor", actor.key, clean(actor.full_name or actor.name))
        for actor in material.contributors
        if actor.key not in named
    ]
    return tuple(gaps)


def assemble(outline: Outline, material: Material, *, subtitle: str) -> Draft:
    """Return the draft of a year by the outline, in the active language.

    Every heading stands, in order; paragraphs are numbered through, footnotes too, one for each
    reference. Title, headings, paragraphs and footnotes, with their numbers, are at most the
    outline's limit in words; what the rule of ``fairness`` leaves out is listed.

    Raises:
        LimitTooLow: the headings alone are longer than the limit.
    """
    found = candidates(outline, material)
    names = material.concept_names
    titles = {section.key: clean(section.title(names)) for section in outline.walk()}
    headings = {
        section.key: count_words(printed_heading(section.label, titles[section.key]))
        for section in outline.walk()
    }
    sentences = {
        section.key: wording.no_room()
        if found.by_section[section.key]
        else wording.nothing(section.kind)
        for section in outline.walk()
        if section.is_leaf
    }
    when_empty = {key: count_words(sentence) for key, sentence in sentences.items()}
    front = count_words(outline.title) + count_words(subtitle)
    room = outline.limit - front - sum(headings.values())
    if room < sum(when_empty.values()):
        raise LimitTooLow(outline, needed=outline.limit - room + sum(when_empty.values()))
    chosen = choose(found.by_section, room=room, when_empty=when_empty)
    sections: list[DraftSection] = []
    paragraphs = notes = 0
    actors: dict[str, Actor] = {}
    for section in outline.walk():
        made: list[DraftParagraph] = []
        words = headings[section.key]
        for composed in map(compose, units(chosen[section.key])):
            paragraphs += 1
            paragraph = numbered(composed, number=paragraphs, first_note=notes + 1)
            notes += len(paragraph.notes)
            words += composed.words
            actors.update({actor.key: actor for actor in composed.actors})
            made.append(paragraph)
        sentence = "" if made else sentences.get(section.key, "")
        words += count_words(sentence)
        taken = set(chosen[section.key])
        sections.append(
            DraftSection(
                outline=section,
                title=titles[section.key],
                paragraphs=tuple(made),
                sentence=sentence,
                left_out=left_out_of(
                    [line for line in found.by_section[section.key] if line not in taken]
                ),
                words=words,
            )
        )
    return Draft(
        outline=outline,
        year=material.year,
        language=get_language() or "en",
        title=outline.title,
        subtitle=subtitle,
        sections=tuple(sections),
        gaps=gaps_of(outline, titles, found, material),
        sources=material.sources,
        unfiled=tuple(found.unfiled.items()),
        words=front + sum(section.words for section in sections),
        actors=tuple(actors.values()),
    )


def numbered(composed: Composed, *, number: int, first_note: int) -> DraftParagraph:
    """Return the paragraph with its number and its footnotes' numbers."""
    runs: list[tuple[Piece, Note | None]] = []
    note = first_note
    for piece in composed.pieces:
        if isinstance(piece, Mark):
            text = wording.footnote(piece.reference)
            runs.append((piece, Note(note, text, piece.reference)))
            note += 1
        else:
            runs.append((piece, None))
    return DraftParagraph(number, tuple(runs), composed.actors)
