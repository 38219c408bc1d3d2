"""The reports room's rows of the policy table."""

from rapporteur.common.policy import page

ROWS = (page("reports:reports"),)
