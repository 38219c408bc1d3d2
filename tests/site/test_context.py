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
    links = {item["code"]: item["url"] for item in client.get(path).context["languages"]}

    assert links == {
        "ar": "/ar/about?x=1",
        "zh-hans": "/zh-hans/about?x=1",
        "en": "/about?x=1",
        "fr": "/fr/about?x=1",
        "ru": "/ru/about?x=1",
        "es": "/es/about?x=1",
    }
