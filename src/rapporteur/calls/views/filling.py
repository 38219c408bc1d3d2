"""Files of respondents: a form that was filled without a connection, and attachments."""

from __future__ import annotations

from django.http import FileResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.actions import responding
from rapporteur.calls.forms.beginning import FilledForm
from rapporteur.calls.queries.calls import code_names_for
from rapporteur.calls.questionnaire.offline import read_offline
from rapporteur.calls.rules import is_writable
from rapporteur.calls.showing import text_of
from rapporteur.calls.views.finding import call_facts, find_written
from rapporteur.common.refusals import Refusal


class Fill(View):
    """Take the answers of a filled form over; say exactly what could not be read."""

    def get(self, request, pk):
        return self.show(request, find_written(request, pk), FilledForm())

    def post(self, request, pk):
        response = find_written(request, pk)
        form = FilledForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, response, form, status=422)
        asks = response.call.asks
        try:
            filled = read_offline(form.cleaned_data["file"].read(), asks, code_names_for(asks))
            saved = responding.save_answers(
                response=response,
                names=tuple(filled.answers),
                answers=filled.answers,
                seen=responding.mark_of(response.answers, filled.answers),
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            return self.show(request, response, form, status=refusal.status, refusal=refusal)
        labels = {question.name: text_of(asks, question.label) for question in asks.questions()}
        faults = [(fault.where, labels.get(fault.question, ""), fault) for fault in filled.faults]
        wrong = [("", labels.get(fault.question, ""), fault) for fault in saved.faults]
        return self.show(
            request,
            saved.response,
            FilledForm(),
            taken=len(filled.answers),
            faults=[*faults, *wrong],
        )

    def show(self, request, response, form, status=200, **more):
        context = {
            "title": _("A filled form"),
            **call_facts(response.call),
            "response": response,
            "writable": is_writable(response.call, response, at=timezone.now()),
            "form": form,
            **more,
        }
        return render(request, "calls/answering/fill.html", context, status=status)


def file_answer(attachment):
    """Return an attachment for saving, never for showing: it is what somebody sent."""
    return FileResponse(
        attachment.file.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )


class File(View):
    """A file of a response, for who writes it."""

    def get(self, request, pk, file):
        response = find_written(request, pk)
        return file_answer(get_object_or_404(response.attachments.all(), pk=file))
