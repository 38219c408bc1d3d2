"""Pages of the register's reports: to read, to take away, to build; and their charts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.analysis.charts import chart
from rapporteur.common.policy import is_staff
from rapporteur.register.searchables import ACTIVITY
from rapporteur.reports.errors import UnknownChart
from rapporteur.reports.stocktaking import actions, queries
from rapporteur.reports.stocktaking.exports import FORMS, form_of
from rapporteur.reports.stocktaking.report import (
    Block,
    Drawing,
    Paragraph,
    StocktakingReport,
    Table,
)
from rapporteur.reports.stocktaking.scope import query_of
from rapporteur.search.queries import Question
from rapporteur.search.views import Results
from rapporteur.site.charts import Figure, figure, svg_response


def report_for(request: HttpRequest, year: int) -> StocktakingReport:
    return queries.report_of(
        year,
        query=request.META.get("QUERY_STRING", ""),
        language=get_language() or "en",
        today=timezone.localdate(),
    )


def figure_of(drawing: Drawing, report: StocktakingReport) -> Figure:
    """Return the chart as a picture from an address of its own, with the report's own table."""
    address = reverse("reports:stocktaking-chart", args=[report.scope.year, drawing.key])
    shown = figure(drawing.spec, address=address + report.query)
    table = chart.Table(
        drawing.table.columns,
        tuple(chart.Row(row[0], tuple(row[1:])) for row in drawing.table.written),
    )
    return replace(shown, chart=replace(shown.chart, table=table))


def on_page(block: Block, report: StocktakingReport) -> tuple[str, Any]:
    """Return (kind, what the template shows) of a block."""
    if isinstance(block, Drawing):
        return "chart", figure_of(block, report)
    if isinstance(block, Paragraph):
        return "paragraph", block
    return ("table" if isinstance(block, Table) else "story"), block


class Report(View):
    def get(self, request: HttpRequest, year: int) -> HttpResponse:
        report = report_for(request, year)
        here = reverse("reports:stocktaking", args=[year])
        return render(
            request,
            "reports/stocktaking/report.html",
            {
                "title": _("%(report)s, %(year)s") % {"report": report.outline.name, "year": year},
                "report": report,
                "sections": [
                    (section, [on_page(block, report) for block in section.blocks])
                    for section in report.sections
                ],
                "files": [
                    (
                        form,
                        actions.is_built(report, form),
                        reverse("reports:stocktaking-file", args=[year, form.suffix])
                        + report.query,
                    )
                    for form in FORMS.values()
                ],
                "may_build": is_staff(request.user),
                "build_url": here + report.query,
                "scopes": [
                    {"label": label, "url": here + query, "current": query == report.query}
                    for label, query in scope_links()
                ],
            },
        )

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Build a file of this report (the secretariat)."""
        report = report_for(request, year)
        form = form_of(request.POST.get("form", ""))
        actions.build(report, form, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The file is built. It can be taken away below."))
        return redirect(reverse("reports:stocktaking", args=[year]) + report.query)


class File(View):
    def get(self, request: HttpRequest, year: int, form: str) -> HttpResponse:
        found = form_of(form)
        report = report_for(request, year)
        response = HttpResponse(actions.built_content(report, found), content_type=found.media_type)
        name = f"{actions.stem_of(report)}.{found.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response


class ChartPicture(View):
    def get(self, request: HttpRequest, year: int, key: str) -> HttpResponse:
        drawings = report_for(request, year).drawings
        if key not in drawings:
            raise UnknownChart(key, drawings)
        return svg_response(drawings[key].spec, request)


def scope_links() -> list[tuple[str, str]]:
    """Return name and query string of the whole register and of each region. One query."""
    return [
        (_("The whole register"), ""),
        *(
            (label, query_of(Question(chosen={name: (code,)})))
            for name, code, label in queries.regions()
        ),
    ]


def reports_by_year() -> list[dict[str, Any]]:
    """Return the years that the register can be reported on, with their reports. Two queries."""
    years = queries.years(today=timezone.localdate())
    scopes = scope_links() if years else []
    found = []
    for year in years:
        url = reverse("reports:stocktaking", args=[year])
        regions = [(label, url + query) for label, query in scopes if query]
        found.append({"year": year, "url": url, "regions": regions})
    return found


def link_of_search(
    request: HttpRequest, page: Results, question: Question
) -> tuple[Any, str] | None:
    """Return the link beside the downloads of a search among the activities: its report."""
    if page.kinds != (ACTIVITY,):
        return None
    address = reverse("reports:stocktaking", args=[timezone.localdate().year])
    return _("Report of this search"), address + query_of(question)
