"""Calls and published responses, for everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.calls.choices import PUBLIC_STATES, CallState, ResponseState
from rapporteur.calls.models import Call, Response
from rapporteur.calls.queries.calls import code_names_for, public_calls
from rapporteur.calls.queries.published import (
    NOT_SAID,
    PublicResponse,
    Tally,
    public_responses,
    published_rows,
    tally_of,
)
from rapporteur.calls.queries.responses import own_response
from rapporteur.calls.questionnaire import Kind, Question, to_json
from rapporteur.calls.questionnaire.offline import write_offline_docx, write_offline_xlsx
from rapporteur.calls.questionnaire.xlsform import write_xlsform
from rapporteur.calls.rules import may_keep_calls
from rapporteur.calls.showing import Codes, Shown, codes_for, shown_answer, shown_sections, text_of
from rapporteur.calls.views.finding import call_facts, find_call, zone_words
from rapporteur.site.lists import Column, Filter, ListPage

OFFICE = "application/vnd.openxmlformats-officedocument"
XLSX = f"{OFFICE}.spreadsheetml.sheet"
DOCX = f"{OFFICE}.wordprocessingml.document"


class Calls(ListPage):
    """Every call that was opened."""

    title = gettext_lazy("Calls for contributions")
    lead = gettext_lazy("What has been asked, of whom, until when; and what was answered.")
    empty = gettext_lazy("No call has been opened yet.")
    file_name = "calls"
    template_name = "calls/calls.html"
    columns = (
        Column("address", lambda row: row.slug),
        Column("title", lambda row: row.title),
        Column("state", lambda row: row.state),
        Column("audience", lambda row: row.audience),
        Column("opens_at", lambda row: row.opens_at),
        Column("closes_at", lambda row: row.closes_at),
        Column("zone", lambda row: row.zone),
        Column("responses_received", lambda row: row.received),
        Column("responses_published", lambda row: row.published),
    )
    filters = (
        Filter(
            "state",
            gettext_lazy("State"),
            lambda request: [(state.value, CallState(state).label) for state in PUBLIC_STATES],
            lambda rows, value: rows.filter(state=value),
        ),
    )

    def rows(self, request):
        return public_calls()


class CallPage(View):
    """One call: what it is for, until when, who may answer, what came in."""

    def get(self, request, slug):
        call = find_call(request, slug)
        own = None
        if request.user.is_authenticated:
            own = own_response(call, by=request.user)
        context = {
            "title": call.title,
            **call_facts(call),
            "own": own,
            "sections": question_list(call),
            "extensions": [
                {
                    "reason": extension.reason,
                    "before": zone_words(extension.before_local, call.zone),
                    "after": zone_words(extension.after_local, call.zone),
                }
                for extension in call.extensions.select_related("call")
            ],
            "amendments": list(call.amendments.all()),
            "staff": may_keep_calls(request.user),
        }
        return render(request, "calls/call.html", context)


def question_list(call):
    """Return what the call asks, section by section."""
    questionnaire = call.asks
    return [
        {
            "title": text_of(questionnaire, section.label),
            "questions": [
                {
                    "name": question.name,
                    "label": text_of(questionnaire, question.label),
                    "hint": text_of(questionnaire, question.hint),
                    "required": question.required,
                    "words_at_most": question.words_at_most,
                    "choices": [text_of(questionnaire, item.label) for item in question.choices],
                    "rows": [text_of(questionnaire, item.label) for item in question.rows],
                    "columns": [text_of(questionnaire, item.label) for item in question.columns],
                    "private": question.name in call.private_questions,
                    "is_note": question.kind is Kind.NOTE,
                }
                for question in section.questions
            ],
        }
        for section in questionnaire.sections
    ]


def offline_form(call: Call, form: str) -> tuple[bytes, str, str]:
    """Return a file of the questionnaire, the end of its name and its media type."""
    language = get_language() or "en"
    asks = call.asks
    if form == "xlsform":
        return write_xlsform(asks), "xlsform.xlsx", XLSX
    if language not in asks.languages:
        language = asks.default_language
    if form == "xlsx":
        return write_offline_xlsx(asks, language, code_names_for(asks)), "form.xlsx", XLSX
    return write_offline_docx(asks, language, code_names_for(asks)), "form.docx", DOCX


class QuestionnairePage(View):
    """What the call asks, for reading and printing; as files with ``?format=``.

    ``xlsx`` and ``docx`` are forms to fill without a connection, ``xlsform`` and ``json`` the
    questionnaire for programs.
    """

    def get(self, request, slug):
        call = find_call(request, slug)
        if request.GET.get("format") in ("xlsform", "xlsx", "docx"):
            data, ending, media_type = offline_form(call, request.GET["format"])
            response = HttpResponse(data, content_type=media_type)
            name = f"{call.slug}-{ending}"
            response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
            return response
        if request.GET.get("format") == "json":
            return JsonResponse(
                to_json(call.asks), json_dumps_params={"ensure_ascii": False, "indent": 1}
            )
        context = {
            "title": _("What is asked: %(title)s") % {"title": call.title},
            **call_facts(call),
            "sections": question_list(call),
        }
        return render(request, "calls/questionnaire.html", context)


def words_in(question: Any, call: Any, codes: Any) -> Any:
    """Return how a download reads the answer to a question: a text, a list, or nothing."""

    def read(row: PublicResponse) -> Any:
        shown = shown_answer(call.asks, question, row.answers.get(question.name), codes)
        if shown.table:
            return "; ".join(f"{name}: {' | '.join(cells)}" for name, cells in shown.table)
        if question.takes_several:
            return list(shown.lines)
        return "\n".join(shown.lines) or None

    return read


IDENTITY = (
    Column("response", lambda row: row.slug),
    Column("respondent", lambda row: row.name or None),
    Column("organization", lambda row: row.organization or None),
    Column("stakeholder_group", lambda row: row.group.code if row.group else None),
    Column("country", lambda row: row.country or None),
    Column("regions", lambda row: [region.code for region in row.regions]),
    Column("language", lambda row: row.language),
    Column("sent_on", lambda row: row.sent_on),
)


def group_code(response: PublicResponse) -> str:
    return response.group.code if response.group else NOT_SAID


@dataclass(frozen=True)
class AnswerRow:
    """One response and its answer to the question of the page."""

    response: PublicResponse
    answer: Shown


class OfCall(ListPage):
    """A list of the public responses of one call, narrowed by group and region."""

    call: Call

    def get(self, request, **kwargs):
        self.call = find_call(request, kwargs["slug"])
        if not self.call.shows_responses:
            raise Http404
        self.filters = (
            Filter("group", _("Stakeholder group"), self.groups, self.of_group),
            Filter("region", _("Region"), self.regions, self.of_region),
        )
        self.prepare(**kwargs)
        return super().get(request, **kwargs)

    def prepare(self, **kwargs: Any) -> None:
        """Set title, name of the file and columns, which depend on the call."""
        raise NotImplementedError

    @cached_property
    def everything(self) -> list[PublicResponse]:
        return public_responses(published_rows(self.call))

    @cached_property
    def tally(self) -> Tally:
        return tally_of(self.call, self.everything)

    @cached_property
    def codes(self) -> Codes:
        return codes_for(self.call.asks, [row.answers for row in self.everything])

    def groups(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return [
            (group.code if group else NOT_SAID, group.name if group else _("Not said"))
            for group, _count in self.tally.groups
        ]

    def of_group(self, rows: list[Any], value: str) -> list[Any]:
        return [row for row in rows if group_code(self.response_of(row)) == value]

    def regions(self, request: HttpRequest) -> list[tuple[str, Any]]:
        return [(region.code, region.name) for region, _count in self.tally.regions]

    def of_region(self, rows: list[Any], value: str) -> list[Any]:
        return [
            row
            for row in rows
            if value in {region.code for region in self.response_of(row).regions}
        ]

    def rows(self, request):
        return self.everything

    def response_of(self, row: Any) -> PublicResponse:
        """Return the response that a row of the list is about."""
        return row

    def public_questions(self) -> list[Question]:
        private = set(self.call.private_questions)
        return [
            question
            for question in self.call.asks.questions()
            if question.kind not in (Kind.NOTE, Kind.FILE) and question.name not in private
        ]


class Responses(OfCall):
    """The published responses of a call."""

    template_name = "calls/responses.html"
    empty = gettext_lazy("No response has been published, or none is left by this choice.")

    def prepare(self, **kwargs: Any) -> None:
        self.title = _("Responses: %(title)s") % {"title": self.call.title}
        self.file_name = f"responses-{self.call.slug}"
        answers = (
            Column(f"answer:{question.name}", words_in(question, self.call, self.codes))
            for question in self.public_questions()
        )
        self.columns = (*IDENTITY, *answers)

    def extra_context(self, request):
        asks = self.call.asks
        return {
            **call_facts(self.call),
            "tally": self.tally,
            "questions": [
                {"name": question.name, "label": text_of(asks, question.label)}
                for question in self.public_questions()
            ],
        }


class QuestionAnswers(OfCall):
    """What the published responses say to one question."""

    template_name = "calls/question.html"
    empty = gettext_lazy("No published response answers this question.")
    question: Question

    def prepare(self, **kwargs: Any) -> None:
        name = kwargs["name"]
        found = {question.name: question for question in self.public_questions()}
        if name not in found:
            raise Http404
        self.question = found[name]
        self.title = text_of(self.call.asks, self.question.label)
        self.file_name = f"answers-{self.call.slug}-{name}"
        answer = Column("answer", words_in(self.question, self.call, self.codes))
        self.columns = tuple(
            Column(column.name, of_response(column.read)) for column in (*IDENTITY, answer)
        )

    def rows(self, request):
        question, asks = self.question, self.call.asks
        return [
            AnswerRow(row, shown_answer(asks, question, row.answers[question.name], self.codes))
            for row in self.everything
            if question.name in row.answers
        ]

    def response_of(self, row: Any) -> PublicResponse:
        return row.response

    def extra_context(self, request):
        return call_facts(self.call)


def of_response(read: Callable[[Any], Any]) -> Callable[[AnswerRow], Any]:
    return lambda row: read(row.response)


class ResponsePage(View):
    """One published response, at an address that stays; one that was withdrawn says so."""

    def get(self, request, slug, response):
        call = find_call(request, slug)
        found = public_responses(published_rows(call).filter(slug=response))
        if not found:
            gone = Response.objects.filter(
                call=call, slug=response, state=ResponseState.WITHDRAWN, was_published=True
            )
            if not gone.exists():
                raise Http404
            context = {"title": _("This response was withdrawn"), **call_facts(call)}
            return render(request, "calls/withdrawn.html", context, status=410)
        public = found[0]
        context = {
            "title": public.name or _("A response without a name"),
            **call_facts(call),
            "response": public,
            "sections": shown_sections(
                call.asks, public.answers, names=public.answers, but=call.private_questions
            ),
        }
        return render(request, "calls/response.html", context)
