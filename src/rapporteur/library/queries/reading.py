"""A document as its page shows it: parts, headings, paragraphs and the notes beside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Length
from django.utils.safestring import SafeString

from rapporteur.library.choices import GivenBy, ParagraphKind
from rapporteur.library.models import (
    Citation,
    Document,
    Figure,
    Footnote,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
)
from rapporteur.library.presenting import lines_of, with_addresses
from rapporteur.library.queries.documents import (
    citations_of,
    held_addresses,
    paragraphs_in_force,
)

# A page holds this many characters of text; a longer document is cut into parts at its headings,
# so that every page stays within a few round trips on a slow line.
WHOLE_UP_TO = 125_000
PART_UP_TO = 55_000
# What a paragraph's markup and notes weigh besides its words, in characters.
NOTES_WEIGH = 400


@dataclass(frozen=True)
class Place:
    """One paragraph in the plan of a document: enough to list it and to find its part."""

    anchor: str
    number: int | None
    kind: str
    titles: tuple[str, ...]
    path: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Heading:
    """A heading on the page. ``level`` is 2 for the outermost; ``anchor`` is what it opens."""

    title: str
    level: int
    anchor: str
    part: int = 1


@dataclass(frozen=True)
class Ask:
    """One thing asked: of whom, by when (empty: the text names nobody, no time)."""

    verb: str
    kind: str
    addressees: tuple[str, ...]
    action: str
    deadline: str
    label: str = ""


@dataclass(frozen=True)
class Margin:
    """What the platform knows about a paragraph."""

    filings: tuple[ParagraphConcept, ...]
    mentions: tuple[ParagraphOrganization, ...]
    figures: tuple[Figure, ...]
    publications: tuple[Any, ...]
    asks: tuple[Ask, ...]
    cites: tuple[tuple[str, str], ...]
    cited_by: tuple[Citation, ...]
    checked: bool

    @property
    def count(self) -> int:
        """Return how many notes there are."""
        return (
            len(self.filings)
            + len(self.mentions)
            + len(self.figures)
            + len(self.publications)
            + len(self.asks)
            + len(self.cites)
            + len(self.cited_by)
        )

    @property
    def addressees(self) -> list[str]:
        """Return who is asked, each once."""
        return list(dict.fromkeys(name for ask in self.asks for name in ask.addressees))

    @property
    def deadlines(self) -> list[str]:
        return list(dict.fromkeys(ask.deadline for ask in self.asks if ask.deadline))


@dataclass(frozen=True)
class Subparagraph:
    label: str
    lines: list[SafeString]


@dataclass(frozen=True)
class Row:
    """One paragraph on the page, with the headings that open before it."""

    paragraph: Paragraph
    headings: tuple[Heading, ...]
    lines: list[SafeString]
    subparagraphs: list[Subparagraph]
    margin: Margin

    @property
    def label(self) -> str:
        return f"{self.paragraph.number}." if self.paragraph.number is not None else "¶"

    @property
    def is_bare(self) -> bool:
        """Return whether the text is not held: the facts then stand in its place."""
        return not self.lines and not self.subparagraphs


@dataclass(frozen=True)
class Note:
    """A footnote with the anchors of the paragraphs that carry its mark."""

    footnote: Footnote
    text: SafeString
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A document's page: one part of it, and the plan of the whole."""

    document: Document
    part: int
    parts: int
    rows: list[Row]
    notes: list[Note]
    contents: list[Heading]
    elsewhere: list[tuple[str, str]]
    cited_by: list[Citation]
    held: dict[str, str] = field(default_factory=dict)

    @property
    def checked(self) -> bool:
        """Return whether every paragraph shown was checked."""
        return bool(self.rows) and all(row.margin.checked for row in self.rows)


def plan_of(document: Document) -> list[Place]:
    """Return every paragraph's place in the document, in text order. One query."""
    rows = paragraphs_in_force(document).values_list(
        "anchor", "number", "kind", "section_titles", "section_path", Length("text")
    )
    return [
        Place(anchor, number, kind, tuple(titles), tuple(path), (length or 0) + NOTES_WEIGH)
        for anchor, number, kind, titles, path, length in rows
    ]


def parts_of(places: Sequence[Place]) -> list[list[Place]]:
    """Cut a long document into parts, at headings where there are any."""
    if sum(place.weight for place in places) <= WHOLE_UP_TO:
        return [list(places)]
    parts: list[list[Place]] = [[]]
    weight = 0
    for place in places:
        opens = bool(parts[-1]) and parts[-1][-1].path != place.path
        full = weight + place.weight > PART_UP_TO
        too_full = weight + place.weight > 2 * PART_UP_TO
        if parts[-1] and ((opens and full) or too_full):
            parts.append([])
            weight = 0
        parts[-1].append(place)
        weight += place.weight
    return parts


def part_of(anchor: str, parts: Sequence[Sequence[Place]]) -> int | None:
    """Return the number of the part that holds an anchor, from 1; ``None`` where none does."""
    for number, part in enumerate(parts, start=1):
        if any(place.anchor == anchor for place in part):
            return number
    return None


def headings_before(before: Place | None, place: Place, part: int = 1) -> tuple[Heading, ...]:
    """Return the headings that open between two paragraphs."""
    shared = 0
    if before is not None:
        for old, new in zip(before.path, place.path, strict=False):
            if old != new:
                break
            shared += 1
        if shared == len(place.path) and before.titles != place.titles:
            shared = max(0, shared - 1)
    return tuple(
        Heading(heading_words(place, depth), min(depth + 2, 6), place.anchor, part)
        for depth in range(shared, len(place.titles))
    )


def heading_words(place: Place, depth: int) -> str:
    """Return a heading as printed: its label, where it has one, and its title."""
    title = place.titles[depth]
    label = place.path[depth] if depth < len(place.path) else ""
    if not label or label == title:
        return title
    return f"{label} {title}" if label.startswith("(") else f"{label}. {title}"


def with_facts(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """Return the paragraphs with all that is known about each. Five queries more."""
    return paragraphs.prefetch_related(
        Prefetch(
            "filings",
            ParagraphConcept.objects.select_related("concept__scheme").order_by(
                "concept__scheme__order", "concept__order", "pk"
            ),
        ),
        Prefetch(
            "mentions",
            ParagraphOrganization.objects.select_related("organization").order_by("order", "pk"),
        ),
        "figures",
        "publications",
        "citations",
    )


def reading(document: Document, *, part: int = 1) -> Reading:
    """Return one part of a document as its page shows it. A fixed number of queries."""
    places = plan_of(document)
    parts = parts_of(places)
    part = min(max(part, 1), len(parts))
    shown = parts[part - 1]
    anchors = [place.anchor for place in shown]
    paragraphs = paragraphs_in_force(document)
    if len(parts) > 1:
        paragraphs = paragraphs.filter(anchor__in=anchors)
    found = list(with_facts(paragraphs))
    numbers = {number for paragraph in found for number in paragraph.footnotes}
    notes = list(document.notes.all())
    if len(parts) > 1:
        notes = [note for note in notes if note.number in numbers]
    cited = {citation.symbol for paragraph in found for citation in paragraph.citations.all()}
    cited |= {symbol for note in notes for symbol in note.symbols}
    held = held_addresses(cited)
    citing = citations_of(document)
    by_number: dict[int, list[Citation]] = {}
    for citation in citing:
        for number in citation.numbers:
            by_number.setdefault(number, []).append(citation)
    rows = []
    before: Place | None = None
    for paragraph, place in zip(found, shown, strict=True):
        # The first paragraph of a later part says again where it stands.
        rows.append(
            Row(
                paragraph=paragraph,
                headings=headings_before(before, place),
                lines=lines_of(paragraph.text, paragraph.reading.get("opening", ""), held),
                subparagraphs=subparagraphs_of(paragraph, held),
                margin=margin_of(paragraph, held, cited_by(paragraph, by_number)),
            )
        )
        before = place
    return Reading(
        document=document,
        part=part,
        parts=len(parts),
        rows=rows,
        notes=notes_of(notes, found, held),
        contents=contents_of(parts),
        elsewhere=[
            (place.anchor, str(place.number) if place.number is not None else "¶")
            for number, other in enumerate(parts, start=1)
            if number != part
            for place in other
        ],
        cited_by=citing,
        held=held,
    )


def contents_of(parts: Sequence[Sequence[Place]]) -> list[Heading]:
    """Return the table of contents: the two outermost levels, each with its part."""
    found = []
    before: Place | None = None
    for number, part in enumerate(parts, start=1):
        for place in part:
            found += [h for h in headings_before(before, place, number) if h.level <= 3]
            before = place
    return found


def cited_by(paragraph: Paragraph, by_number: dict[int, list[Citation]]) -> tuple[Citation, ...]:
    """Return the citations that name this paragraph by its number."""
    if paragraph.number is None or paragraph.anchor not in (
        f"op{paragraph.number}",
        f"p{paragraph.number}",
    ):
        return ()
    return tuple(by_number.get(paragraph.number, ()))


def margin_of(paragraph: Paragraph, held: dict[str, str], cited: Iterable[Citation] = ()) -> Margin:
    """Return the notes beside a paragraph that was read with ``with_facts``."""
    return Margin(
        filings=tuple(paragraph.filings.all()),
        mentions=tuple(paragraph.mentions.all()),
        figures=tuple(paragraph.figures.all()),
        publications=tuple(paragraph.publications.all()),
        asks=asks_of(paragraph),
        cites=tuple(
            (held[citation.symbol], citation.symbol)
            for citation in paragraph.citations.all()
            if citation.symbol in held
        ),
        cited_by=tuple(cited),
        checked=paragraph.facts_checked_at is not None,
    )


def asks_of(paragraph: Paragraph) -> tuple[Ask, ...]:
    """Return what a paragraph asks, its subparagraphs' asks too."""
    if paragraph.kind != ParagraphKind.OPERATIVE:
        return ()
    listed = [("", paragraph.reading.get("asks", ()))]
    listed += [
        (item["label"], item.get("asks", ())) for item in paragraph.reading.get("subparagraphs", ())
    ]
    return tuple(
        Ask(
            verb=item["verb"],
            kind=item["kind"],
            addressees=tuple(item["addressees"]),
            action=item["action"],
            deadline=item.get("deadline") or "",
            label=label,
        )
        for label, asks in listed
        for item in asks
    )


def subparagraphs_of(paragraph: Paragraph, held: dict[str, str]) -> list[Subparagraph]:
    return [
        Subparagraph(item["label"], lines_of(item["text"], "", held))
        for item in paragraph.reading.get("subparagraphs", ())
    ]


def notes_of(
    notes: Iterable[Footnote], paragraphs: Iterable[Paragraph], held: dict[str, str]
) -> list[Note]:
    """Return the footnotes with links back to the paragraphs that carry their marks."""
    anchors: dict[int, list[str]] = {}
    for paragraph in paragraphs:
        for number in paragraph.footnotes:
            anchors.setdefault(number, []).append(paragraph.anchor)
    return [
        Note(note, with_addresses(note.text, held), tuple(anchors.get(note.number or -1, ())))
        for note in notes
    ]


def is_suggested(given_by: str) -> bool:
    """Return whether a program gave the fact and nobody has confirmed it."""
    return given_by == GivenBy.TEXT
