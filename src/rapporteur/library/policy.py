"""The library room's rows of the policy table."""

from rapporteur.common.policy import page

ROWS = (page("library:documents"),)
