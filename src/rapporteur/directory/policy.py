"""The directory room's rows of the policy table."""

from rapporteur.common.policy import page

ROWS = (page("directory:me"),)
