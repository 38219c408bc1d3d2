"""The description of the API: as a document for programs, and as a page for people."""

from __future__ import annotations

import re

import pytest

from rapporteur.common import policy
from tests.factories.api import Program
from tests.factories.register import make_framework

pytestmark = pytest.mark.django_db


def described() -> dict:
    return Program().get("openapi.json").json()


def operations(document: dict) -> dict[tuple[str, str], dict]:
    return {
        (path, method.upper()): operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_row_of_the_policy_table_is_an_operation():
    from django.urls import resolve

    rows = {
        (name, method)
        for name, method in policy.table().rows
        if name.startswith("api:") and name != "api:description"
    }
    arguments = {"{pk}": "1", "{number}": "1", "{code}": "C1", "{slug}": "a", "{iso3}": "KEN"}
    found = set()
    for path, method in operations(described()):
        for name, value in arguments.items():
            path = path.replace(name, value)
        found.add((resolve(path).view_name, method))

    assert found == rows


def test_every_operation_says_how_it_is_refused():
    document = described()

    assert document["openapi"] == "3.1.0"
    for (path, method), operation in operations(document).items():
        statuses = set(operation["responses"])
        assert {"401", "403", "429", "500"} <= statuses, path
        assert ("requestBody" in operation) <= {"400", "413", "415", "422"}.issubset(statuses), path
        if method == "GET":
            assert {"304", "404", "412"} <= statuses, path
            assert operation["security"] == [{}, {"Bearer": []}]
        else:
            assert operation["security"] == [{"Bearer": []}]
        names = {item["name"]: item["required"] for item in operation["parameters"]}
        if method in ("PATCH", "DELETE") or path.endswith("/withdraw"):
            assert names["If-Match"] is True
            assert "428" in statuses
        if method == "POST":
            assert names["Idempotency-Key"] is False


def test_a_refusal_is_described_as_problem_details():
    document = described()

    for status, held in document["components"]["responses"].items():
        assert list(held["content"]) == ["application/problem+json"], status
        assert held["description"]
    assert set(document["components"]["schemas"]["FaultShape"]["required"]) == {
        "field",
        "code",
        "message",
        "nearest",
    }


def test_the_codes_are_those_in_force():
    make_framework()
    fields = described()["components"]["schemas"]["NewActivity"]["properties"]["content"][
        "properties"
    ]

    assert fields["countries"]["items"]["enum"] == ["KEN", "NAM"]
    assert "C7.4" in fields["action_lines"]["items"]["enum"]
    assert fields["stakeholder_group"]["enum"] == [
        "stakeholder:civil-society",
        "stakeholder:governments",
        "",
        None,
    ]


def test_what_is_private_is_written_and_never_read():
    schemas = described()["components"]["schemas"]

    assert "contact" in schemas["NewActivity"]["properties"]
    for name, schema in schemas.items():
        if name.endswith("Shape"):
            text = str(sorted(schema["properties"]))
            for private in ("contact", "email", "phone", "entered_by", "made_by", "account"):
                assert private not in text, name


def test_the_page_lists_every_operation_without_a_script(client):
    make_framework()
    text = client.get("/api/v1/").content.decode()

    for (path, method), operation in operations(described()).items():
        assert f"{method} {path}" in text
        assert f'id="{operation["operationId"]}"' in text
    assert "<script" not in text
    assert not re.search(r"\sstyle=|\son\w+=", text)
    assert 'dir="rtl"' in client.get("/ar/api/v1/").content.decode()
