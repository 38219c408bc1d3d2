"""Paragraphs, figures and publications as lists: what a panel, a list page and a report read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from rapporteur.common.policy import is_staff
from rapporteur.library.choices import DocumentState
from rapporteur.library.models import (
    Figure,
    Milestone,
    Paragraph,
    ParagraphConcept,
    ParagraphOrganization,
    Publication,
)

IN_ORDER = ("-document__year", "-document__date", "document_id", "order", "pk")


def visible_paragraphs(*, to: Any | None = None) -> QuerySet[Paragraph]:
    """Return paragraphs in force of published documents, latest year first, in text order.

    ``to`` a person of the secretariat: those of drafts and withdrawn documents too.
    """
    paragraphs = Paragraph.objects.filter(retired_at__isnull=True)
    if to is None or not is_staff(to):
        paragraphs = paragraphs.filter(document__state=DocumentState.PUBLISHED)
    return paragraphs.order_by(*IN_ORDER)


def with_labels(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """Return paragraphs with their document, concepts and organizations. Two queries more."""
    return paragraphs.select_related("document").prefetch_related(
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
    )


def with_facts(paragraphs: QuerySet[Paragraph]) -> QuerySet[Paragraph]:
    """Return paragraphs with their labels, publications and figures. Four queries more."""
    return with_labels(paragraphs).prefetch_related(
        Prefetch("publications", Publication.objects.order_by("order", "pk")),
        Prefetch("figures", Figure.objects.order_by("order", "pk")),
    )


def filed_under(paragraphs: QuerySet[Paragraph], codes: Iterable[str]) -> QuerySet[Paragraph]:
    """Return those filed under one of the concepts; each once."""
    return paragraphs.filter(
        pk__in=ParagraphConcept.objects.filter(concept__code__in=list(codes)).values("paragraph")
    )


def naming(paragraphs: QuerySet[Paragraph], organization_ids: Iterable[int]) -> QuerySet[Paragraph]:
    """Return those that name one of the organizations; each once."""
    return paragraphs.filter(
        pk__in=ParagraphOrganization.objects.filter(
            organization_id__in=list(organization_ids)
        ).values("paragraph")
    )


def visible_figures(*, to: Any | None = None) -> QuerySet[Figure]:
    """Return figures of visible paragraphs, latest document first, in text order."""
    return (
        Figure.objects.filter(paragraph__in=visible_paragraphs(to=to).order_by().values("pk"))
        .select_related("paragraph__document")
        .order_by(
            "-paragraph__document__year",
            "-paragraph__document__date",
            "paragraph__document_id",
            "paragraph__order",
            "order",
            "pk",
        )
    )


def visible_publications(*, to: Any | None = None) -> QuerySet[Publication]:
    """Return publications that visible paragraphs name, latest document first, in text order."""
    return (
        Publication.objects.filter(paragraph__in=visible_paragraphs(to=to).order_by().values("pk"))
        .select_related("paragraph__document")
        .order_by(
            "-paragraph__document__year",
            "-paragraph__document__date",
            "paragraph__document_id",
            "paragraph__order",
            "order",
            "pk",
        )
    )


def milestones() -> QuerySet[Milestone]:
    """Return what happened and when, latest first, with the document that says so."""
    return (
        Milestone.objects.filter(retired_at__isnull=True)
        .select_related("document")
        .order_by("-year", "-starts_on", "title", "pk")
    )
