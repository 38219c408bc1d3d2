import re

import pytest

from rapporteur.site.context import in_language


@pytest.mark.parametrize(
    ("path", "current", "code", "address"),
    [
        ("/about", "en", "ar", "/ar/about"),
        ("/ar/about", "ar", "en", "/about"),
        ("/ar/about", "ar", "zh-hans", "/zh-hans/about"),
        ("/", "en", "fr", "/fr/"),
        ("/fr/", "fr", "en", "/"),
        ("/fr/search?q=a&topic=/fr/", "fr", "es", "/es/search?q=a&topic=/fr/"),
        ("/documents/ar/1", "en", "ar", "/ar/documents/ar/1"),
    ],
)
def test_in_language(path, current, code, address):
    assert in_language(path, code, current=current) == address


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/about?x=1", "/ar/about?x=1"])
def test_page_leads_to_itself_in_six_languages(client, path):
    page = client.get(path).content.decode()

    alternates = re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page)
    assert dict(alternates) == {
        "ar": "/ar/about?x=1",
        "zh-hans": "/zh-hans/about?x=1",
        "en": "/about?x=1",
        "fr": "/fr/about?x=1",
        "ru": "/ru/about?x=1",
        "es": "/es/about?x=1",
    }
    shown = re.findall(r'<li><a href="([^"]+)" lang="([\w-]+)" hreflang="[\w-]+"', page)
    assert {code: url for url, code in shown} == dict(alternates)


@pytest.mark.django_db
def test_addresses_of_a_page_are_escaped(client):
    page = client.get("/search?q=%22%3E%3Cscript%3E&year=2024").content.decode()

    assert 'hreflang="fr" href="/fr/search?q=%22%3E%3Cscript%3E&amp;year=2024">' in page
    assert "<script" not in page


@pytest.mark.django_db
def test_the_place_of_the_navigation_is_marked_on_its_own_page_alone(client):
    marked = re.findall(
        r'<a href="([^"]+)" aria-current="page"', client.get("/fr/about").content.decode()
    )
    documents = re.findall(
        r'<a href="([^"]+)" aria-current="page"', client.get("/fr/documents").content.decode()
    )

    assert marked == []
    assert documents == ["/fr/documents"]
