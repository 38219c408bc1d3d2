"""Responses as the secretariat reads them: accepted, or returned with a reason."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.calls.actions import deciding, entering
from rapporteur.calls.choices import CallState, Consent, Origin, ResponseState
from rapporteur.calls.forms.desk import LetterForm, PassageForm, ReasonForm
from rapporteur.calls.models import Response
from rapporteur.calls.queries.published import public_answers
from rapporteur.calls.queries.responses import RELATED, responses_of_call
from rapporteur.calls.questionnaire import shown_questions
from rapporteur.calls.showing import shown_sections, text_of
from rapporteur.calls.views.desk.keeping import find_kept
from rapporteur.calls.views.filling import file_answer
from rapporteur.calls.views.finding import call_facts
from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.directory.models import OrganizationName
from rapporteur.site.lists import Column, Filter, ListPage


def find_response(pk: int) -> Response:
    """Return a response that came in or was entered, or raise 404: drafts are their writers'."""
    response = get_object_or_404(Response.objects.select_related(*RELATED), pk=pk)
    if response.submitted_at is None and response.origin == Origin.PAGE:
        raise Http404
    return response


class DeskResponses(ListPage):
    """The responses of a call that came in; what waits stands first."""

    title = gettext_lazy("Responses that came in")
    lead = gettext_lazy("What waits to be read stands first. Drafts are their writers' alone.")
    empty = gettext_lazy("Nothing has come in yet.")
    file_name = "responses-that-came-in"
    template_name = "calls/desk/responses.html"
    columns = (
        Column("receipt", lambda row: row.receipt),
        Column("respondent", lambda row: row.name),
        Column("organization", lambda row: row.organization.slug if row.organization else None),
        Column(
            "stakeholder_group",
            lambda row: row.stakeholder_group.code if row.stakeholder_group else None,
        ),
        Column("country", lambda row: row.country.iso3 if row.country else None),
        Column("state", lambda row: row.state),
        Column("consent", lambda row: row.consent),
        Column("origin", lambda row: row.origin),
        Column("sent_at", lambda row: row.submitted_at),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("State"),
            lambda request: ResponseState.choices,
            lambda rows, value: rows.filter(state=value),
        ),
        Filter(
            "consent",
            gettext_lazy("Publication"),
            lambda request: Consent.choices,
            lambda rows, value: rows.filter(consent=value),
        ),
    )

    def rows(self, request):
        self.call = find_kept(self.kwargs["pk"])
        return responses_of_call(self.call)

    def extra_context(self, request):
        return call_facts(self.call)


class DeskResponse(View):
    """One response: what was sent, what of it would be public; accept it or return it."""

    def get(self, request, pk):
        return self.show(request, find_response(pk))

    def post(self, request, pk):
        response = find_response(pk)
        number = request.POST.get("number", "")
        seen = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        accepts = request.POST.get("decision") == "accept"
        form = ReasonForm(request.POST)
        if not accepts and not form.is_valid():
            return self.show(request, response, form=form, status=422)
        now = timezone.now()
        try:
            if accepts:
                deciding.accept_response(response=response, number=seen, by=request.user, at=now)
                messages.success(request, _("The response is accepted."))
            else:
                deciding.return_response(
                    response=response,
                    number=seen,
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    at=now,
                )
                messages.success(request, _("Returned to its writers, with the reason."))
        except Refusal as refusal:
            return self.show(request, find_response(pk), status=refusal.status, refusal=refusal)
        held_forms.forget(request)
        return redirect("calls:desk-responses", pk=response.call_id)

    def show(self, request, response, status=200, form=None, **more):
        call = response.call
        version = response.versions.order_by("-number").first()
        answers = version.answers if version else response.answers
        names = []
        if response.organization_id:
            rows = OrganizationName.objects.filter(organization=response.organization_id)
            names = list(rows.values_list("text", flat=True))
        public = {}
        if response.consent in (Consent.NAMED, Consent.ANONYMOUS):
            anonymous = response.consent == Consent.ANONYMOUS
            public = public_answers(response, answers, anonymous=anonymous, names=names)
        context = {
            "title": response.name,
            **call_facts(call),
            "response": response,
            "version": version,
            "sections": shown_sections(call.asks, answers, names=answers),
            "public": shown_sections(call.asks, public, names=public),
            "files": list(response.attachments.all()),
            "waits": response.state == ResponseState.SUBMITTED,
            "form": form or ReasonForm(),
            "mark": held_forms.mark_of(request.user),
            **more,
        }
        return render(request, "calls/desk/response.html", context, status=status)


class File(View):
    """A file that came with a response."""

    def get(self, request, pk, file):
        response = find_response(pk)
        return file_answer(get_object_or_404(response.attachments.all(), pk=file))


class EnterLetter(View):
    """Enter a letter that came by mail as a response."""

    def get(self, request, pk):
        call = find_kept(pk)
        form = LetterForm(
            held_forms.held(request), initial={"token": secrets.token_urlsafe(24), "language": "en"}
        )
        return self.show(request, call, form)

    def post(self, request, pk):
        call = find_kept(pk)
        form = LetterForm(request.POST)
        if not form.is_valid():
            return self.show(request, call, form, status=422)
        values = form.cleaned_data
        try:
            response = entering.enter_letter(
                call=call,
                text=values["text"],
                organization=form.known,
                name=values["organization"],
                group=values["group"],
                country=values["country"],
                language=values["language"],
                note=values["note"],
                form_token=values["token"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, call, form, status=refusal.status)
        held_forms.forget(request)
        return redirect("calls:desk-letter", pk=response.pk)

    def show(self, request, call, form, status=200):
        context = {
            "title": _("Enter a letter"),
            **call_facts(call),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "calls/desk/enter.html", context, status=status)


class Letter(View):
    """The text of a letter beside the questions: passages are assigned, then it counts."""

    def get(self, request, pk):
        response = self.find(pk)
        form = PassageForm(
            held_forms.held(request),
            call=response.call,
            initial={"question": request.GET.get("question", "")},
        )
        return self.show(request, response, form)

    def post(self, request, pk):
        response = self.find(pk)
        act = request.POST.get("act", "assign")
        now = timezone.now()
        form = PassageForm(request.POST if act == "assign" else None, call=response.call)
        try:
            if act == "remove":
                number = request.POST.get("passage", "")
                known = number.isascii() and number.isdigit() and len(number) < 19
                rows = response.passages.select_related("response")
                passage = get_object_or_404(rows, pk=int(number) if known else 0)
                entering.remove_passage(passage=passage, by=request.user, at=now)
            elif act == "count":
                entering.submit_letter(
                    response=response,
                    consent=request.POST.get("consent", ""),
                    form_token=request.POST.get("token", "")[:64],
                    by=request.user,
                    at=now,
                )
                messages.success(request, _("The letter counts as a response; it can be read now."))
                return redirect("calls:desk-response", pk=pk)
            elif not form.is_valid():
                return self.show(request, response, form, status=422)
            else:
                entering.assign_passage(
                    response=response,
                    question=form.cleaned_data["question"],
                    text=form.cleaned_data["text"],
                    by=request.user,
                    at=now,
                )
        except Refusal as refusal:
            return self.show(request, response, form, status=refusal.status, refusal=refusal)
        held_forms.forget(request)
        return redirect("calls:desk-letter", pk=pk)

    def find(self, pk):
        response = find_response(pk)
        if not response.letter_text:
            raise Http404
        return response

    def show(self, request, response, form, status=200, **more):
        call = response.call
        labels = {q.name: text_of(call.asks, q.label) for q in call.asks.questions()}
        passages = list(response.passages.all())
        context = {
            "title": _("Letter of %(name)s") % {"name": response.name},
            **call_facts(call),
            "response": response,
            "passages": [(row, labels.get(row.question, row.question)) for row in passages],
            "parts": parts_of(response.letter_text, passages),
            "sections": shown_sections(
                call.asks,
                response.answers,
                names=shown_questions(call.asks, response.answers),
            ),
            "form": form,
            "consents": [(value, Consent(value).label) for value in call.consents],
            "token": secrets.token_urlsafe(24),
            "mark": held_forms.mark_of(request.user),
            "takes": call.state != CallState.ARCHIVED,
            **more,
        }
        return render(request, "calls/desk/letter.html", context, status=status)


def parts_of(text, passages):
    """Return the text of a letter in stretches, as (words, whether they are assigned)."""
    parts, at = [], 0
    for passage in sorted(passages, key=lambda row: row.start):
        if passage.start > at:
            parts.append((text[at : passage.start], False))
        if passage.end > at:
            parts.append((text[max(at, passage.start) : passage.end], True))
            at = passage.end
    if at < len(text):
        parts.append((text[at:], False))
    return parts
