"""Every check of Schemathesis, for a bounded time; by hand longer (see ``fuzzing``)."""

from __future__ import annotations

import os

import pytest
from django.db import connections

from tests.api import fuzzing

SECONDS = int(os.environ.get("API_FUZZ_SECONDS", "0"))
CHECKS = {
    "allow_header_conformance",
    "content_type_conformance",
    "ensure_resource_availability",
    "ignored_auth",
    "missing_required_header",
    "negative_data_rejection",
    "not_a_server_error",
    "object_level_authorization",
    "positive_data_acceptance",
    "response_headers_conformance",
    "response_schema_conformance",
    "status_code_conformance",
    "unsupported_method",
    "use_after_free",
}


@pytest.mark.django_db(transaction=True)
def test_the_api_passes_every_check(live_server, settings, indexed, monkeypatch):
    # The server's threads outlive the test; they must not keep its database open.
    monkeypatch.setitem(connections.databases["default"], "CONN_MAX_AGE", 0)
    settings.API_READS_A_MINUTE = settings.API_WRITES_A_MINUTE = 10_000_000
    secret = fuzzing.seed()
    indexed()

    if SECONDS:
        outcome = fuzzing.run(live_server.url, secret, examples=100, seconds=SECONDS)
    else:
        outcome = fuzzing.run(live_server.url, secret, examples=5, seconds=75, seed_number=7)
    print(outcome.cases, outcome.ran, outcome.checks)

    assert not outcome.failures, "\n".join(outcome.failures)
    assert set(outcome.checks) >= CHECKS
    assert set(outcome.ran) == {"examples", "coverage", "fuzzing", "stateful"}
    assert outcome.cases > 100
