"""Addresses of the reports for the walk of the policy table."""

from __future__ import annotations

from rapporteur.library.models import Document
from tests.factories.library import make_document, make_paragraph


def reported_year() -> int:
    """Return a year that there is something to report on."""
    if not Document.objects.filter(symbol="A/99/2024").exists():
        make_paragraph(make_document("A/99/2024", year=2024), concepts=["C1"])
    return 2024


SUBJECTS = {
    "reports:report": lambda _relation, _account: {
        "outline": "progress-report",
        "year": reported_year(),
    },
    "reports:download": lambda _relation, _account: {
        "outline": "progress-report",
        "year": reported_year(),
        "form": "json",
    },
}
BODIES = {
    "reports:build": lambda _kwargs: {
        "outline": "progress-report",
        "year": reported_year(),
        "language": "en",
        "form": "json",
    },
}
