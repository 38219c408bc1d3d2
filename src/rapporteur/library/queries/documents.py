"""Documents that a person may see, and the symbols under which they are cited."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from rapporteur.common.policy import is_staff
from rapporteur.library.choices import DocumentState
from rapporteur.library.errors import Gone
from rapporteur.library.models import Citation, Document, OtherAddress, Paragraph
from rapporteur.library.presenting import short_forms

PUBLISHED = DocumentState.PUBLISHED


def visible_documents(*, to: Any) -> QuerySet[Document]:
    """Return the documents that a person may see: the published, and for the secretariat all.

    Latest first, undated last. Each carries ``has_text``.
    """
    documents = Document.objects.all() if is_staff(to) else Document.objects.filter(state=PUBLISHED)
    return documents.annotate(
        has_text=Case(
            When(current_version__isnull=False, then=Value(True)),
            default=Value(False),
            output_field=BooleanField(),
        )
    ).order_by("-date", "title", "pk")


def listed_documents(*, to: Any) -> QuerySet[Document]:
    """Return the visible documents, each with ``paragraph_count`` (those in force). One query."""
    return visible_documents(to=to).annotate(
        paragraph_count=Count("paragraphs", filter=Q(paragraphs__retired_at__isnull=True))
    )


def document_at(address: str, *, to: Any) -> Document | None:
    """Return the document at an address, or ``None`` where the person sees none there.

    Raises:
        Gone: it was withdrawn, and the person is not of the secretariat.
    """
    found = Document.objects.filter(address=address).first()
    if found is None or found.state == PUBLISHED or is_staff(to):
        return found
    if found.state == DocumentState.WITHDRAWN:
        raise Gone(
            _("%(document)s was withdrawn. Its place stays, its text does not.")
            % {"document": found}
        )
    return None


def document_led_to(address: str, *, to: Any) -> Document | None:
    """Return the document to which another address leads: half a symbol, a former address."""
    other = OtherAddress.objects.filter(address=address).select_related("document").first()
    return document_at(other.document.address, to=to) if other is not None else None


def symbols_of(document: Document) -> list[str]:
    """Return every symbol under which texts cite the document. One query."""
    symbols = [document.symbol] if document.symbol else []
    return symbols + list(document.other_addresses.values_list("address", flat=True))


def held_addresses(symbols: Iterable[str]) -> dict[str, str]:
    """Return the page of each symbol that is held and published, by every form of printing it.

    Two queries.
    """
    wanted = set(symbols)
    found: dict[str, str] = {}
    documents = Document.objects.filter(state=PUBLISHED)
    for document in documents.filter(symbol__in=wanted).only("symbol", "address"):
        found[document.symbol or ""] = document.get_absolute_url()
    others = OtherAddress.objects.filter(
        address__in=wanted, document__state=PUBLISHED
    ).select_related("document")
    for other in others:
        found.setdefault(other.address, other.document.get_absolute_url())
    return {form: url for symbol, url in found.items() for form in short_forms(symbol)}


def citations_of(document: Document) -> list[Citation]:
    """Return the citations of a document by paragraphs of published ones, newest first.

    Each with its ``paragraph`` and that one's ``document``. Two queries.
    """
    symbols = symbols_of(document)
    if not symbols:
        return []
    return list(
        Citation.objects.filter(
            symbol__in=symbols,
            paragraph__document__state=PUBLISHED,
            paragraph__retired_at__isnull=True,
        )
        .exclude(paragraph__document=document)
        .select_related("paragraph__document")
        .defer("paragraph__text", "paragraph__reading", "paragraph__document__summary")
        .order_by(
            "-paragraph__document__date",
            "paragraph__document__title",
            "paragraph__document_id",
            "paragraph__order",
            "pk",
        )
    )


def paragraphs_in_force(document: Document) -> QuerySet[Paragraph]:
    """Return the document's paragraphs in text order, without those that its text dropped."""
    return document.paragraphs.filter(retired_at__isnull=True).order_by("order", "pk")
