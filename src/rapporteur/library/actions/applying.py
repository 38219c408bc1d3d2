"""Make a version's words the document's: sections, notes, paragraphs and the facts read from them.

Facts that the record or a person checked (``Paragraph.facts_checked_at``) stay as they are, and the
text joins them; all others are what the program reads from the new words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from rapporteur.directory.names import fold_name
from rapporteur.directory.queries import organizations_by_key
from rapporteur.library import search_changes
from rapporteur.library.addresses import fold
from rapporteur.library.choices import GivenBy
from rapporteur.library.citing import citations_in
from rapporteur.library.facts import figure_value
from rapporteur.library.models import (
    Citation,
    Document,
    Figure,
    Footnote,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
    Section,
    Statement,
    Version,
)
from rapporteur.library.queries.names import concepts_by_code
from rapporteur.library.texts import Json, ParagraphText, paragraphs_of, sections_of

READ = (GivenBy.HEADING, GivenBy.TEXT)
TEXT_FIELDS = (
    "section",
    "order",
    "kind",
    "number",
    "section_path",
    "section_titles",
    "text",
    "footnotes",
    "reading",
    "retired_at",
)


@dataclass(frozen=True)
class Applied:
    """What applying did. ``overtaken`` are anchors whose checked facts now stand by other words."""

    paragraphs: int
    figures: int
    statements: int
    unknown_organizations: tuple[str, ...]
    overtaken: tuple[str, ...]


class Resolver:
    """Printed organization names to ids: by the directory, or by the document's own definitions."""

    def __init__(self, parsed: Json) -> None:
        self._known = organizations_by_key()
        self._defined = {
            fold_name(item["acronym"]): fold_name(item["name"])
            for item in parsed.get("contributors", ())
            if item.get("acronym")
        }
        self.unknown: dict[str, None] = {}

    def find(self, printed: str) -> int | None:
        """Return the organization's id, or ``None``; what is not found is remembered."""
        key = fold_name(printed)
        found = self._known.get(key) or self._known.get(self._defined.get(key, ""))
        if found is None:
            self.unknown[printed] = None
        return found


def apply_version(version: Version, *, at: datetime) -> Applied:
    """Write the version's sections, notes, paragraphs, statements and facts; make it current.

    A fixed number of queries, whatever the length. Runs in the caller's transaction.
    """
    document = version.document
    parsed = version.parsed
    texts = paragraphs_of(parsed)
    sections = write_sections(document, parsed, texts)
    write_notes(document, parsed)
    before = {paragraph.anchor: paragraph for paragraph in document.paragraphs.all()}
    had_text = {anchor: fold(paragraph.text) for anchor, paragraph in before.items()}
    paragraphs = write_paragraphs(document, texts, before, sections, at=at)
    resolver = Resolver(parsed)
    document.contributors.add(*contributors_of(parsed, resolver))
    figures, statements = write_facts(texts, paragraphs, resolver)
    document.current_version = version
    document.save(update_fields=["current_version", "changed_at"])
    version.applied_at = version.applied_at or at
    version.save(update_fields=["applied_at"])
    retired = [item.pk for anchor, item in before.items() if anchor not in paragraphs]
    search_changes.note_changes(
        documents=[document.pk], paragraphs=[*(p.pk for p in paragraphs.values()), *retired]
    )
    overtaken = tuple(
        text.anchor
        for text in texts
        if had_text.get(text.anchor)
        and before[text.anchor].facts_checked_at
        and had_text[text.anchor] != fold(text.text)
    )
    return Applied(len(texts), figures, statements, tuple(resolver.unknown), overtaken)


def contributors_of(parsed: Json, resolver: Resolver) -> list[int]:
    """Return the ids of the contributors that the directory knows."""
    found = []
    for item in parsed.get("contributors", ()):
        for printed in (item["name"], item.get("acronym")):
            pk = resolver.find(printed) if printed else None
            if pk is not None:
                found.append(pk)
                break
    return list(dict.fromkeys(found))


def write_sections(
    document: Document, parsed: Json, texts: Sequence[ParagraphText]
) -> dict[tuple[str, ...], Section]:
    """Replace the document's headings; return them by path."""
    document.sections.all().delete()
    rows = [
        Section(document=document, order=order, path=item.path, titles=item.titles)
        for order, item in enumerate(sections_of(parsed), start=1)
    ]
    if not rows:
        listed: dict[tuple[str, ...], Section] = {}
        for text in texts:
            path = tuple(text.section_path)
            if path and path not in listed:
                listed[path] = Section(
                    document=document,
                    order=len(listed) + 1,
                    path=text.section_path,
                    titles=text.section_titles,
                )
        rows = list(listed.values())
    Section.objects.bulk_create(rows)
    return {tuple(row.path): row for row in rows}


def write_notes(document: Document, parsed: Json) -> None:
    """Replace the document's footnotes."""
    document.notes.all().delete()
    Footnote.objects.bulk_create(
        Footnote(
            document=document,
            order=order,
            number=item.get("number"),
            text=item["text"],
            urls=list(item.get("urls", ())),
            symbols=list(item.get("symbols", ())),
        )
        for order, item in enumerate(parsed.get("footnotes", ()), start=1)
    )


def write_paragraphs(
    document: Document,
    texts: Sequence[ParagraphText],
    before: Mapping[str, Paragraph],
    sections: Mapping[tuple[str, ...], Section],
    *,
    at: datetime,
) -> dict[str, Paragraph]:
    """Give each anchor its new words; retire the anchors that the text no longer has."""
    changed: list[Paragraph] = []
    added: list[Paragraph] = []
    paragraphs: dict[str, Paragraph] = {}
    for text in texts:
        paragraph = before.get(text.anchor) or Paragraph(document=document, anchor=text.anchor)
        paragraph.order = text.order
        paragraph.kind = text.kind
        paragraph.number = text.number
        paragraph.section = sections.get(tuple(text.section_path))
        paragraph.section_path = text.section_path
        paragraph.section_titles = text.section_titles
        paragraph.text = text.text
        paragraph.footnotes = text.footnotes
        paragraph.reading = text.reading
        paragraph.retired_at = None
        (added if paragraph.pk is None else changed).append(paragraph)
        paragraphs[text.anchor] = paragraph
    Paragraph.objects.bulk_create(added)
    gone = [item for anchor, item in before.items() if anchor not in paragraphs]
    for item in gone:
        item.retired_at = item.retired_at or at
        item.section = None
    Paragraph.objects.bulk_update([*changed, *gone], TEXT_FIELDS, batch_size=200)
    return paragraphs


def write_facts(
    texts: Sequence[ParagraphText], paragraphs: Mapping[str, Paragraph], resolver: Resolver
) -> tuple[int, int]:
    """Write what the program read from each paragraph; return counts of figures and statements."""
    ids = [paragraph.pk for paragraph in paragraphs.values()]
    Statement.objects.filter(paragraph_id__in=ids).delete()
    for model in (ParagraphConcept, ParagraphOrganization, Publication, Citation, Figure):
        model._default_manager.filter(
            paragraph_id__in=ids, paragraph__facts_checked_at__isnull=True, given_by__in=READ
        ).delete()
    concepts = concepts_by_code(code for text in texts for code in text.concepts)
    open_texts = [
        (text, paragraphs[text.anchor])
        for text in texts
        if paragraphs[text.anchor].facts_checked_at is None
    ]
    ParagraphConcept.objects.bulk_create(
        (
            ParagraphConcept(
                paragraph=paragraph, concept_id=concepts[code], given_by=GivenBy.HEADING
            )
            for text, paragraph in open_texts
            for code in dict.fromkeys(text.concepts)
            if code in concepts
        ),
        ignore_conflicts=True,
    )
    ParagraphOrganization.objects.bulk_create(
        mentions_of(open_texts, resolver), ignore_conflicts=True
    )
    Publication.objects.bulk_create(
        (
            Publication(paragraph=paragraph, title=title[:400], order=order, given_by=GivenBy.TEXT)
            for text, paragraph in open_texts
            for order, title in enumerate(dict.fromkeys(text.publications), start=1)
        ),
        ignore_conflicts=True,
    )
    Citation.objects.bulk_create(
        (
            Citation(
                paragraph=paragraph, symbol=symbol[:80], numbers=numbers, given_by=GivenBy.TEXT
            )
            for text, paragraph in open_texts
            for symbol, numbers in citations_in(text.whole, text.symbols).items()
        ),
        ignore_conflicts=True,
    )
    held = figures_by_paragraph(ids)
    new_figures: list[Figure] = []
    quoted: list[Figure] = []
    for text, paragraph in zip(texts, (paragraphs[t.anchor] for t in texts), strict=True):
        known = held.get(paragraph.pk, [])
        if known:
            quoted += join_quotes(known, text.figures)
        if paragraph.facts_checked_at is None and not known:
            new_figures += figures_of(text, paragraph)
    Figure.objects.bulk_create(new_figures)
    Figure.objects.bulk_update(quoted, ["quote"], batch_size=200)
    statements = write_statements(texts, paragraphs, resolver)
    return sum(len(text.figures) for text in texts), statements


def mentions_of(
    texts: Iterable[tuple[ParagraphText, Paragraph]], resolver: Resolver
) -> list[ParagraphOrganization]:
    """Return the mentions of each paragraph; two names of one organization are one mention."""
    rows = []
    for text, paragraph in texts:
        seen: set[int | str] = set()
        for order, printed in enumerate(text.organizations, start=1):
            pk = resolver.find(printed)
            if (pk or printed) in seen:
                continue
            seen.add(pk or printed)
            rows.append(
                ParagraphOrganization(
                    paragraph=paragraph,
                    organization_id=pk,
                    printed=printed[:300],
                    order=order,
                    given_by=GivenBy.TEXT,
                )
            )
    return rows


def figures_of(text: ParagraphText, paragraph: Paragraph) -> list[Figure]:
    """Return unsaved figures as the parser read them."""
    rows = []
    for order, item in enumerate(text.figures, start=1):
        ends = figure_value(item["value"])
        if ends is None:
            continue
        rows.append(
            Figure(
                paragraph=paragraph,
                order=order,
                low=ends[0],
                high=ends[1],
                unit=(item.get("unit") or "")[:120],
                subject=(item.get("subject") or "")[:300],
                year=item.get("year"),
                quote=(item.get("quote") or "")[:160],
                given_by=GivenBy.TEXT,
            )
        )
    return rows


def figures_by_paragraph(ids: Sequence[int]) -> dict[int, list[Figure]]:
    """Return the figures that stay, by paragraph. One query."""
    found: dict[int, list[Figure]] = {}
    for figure in Figure.objects.filter(paragraph_id__in=ids):
        found.setdefault(figure.paragraph_id, []).append(figure)
    return found


def join_quotes(held: Sequence[Figure], read: Sequence[Json]) -> list[Figure]:
    """Give held figures the quote of the read figure of the same value; return those changed.

    Several figures of one value are matched in order. A figure whose value the text no longer has
    loses its quote.
    """
    quotes: dict[tuple[Decimal, Decimal], list[str]] = {}
    for item in read:
        ends = figure_value(item["value"])
        if ends is not None:
            quotes.setdefault(ends, []).append(item.get("quote") or "")
    changed = []
    for figure in held:
        waiting = quotes.get((figure.low, figure.high), [])
        quote = waiting.pop(0)[:160] if waiting else ""
        if figure.quote != quote:
            figure.quote = quote
            changed.append(figure)
    return changed


def write_statements(
    texts: Sequence[ParagraphText], paragraphs: Mapping[str, Paragraph], resolver: Resolver
) -> int:
    """Write the statements of the text, each with the organizations that act in it.

    Where a paragraph's facts were checked, a statement names only organizations that it still has.
    """
    ids = [paragraph.pk for paragraph in paragraphs.values()]
    allowed: dict[int, set[int]] = {}
    for paragraph_id, pk in ParagraphOrganization.objects.filter(
        paragraph_id__in=ids, organization__isnull=False
    ).values_list("paragraph_id", "organization_id"):
        allowed.setdefault(paragraph_id, set()).add(pk)
    rows, actors = [], []
    for text in texts:
        paragraph = paragraphs[text.anchor]
        for order, item in enumerate(text.statements, start=1):
            rows.append(Statement(paragraph=paragraph, order=order, text=item["text"]))
            found = {resolver.find(printed) for printed in item.get("organizations", ())}
            actors.append({pk for pk in found if pk in allowed.get(paragraph.pk, set())})
    Statement.objects.bulk_create(rows)
    through = Statement.organizations.through
    through.objects.bulk_create(
        through(statement_id=row.pk, organization_id=pk)
        for row, found in zip(rows, actors, strict=True)
        for pk in sorted(found)
    )
    return len(rows)
