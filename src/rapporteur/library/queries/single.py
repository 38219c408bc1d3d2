"""One paragraph's own page: its words, what is known, what came before and after it elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rapporteur.library.models import Citation, Document, Footnote
from rapporteur.library.presenting import lines_of
from rapporteur.library.queries.documents import (
    citations_of,
    held_addresses,
    paragraphs_in_force,
)
from rapporteur.library.queries.reading import (
    Note,
    Row,
    cited_by,
    margin_of,
    notes_of,
    subparagraphs_of,
    with_facts,
)


@dataclass(frozen=True)
class ParagraphReading:
    """A paragraph's page. ``before`` and ``after`` are the neighbours' anchors, empty at the ends.

    ``descendants`` are the citations of this very paragraph in other documents.
    """

    title: str
    row: Row
    notes: list[Note]
    before: str
    after: str
    descendants: tuple[Citation, ...]


def paragraph_page(document: Document, anchor: str) -> ParagraphReading | None:
    """Return the page of the paragraph with this anchor; ``None`` where none is in force.

    A fixed number of queries.
    """
    paragraph = with_facts(paragraphs_in_force(document).filter(anchor=anchor)).first()
    if paragraph is None:
        return None
    paragraph.document = document
    numbers = set(paragraph.footnotes)
    footnotes: list[Footnote] = [
        note for note in document.notes.all() if note.number in numbers and note.number is not None
    ]
    cited = {citation.symbol for citation in paragraph.citations.all()}
    cited |= {symbol for note in footnotes for symbol in note.symbols}
    held = held_addresses(cited)
    by_number: dict[int, list[Citation]] = {}
    for citation in citations_of(document):
        for number in citation.numbers:
            by_number.setdefault(number, []).append(citation)
    descendants = cited_by(paragraph, by_number)
    row = Row(
        paragraph=paragraph,
        headings=(),
        lines=lines_of(paragraph.text, paragraph.reading.get("opening", ""), held),
        subparagraphs=subparagraphs_of(paragraph, held),
        margin=margin_of(paragraph, held, descendants),
    )
    neighbours = paragraphs_in_force(document)
    before = neighbours.filter(order__lt=paragraph.order).order_by("-order").first()
    after = neighbours.filter(order__gt=paragraph.order).order_by("order").first()
    return ParagraphReading(
        title=paragraph_title(document, paragraph.number),
        row=row,
        notes=notes_of(footnotes, [paragraph], held),
        before=before.anchor if before else "",
        after=after.anchor if after else "",
        descendants=descendants,
    )


def paragraph_title(document: Document, number: int | None) -> str:
    """Return the title of a paragraph's page, in whole words."""
    if number is None:
        return _("A paragraph of %(document)s") % {"document": document}
    return _("Paragraph %(number)s of %(document)s") % {"number": number, "document": document}
