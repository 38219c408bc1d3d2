"""Made-up documents in the form of UN documents, and rows of the library."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from rapporteur.directory.models import Account
from rapporteur.framework.models import Concept
from rapporteur.library.actions.importing import ImportOutcome, store_document
from rapporteur.library.addresses import address_for, title_key
from rapporteur.library.choices import DocumentState, GivenBy, ParagraphKind
from rapporteur.library.models import (
    Document,
    Figure,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
)
from tests.factories.framework import make_concept

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_numbers = count(1)


def make_label(code: str = "C1") -> Concept:
    """Return the concept with this code, made where it is missing."""
    return Concept.objects.filter(code=code).first() or make_concept(code)


def make_editor(email: str = "", role: str = "secretariat") -> Account:
    """Return a person of the secretariat."""
    account = Account.objects.create_user(email or f"editor{next(_numbers)}@example.org", "x")
    account.grants.create(role=role, granted_at=AT)
    return account


def parsed_paragraph(number: int | None = 1, text: str = "", **values: Any) -> dict[str, Any]:
    """Return one paragraph of a report, as the parser's JSON gives it."""
    return {
        "number": number,
        "anchor": f"p{number}",
        "section": ["I"],
        "titles": ["Made-up trends"],
        "concepts": [],
        "text": text or f"The made-up body opened {number} wells of knowledge.",
        "footnotes": [],
        "organizations": [],
        "publications": [],
        "symbols": [],
        "urls": [],
        "statements": [],
        "figures": [],
        **values,
    }


def parsed_operative(number: int | None = 1, text: str = "", **values: Any) -> dict[str, Any]:
    """Return one operative paragraph of a resolution, as the parser's JSON gives it."""
    return {
        "number": number,
        "anchor": f"op{number}",
        "section": None,
        "path": [],
        "titles": [],
        "concepts": [],
        "opening": "Requests",
        "kind": "request",
        "text": text or f"Requests the Secretary-General to open {number} wells of knowledge;",
        "subparagraphs": [],
        "symbols": [],
        "asks": [],
        "footnotes": [],
        "organizations": [],
        "publications": [],
        "urls": [],
        "figures": [],
        **values,
    }


def parsed_figure(value: Any = 40, **values: Any) -> dict[str, Any]:
    """Return a figure as the parser's JSON gives it."""
    return {
        "value": value,
        "unit": "per cent",
        "subject": "wells with water",
        "year": 2024,
        "quote": f"{value} per cent of wells",
        **values,
    }


def parsed_document(
    *paragraphs: dict[str, Any],
    operative: tuple[dict[str, Any], ...] = (),
    preamble: tuple[dict[str, Any], ...] = (),
    sections: tuple[dict[str, Any], ...] = (),
    footnotes: tuple[dict[str, Any], ...] = (),
    contributors: tuple[dict[str, Any], ...] = (),
    warnings: tuple[dict[str, Any], ...] = (),
    **facts: Any,
) -> dict[str, Any]:
    """Return the JSON of a whole parsed document; ``facts`` go to its ``document`` part."""
    return {
        "document": {
            "kind": "resolution" if operative else "report",
            "title": "Progress made in digging wells of knowledge",
            "symbol": None,
            "bodies": ["General Assembly"],
            "date": "2025-01-22",
            "session": None,
            "agenda_item": None,
            "language": "en",
            "summary": None,
            "words": 100,
            **facts,
        },
        "contributors": list(contributors),
        "sections": list(sections),
        "paragraphs": list(paragraphs) if paragraphs or operative else [parsed_paragraph()],
        "preamble": list(preamble),
        "operative": list(operative),
        "footnotes": list(footnotes),
        "warnings": list(warnings),
    }


def store(parsed: dict[str, Any] | None = None, **values: Any) -> ImportOutcome:
    """Store a made-up parsed document, published unless told otherwise."""
    parsed = parsed or parsed_document()
    return store_document(
        parsed=parsed,
        data=values.pop("data", repr(parsed).encode()),
        file_name=values.pop("file_name", "made-up.txt"),
        media_type=values.pop("media_type", "text/plain"),
        publish=values.pop("publish", True),
        at=values.pop("at", AT),
        **values,
    )


def make_document(symbol: str | None = None, **values: Any) -> Document:
    """Return a document without text, published unless ``state`` says otherwise.

    The same symbol again is the same document.
    """
    held = Document.objects.filter(symbol=symbol).first() if symbol else None
    if held is not None:
        return held
    number = next(_numbers)
    title = values.pop("title", f"Made-up document {number}")
    day = values.pop("date", date(2025, 1, 22))
    year = values.pop("year", 2024)
    return Document.objects.create(
        symbol=symbol,
        address=values.pop("address", address_for(symbol, title, day, year)),
        title_key=title_key(title, day),
        title=title,
        kind=values.pop("kind", "report"),
        date=day,
        year=year,
        state=values.pop("state", DocumentState.PUBLISHED),
        **values,
    )


def make_paragraph(document: Document | None = None, number: int = 1, **values: Any) -> Paragraph:
    """Return a numbered paragraph; ``concepts`` (codes) and ``organizations`` are attached."""
    concepts = values.pop("concepts", ())
    organizations = values.pop("organizations", ())
    document = document or make_document()
    paragraph = Paragraph.objects.create(
        document=document,
        anchor=values.pop("anchor", f"p{number}"),
        order=values.pop("order", number),
        number=number,
        kind=values.pop("kind", ParagraphKind.NUMBERED),
        text=values.pop("text", f"The made-up body opened {number} wells of knowledge."),
        **values,
    )
    for code in concepts:
        ParagraphConcept.objects.create(
            paragraph=paragraph, concept=make_label(code), given_by=GivenBy.HEADING
        )
    for order, organization in enumerate(organizations, start=1):
        ParagraphOrganization.objects.create(
            paragraph=paragraph,
            organization=organization,
            printed=organization.acronym or organization.name,
            order=order,
            given_by=GivenBy.TEXT,
        )
    return paragraph


def make_figure(paragraph: Paragraph | None = None, value: Any = 40, **values: Any) -> Figure:
    """Return a figure of a paragraph; ``value`` is its low and high end."""
    return Figure.objects.create(
        paragraph=paragraph or make_paragraph(),
        low=values.pop("low", value),
        high=values.pop("high", value),
        unit=values.pop("unit", "per cent"),
        subject=values.pop("subject", "wells with water"),
        year=values.pop("year", 2024),
        given_by=values.pop("given_by", GivenBy.TEXT),
        **values,
    )


REPORT_TEXT = """General Assembly

Distr.: General
22 January 2025

Original: English

Progress made in digging wells of knowledge

Report of the Secretary-General

Summary

This report tells of wells dug in 2024.

I. Key trends

1. The International Telecommunication Union (ITU) opened wells in 40 per cent of villages in 2024.

2. UNESCO taught 300 well-diggers, as General Assembly resolution 70/125 asks.

II. Action lines

(b) Information and communication infrastructure (C2)

3. ITU laid pipes of knowledge to 12 schools.
"""


def make_file(text: str = REPORT_TEXT, name: str = "wells.txt") -> SimpleUploadedFile:
    """Return an upload: a made-up report of the Secretary-General as plain text."""
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")
