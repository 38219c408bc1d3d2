"""Documents and paragraphs as JSON: text, facts, who gave each, and the address of everything."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from rapporteur.library.models import Document, Figure, Paragraph
from rapporteur.library.queries.documents import paragraphs_in_force
from rapporteur.library.queries.reading import with_facts
from rapporteur.site.lists import plain


def figure_value_json(figure: Figure) -> Any:
    """Return one number, or the two ends of a range."""
    if figure.low == figure.high:
        return plain(figure.low)
    return [plain(figure.low), plain(figure.high)]


def document_json(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Return the whole document. Text is empty where it is not held (``has_text`` false)."""
    paragraphs = list(with_facts(paragraphs_in_force(document)))
    for paragraph in paragraphs:
        paragraph.document = document
    return {
        "url": request.build_absolute_uri(document.get_absolute_url()),
        "symbol": document.symbol,
        "title": document.title,
        "kind": document.kind,
        "bodies": document.bodies,
        "date": plain(document.date),
        "year": document.year,
        "session": document.session or None,
        "agenda_item": document.agenda_item or None,
        "language": document.language,
        "link": document.link or None,
        "has_text": document.current_version_id is not None,
        "contributors": [
            organization_json(request, organization)
            for organization in document.contributors.order_by("name", "pk")
        ],
        "sections": [
            {"path": section.path, "title": section.title} for section in document.sections.all()
        ],
        "paragraphs": [paragraph_json(request, paragraph) for paragraph in paragraphs],
        "footnotes": [
            {"number": note.number, "text": note.text, "urls": note.urls, "symbols": note.symbols}
            for note in document.notes.all()
        ],
    }


def paragraph_json(request: HttpRequest, paragraph: Paragraph) -> dict[str, Any]:
    """Return a paragraph that was read with ``with_facts``."""
    return {
        "url": request.build_absolute_uri(paragraph.get_absolute_url()),
        "anchor": paragraph.anchor,
        "number": paragraph.number,
        "kind": paragraph.kind,
        "section": paragraph.section_path,
        "titles": paragraph.section_titles,
        "text": paragraph.text or None,
        "footnotes": paragraph.footnotes,
        **{key: value for key, value in paragraph.reading.items() if value},
        "checked": paragraph.facts_checked_at is not None,
        "concepts": [
            {"code": filing.concept.code, "given_by": filing.given_by}
            for filing in paragraph.filings.all()
        ],
        "organizations": [
            {
                "printed": mention.printed,
                "slug": mention.organization.slug if mention.organization else None,
                "given_by": mention.given_by,
            }
            for mention in paragraph.mentions.all()
        ],
        "publications": [publication.title for publication in paragraph.publications.all()],
        "figures": [
            {
                "value": figure_value_json(figure),
                "unit": figure.unit,
                "subject": figure.subject,
                "year": figure.year,
                "quote": figure.quote or None,
                "given_by": figure.given_by,
            }
            for figure in paragraph.figures.all()
        ],
        "citations": [
            {"symbol": citation.symbol, "paragraphs": citation.numbers}
            for citation in paragraph.citations.all()
        ],
    }


def organization_json(request: HttpRequest, organization: Any) -> dict[str, Any]:
    return {
        "name": organization.name,
        "acronym": organization.acronym or None,
        "url": request.build_absolute_uri(organization.get_absolute_url()),
    }
