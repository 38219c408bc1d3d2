"""Coverage: action line by organization, and by region, per year."""

from __future__ import annotations

from functools import partial

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views import View

from rapporteur.library.queries.coverage import (
    coverage_by_organization,
    coverage_by_region,
    latest_year,
    reported_years,
)
from rapporteur.site.lists import Column, download

BY = {"organization": coverage_by_organization, "region": coverage_by_region}


def count_at(place, line):
    """Return the count in one cell of a line."""
    return line.cells[place].count


class Coverage(View):
    """The grid; ``?by=region``, ``?year=2024``, ``?format=csv`` or ``json``."""

    def get(self, request):
        years = reported_years()
        asked = request.GET.get("year", "")
        year = int(asked) if asked.isdecimal() and len(asked) == 4 else None
        year = year if year in years else None
        if year is None:
            year = latest_year(years)
        by = request.GET.get("by", "organization")
        if by not in BY:
            by = "organization"
        table = BY[by](year)
        form = request.GET.get("format", "")
        if form in ("csv", "json"):
            columns = [
                Column(by, lambda line: line.long_name),
                *(
                    Column(concept.code, partial(count_at, place))
                    for place, concept in enumerate(table.columns)
                ),
                Column("elsewhere", lambda line: line.elsewhere),
                Column("paragraphs", lambda line: line.total),
            ]
            return download(
                table.lines,
                columns,
                form=form,
                name=f"coverage-by-{by}-{year}",
                source=request.build_absolute_uri(request.path),
            )
        title = (
            _("Who is reported on which action line, %(year)s") % {"year": year}
            if by == "organization"
            else _("Which region is reported on which action line, %(year)s") % {"year": year}
        )
        return render(
            request,
            "library/coverage.html",
            {
                "title": title if year else _("Coverage"),
                "table": table,
                "year": year,
                "years": years,
                "by": by,
            },
        )
