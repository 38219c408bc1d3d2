"""The map and the timeline of what a question finds, drawn on the server.

The table of the same figures is at ``register:table``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views import View

from rapporteur.analysis.charts import Spec
from rapporteur.register.pictured import map_of, timeline_of
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search import index, queries
from rapporteur.search.views import question_of
from rapporteur.site.charts import svg_response


def picture(
    request: HttpRequest, facet: str, draw: Callable[[Mapping[str, int]], Spec]
) -> HttpResponse:
    """Answer with a chart of a facet's counts: of none where this host has no index.

    The counts are kept while the index stays as it is, and the drawing by what it shows.
    """
    question = question_of(request, kinds=(ACTIVITY,))
    try:
        counts = queries.counts(question, (facet,)).get(facet, {})
    except index.NoIndex:
        counts = {}
    return svg_response(draw(counts), request)


class Map(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return picture(request, "country", map_of)


class Timeline(View):
    def get(self, request: HttpRequest) -> HttpResponse:
        return picture(request, "year", timeline_of)
