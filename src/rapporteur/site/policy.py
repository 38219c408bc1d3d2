"""The shell's rows of the policy table."""

from rapporteur.common.policy import STAFF, page

ROWS = (
    page("home"),
    page("about"),
    page("desk", STAFF),
    page("report-error"),
)
