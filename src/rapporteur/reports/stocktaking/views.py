"""Pages of the register's reports: to read, to take away, to build."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.common.policy import is_staff
from rapporteur.reports.stocktaking import actions, queries
from rapporteur.reports.stocktaking.exports import FORMS, form_of
from rapporteur.reports.stocktaking.report import (
    Block,
    Drawing,
    Paragraph,
    StocktakingReport,
    Table,
)
from rapporteur.site.charts import figure


def report_for(request: HttpRequest, year: int) -> StocktakingReport:
    return queries.report_of(
        year,
        query=request.META.get("QUERY_STRING", ""),
        language=get_language() or "en",
        today=timezone.localdate(),
    )


def on_page(block: Block, report: StocktakingReport) -> tuple[str, Any]:
    """Return (kind, what the template shows) of a block."""
    if isinstance(block, Drawing):
        drawn = figure(
            block.spec, source=report.source, source_link=report.source_link, as_of=report.as_of
        )
        return "chart", drawn
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
                "regions": self.regions(here, report),
            },
        )

    def post(self, request: HttpRequest, year: int) -> HttpResponse:
        """Build a file of this report (the secretariat)."""
        report = report_for(request, year)
        form = form_of(request.POST.get("form", ""))
        actions.build(report, form, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("The file is built. It can be taken away below."))
        return redirect(reverse("reports:stocktaking", args=[year]) + report.query)

    def regions(self, here: str, report: StocktakingReport) -> list[dict[str, Any]]:
        """Return the whole register and each region, as links to their reports."""
        labels = queries.labels_of_facets().facets["region"]
        found = [{"label": _("The whole register"), "url": here, "current": not report.query}]
        for code, label in labels.items():
            query = f"?region={code.replace(':', '%3A')}"
            found.append({"label": label, "url": here + query, "current": report.query == query})
        return found


class File(View):
    def get(self, request: HttpRequest, year: int, form: str) -> HttpResponse:
        found = form_of(form)
        report = report_for(request, year)
        response = HttpResponse(actions.built_content(report, found), content_type=found.media_type)
        name = f"{actions.stem_of(report)}.{found.suffix}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
