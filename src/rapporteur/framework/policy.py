"""The framework room's rows of the policy table: everybody reads, nobody writes on pages."""

from rapporteur.common.policy import page

ROWS = (
    page("framework:action-lines"),
    page("framework:action-line"),
    page("framework:goals"),
    page("framework:goal"),
    page("framework:matrix"),
    page("framework:matrix-file"),
    page("framework:cell"),
    page("framework:vocabularies"),
    page("framework:vocabularies-file"),
    page("framework:scheme"),
    page("framework:scheme-file"),
    page("framework:concept"),
)
