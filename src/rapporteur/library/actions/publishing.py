"""What the secretariat does with a whole document: publish, withdraw, discard, correct it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Conflict, Fault
from rapporteur.library import search_changes
from rapporteur.library.actions.applying import apply_version
from rapporteur.library.actions.correcting import correct_paragraph
from rapporteur.library.actions.importing import delete_versions, give_symbol
from rapporteur.library.addresses import held_symbol, title_key
from rapporteur.library.choices import DocumentState
from rapporteur.library.errors import NotInThisState, SymbolRefused
from rapporteur.library.facts import ParagraphFacts
from rapporteur.library.models import Document, Version


@dataclass(frozen=True)
class DocumentFacts:
    """What a person may say of a document as a whole. ``symbol`` empty: it has none."""

    kind: str
    title: str
    symbol: str
    date: date | None
    year: int | None
    session: str
    agenda_item: str
    link: str


def waiting_version(document: Document) -> Version | None:
    """Return the text that waits for publication over the one that readers see."""
    return document.versions.filter(applied_at__isnull=True).order_by("-number").first()


def _lock(document: Document) -> Document:
    return Document.objects.select_for_update().get(pk=document.pk)


@transaction.atomic
def publish_document(*, document: Document, by: Any, at: datetime) -> Document:
    """Let everybody read the document: a draft, a text that waits, or what was withdrawn.

    Raises:
        NotInThisState: it is published and no text waits.
    """
    document = _lock(document)
    waiting = waiting_version(document)
    if document.state == DocumentState.PUBLISHED and waiting is None:
        raise NotInThisState(_("%(document)s is published already.") % {"document": document})
    document.state = DocumentState.PUBLISHED
    document.save(update_fields=["state", "changed_at"])
    if waiting is not None:
        apply_version(waiting, at=at)
        make_corrections(waiting, by=by, at=at)
    note_whole(document)
    record_event(
        "library.document.published",
        by=by,
        at=at,
        target=document,
        details={
            "document": document.address,
            "version": waiting.number if waiting is not None else None,
        },
    )
    return document


def make_corrections(version: Version, *, by: Any, at: datetime) -> None:
    """Make the corrections that were kept while the text waited."""
    paragraphs = version.document.paragraphs.filter(anchor__in=version.corrections)
    for paragraph in paragraphs:
        facts = ParagraphFacts.from_json(version.corrections[paragraph.anchor])
        correct_paragraph(paragraph=paragraph, facts=facts, by=by, at=at)


@transaction.atomic
def withdraw_document(*, document: Document, by: Any, at: datetime) -> Document:
    """Take a published document from readers: its pages answer 410, the secretariat still sees it.

    Raises:
        NotInThisState: it is not published.
    """
    document = _lock(document)
    if document.state != DocumentState.PUBLISHED:
        raise NotInThisState(
            _("%(document)s is not published, so it cannot be withdrawn.") % {"document": document}
        )
    document.state = DocumentState.WITHDRAWN
    document.save(update_fields=["state", "changed_at"])
    note_whole(document)
    record_event(
        "library.document.withdrawn",
        by=by,
        at=at,
        target=document,
        details={"document": document.address},
    )
    return document


@transaction.atomic
def discard_draft(*, document: Document, by: Any, at: datetime) -> bool:
    """Throw away what was never published: a whole draft, or a text that waits.

    Returns whether the document itself is gone.

    Raises:
        NotInThisState: nothing of it is a draft.
    """
    document = _lock(document)
    waiting = waiting_version(document)
    details = {"document": document.address}
    if document.state == DocumentState.DRAFT:
        pk = document.pk
        paragraphs = list(document.paragraphs.values_list("pk", flat=True))
        document.current_version = None
        document.save(update_fields=["current_version"])
        record_event("library.draft.discarded", by=by, at=at, target=document, details=details)
        delete_versions(document.versions.all())
        document.delete()
        search_changes.note_changes(documents=[pk], paragraphs=paragraphs)
        return True
    if waiting is None:
        raise NotInThisState(
            _("Nothing of %(document)s is a draft. What was published can be withdrawn.")
            % {"document": document}
        )
    record_event("library.version.discarded", by=by, at=at, target=document, details=details)
    delete_versions(document.versions.filter(pk=waiting.pk))
    return False


@transaction.atomic
def correct_document(
    *, document: Document, facts: DocumentFacts, by: Any, at: datetime
) -> Document:
    """Correct what the page says of the document as a whole.

    Raises:
        SymbolRefused: the symbol is not one.
        Conflict: another document has the symbol, or without one the same title and date.
    """
    document = _lock(document)
    symbol = held_symbol(facts.symbol)
    if facts.symbol and symbol is None:
        message = _(
            "“%(symbol)s” is not a document symbol. Write it as on the document, "
            "for example A/RES/70/125, or leave it out."
        ) % {"symbol": facts.symbol}
        raise SymbolRefused(message, (Fault(_("Symbol"), message),))
    changed = [
        name
        for name in ("kind", "title", "date", "year", "session", "agenda_item", "link")
        if getattr(document, name) != getattr(facts, name)
    ]
    for name in changed:
        setattr(document, name, getattr(facts, name))
    document.title_key = title_key(document.title, document.date)
    document.edited_at = at
    try:
        with transaction.atomic():
            if symbol and symbol != document.symbol:
                changed.append("symbol")
                give_symbol(document, symbol)
            elif not facts.symbol and document.symbol:
                changed.append("symbol")
                document.symbol = None
                document.save()
            else:
                document.save()
    except IntegrityError as error:
        raise Conflict(
            _(
                "Another document has this symbol, or this title and date. "
                "Look it up in the list of documents before you go on."
            )
        ) from error
    note_whole(document)
    record_event(
        "library.document.corrected",
        by=by,
        at=at,
        target=document,
        details={"document": document.address, "fields": sorted(changed)},
    )
    return document


def note_whole(document: Document) -> None:
    """Tell the search room that the document and all its paragraphs changed."""
    search_changes.note_changes(
        documents=[document.pk], paragraphs=document.paragraphs.values_list("pk", flat=True)
    )
