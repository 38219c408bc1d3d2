"""The secretariat's pages: upload, see what was read, correct it, publish, withdraw."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.refusals import Refusal
from rapporteur.library import facts
from rapporteur.library.actions import correcting, importing, publishing
from rapporteur.library.choices import DocumentState
from rapporteur.library.forms import DocumentFactsForm, NameForm, ParagraphFactsForm, UploadForm
from rapporteur.library.models import Document, Rendition
from rapporteur.library.queries.drafts import draft_reading, unknown_names, where_named
from rapporteur.library.reading.checks import check_size


class Upload(View):
    def get(self, request):
        return self.show(request, UploadForm())

    def post(self, request):
        form = UploadForm(request.POST, request.FILES)
        if getattr(request, "upload_too_large", False):
            form.errors.pop("file", None)  # that it is missing: it was left while it arrived
            try:
                check_size(settings.DOCUMENT_MAX_BYTES + 1)
            except Refusal as refusal:
                form.add_error("file", str(refusal))
                return self.show(request, form, status=refusal.status)
        if not form.is_valid():
            return self.show(request, form, status=422)
        uploaded = form.cleaned_data["file"]
        try:
            check_size(uploaded.size)
            outcome = importing.import_document(
                data=uploaded.read(),
                file_name=uploaded.name,
                kind=form.cleaned_data["kind"],
                symbol=form.cleaned_data["symbol"],
                link=form.cleaned_data["link"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
            return self.show(request, form, status=refusal.status)
        messages.success(request, RESULTS[outcome.result]() % {"document": outcome.document})
        return redirect("library:draft", pk=outcome.document.pk)

    def show(self, request, form, status=200):
        return render(
            request,
            "library/desk/upload.html",
            {"title": _("Upload a document"), "form": form},
            status=status,
        )


RESULTS = {
    importing.Result.ADDED: lambda: _(
        "%(document)s was read and is a draft. Look at it, correct it, then publish it."
    ),
    importing.Result.NEW_VERSION: lambda: _(
        "The new text of %(document)s was read. The document is still a draft."
    ),
    importing.Result.WAITING: lambda: _(
        "The text of %(document)s was read and waits. Readers see what they saw until you publish."
    ),
    importing.Result.RENDITION: lambda: _(
        "The file holds the text that %(document)s has already. It is kept as another rendition."
    ),
    importing.Result.UNCHANGED: lambda: _("%(document)s has this very file. Nothing was changed."),
}


class Draft(View):
    def get(self, request, pk):
        document = get_object_or_404(Document, pk=pk)
        page = draft_reading(document)
        files = Rendition.objects.filter(version__document=document).select_related("version")
        return render(
            request,
            "library/desk/draft.html",
            {
                "title": document.title,
                "document": document,
                "draft": page,
                "files": files.defer("version__parsed").order_by("-version__number", "pk"),
                "can_publish": page.waits or document.state != DocumentState.PUBLISHED,
                "can_withdraw": document.state == DocumentState.PUBLISHED,
                "can_discard": page.waits or document.state == DocumentState.DRAFT,
            },
        )


class DocumentFacts(View):
    def get(self, request, pk):
        document = get_object_or_404(Document, pk=pk)
        initial = {
            name: getattr(document, name)
            for name in (
                "title",
                "symbol",
                "kind",
                "date",
                "year",
                "session",
                "agenda_item",
                "link",
            )
        }
        return self.show(request, document, DocumentFactsForm(initial=initial))

    def post(self, request, pk):
        document = get_object_or_404(Document, pk=pk)
        form = DocumentFactsForm(request.POST)
        if not form.is_valid():
            return self.show(request, document, form, status=422)
        try:
            publishing.correct_document(
                document=document,
                facts=publishing.DocumentFacts(**form.cleaned_data),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, document, form, status=refusal.status)
        messages.success(request, _("The document's facts are saved."))
        return redirect("library:draft", pk=pk)

    def show(self, request, document, form, status=200):
        return render(
            request,
            "library/desk/document_facts.html",
            {
                "title": _("Correct the facts of %(document)s") % {"document": document},
                "document": document,
                "form": form,
            },
            status=status,
        )


class ParagraphFacts(View):
    def get(self, request, pk, anchor):
        document, row = self.find(pk, anchor)
        return self.show(request, document, row, ParagraphFactsForm(initial=row.labels.initial()))

    def post(self, request, pk, anchor):
        document, row = self.find(pk, anchor)
        form = ParagraphFactsForm(request.POST)
        if not form.is_valid():
            return self.show(request, document, row, form, status=422)
        try:
            correcting.keep_correction(
                document=document,
                anchor=anchor,
                facts=facts.ParagraphFacts(**form.cleaned_data),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, document, row, form, status=refusal.status)
        messages.success(request, _("The paragraph's labels are saved."))
        return redirect(f"{reverse('library:draft', args=[pk])}#{anchor}")

    def find(self, pk, anchor):
        document = get_object_or_404(Document, pk=pk)
        page = draft_reading(document)
        row = next((row for row in page.rows if row.text.anchor == anchor), None)
        if row is None:
            raise Http404
        return document, row

    def show(self, request, document, row, form, status=200):
        return render(
            request,
            "library/desk/paragraph_facts.html",
            {
                "title": _("Correct the labels of paragraph %(anchor)s")
                % {"anchor": row.text.number or row.text.anchor},
                "document": document,
                "row": row,
                "form": form,
            },
            status=status,
        )


class Act(View):
    """One of the things done to a whole document; a refusal is said on the draft's page."""

    def post(self, request, pk):
        document = get_object_or_404(Document, pk=pk)
        try:
            return self.do(request, document)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect("library:draft", pk=pk)

    def do(self, request, document):
        raise NotImplementedError


class Publish(Act):
    def do(self, request, document):
        publishing.publish_document(document=document, by=request.user, at=timezone.now())
        messages.success(request, _("Published. Everybody can read it now."))
        return redirect(document)


class Withdraw(Act):
    def do(self, request, document):
        publishing.withdraw_document(document=document, by=request.user, at=timezone.now())
        messages.success(request, _("Withdrawn. Its address now says so to readers."))
        return redirect("library:draft", pk=document.pk)


class Discard(Act):
    def do(self, request, document):
        gone = publishing.discard_draft(document=document, by=request.user, at=timezone.now())
        if gone:
            messages.success(request, _("The draft was thrown away."))
            return redirect("library:documents")
        messages.success(request, _("The text that waited was thrown away."))
        return redirect("library:draft", pk=document.pk)


class RenditionFile(View):
    """The file as it was given, for the secretariat: it may name its author."""

    def get(self, request, pk):
        rendition = get_object_or_404(Rendition, pk=pk)
        try:
            stored = rendition.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(
            stored,
            as_attachment=True,
            filename=rendition.file_name,
            content_type="application/octet-stream",
        )


class UnknownNames(View):
    """Names that documents print and the directory does not know."""

    def get(self, request):
        return self.show(request, None)

    def post(self, request):
        form = NameForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        values = form.cleaned_data
        try:
            if values["found"] is not None:
                count = correcting.assign_name(
                    printed=values["printed"],
                    organization=values["found"],
                    by=request.user,
                    at=timezone.now(),
                )
            else:
                count = correcting.assign_new_organization(
                    printed=values["printed"],
                    name=values["name"],
                    acronym=values["acronym"],
                    by=request.user,
                    at=timezone.now(),
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=refusal.status)
        messages.success(
            request,
            _("“%(name)s” is known now. Mentions given their organization: %(count)s.")
            % {"name": values["printed"], "count": count},
        )
        return redirect("library:unknown-names")

    def show(self, request, faulty, status=200):
        page = Paginator(unknown_names(), 25).get_page(request.GET.get("page"))
        places = where_named([row["printed"] for row in page])
        rows = []
        for number, row in enumerate(page, start=1):
            printed = row["printed"]
            form = (
                faulty
                if faulty is not None and faulty.data.get("printed") == printed
                else NameForm(initial={"printed": printed}, auto_id=f"id_{number}_%s")
            )
            rows.append(
                {
                    "printed": printed,
                    "count": row["mentions"],
                    "mentions": places.get(printed, [])[:8],
                    "form": form,
                    "faulty": form is faulty,
                }
            )
        return render(
            request,
            "library/desk/unknown_names.html",
            {
                "title": _("Names that the directory does not know"),
                "rows": rows,
                "page": page,
            },
            status=status,
        )
