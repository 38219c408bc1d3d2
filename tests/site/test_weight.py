"""What the pages weigh with the whole framework in them, as sent (gzip)."""

from datetime import UTC, datetime

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import Client

from rapporteur.directory.actions.loading import load_pack

PATHS = [
    "/",
    "/action-lines",
    "/action-lines/C5",
    "/sdgs",
    "/sdgs/9",
    "/matrix",
    "/organizations",
    "/organizations/itu",
    "/countries",
    "/documents",
    "/coverage",
    "/milestones",
    "/search?q=internet",
    "/about",
]
FURTHER, FIRST = 25_000, 60_000


@pytest.mark.django_db
def test_pages_are_light():
    load_pack(at=datetime(2026, 3, 1, tzinfo=UTC))
    call_command("library", "load-record", verbosity=0)
    client = Client(headers={"accept-encoding": "gzip"})
    weights = {}
    for path in PATHS:
        response = client.get(path)
        assert response.status_code == 200, path
        weights[path] = len(response.content)
        # Nothing else is loaded: no script, no picture, no second stylesheet.
        assert b"<script" not in response.content

    stylesheet, icon = (
        len(open(finders.find(name), "rb").read())  # noqa: SIM115, PTH123
        for name in ("site/rapporteur.css", "site/favicon.svg")
    )
    assert max(weights.values()) < FURTHER, weights
    assert max(weights.values()) + stylesheet + icon < FIRST, weights
