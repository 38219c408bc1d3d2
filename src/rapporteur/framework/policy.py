"""The framework room's rows of the policy table."""

from rapporteur.common.policy import page

ROWS = (page("framework:action-lines"),)
