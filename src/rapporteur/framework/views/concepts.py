"""A concept's page, whatever its scheme; the lists of action lines and of goals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from rapporteur.framework import columns, queries
from rapporteur.framework.addresses import has_home
from rapporteur.framework.models import Concept
from rapporteur.site.lists import Column, ListPage

# A name's language as the pages write it in ``lang``.
TAGS = {"zh": "zh-hans"}
LANGUAGE_NAMES = dict(settings.LANGUAGES)


@dataclass(frozen=True)
class ActionLineRow:
    """One action line with the values of the columns that other rooms add."""

    concept: Concept
    values: tuple[tuple[columns.ActionLineColumn, Any], ...]

    def value(self, key: str) -> Any:
        return next(value for column, value in self.values if column.key == key)


class ActionLines(ListPage):
    title = _("Action lines of the summit")
    lead = _(
        "Eleven lines of action were agreed in Geneva in 2003. C7 has eight applications, each "
        "with facilitators of its own."
    )
    empty = _("No action line is loaded yet. The command “rapporteur framework load” brings them.")
    source = _("Geneva Plan of Action, WSIS-03/GENEVA/DOC/5; links to goals: WSIS-SDG Matrix")
    file_name = "action-lines"
    template_name = "framework/action_lines.html"

    def rows(self, request: HttpRequest) -> list[ActionLineRow]:
        lines = queries.action_lines()
        added = columns.action_line_columns()
        filled = [(column, column.fill(request, lines)) for column in added]
        return [
            ActionLineRow(line, tuple((column, values.get(line.pk)) for column, values in filled))
            for line in lines
        ]

    @property
    def columns(self) -> Sequence[Column]:  # type: ignore[override]
        def reader(column: columns.ActionLineColumn) -> Column:
            return Column(column.key, lambda row: column.plain(row.value(column.key)))

        return (
            Column("code", lambda row: row.concept.code),
            Column("name", lambda row: row.concept.names.get("en")),
            Column("broader", lambda row: row.concept.broader and row.concept.broader.code),
            Column("goals", lambda row: row.concept.goal_count),
            Column("links", lambda row: row.concept.link_count),
            *(reader(column) for column in columns.action_line_columns()),
        )

    def extra_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"added_columns": columns.action_line_columns()}


def concept_context(concept: Concept) -> dict[str, Any]:
    """Return what every concept's page shows. Three queries."""
    links_from = queries.links_from(concept)
    return {
        "title": f"{concept.code} {concept.name}",
        "concept": concept,
        "narrower": list(queries.narrower_of(concept)),
        "goals_linked": queries.grouped(links_from, "cell"),
        "links_count": len(links_from),
        "linked_from": queries.grouped(queries.links_to(concept), "source_concept"),
        "other_names": [
            (TAGS.get(language, language), LANGUAGE_NAMES[TAGS.get(language, language)], name)
            for language, name in concept.names.items()
            if name != concept.name and TAGS.get(language, language) in LANGUAGE_NAMES
        ],
    }


class ActionLine(View):
    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        concept = queries.find_concept(code, scheme=queries.ACTION_LINES)
        if concept is None:
            raise Http404
        context = {
            **concept_context(concept),
            "list_url": reverse("framework:action-lines"),
            "list_title": _("Action lines"),
        }
        return render(request, "framework/concept.html", context)


class Goals(ListPage):
    title = _("Sustainable Development Goals")
    lead = _("The seventeen goals, and how many action lines the WSIS-SDG Matrix links to each.")
    empty = _("No goal is loaded yet. The command “rapporteur framework load” brings them.")
    source = _("A/RES/70/1; links from action lines: WSIS-SDG Matrix")
    file_name = "goals"
    template_name = "framework/goals.html"
    columns = (
        Column("code", lambda row: row[0].code),
        Column("name", lambda row: row[0].names.get("en")),
        Column("action_lines", lambda row: row[1]),
        Column("links", lambda row: row[2]),
    )

    def rows(self, request: HttpRequest) -> list[tuple[Concept, int, int]]:
        matrix = queries.matrix()
        if not matrix.rows:
            return [(goal, 0, 0) for goal in matrix.goals]
        return [
            (goal, filled, links)
            for goal, (filled, links) in zip(matrix.goals, matrix.columns, strict=True)
        ]


class Goal(View):
    """A goal with its targets, or a target: /sdgs/9, /sdgs/9.c."""

    def get(self, request: HttpRequest, number: str) -> HttpResponse:
        concept = queries.find_concept(f"SDG{number}", scheme=queries.GOALS)
        if concept is None:
            raise Http404
        context = {
            **concept_context(concept),
            "list_url": reverse("framework:goals"),
            "list_title": _("Sustainable Development Goals"),
        }
        if concept.broader_id is None:
            in_column = queries.links_in_column(concept)
            compact = [
                group
                for group in context["linked_from"]
                if group.concept.scheme.code != queries.ACTION_LINES
            ]
            by_target: dict[int, list[Concept]] = {}
            for link in in_column:
                lines = by_target.setdefault(link.target_concept_id, [])
                if link.source_concept not in lines:
                    lines.append(link.source_concept)
            context |= {
                "linked_from": compact,
                "action_lines": queries.grouped(in_column, "source_concept"),
                "targets": [
                    (target, by_target.get(target.pk, [])) for target in context["narrower"]
                ],
                "narrower": [],
            }
        return render(request, "framework/goal.html", context)


class ConceptPage(View):
    """The page of a concept whose scheme has no pages of its own elsewhere."""

    def get(self, request: HttpRequest, scheme: str, code: str) -> HttpResponse:
        concept = queries.find_concept(code, scheme=scheme)
        if concept is None:
            raise Http404
        if has_home(scheme):
            return redirect(concept, permanent=True)
        context = {
            **concept_context(concept),
            "list_url": concept.scheme.get_absolute_url(),
            "list_title": concept.scheme.title,
        }
        return render(request, "framework/concept.html", context)
