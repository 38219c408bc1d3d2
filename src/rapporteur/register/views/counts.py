"""What the register counts: definitions, figures, and the counts of a question as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from rapporteur.analysis.charts import Bar, Bars, Series, Timeline
from rapporteur.register.pictured import words_of
from rapporteur.register.queries import counts
from rapporteur.register.queries.counts import Statistics as Counted
from rapporteur.register.queries.counts import Tally
from rapporteur.register.searchables import ACTIVITY
from rapporteur.register.views.search import FACETS, Activities
from rapporteur.search import index, queries, registry
from rapporteur.search.queries import Question
from rapporteur.search.views import address, question_of
from rapporteur.search.views.facets import in_order
from rapporteur.site.charts import NOT_SHOWN, Figure, figure
from rapporteur.site.lists import Column, download

COUNTRIES_SHOWN = 20


class Definitions(View):
    """What an entry is, and what each count counts, with today's counts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "title": _("What the register counts"),
            "counts": counts.standings(on=today),
            "today": today,
        }
        return render(request, "register/definitions.html", context)


@dataclass(frozen=True)
class Part:
    """One part of the page of figures: a table, and a chart where it has one."""

    anchor: str
    title: str
    item: str
    rows: Sequence[Tally]
    figure: Figure | None = None
    note: str = ""
    more: str = ""


class Statistics(View):
    """The register in figures, from the database."""

    def get(self, request: HttpRequest) -> HttpResponse:
        today = timezone.localdate()
        context = {
            "title": _("The register in figures"),
            "counts": counts.standings(on=today),
            "today": today,
            "parts": parts_of(counts.statistics()),
        }
        return render(request, "register/statistics.html", context)


def parts_of(counted: Counted) -> list[Part]:
    """Return the parts of the page of figures. About eight queries."""
    many = _("An entry may stand under several, so these do not add up.")
    lines = counts.concept_tallies(
        "action-lines", counted.action_lines, facet="action-line", parts=counted.applications
    )
    goals = counts.concept_tallies("sdg", counted.goals, facet="sdg")
    regions = counts.concept_tallies("regions", counted.regions, facet="region")
    itu = counts.concept_tallies("itu-regions", counted.itu_regions, facet="itu-region")
    groups = counts.concept_tallies(
        "stakeholder-groups", counted.stakeholder_groups, facet="stakeholder-group"
    )
    countries = counts.country_tallies(counted.countries)
    parts = [
        Part("action-lines", _("By action line"), _("Action line"), lines, note=many),
        Part("goals", _("By Sustainable Development Goal"), _("Goal"), goals, note=many),
        Part("regions", _("By region of the United Nations"), _("Region"), regions, note=many),
        Part("itu-regions", _("By region of ITU"), _("Region"), itu, note=many),
        Part(
            "country-groups",
            _("By group of countries"),
            _("Group"),
            counts.concept_tallies("country-groups", counted.country_groups, facet="country-group"),
            note=many,
        ),
        Part(
            "countries",
            _("By country"),
            _("Country"),
            countries[:COUNTRIES_SHOWN],
            note=many,
            more=reverse("register:table") + "?by=country"
            if len(countries) > COUNTRIES_SHOWN
            else "",
        ),
        Part("groups", _("By stakeholder group"), _("Stakeholder group"), groups),
        Part("kinds", _("By kind"), _("Kind"), counts.kind_tallies(counted.kinds)),
        Part("status", _("By status"), _("Status"), counts.status_tallies(counted.statuses)),
        Part("years", _("By year of the start"), _("Year"), counts.year_tallies(counted.years)),
    ]
    return [with_chart(part) for part in parts if any(row.count for row in part.rows)]


# Parts that are drawn; the others are read faster as they stand.
DRAWN = ("action-lines", "goals", "regions", "groups")


def with_chart(part: Part) -> Part:
    if part.anchor == "years":
        years = {int(row.value): float(row.count) for row in part.rows}
        span = range(min(years), max(years) + 1)
        values: dict[int, float | None] = {year: years.get(year, 0.0) for year in span}
        drawn: Any = Timeline(title=part.title, series=(Series(_("Activities"), values),))
    elif part.anchor in DRAWN:
        drawn = Bars(
            title=part.title,
            rows=tuple(
                Bar(short_label(row), float(row.count)) for row in part.rows if not row.depth
            ),
            item=part.item,
            measure=_("Activities"),
        )
    else:
        return part
    return Part(
        part.anchor, part.title, part.item, part.rows, figure(drawn, table=NOT_SHOWN), part.note
    )


def short_label(row: Tally) -> str:
    """Return a bar's label: a code that people know with its name, or the name alone."""
    return f"{row.value} {row.label}" if row.coded else row.label


@dataclass(frozen=True)
class Line:
    """One line of the table of a question: a value, how many, and where they are."""

    value: str
    label: str
    count: int
    url: str


class CountTable(View):
    """The counts of a question by one facet (``?by=country``), whole, with downloads."""

    usual = "country"
    columns = (
        Column("value", lambda line: line.value),
        Column("name", lambda line: line.label),
        Column("activities", lambda line: line.count),
    )

    def get(self, request: HttpRequest) -> Any:
        by = request.GET.get("by", self.usual)
        by = by if by in FACETS else self.usual
        question = question_of(request, kinds=(ACTIVITY,))
        try:
            found = queries.counts(question, (by,)).get(by, {})
        except index.NoIndex:
            found = None
        rows = lines_of(question, by, found or {})
        form = request.GET.get("format", "")
        if form in ("csv", "json") and found is not None:
            return download(
                rows,
                self.columns,
                form=form,
                name=f"activities-by-{by}",
                source=request.build_absolute_uri(),
            )
        state = address(question).removeprefix("?")
        return render(
            request,
            "register/table.html",
            {
                "title": TITLES[by],
                "rows": rows,
                "by": by,
                "no_index": found is None,
                "state": state,
                "others": [(name, TITLES[name]) for name in FACETS if name != by],
            },
        )


TITLES = {
    "action-line": gettext_lazy("Activities by action line"),
    "sdg": gettext_lazy("Activities by Sustainable Development Goal"),
    "region": gettext_lazy("Activities by region of the United Nations"),
    "itu-region": gettext_lazy("Activities by region of ITU"),
    "country": gettext_lazy("Activities by country"),
    "country-group": gettext_lazy("Activities by group of countries"),
    "stakeholder-group": gettext_lazy("Activities by stakeholder group"),
    "activity-kind": gettext_lazy("Activities by kind"),
    "activity-status": gettext_lazy("Activities by status"),
    "year": gettext_lazy("Activities by year of the start"),
    "organization": gettext_lazy("Activities by organization"),
    "language": gettext_lazy("Activities by language of the text"),
    "standing": gettext_lazy("Activities by last confirmation"),
}


def lines_of(question: Question, by: str, found: Mapping[str, int]) -> list[Line]:
    facet = registry.facet(by)
    order = in_order(found, facet.by if facet else "value-down")
    words = words_of(by, found)
    base = reverse("register:activities")
    chosen = {name: values for name, values in question.chosen.items() if name != by}
    return [
        Line(
            value,
            words.get(value, value),
            found[value],
            base
            + address(replace(question, chosen={**chosen, by: (value,)}, sort=Activities.sort)),
        )
        for value in order
    ]
