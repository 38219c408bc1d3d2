import gzip
import json

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError
from django.test import RequestFactory

from rapporteur.site import errors, registry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("path", "language", "direction"),
    [("/", "en", "ltr"), ("/ar/", "ar", "rtl"), ("/fr/", "fr", "ltr")],
)
def test_home_says_its_language_and_direction(client, path, language, direction):
    response = client.get(path)

    assert response.status_code == 200
    assert f'<html lang="{language}" dir="{direction}">' in response.content.decode()


def test_home_shows_figures_with_their_source(client, monkeypatch):
    monkeypatch.setattr(registry, "_home_figures", {})
    registry.add_home_figure(
        "made-up",
        order=1,
        fill=lambda year: {
            "value": 12345,
            "label": "paragraphs",
            "url": "/documents",
            "source": "A/80/62",
            "source_url": "/documents/A/80/62",
            "year": 2024,
        },
    )

    page = client.get("/").content.decode()

    assert "2024 at a glance" in page
    assert '<a href="/documents">12,345</a>' in page
    assert '<a href="/documents/A/80/62">A/80/62</a>' in page


@pytest.mark.parametrize("year", ["abcd", "²²²²", "99999", ""])
def test_home_leaves_a_strange_year_aside(client, year):
    assert client.get("/", {"year": year}).status_code == 200


def test_about_has_its_parts(client):
    page = client.get("/about").content.decode()

    for part in ("sources", "definitions", "licence", "accessibility", "privacy"):
        assert f'<section id="{part}">' in page


def test_healthz_says_ok(client):
    response = client.get("/healthz")

    assert (response.status_code, json.loads(response.content)) == (200, {"database": "ok"})


def test_healthz_says_when_the_database_is_away(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr("rapporteur.site.views.pages.connection.cursor", refuse)

    assert client.get("/healthz").status_code == 503


def test_robots_keeps_crawlers_out_of_filters_and_forms(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Disallow: /*?" in response.content.decode().splitlines()


def test_security_txt_has_a_contact_and_an_end(client):
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines[0] == "Contact: mailto:rapporteur@localhost"
    assert lines[1].startswith("Expires: 2")


def test_missing_page_offers_the_search(client):
    response = client.get("/no-such-page")

    assert response.status_code == 404
    assert 'action="/search"' in response.content.decode()


def test_fault_is_told_even_when_the_shell_cannot_be_drawn(monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(errors, "render", fail)
    response = errors.server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode()


@pytest.mark.parametrize("path", ["/", "/about", "/report-an-error"])
def test_first_visit_weighs_less_than_60_kilobytes(client, path):
    """Page, stylesheet and icon as sent (gzip); there is nothing else to load."""
    page = client.get(path).content
    files = [finders.find("site/rapporteur.css"), finders.find("site/favicon.svg")]
    parts = [page, *(open(name, "rb").read() for name in files)]  # noqa: PTH123, SIM115

    weights = [len(gzip.compress(part)) for part in parts]

    assert weights[1] < 8_000
    assert weights[0] + weights[1] < 14_000
    assert sum(weights) < 60_000
    assert b"<script" not in page
    assert b" style=" not in page


def test_stylesheet_has_logical_properties_only():
    from pathlib import Path

    text = Path(finders.find("site/rapporteur.css")).read_text()

    for physical in (
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "text-align: left",
        "text-align: right",
        "float:",
        "border-left",
        "border-right",
    ):
        assert physical not in text
