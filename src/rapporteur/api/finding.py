"""The activities that words and facets find, a page at a time, in the order of their numbers."""

from __future__ import annotations

from dataclasses import replace

import tantivy
from django.utils.translation import gettext as _

from rapporteur.api.problems import Problem
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search import index
from rapporteur.search.queries.asking import Asking, Question

# A record that was withdrawn a moment ago may still be found: so many more are asked for.
SPARE = 20


def keys_found(question: Question, *, before: int | None, most: int) -> list[int]:
    """Return the numbers of the newest activities that a question finds, below a number.

    Raises:
        Problem: 503, this host has no index yet.
    """
    try:
        asking = Asking(replace(question, kinds=(ACTIVITY,)))
    except index.NoIndex as error:
        raise Problem(
            503,
            _("The search is being prepared. Try again in a minute."),
            headers={"Retry-After": "60"},
        ) from error
    query = asking.unranked()
    if before is not None:
        below = tantivy.Query.range_query(
            asking.schema,
            "number",
            tantivy.FieldType.Unsigned,
            upper_bound=before,
            include_upper=False,
        )
        must = tantivy.Occur.Must
        query = tantivy.Query.boolean_query([(must, query), (must, below)])
    hits = asking.searcher.search(
        query, most, count=False, order_by_field="number", order=tantivy.Order.Desc
    ).hits
    return [int(number) for number, _place in hits]
