"""The catalogs' machinery: what is gathered, what is found missing or broken."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from rapporteur.operations import translations


@pytest.fixture
def catalogs(settings, tmp_path, monkeypatch):
    """A package of two files and empty catalogs."""
    package = tmp_path / "package"
    (package / "room" / "templates").mkdir(parents=True)
    (package / "room" / "views.py").write_text(
        "from django.utils.translation import gettext as _, ngettext\n"
        '_("A %(name)s page")\nngettext("%(n)s row", "%(n)s rows", 2)\n'
    )
    (package / "room" / "templates" / "page.html").write_text(
        '{% translate "From a template" %}\n'
        "   {% blocktranslate count n=n %}{{ n }} hit"
        "{% plural %}{{ n }} hits{% endblocktranslate %}"
    )
    monkeypatch.setattr(translations, "PACKAGE", package)
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    return tmp_path


def put(language, **strings):
    catalog = Catalog(locale=language)
    for message in translations.extract():
        if message.id:
            catalog.add(message.id, strings.get(translations.identity(message)))
    path = translations.catalog_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog)


def test_strings_of_code_and_templates_are_gathered_with_their_plurals(catalogs):
    found = {
        tuple(translations.texts(message.id)) for message in translations.extract() if message.id
    }

    assert found == {
        ("A %(name)s page",),
        ("%(n)s row", "%(n)s rows"),
        ("From a template",),
        ("%(n)s hit", "%(n)s hits"),
    }


def test_gathering_keeps_what_is_translated(catalogs):
    put("fr", **{"From a template": "D’un modèle"})

    lacking = translations.gather()

    assert lacking == {"ar": 4, "es": 4, "fr": 3, "ru": 4, "zh_Hans": 4}
    assert translations.read("fr").get("From a template").string == "D’un modèle"


def test_a_second_gathering_changes_nothing(catalogs):
    translations.gather()
    before = translations.catalog_path("ru").read_text()

    translations.gather()

    assert translations.catalog_path("ru").read_text() == before
    assert "POT-Creation-Date" not in before


def test_a_translation_that_breaks_a_placeholder_is_found(catalogs):
    put(
        "fr",
        **{
            "A %(name)s page": "Une page %(nom)s",
            "From a template": "D’un modèle",
            "%(n)s row": ("%(n)s ligne", "%(n)s lignes"),
            "%(n)s hit": ("un résultat", "%(n)s résultats"),
        },
    )

    found = [gap for gap in translations.gaps() if gap.language == "fr"]

    assert found == [translations.Gap("fr", "A %(name)s page", "placeholders differ: ['nom']")]


def test_a_catalog_is_replaced_in_one_step(monkeypatch):
    """While a catalog is being written, a process that starts reads the whole one before it."""
    seen = []

    def write_mo(file, catalog):
        place = Path(file.name).with_name("django.mo")
        seen.append(place.stat().st_size if place.exists() else None)
        original(file, catalog)

    original = translations.write_mo
    translations.compile_catalogs()
    monkeypatch.setattr(translations, "write_mo", write_mo)

    translations.compile_catalogs()

    assert len(seen) == 5
    assert all(seen)
