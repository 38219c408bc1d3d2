"""Answering a call: who answers, section by section, looked through, sent."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.actions import attaching, responding
from rapporteur.calls.choices import Origin, ResponseState
from rapporteur.calls.errors import AnswersChanged, FaultyAnswers, ResponseMoved
from rapporteur.calls.forms.beginning import BeginForm, SendForm
from rapporteur.calls.forms.sections import SectionForm, Vocabulary, field_name
from rapporteur.calls.models import Response
from rapporteur.calls.queries.calls import known_for
from rapporteur.calls.queries.responses import own_response, written_responses
from rapporteur.calls.questionnaire import Kind, faults_of, is_given, shown_questions
from rapporteur.calls.rules import is_writable
from rapporteur.calls.showing import shown_sections, text_of
from rapporteur.calls.views.finding import call_facts, find_call, find_written, saved_words
from rapporteur.common import held_forms
from rapporteur.common.refusals import Refusal
from rapporteur.site.lists import Column, ListPage


class Mine(ListPage):
    """What the person writes or has sent."""

    title = gettext_lazy("Your responses to calls")
    lead = gettext_lazy(
        "What you began, what colleagues asked you to write with, and the responses of "
        "organizations whose focal point you are."
    )
    empty = gettext_lazy("Nothing here yet. Choose a call and begin; what you write stays here.")
    file_name = "your-responses"
    template_name = "calls/answering/mine.html"
    columns = (
        Column("call", lambda row: row.call.slug),
        Column("respondent", lambda row: row.name),
        Column("state", lambda row: row.state),
        Column("receipt", lambda row: row.receipt),
        Column("sent_at", lambda row: row.submitted_at),
        Column("saved_at", lambda row: row.saved_at),
    )

    def rows(self, request):
        return written_responses(by=request.user)


class Begin(View):
    """Who answers; and the button that begins a draft. Who has begun goes on instead."""

    def get(self, request, slug):
        call = find_call(request, slug)
        own = own_response(call, by=request.user)
        if own is not None and "again" not in request.GET:
            return redirect("calls:check", pk=own.pk)
        form = BeginForm(
            held_forms.held(request),
            call=call,
            person=request.user,
            initial={
                "token": secrets.token_urlsafe(24),
                "name": request.user.name,
                "language": get_language(),
            },
        )
        return self.show(request, call, form)

    def post(self, request, slug):
        call = find_call(request, slug)
        form = BeginForm(request.POST, call=call, person=request.user)
        if not form.is_valid():
            return self.show(request, call, form, status=422)
        values = form.cleaned_data
        try:
            response = responding.start_response(
                call=call,
                organization=values["chosen"],
                name=values["name"],
                group=values["group"],
                country=values["country"],
                language=values["language"],
                form_token=values["token"],
                by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, call, form, status=refusal.status)
        held_forms.forget(request)
        return redirect("calls:section", pk=response.pk, section=call.asks.sections[0].name)

    def show(self, request, call, form, status=200):
        context = {
            "title": _("Answer the call"),
            **call_facts(call),
            "form": form,
            "mark": held_forms.mark_of(request.user),
        }
        return render(request, "calls/answering/begin.html", context, status=status)


def asked_in(response: Response, section: Any) -> list[str]:
    """Return the questions of a section that are shown with what is stored now."""
    shown = set(shown_questions(response.call.asks, response.answers))
    return [question.name for question in section.questions if question.name in shown]


def step_list(response: Response, current: str = "") -> list[dict[str, Any]]:
    """Return the sections for the margin; those in which nothing is asked are left out."""
    asks = response.call.asks
    shown = set(shown_questions(asks, response.answers))
    return [
        {
            "name": section.name,
            "title": text_of(asks, section.label),
            "current": section.name == current,
            "filled": any(is_given(response.answers.get(q.name)) for q in section.questions),
        }
        for section in asks.sections
        if any(question.name in shown for question in section.questions)
    ]


class SectionPage(View):
    """One section. Whatever the button, what was typed is saved first."""

    def get(self, request, pk, section):
        response, part = self.find(request, pk, section)
        if not is_writable(response.call, response, at=timezone.now()) and not entered(response):
            return redirect("calls:check", pk=pk)
        typed = held_forms.held(request)
        form = self.form_for(response, part, typed)
        if typed is not None:
            form.is_valid()
            form.show_faults(self.faults(response, form))
        return self.show(request, response, part, form, held=typed is not None)

    def post(self, request, pk, section):
        response, part = self.find(request, pk, section)
        form = self.form_for(response, part, request.POST)
        form.is_valid()
        answers = form.answers()
        try:
            saved = responding.save_answers(
                response=response,
                names=[q.name for q in form.asked if q.kind not in (Kind.NOTE, Kind.FILE)],
                answers=answers,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except AnswersChanged as refusal:
            return self.show(
                request, response, part, form, status=409, refusal=refusal, stored=True
            )
        except Refusal as refusal:
            # Closed, withdrawn or taken away meanwhile: what was typed stays on the page.
            return self.show(request, response, part, form, status=refusal.status, refusal=refusal)
        held_forms.forget(request)
        form.show_faults(saved.faults)
        response = self.keep_files(request, saved.response, form)
        if form.errors and request.POST.get("then") != "leave":
            return self.show(request, response, part, form, status=422)
        return self.go_on(request, response, part, before={q.name for q in form.asked})

    def keep_files(self, request, response, form):
        """Attach what was uploaded, take away what was ticked; return the response as it is now."""
        changed = False
        for question in form.asked:
            if question.kind is not Kind.FILE:
                continue
            name = field_name(question.name)
            act = {"response": response, "question": question.name, "by": request.user}
            try:
                for digest in request.POST.getlist(f"{name}-remove"):
                    attaching.remove_file(**act, digest=digest[:64], at=timezone.now())
                    changed = True
                for upload in request.FILES.getlist(name):
                    faults = attaching.attach_file(**act, upload=upload, at=timezone.now())
                    form.show_faults(faults)
                    changed = True
            except Refusal as refusal:
                form.add_error(None, str(refusal))
        return find_written(request, response.pk) if changed else response

    def find(self, request, pk, name):
        response = find_written(request, pk)
        for section in response.call.asks.sections:
            if section.name == name:
                return response, section
        raise Http404

    def form_for(self, response, part, data):
        return SectionForm(
            data,
            questionnaire=response.call.asks,
            section=part,
            names=self.names(response, part, data),
            answers=response.answers,
            vocabulary=Vocabulary(),
        )

    def names(self, response, part, data):
        """Return the questions of the page: those that it showed when it was sent."""
        if data is None:
            return asked_in(response, part)
        listed = set(data.get("asked", "").split())
        return [question.name for question in part.questions if question.name in listed]

    def faults(self, response, form):
        merged = {**response.answers, **form.answers()}
        names = {question.name for question in form.asked}
        known = known_for(response.call.asks)
        found = faults_of(response.call.asks, merged, known=known, final=False)
        return [fault for fault in found if fault.question in names]

    def go_on(self, request, response, part, *, before):
        then = request.POST.get("then", "next")
        if then == "leave":
            messages.success(request, saved_words(response.saved_at, now=timezone.now()))
            return redirect("calls:mine")
        if set(asked_in(response, part)) - before:
            messages.info(
                request, _("What you answered leads to further questions; they stand here now.")
            )
            return redirect("calls:section", pk=response.pk, section=part.name)
        steps = [step["name"] for step in step_list(response)]
        wanted = then.removeprefix("go-")
        if then.startswith("go-") and wanted in steps:
            return redirect("calls:section", pk=response.pk, section=wanted)
        order = [section.name for section in response.call.asks.sections]
        later = [name for name in steps if order.index(name) > order.index(part.name)]
        if then == "check" or request.POST.get("from") == "check" or not later:
            return redirect("calls:check", pk=response.pk)
        return redirect("calls:section", pk=response.pk, section=later[0])

    def show(self, request, response, part, form, status=200, **more):
        names = [question.name for question in form.asked]
        steps = step_list(response, part.name)
        held = more.get("held", False)
        # After a conflict the page has shown what is stored, so that sending it again counts.
        seen = form.data.get("seen", "") if held else responding.mark_of(response.answers, names)
        stored = more.pop("stored", False)
        asks = response.call.asks
        context = {
            "title": text_of(asks, part.label) or response.call.title,
            "lead": text_of(asks, part.hint),
            **call_facts(response.call),
            "response": response,
            "part": part,
            "form": form,
            "items": items_of(form, response),
            "takes_files": any(q.kind is Kind.FILE for q in form.asked),
            "asked": " ".join(names),
            "seen": seen,
            "steps": steps,
            "number": next((n for n, step in enumerate(steps, 1) if step["current"]), 1),
            "mark": held_forms.mark_of(request.user),
            "saved": saved_words(response.saved_at, now=timezone.now()),
            "came_from": request.POST.get("from") or request.GET.get("from", ""),
            "stored": shown_sections(asks, response.answers, names=names) if stored else None,
            **more,
        }
        return render(request, "calls/answering/section.html", context, status=status)


def items_of(form: SectionForm, response: Response) -> list[dict[str, Any]]:
    """Return what a section's page shows, in order: notes, fields, tables of fields."""
    items: list[dict[str, Any]] = []
    for question in form.asked:
        label = form.words(question.label)
        item: dict[str, Any] = {
            "kind": question.kind.value,
            "label": label,
            "hint": form.hint(question),
        }
        if question.kind is Kind.MATRIX:
            item["columns"] = [form.words(column.label) for column in question.columns]
            item["rows"] = [
                {
                    "label": form.words(row.label),
                    "cells": [
                        form[field_name(question.name, row.name, column.name)]
                        for column in question.columns
                    ],
                }
                for row in question.rows
            ]
        elif question.kind is Kind.FILE:
            item["name"] = field_name(question.name)
            item["many"] = question.takes_several
            item["types"] = ",".join(f".{ending}" for ending in question.types)
            item["files"] = attaching.files_of(response.answers, question)
            item["most"] = question.megabytes_at_most or attaching.MEGABYTES_AT_MOST
            item["wanted"] = question.required
        elif question.kind is not Kind.NOTE:
            item["field"] = form[field_name(question.name)]
            item["wanted"] = question.required
        items.append(item)
    return items


def entered(response: Response) -> bool:
    """Whether the secretariat entered it; only such responses are shown to who keeps calls."""
    return response.origin != Origin.PAGE


class Check(View):
    """All answers with links to change them, what is wrong; then what becomes of them, and send."""

    def get(self, request, pk):
        return show_check(request, find_written(request, pk))


def show_check(request: Any, response: Response, status: int = 200, **more: Any) -> Any:
    call = response.call
    writable = is_writable(call, response, at=timezone.now())
    version = response.versions.order_by("-number").first()
    faults = []
    if writable:
        found = responding.faults_before_sending(call, response.answers, known=known_for(call.asks))
        places = {
            question.name: (section.name, text_of(call.asks, question.label))
            for section in call.asks.sections
            for question in section.questions
        }
        faults = [(*places.get(str(fault.place), ("", "")), fault.message) for fault in found]
    form = more.pop("form", None) or SendForm(
        call=call,
        initial={
            "token": secrets.token_urlsafe(24),
            "seen": response.answers_number,
            "consent": response.consent,
        },
    )
    counted = shown_questions(call.asks, response.answers)
    context = {
        "title": _("Check your answers"),
        **call_facts(call),
        "response": response,
        "version": version,
        "sections": shown_sections(call.asks, response.answers, names=counted),
        "problems": faults,
        "files": list(response.attachments.all()),
        "writable": writable,
        "unsent": version is not None
        and version.answers != responding.counted_answers(call.asks, response.answers),
        "waits": response.state == ResponseState.SUBMITTED,
        "returned": response.state == ResponseState.RETURNED,
        "withdrawn": response.state == ResponseState.WITHDRAWN,
        "form": form,
        "mark": held_forms.mark_of(request.user),
        "saved": saved_words(response.saved_at, now=timezone.now()),
        "words": responding.words_of(call.asks, response.answers),
        **more,
    }
    return render(request, "calls/answering/check.html", context, status=status)


class Send(View):
    """Send the response; sent twice, it counts once."""

    def post(self, request, pk):
        response = find_written(request, pk)
        form = SendForm(request.POST, call=response.call)
        if not form.is_valid():
            return show_check(request, response, status=422, form=form)
        try:
            if form.cleaned_data["seen"] != str(response.answers_number):
                raise ResponseMoved
            responding.submit_response(
                response=response,
                consent=form.cleaned_data["consent"],
                form_token=form.cleaned_data["token"],
                by=request.user,
                at=timezone.now(),
            )
        except FaultyAnswers:
            return show_check(request, response, status=422, form=form)
        except Refusal as refusal:
            response = find_written(request, pk)
            return show_check(request, response, status=refusal.status, refusal=refusal)
        held_forms.forget(request)
        return redirect("calls:receipt", pk=pk)


class Receipt(View):
    """The number of what was sent, and what happens next."""

    def get(self, request, pk):
        response = find_written(request, pk)
        if not response.has_come_in:
            return redirect("calls:check", pk=pk)
        context = {
            "title": _("Your response has come in"),
            **call_facts(response.call),
            "response": response,
            "version": response.versions.order_by("-number").first(),
        }
        return render(request, "calls/answering/receipt.html", context)


class Withdraw(View):
    """Take the response back."""

    def get(self, request, pk):
        response = find_written(request, pk)
        if response.state == ResponseState.WITHDRAWN:
            return redirect("calls:check", pk=pk)
        context = {
            "title": _("Withdraw the response"),
            **call_facts(response.call),
            "response": response,
        }
        return render(request, "calls/answering/withdraw.html", context)

    def post(self, request, pk):
        response = find_written(request, pk)
        responding.withdraw_response(response=response, by=request.user, at=timezone.now())
        messages.success(request, _("The response is withdrawn. Nobody but you sees it."))
        return redirect(reverse("calls:mine"))
