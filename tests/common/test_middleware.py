import pytest
from django.test import Client
from django.urls import reverse

from rapporteur.directory.models import Account

pytestmark = pytest.mark.django_db


def test_every_page_carries_the_security_headers(client):
    headers = client.get(reverse("home")).headers

    policy = dict(
        part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; ") if part
    )
    assert policy == {
        "default-src": "'self'",
        "img-src": "'self'",
        "style-src": "'self'",
        "script-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
    }
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_of_a_signed_in_person_are_not_kept(client):
    client.force_login(Account.objects.create_user("a@example.org", None))

    assert client.get(reverse("home")).headers["Cache-Control"] == "private, no-store"


def test_an_unknown_method_is_refused_with_those_allowed(client):
    response = client.put(reverse("home"))

    assert response.status_code == 405
    assert response.headers["Allow"] == "GET"


def test_options_tells_the_methods(client):
    response = client.options(reverse("home"))

    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_a_form_without_its_token_is_refused():

    person = Account.objects.create_user("a@example.org", None)
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)

    assert client.post(reverse("directory:me"), {"name": "x"}).status_code == 403
    person.refresh_from_db()
    assert person.name == ""
