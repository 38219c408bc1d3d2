"""The reports room's rows of the policy table.

Drafts are made of published records alone, so everybody reads them. Building a Word file or a PDF
takes time and leaves a file: the secretariat does it.
"""

from rapporteur.common.policy import STAFF, act, page

ROWS = (
    page("reports:reports"),
    page("reports:report"),
    page("reports:download"),
    page("reports:build", STAFF),
    act("reports:build", STAFF),
    page("reports:stocktaking"),
    act("reports:stocktaking", STAFF, note="Builds a file of the report."),
    page("reports:stocktaking-file"),
    page("reports:stocktaking-chart"),
)
