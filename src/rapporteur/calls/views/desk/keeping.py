"""Calls as the secretariat keeps them: begun, written, opened, extended, closed, published."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.actions import deciding, inviting, keeping
from rapporteur.calls.choices import CallState, Consent
from rapporteur.calls.errors import CallMoved
from rapporteur.calls.forms.desk import (
    LOCAL,
    AmendForm,
    CallForm,
    ExtendForm,
    NewCallForm,
    QuestionnaireForm,
    code_of,
    on_clock,
)
from rapporteur.calls.models import Call
from rapporteur.calls.queries.calls import all_calls
from rapporteur.calls.queries.inviting import standing_counts
from rapporteur.calls.queries.responses import drafts_of_call, waiting_responses
from rapporteur.calls.questionnaire import to_json
from rapporteur.calls.starting import read_questionnaire, values_from
from rapporteur.calls.views.finding import call_facts
from rapporteur.calls.views.reading import question_list
from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.site.lists import Column, Filter, ListPage

# A new draft is open for so long unless somebody says otherwise.
FIRST_OPENING, FIRST_DAYS = timedelta(days=7), 90


def find_kept(pk: int) -> Call:
    rows = all_calls().select_related("mandate__document", "stakeholder_group__scheme")
    return get_object_or_404(rows, pk=pk)


class DeskCalls(ListPage):
    """Every call, and the responses that wait to be read."""

    title = gettext_lazy("Calls")
    lead = gettext_lazy("Calls that are being written, open, closed and published.")
    empty = gettext_lazy("No call has been begun yet.")
    file_name = "all-calls"
    template_name = "calls/desk/calls.html"
    columns = (
        Column("address", lambda row: row.slug),
        Column("title", lambda row: row.title),
        Column("state", lambda row: row.state),
        Column("opens_at", lambda row: row.opens_at),
        Column("closes_at", lambda row: row.closes_at),
        Column("responses_received", lambda row: row.received),
        Column("responses_published", lambda row: row.published),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("State"),
            lambda request: CallState.choices,
            lambda rows, value: rows.filter(state=value),
        ),
    )

    def rows(self, request):
        return all_calls()

    def extra_context(self, request):
        waiting = waiting_responses()
        return {"waiting": list(waiting[:50]), "waiting_count": waiting.count()}


class NewCall(View):
    """Begin a call from a questionnaire of the package, an earlier call, or nothing."""

    def get(self, request):
        return self.show(request, NewCallForm(held_forms.held(request)))

    def post(self, request):
        form = NewCallForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        now = timezone.now()
        title = form.cleaned_data["title"]
        opens = (now + FIRST_OPENING).replace(minute=0, second=0, microsecond=0)
        values = values_from(form.cleaned_data["beginning"])
        length = timedelta(days=values.pop("days", FIRST_DAYS))
        titles = {**values.get("titles", {}), code_of(get_language() or "en"): title}
        call = keeping.draft_call(
            values={
                "consents": list(Consent.values),
                "opens_at": opens,
                "closes_at": opens + length,
                **values,
                "titles": titles,
            },
            slug=title,
            by=request.user,
            at=now,
        )
        held_forms.forget(request)
        return redirect("calls:desk-edit", pk=call.pk)

    def show(self, request, form, status=200):
        context = {
            "title": _("Begin a call"),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "calls/desk/new.html", context, status=status)


class DeskCall(View):
    """One call: how it stands, who has answered, what can be done next."""

    def get(self, request, pk):
        return show_call(request, find_kept(pk))


def show_call(request, call, status=200, **more):
    now = timezone.now()
    context = {
        "title": call.title,
        **call_facts(call),
        "faults": keeping.faults_of_call(call, at=now) if call.state == CallState.DRAFT else [],
        "standings": {
            name.replace("-", "_"): count for name, count in standing_counts(call).items()
        },
        "drafts": drafts_of_call(call),
        "waiting": waiting_responses().filter(call=call).count(),
        "extensions": list(call.extensions.all()),
        "amendments": list(call.amendments.all()),
        "sections": question_list(call),
        "extendable": call.state in keeping.EXTENDABLE,
        "archivable": call.state in (CallState.CLOSED, CallState.PUBLISHED),
        **more,
    }
    return render(request, "calls/desk/call.html", context, status=status)


class Edit(View):
    """Everything that the call says. Of one that was opened, a change is an amendment."""

    def get(self, request, pk):
        call = find_kept(pk)
        form = self.form_for(call, held_forms.held(request))
        return self.show(request, call, form)

    def post(self, request, pk):
        call = find_kept(pk)
        form = self.form_for(call, request.POST)
        if not form.is_valid():
            return self.show(request, call, form, status=422)
        now = timezone.now()
        try:
            if call.state == CallState.DRAFT:
                keeping.edit_call(call=call, values=form.values(), by=request.user, at=now)
            else:
                keeping.amend_call(
                    call=call,
                    values=form.values(),
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    at=now,
                )
        except Refusal as refusal:
            return self.show(request, call, form, status=refusal.status, refusal=refusal)
        held_forms.forget(request)
        messages.success(request, _("Saved."))
        return redirect("calls:desk-call", pk=pk)

    def form_for(self, call, data):
        kind = CallForm if call.state == CallState.DRAFT else AmendForm
        return kind(data, call=call, initial=CallForm.initial_of(call))

    def show(self, request, call, form, status=200, **more):
        draft = call.state == CallState.DRAFT
        context = {
            "title": _("What the call says") if draft else _("Amend the call"),
            **call_facts(call),
            "form": form,
            "mark": held_forms.mark_of(request.user),
            **more,
        }
        return render(request, "calls/desk/edit.html", context, status=status)


class QuestionnaireFile(View):
    """Give a draft its questionnaire as a file, with a report of what could not be taken."""

    def get(self, request, pk):
        return self.show(request, find_kept(pk), QuestionnaireForm())

    def post(self, request, pk):
        call = find_kept(pk)
        form = QuestionnaireForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(request, call, form, status=422)
        try:
            read = read_questionnaire(form.cleaned_data["file"])
            names = {question.name for question in read.questionnaire.questions()}
            call = keeping.edit_call(
                call=call,
                values={
                    "questionnaire": to_json(read.questionnaire),
                    "private_questions": [n for n in call.private_questions if n in names],
                    "identifying_questions": [n for n in call.identifying_questions if n in names],
                },
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            return self.show(request, call, form, status=refusal.status, refusal=refusal)
        if read.not_taken:
            return self.show(request, find_kept(pk), form, not_taken=read.not_taken)
        messages.success(request, _("The questionnaire is taken over."))
        return redirect("calls:desk-call", pk=pk)

    def show(self, request, call, form, status=200, **more):
        context = {"title": _("Questionnaire"), **call_facts(call), "form": form, **more}
        return render(request, "calls/desk/questionnaire.html", context, status=status)


class Extend(View):
    def get(self, request, pk):
        call = find_kept(pk)
        form = ExtendForm(
            held_forms.held(request), initial={"closes": call.closes_local.strftime(LOCAL)}
        )
        return self.show(request, call, form)

    def post(self, request, pk):
        call = find_kept(pk)
        form = ExtendForm(request.POST)
        if not form.is_valid():
            return self.show(request, call, form, status=422)
        try:
            keeping.extend_call(
                call=call,
                closes_at=on_clock(form.cleaned_data["closes"], call.zone),
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, call, form, status=refusal.status)
        held_forms.forget(request)
        messages.success(request, _("The call is extended."))
        return redirect("calls:desk-call", pk=pk)

    def show(self, request, call, form, status=200):
        context = {
            "title": _("Extend the call"),
            **call_facts(call),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "calls/desk/extend.html", context, status=status)


class Act(View):
    """One step in a call's life, by a button of its page."""

    def post(self, request, pk):
        call = find_kept(pk)
        act = getattr(self, request.POST.get("act", "").replace("-", "_") + "_it", None)
        if act is None:
            return show_call(request, call, status=422)
        try:
            return act(request, call)
        except Refusal as refusal:
            return show_call(request, find_kept(pk), status=refusal.status, refusal=refusal)

    def done(self, request, call, words):
        messages.success(request, words)
        return redirect("calls:desk-call", pk=call.pk)

    def open_it(self, request, call):
        keeping.open_call(call=call, by=request.user, at=timezone.now())
        inviting.send_invitations(call=call, by=request.user, at=timezone.now())
        return self.done(request, call, _("The call is public. Letters are on their way."))

    def close_it(self, request, call):
        keeping.close_call(call=call, by=request.user, at=timezone.now())
        return self.done(request, call, _("The call is closed."))

    def publish_it(self, request, call):
        count = deciding.publish_call(call=call, by=request.user, at=timezone.now())
        words = ngettext(
            "%(count)s response is published.", "%(count)s responses are published.", count
        )
        return self.done(request, call, words % {"count": count})

    def archive_it(self, request, call):
        keeping.archive_call(call=call, by=request.user, at=timezone.now())
        return self.done(request, call, _("The call is archived."))

    def letters_it(self, request, call):
        count = inviting.send_invitations(call=call, by=request.user, at=timezone.now())
        words = ngettext(
            "%(count)s letter is on its way.", "%(count)s letters are on their way.", count
        )
        return self.done(request, call, words % {"count": count})

    def remind_it(self, request, call):
        count = inviting.remind(call=call, by=request.user, at=timezone.now())
        words = ngettext(
            "%(count)s reminder is on its way.", "%(count)s reminders are on their way.", count
        )
        return self.done(request, call, words % {"count": count})

    def discard_it(self, request, call):
        if call.state != CallState.DRAFT:
            raise CallMoved
        keeping.discard_call(call=call, by=request.user, at=timezone.now())
        messages.success(request, _("The draft is thrown away."))
        return redirect("calls:desk-calls")
