"""Addresses of the reports for the walk of the policy table."""

from __future__ import annotations

from rapporteur.library.models import Document
from rapporteur.register.models import Activity
from tests.factories.library import make_document, make_paragraph
from tests.factories.register import AT, make_activity


def reported_year() -> int:
    """Return a year that there is something to report on."""
    if not Document.objects.filter(symbol="A/99/2024").exists():
        make_paragraph(make_document("A/99/2024", year=2024), concepts=["C1"])
    return 2024


def register_year() -> int:
    """Return a year that the register can be reported on."""
    if not Activity.objects.exists():
        make_activity()
    return AT.year


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
    "reports:stocktaking": lambda _relation, _account: {"year": register_year()},
    "reports:stocktaking-file": lambda _relation, _account: {
        "year": register_year(),
        "form": "json",
    },
    "reports:stocktaking-chart": lambda _relation, _account: {
        "year": register_year(),
        "key": "entered",
    },
}
BODIES = {
    "reports:stocktaking": lambda _kwargs: {"form": "json"},
    "reports:build": lambda _kwargs: {
        "outline": "progress-report",
        "year": reported_year(),
        "language": "en",
        "form": "json",
    },
}
