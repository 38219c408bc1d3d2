"""Finding: what a question finds, how many, what it can be narrowed by, and what is like a text."""

from rapporteur.search.queries.alike import Alike, similar
from rapporteur.search.queries.asking import Question
from rapporteur.search.queries.counting import counts
from rapporteur.search.queries.finding import (
    LAST_PAGE,
    MOST_ROWS,
    PAGE_SIZE,
    Found,
    Hit,
    all_hits,
    find,
)
from rapporteur.search.queries.showing import ShownHit, shown_hits
from rapporteur.search.queries.state import IndexState, index_state
from rapporteur.search.queries.walking import all_keys, count

__all__ = [
    "LAST_PAGE",
    "MOST_ROWS",
    "PAGE_SIZE",
    "Alike",
    "Found",
    "Hit",
    "IndexState",
    "Question",
    "ShownHit",
    "all_hits",
    "all_keys",
    "count",
    "counts",
    "find",
    "index_state",
    "shown_hits",
    "similar",
]
