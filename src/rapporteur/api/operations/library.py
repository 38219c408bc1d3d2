"""Documents of the record and their paragraphs: light lists, published ones alone."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router

from rapporteur.api import answers, cursors, shapes, showing
from rapporteur.api.asking import Paging, check_parameters
from rapporteur.api.document import documented
from rapporteur.api.operations.reading import READ, parameters_of
from rapporteur.api.problems import Problem
from rapporteur.library.choices import DocumentState
from rapporteur.library.models import Document
from rapporteur.library.queries.documents import paragraphs_in_force, visible_documents

router = Router(tags=["Documents"])


def published() -> QuerySet[Document]:
    return visible_documents(to=AnonymousUser()).order_by("-pk")


def held(pk: int) -> Document:
    """Return a published document.

    Raises:
        Problem: 404 none is published, 410 it was withdrawn.
    """
    row = published().filter(pk=pk).first()
    if row is None:
        if Document.objects.filter(pk=pk, state=DocumentState.WITHDRAWN).exists():
            raise Problem(410, _("This document was withdrawn."))
        raise Problem(404)
    return row


@router.api_operation(
    READ,
    "/documents",
    url_name="documents",
    operation_id="listDocuments",
    response=shapes.DocumentPage,
    summary=gettext_noop("The documents of the record, the last that came in first"),
    **documented(404, 412, 422),
)
def documents(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = published()
    before = cursors.last_key(request)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: row.pk,
        show=showing.listed(request, showing.document),
    )


@router.api_operation(
    READ,
    "/documents/{int:pk}",
    url_name="document",
    operation_id="getDocument",
    response=shapes.DocumentShape,
    summary=gettext_noop("One document"),
    **documented(404, 410, 412, 422),
)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    check_parameters(request, ())
    return answers.answer(request, showing.document(request, held(pk)))


@router.api_operation(
    READ,
    "/documents/{int:pk}/paragraphs",
    url_name="paragraphs",
    operation_id="listParagraphs",
    response=shapes.ParagraphPage,
    summary=gettext_noop("The paragraphs of a document, in the order of its text"),
    **documented(404, 410, 412, 422),
)
def paragraphs(request: HttpRequest, pk: int, paging: Query[Paging]) -> HttpResponse:
    check_parameters(request, parameters_of(Paging))
    rows = paragraphs_in_force(held(pk)).select_related("document")
    rows = rows.prefetch_related("filings__concept")
    after = cursors.last_key(request)
    if after is not None:
        order, last = after
        rows = rows.filter(order__gt=order) | rows.filter(order=order, pk__gt=last)
    return cursors.page(
        request,
        list(rows[: paging.limit + 1]),
        limit=paging.limit,
        key=lambda row: [row.order, row.pk],
        show=showing.listed(request, showing.paragraph),
    )
