"""A draft as its page shows it: rows of text with their margin, and the contents with dots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from rapporteur.library.models import Paragraph
from rapporteur.reports import queries
from rapporteur.reports.assembly.draft import Draft, DraftParagraph, DraftSection
from rapporteur.reports.exports.annexes import annexes
from rapporteur.reports.exports.html import paragraph_html
from rapporteur.reports.outlines import Outline, outlines


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A heading in the contents. ``organizations`` is how many it names, those below it too."""

    section: DraftSection
    paragraphs: int
    organizations: int


def contents(draft: Draft) -> list[ContentsRow]:
    """Return the headings, each with what stands under it and below it."""
    rows = []
    for section in draft.sections:
        below = {item.key for item in section.outline.walk()}
        paragraphs = [paragraph for place, paragraph in draft.paragraphs if place.key in below]
        named = {actor.key for paragraph in paragraphs for actor in paragraph.actors}
        rows.append(ContentsRow(section, len(paragraphs), len(named)))
    return rows


def report_page(draft: Draft) -> dict[str, Any]:
    """Return the context of ``reports/report.html``."""
    return {
        **annexes(draft),
        "sections": [
            (
                section,
                min(6, section.depth + 1),
                [
                    (paragraph, paragraph_html(paragraph, draft.language))
                    for paragraph in section.paragraphs
                ],
            )
            for section in draft.sections
        ],
        "contents": contents(draft),
        "counts": {
            "paragraphs": sum(1 for _item in draft.paragraphs),
            "notes": len(draft.notes),
            "organizations": len(draft.actors),
            "documents": len(draft.sources),
        },
    }


@dataclass(frozen=True, slots=True)
class CitedIn:
    """A report that cites a paragraph, and where: its paragraphs with the notes."""

    outline: Outline
    year: int
    places: tuple[tuple[DraftSection, DraftParagraph], ...]


def cited_in(request: HttpRequest, record: Paragraph) -> dict[str, Any] | None:
    """Return the reports in which a paragraph is cited, ``None`` where there is none.

    The drafts of the paragraph's year are assembled once for a request, whatever the number of
    paragraphs on its page.
    """
    document = record.document
    if document.year is None or document.state != "published" or document.kind == "resolution":
        return None
    known: dict[int, list[Draft]] | None = getattr(request, "report_drafts", None)
    if known is None:
        known = {}
        request.report_drafts = known  # type: ignore[attr-defined]
    if document.year not in known:
        known[document.year] = [
            queries.draft_of(outline, document.year, language=get_language() or "en")
            for outline in outlines().values()
        ]
    found = []
    for draft in known[document.year]:
        places = tuple(
            (section, paragraph)
            for section, paragraph in draft.paragraphs
            if any(note.reference.pk == record.pk for note in paragraph.notes)
        )
        if places:
            found.append(CitedIn(draft.outline, draft.year, places))
    return {"reports": found} if found else None
