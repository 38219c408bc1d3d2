"""A document, one of its paragraphs, its versions, and its machine-readable form."""

from __future__ import annotations

from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.policy import is_staff
from rapporteur.library import exports
from rapporteur.library.choices import DocumentKind
from rapporteur.library.models import Document, Paragraph, Version
from rapporteur.library.queries.documents import (
    document_at,
    document_led_to,
    held_addresses,
    symbols_of,
)
from rapporteur.library.queries.reading import part_of, parts_of, plan_of, reading
from rapporteur.library.queries.single import paragraph_page
from rapporteur.library.texts import paragraphs_of


def find(request, address):
    """Return the document, or raise 404 (410 where it was withdrawn)."""
    document = document_at(address, to=request.user)
    if document is None:
        raise Http404
    return document


class DocumentPage(View):
    """A document, or one part of a long one (``?part=2``)."""

    def get(self, request, address):
        document = document_at(address, to=request.user)
        if document is None:
            other = document_led_to(address, to=request.user)
            if other is None:
                raise Http404
            query = request.META.get("QUERY_STRING", "")
            url = other.get_absolute_url()
            return HttpResponseRedirect(f"{url}?{query}" if query else url)
        if request.GET.get("format") == "json":
            return JsonResponse(exports.document_json(request, document), json_dumps_params=INDENT)
        asked = request.GET.get("part", "1")
        page = reading(document, part=int(asked) if asked.isdecimal() and len(asked) < 5 else 1)
        return render(
            request,
            "library/document.html",
            {
                "title": document.title,
                "document": document,
                "reading": page,
                "is_resolution": document.kind == DocumentKind.RESOLUTION,
                "cited_by": cited_by_document(page.cited_by),
                "contributors": document.contributors.order_by("name", "pk"),
                "versions": document.versions.defer("parsed").filter(applied_at__isnull=False),
                "may_edit": is_staff(request.user),
            },
        )


INDENT = {"ensure_ascii": False, "indent": 1}


def cited_by_document(citations):
    """Return (document, its citing paragraphs) in order, at most a page's worth of each."""
    grouped: dict[int, tuple[Document, list[Paragraph]]] = {}
    for citation in citations:
        paragraph = citation.paragraph
        listed = grouped.setdefault(paragraph.document_id, (paragraph.document, []))[1]
        if paragraph not in listed:
            listed.append(paragraph)
    return list(grouped.values())


class DocumentJson(View):
    """The document with its paragraphs and facts, as JSON."""

    def get(self, request, address):
        document = find(request, address)
        return JsonResponse(exports.document_json(request, document), json_dumps_params=INDENT)


class ParagraphPage(View):
    """One paragraph, large, with all that is known about it.

    ``?in=document`` leads to it within its document, in whatever part it stands.
    """

    def get(self, request, address, anchor):
        document = document_at(address, to=request.user)
        if document is None:
            other = document_led_to(address, to=request.user)
            if other is None:
                raise Http404
            return HttpResponseRedirect(reverse("library:paragraph", args=[other.address, anchor]))
        if request.GET.get("in") == "document":
            part = part_of(anchor, parts_of(plan_of(document)))
            if part is None:
                raise Http404
            query = f"?part={part}" if part > 1 else ""
            return HttpResponseRedirect(f"{document.get_absolute_url()}{query}#{anchor}")
        page = paragraph_page(document, anchor)
        if page is None:
            raise Http404
        if request.GET.get("format") == "json":
            return JsonResponse(
                exports.paragraph_json(request, page.row.paragraph), json_dumps_params=INDENT
            )
        return render(
            request,
            "library/paragraph.html",
            {
                "title": page.title,
                "document": document,
                "page": page,
                "row": page.row,
                "may_edit": is_staff(request.user),
            },
        )


class VersionPage(View):
    """The words of one version; the facts beside it are the current version's only."""

    def get(self, request, address, number):
        document = find(request, address)
        version = Version.objects.filter(document=document, number=number).first()
        if version is None or (version.applied_at is None and not is_staff(request.user)):
            raise Http404
        texts = paragraphs_of(version.parsed)
        return render(
            request,
            "library/version.html",
            {
                "title": _("Version %(number)s of %(document)s")
                % {"number": number, "document": document},
                "document": document,
                "version": version,
                "current": version.pk == document.current_version_id,
                "texts": texts,
                "held": held_addresses(symbols_of(document)),
            },
        )
