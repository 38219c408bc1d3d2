"""The directory room's rows of the policy table."""

from rapporteur.directory.accounts.policy import ROWS as ACCOUNT_ROWS

ROWS = (*ACCOUNT_ROWS,)
