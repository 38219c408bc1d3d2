"""Pages of the reports: what can be built, a draft to read, its files, and the building."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.policy import is_staff
from rapporteur.common.refusals import Refusal
from rapporteur.reports import actions, presenting, queries
from rapporteur.reports.exports.forms import FORMS, form_of
from rapporteur.reports.forms import BuildForm
from rapporteur.reports.outlines import outlines
from rapporteur.reports.stocktaking.outline import register_outline
from rapporteur.reports.stocktaking.views import reports_by_year
from rapporteur.site.lists import Column, Filter, ListPage


class Reports(ListPage):
    """The reports that the record can give, by outline and year."""

    title = gettext_lazy("Reports that the record can give")
    lead = gettext_lazy(
        "Each is a draft assembled by rule from published documents: nothing in it is invented, "
        "and every line has a footnote that names its document and paragraph."
    )
    empty = gettext_lazy(
        "The record holds no published document whose year is known, so there is nothing to "
        "report. Load the record, or import a document and publish it."
    )
    template_name = "reports/reports.html"
    file_name = "reports"
    columns = (
        Column("outline", lambda row: row.outline.code),
        Column("year", lambda row: row.year),
        Column("documents", lambda row: row.documents),
        Column("paragraphs", lambda row: row.paragraphs),
        Column("organizations", lambda row: row.organizations),
        Column("limit", lambda row: row.outline.limit),
    )
    filters = (
        Filter(
            "outline",
            gettext_lazy("Outline"),
            lambda _request: [(code, item.name) for code, item in outlines().items()],
            lambda rows, value: [row for row in rows if row.outline.code == value],
        ),
        Filter(
            "year",
            gettext_lazy("Year reported on"),
            lambda _request: [(str(year), str(year)) for year in queries.years()],
            lambda rows, value: [row for row in rows if str(row.year) == value],
        ),
    )

    def rows(self, request: HttpRequest) -> list[queries.Available]:
        return queries.available()

    def extra_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"stocktaking": register_outline(), "register_years": reports_by_year()}


class Report(View):
    """A draft as a page: its text, and beside each paragraph its sources."""

    def get(self, request: HttpRequest, outline: str, year: int) -> HttpResponse:
        draft = queries.draft_of(
            queries.find_outline(outline), year, language=get_language() or "en"
        )
        return render(
            request,
            "reports/report.html",
            {
                "title": _("%(report)s, %(year)s") % {"report": draft.outline.name, "year": year},
                **presenting.report_page(draft),
                "files": [(form, actions.is_built(draft, form)) for form in FORMS.values()],
                "may_build": is_staff(request.user),
            },
        )


class Download(View):
    """A draft as a file."""

    def get(self, request: HttpRequest, outline: str, year: int, form: str) -> HttpResponse:
        found = form_of(form)
        draft = queries.draft_of(
            queries.find_outline(outline), year, language=get_language() or "en"
        )
        response = HttpResponse(actions.built_content(draft, found), content_type=found.media_type)
        name = actions.download_name(draft, found)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class Build(View):
    """The secretariat's page: choose a report, build its file, take it away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        chosen = {
            name: request.GET[name]
            for name in ("outline", "year", "language", "form")
            if name in request.GET
        }
        return self.show(request, BuildForm(initial=chosen))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = BuildForm(request.POST)
        if not form.is_valid():
            return self.show(request, form, status=422)
        chosen: dict[str, Any] = form.cleaned_data
        try:
            built = actions.build_report(
                outline=chosen["outline"],
                year=chosen["year"],
                form=chosen["form"],
                language=chosen["language"],
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(request, form, status=refusal.status)
        messages.success(
            request,
            _("%(name)s is built. It can be taken away below.")
            % {"name": actions.download_name(built.draft, built.form)},
        )
        # The page of the report in the language that was chosen, where the file waits.
        with override(chosen["language"]):
            page = reverse("reports:report", args=[chosen["outline"], chosen["year"]])
        return redirect(page)

    def show(self, request: HttpRequest, form: BuildForm, *, status: int = 200) -> HttpResponse:
        return render(
            request,
            "reports/build.html",
            {"title": _("Build a report"), "form": form, "any": bool(queries.years())},
            status=status,
        )
