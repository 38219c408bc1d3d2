"""Report an error; see what became of it; answer it."""

import secrets

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.common.policy import is_staff
from rapporteur.common.refusals import Refusal
from rapporteur.site import actions, queries
from rapporteur.site.forms import AnswerForm, ErrorReportForm, local_path
from rapporteur.site.limits import within_limit
from rapporteur.site.lists import Column, Filter, ListPage
from rapporteur.site.models import ErrorReport

REPORTS_AN_HOUR = 10


class ErrorReported(View):
    def get(self, request):
        form = ErrorReportForm(
            initial={
                "page": local_path(request.GET.get("page", "")),
                "subject": request.GET.get("about", "")[:300],
                "email": getattr(request.user, "email", ""),
                "token": secrets.token_urlsafe(24),
            }
        )
        return render(request, "site/error_form.html", {"form": form})

    def post(self, request):
        form = ErrorReportForm(request.POST)
        if not form.is_valid():
            return render(request, "site/error_form.html", {"form": form}, status=422)
        made = queries.report_with_token(form.cleaned_data["token"])
        if made is not None and made.text != form.cleaned_data["text"]:
            # Sent from a page gone back to: neither lost nor taken for the report sent before.
            typed = request.POST.copy()
            typed["token"] = secrets.token_urlsafe(24)
            form = ErrorReportForm(typed)
            form.add_error(
                "text",
                _(
                    "This form was sent before with other words. What you typed now is not sent "
                    "yet: send it once more to make a report of its own."
                ),
            )
            return render(request, "site/error_form.html", {"form": form}, status=422)
        if made is None:
            if not within_limit(
                request, purpose="report-error", limit=REPORTS_AN_HOUR, seconds=3600
            ):
                form.add_error(
                    None,
                    _(
                        "Many reports came from here in the last hour. What you typed is kept on "
                        "this page: send it again in an hour."
                    ),
                )
                return render(request, "site/error_form.html", {"form": form}, status=429)
            made = actions.report_error(
                **form.cleaned_data,
                at=timezone.now(),
                language=get_language() or "en",
                by=request.user if request.user.is_authenticated else None,
            )
        messages.success(
            request, _("Your report reached the secretariat. Keep its number to read the answer.")
        )
        return redirect(made)


class ErrorReportPage(View):
    """The state of a report, for whoever has its reference; nothing private stands on it."""

    def get(self, request, reference):
        report = get_object_or_404(ErrorReport, reference=reference)
        return render(
            request,
            "site/error_report.html",
            {"report": report, "can_answer": is_staff(request.user)},
        )


class ErrorReports(ListPage):
    title = _("Errors that readers reported")
    empty = _("No report matches. Readers report errors with the link at the foot of every page.")
    template_name = "site/error_reports.html"
    file_name = "error-reports"
    columns = (
        Column("reference", lambda report: report.reference),
        Column("reported_at", lambda report: report.reported_at),
        Column("page", lambda report: report.page),
        Column("subject", lambda report: report.subject),
        Column("text", lambda report: report.text),
        Column("state", lambda report: report.state),
        Column("answer", lambda report: report.answer),
        Column("answered_at", lambda report: report.answered_at),
    )
    filters = (
        Filter(
            "state",
            _("State"),
            lambda request: ErrorReport.State.choices,
            lambda rows, value: rows.filter(state=value),
        ),
    )

    def rows(self, request):
        return queries.error_reports()


class ErrorAnswer(View):
    def get(self, request, reference):
        report = get_object_or_404(ErrorReport, reference=reference)
        return self.page(request, report, AnswerForm())

    def post(self, request, reference):
        report = get_object_or_404(ErrorReport, reference=reference)
        form = AnswerForm(request.POST)
        if not form.is_valid():
            return self.page(request, report, form, status=422)
        try:
            answered = actions.answer_report(
                report=report,
                **form.cleaned_data,
                by=request.user,
                at=timezone.now(),
                link=request.build_absolute_uri(report.get_absolute_url()),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            report.refresh_from_db()
            return self.page(request, report, form, status=refusal.status)
        if answered.waits_for_mail:
            messages.warning(
                request, _("The answer is stored but could not be sent. Send it again later.")
            )
        else:
            messages.success(request, _("The answer is stored and shown to the reporter."))
        return redirect("error-answer", reference=reference)

    def page(self, request, report, form, status=200):
        context = {"report": report, "form": form}
        return render(request, "site/error_answer.html", context, status=status)


class ErrorSend(View):
    def post(self, request, reference):
        report = get_object_or_404(ErrorReport, reference=reference)
        link = request.build_absolute_uri(report.get_absolute_url())
        if actions.send_answer(report=report, at=timezone.now(), link=link):
            messages.success(request, _("The answer was sent."))
        else:
            messages.error(request, _("The answer could not be sent. Try again later."))
        return redirect("error-answer", reference=reference)
