"""What the secretariat sees of a document before readers do: its text, warnings and labels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from rapporteur.directory.names import fold_name
from rapporteur.directory.queries import organizations_by_key
from rapporteur.library.choices import DocumentState
from rapporteur.library.facts import ParagraphFacts, figure_line, figure_value
from rapporteur.library.models import (
    Document,
    Paragraph,
    ParagraphOrganization,
    Version,
)
from rapporteur.library.queries.reading import with_facts
from rapporteur.library.texts import ParagraphText, paragraphs_of


@dataclass(frozen=True)
class Labels:
    """What is said about a paragraph, as the form shows it: one to a line."""

    concepts: tuple[str, ...]
    organizations: tuple[str, ...]
    unknown: tuple[str, ...]
    publications: tuple[str, ...]
    figures: tuple[str, ...]
    checked: bool

    def initial(self) -> dict[str, str]:
        return {
            "concepts": "\n".join(self.concepts),
            "organizations": "\n".join(self.organizations),
            "publications": "\n".join(self.publications),
            "figures": "\n".join(self.figures),
        }


@dataclass(frozen=True)
class DraftRow:
    """One paragraph of the draft: its words, its warnings, its labels, what changed."""

    text: ParagraphText
    lines: list[str]
    titles: tuple[str, ...]
    warnings: tuple[Mapping[str, Any], ...]
    labels: Labels
    change: str


@dataclass(frozen=True)
class DraftReading:
    """A draft, or a text that waits. ``dropped`` are anchors that the new text does not have."""

    document: Document
    version: Version | None
    waits: bool
    rows: list[DraftRow]
    loose_warnings: list[Mapping[str, Any]]
    dropped: list[Paragraph]

    @property
    def warning_count(self) -> int:
        return len(self.version.warnings) if self.version else 0


def draft_reading(document: Document) -> DraftReading:
    """Return the text that is to be published (or that was last), with warnings beside it.

    A fixed number of queries.
    """
    version = document.versions.order_by("-number").first()
    held = {
        paragraph.anchor: paragraph
        for paragraph in with_facts(document.paragraphs.filter(retired_at__isnull=True))
    }
    if version is None:
        return DraftReading(document, None, False, [], [], [])
    waits = version.applied_at is None
    texts = paragraphs_of(version.parsed)
    known = organizations_by_key()
    by_number: dict[int, list[Mapping[str, Any]]] = {}
    loose = []
    numbers = {text.number for text in texts}
    for warning in version.warnings:
        number = warning.get("paragraph")
        if number is not None and number in numbers:
            by_number.setdefault(number, []).append(warning)
        else:
            loose.append(warning)
    rows = []
    before: tuple[str, ...] = ()
    for text in texts:
        titles = tuple(text.section_titles)
        rows.append(
            DraftRow(
                text=text,
                lines=[line for line in text.whole.split("\n") if line.strip()],
                titles=() if titles == before else titles[-1:],
                warnings=tuple(by_number.pop(text.number, ())) if text.number is not None else (),
                labels=labels_of(text, held.get(text.anchor), version, known),
                change=change_of(text, held.get(text.anchor)) if waits else "",
            )
        )
        before = titles
    anchors = {text.anchor for text in texts}
    dropped = [item for anchor, item in held.items() if anchor not in anchors] if waits else []
    return DraftReading(document, version, waits, rows, loose, dropped)


def change_of(text: ParagraphText, held: Paragraph | None) -> str:
    """Return ``added``, ``changed`` or nothing, against what readers see."""
    if held is None or not held.text:
        return "added" if held is None else ""
    return "" if held.text == text.text else "changed"


def labels_of(
    text: ParagraphText, held: Paragraph | None, version: Version, known: Mapping[str, int]
) -> Labels:
    """Return what will be said of the paragraph: corrections first, then what was checked."""
    kept = version.corrections.get(text.anchor)
    if kept is not None:
        facts = ParagraphFacts.from_json(kept)
        return Labels(
            facts.concepts,
            facts.organizations,
            tuple(name for name in facts.organizations if fold_name(name) not in known),
            facts.publications,
            tuple(
                figure_line(*ends, item.unit, item.subject, item.year)
                for item in facts.figures
                if (ends := figure_value((item.low, item.high))) is not None
            ),
            True,
        )
    if held is not None and (held.facts_checked_at or version.applied_at):
        return labels_of_paragraph(held)
    return Labels(
        text.concepts,
        text.organizations,
        tuple(name for name in text.organizations if fold_name(name) not in known),
        text.publications,
        tuple(
            figure_line(*ends, item.get("unit") or "", item.get("subject") or "", item.get("year"))
            for item in text.figures
            if (ends := figure_value(item["value"])) is not None
        ),
        False,
    )


def labels_of_paragraph(paragraph: Paragraph) -> Labels:
    """Return what is said of a stored paragraph that was read with ``with_facts``."""
    mentions = list(paragraph.mentions.all())
    return Labels(
        tuple(filing.concept.code for filing in paragraph.filings.all()),
        tuple(
            mention.organization.short_name if mention.organization else mention.printed
            for mention in mentions
        ),
        tuple(mention.printed for mention in mentions if mention.organization is None),
        tuple(publication.title for publication in paragraph.publications.all()),
        tuple(
            figure_line(figure.low, figure.high, figure.unit, figure.subject, figure.year)
            for figure in paragraph.figures.all()
        ),
        paragraph.facts_checked_at is not None,
    )


def waiting_documents() -> QuerySet[Document]:
    """Return drafts, and published documents with a text that waits, latest change first."""
    waiting = Version.objects.filter(applied_at__isnull=True).values("document")
    return (
        Document.objects.filter(state=DocumentState.DRAFT)
        | Document.objects.filter(pk__in=waiting).exclude(state=DocumentState.WITHDRAWN)
    ).order_by("-changed_at", "pk")


def unknown_names() -> QuerySet[Any]:
    """Return names that no organization has: ``printed`` and ``mentions``, most often first."""
    return (
        ParagraphOrganization.objects.filter(
            organization__isnull=True, paragraph__retired_at__isnull=True
        )
        .values("printed")
        .annotate(mentions=Count("pk"))
        .order_by("-mentions", "printed")
    )


def where_named(printed: list[str]) -> dict[str, list[ParagraphOrganization]]:
    """Return the mentions of these names with their paragraphs, in text order. One query."""
    found: dict[str, list[ParagraphOrganization]] = {}
    mentions = (
        ParagraphOrganization.objects.filter(
            organization__isnull=True, printed__in=printed, paragraph__retired_at__isnull=True
        )
        .select_related("paragraph__document")
        .defer("paragraph__text", "paragraph__reading", "paragraph__document__summary")
        .order_by("paragraph__document_id", "paragraph__order", "pk")
    )
    for mention in mentions:
        found.setdefault(mention.printed, []).append(mention)
    return found
