"""The search room's rows of the policy table."""

from rapporteur.common.policy import page
from rapporteur.search.saved.policy import ROWS as SAVED_ROWS

ROWS = (
    page("search:results"),
    *SAVED_ROWS,
)
