"""Every refusal is problem details, in the reader's language, and tells nothing private."""

from __future__ import annotations

import pytest

from rapporteur.api import bodies
from tests.factories.api import CONTENT, Program, make_program
from tests.factories.register import make_activity, make_framework

pytestmark = pytest.mark.django_db
TYPE = "application/problem+json"


def test_an_unknown_address():
    answer = Program().get("/api/v1/nothing-here")

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, TYPE)
    assert answer.json() == {
        "type": "about:blank",
        "title": "There is nothing at this address",
        "status": 404,
        "detail": "Look at the address. The documentation lists all addresses.",
    }
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/", "/api/v2/activities", "/api/v1/activities/x"])
def test_every_address_under_the_api_answers_programs(path):
    answer = Program().get(path)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, TYPE)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "QUERY"])
def test_a_method_that_is_not_known(method):
    answer = Program().send(method, "activities")

    assert (answer.status_code, answer.headers["Content-Type"]) == (405, TYPE)
    assert answer.headers["Allow"] == "GET, POST, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("body", "status", "detail"),
    [
        ("{", 400, "The body is no JSON: look at line 1, column 2."),
        ('{"content": NaN}', 400, "The body is no JSON in UTF-8."),
        (b"\xff\xfe", 400, "The body is no JSON in UTF-8."),
        ("[" * 100_000, 400, "The body is no JSON in UTF-8."),
        ("[]", 422, "Nothing was stored. Mend what is listed and send it again."),
        ("null", 422, "Nothing was stored. Mend what is listed and send it again."),
    ],
)
def test_a_body_that_cannot_be_read(body, status, detail):
    answer = make_program().post("activities", body)

    assert (answer.status_code, answer.headers["Content-Type"]) == (status, TYPE)
    assert answer.json()["detail"] == detail


def test_another_content_type():
    answer = make_program().send("POST", "activities", "<x/>", content_type="text/xml")
    form = make_program().send(
        "POST", "activities", "a=b", content_type="application/x-www-form-urlencoded"
    )

    assert (answer.status_code, form.status_code) == (415, 415)
    assert answer.json()["detail"].startswith("Send JSON")


def test_a_body_that_is_too_large():
    answer = make_program().post("activities", " " * (bodies.MOST_BYTES + 1))

    assert (answer.status_code, answer.headers["Content-Type"]) == (413, TYPE)


def test_every_field_that_is_wrong_is_named_with_the_nearest_values():
    make_framework()
    answer = make_program().post(
        "activities",
        {
            "content": {
                "title": " ",
                "kind": 7,
                "countries": ["KENN"],
                "links": [{"url": "https://example.org"}, {"url": "here", "lable": "x"}],
                "ends": "2019",
                "starts": "2020",
                "colour": "blue",
            },
            "submit": "yes",
            "contact": {"email": "nobody", "nme": "N"},
            "notes": "",
        },
    )

    assert answer.status_code == 422
    found = {(row["field"], row["code"]): row["nearest"] for row in answer.json()["errors"]}
    assert set(found) == {
        ("content.title", "empty"),
        ("content.kind", "not-text"),
        ("content.countries", "not-allowed"),
        ("content.links.1.url", "not-a-link"),
        ("content.links.1.lable", "unknown-field"),
        ("content.ends", "ends-before-start"),
        ("content.colour", "unknown-field"),
        ("submit", "not-a-flag"),
        ("contact.email", "not-an-email"),
        ("contact.nme", "unknown-field"),
        ("notes", "unknown-field"),
    }
    assert found["content.countries", "not-allowed"][0] == "KEN"
    assert found["notes", "unknown-field"] == ["note"]


@pytest.mark.parametrize(
    ("field", "largest", "code"),
    [
        ("title", "t" * 300, "too-long"),
        ("description", "t" * 20_000, "too-long"),
        ("organization", "t" * 300, "too-long"),
        ("links", [{"url": "https://example.org"}] * 300, "too-many"),
        ("partners", [{"name": "t"}] * 300, "too-many"),
    ],
)
def test_the_greatest_sizes(field, largest, code):
    program = make_program()

    fits = program.post("activities", {"content": {**CONTENT, field: largest}})
    larger = largest + largest[:1]
    exceeds = program.post("activities", {"content": {**CONTENT, field: larger}})

    assert fits.status_code == 201
    assert [(row["field"], row["code"]) for row in exceeds.json()["errors"]] == [
        (f"content.{field}", code)
    ]
    described = program.get("openapi.json").json()["components"]["schemas"]["NewActivity"]
    schema = described["properties"]["content"]["properties"][field]
    assert schema.get("maxLength", schema.get("maxItems")) == len(largest)


@pytest.mark.parametrize("sign", ["\x00", "\x1b", "\ud800", "\u202e", "\uffff"])
@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("content.title", {"title": "A{}"}),
        ("content.links.0.url", {"title": "A", "links": [{"url": "https://a.org/{}"}]}),
        ("content.technologies.0", {"title": "A", "technologies": ["{}"]}),
        ("content.partners.0.slug", {"title": "A", "partners": [{"name": "B", "slug": "{}"}]}),
    ],
)
def test_signs_that_are_not_stored_are_refused_wherever_they_stand(sign, field, content):
    import json

    body = json.dumps({"content": content}).replace("{}", json.dumps(sign)[1:-1])

    answer = make_program().post("activities", body)

    assert answer.status_code == 422
    assert [(row["field"], row["code"]) for row in answer.json()["errors"]] == [(field, "signs")]


def test_a_name_with_such_a_sign():
    answer = make_program().post("activities", '{"content": {"title": "A", "x\\u0000": 1}}')

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "signs"


def test_a_whole_number_may_be_written_with_a_point():
    activity = make_activity()

    answer = make_program().post(
        f"activities/{activity.pk}/follow-ups", '{"year": 2025.0, "text": "A"}'
    )

    assert (answer.status_code, answer.json()["year"]) == (201, 2025)


@pytest.mark.parametrize("language", ["ar", "zh-Hans", "fr", "ru", "es"])
def test_refusals_are_in_the_reader_s_language(language):
    answer = make_program().post("activities", {"content": {}}, Accept_Language=f"xx, {language}")

    assert answer.headers["Content-Language"] == language.lower()
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize("language", ["", "xx", "*", "en;q=x", "a" * 5000])
def test_an_unknown_language_is_english(language):
    answer = Program().get("nothing", Accept_Language=language)

    assert answer.headers["Content-Language"] == "en"


def test_a_fault_of_ours_tells_nothing(monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("private words")

    monkeypatch.setattr("rapporteur.api.operations.reading.listed", fail)

    answer = Program(raise_request_exception=False).get("activities")

    assert (answer.status_code, answer.headers["Content-Type"]) == (500, TYPE)
    assert b"private" not in answer.content
    assert answer.json()["detail"].startswith("The fault is ours")


def test_a_database_that_cannot_write_is_waited_for(monkeypatch):
    from django.db import OperationalError

    def fail(*args, **kwargs):
        raise OperationalError("disk full")

    monkeypatch.setattr("rapporteur.register.actions.drafting.begin_activity", fail)

    answer = make_program().post("activities", {"content": CONTENT})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert b"disk" not in answer.content
