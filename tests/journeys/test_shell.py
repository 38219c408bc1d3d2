"""The shell's own pages in a real browser: readable, narrow enough, from the keyboard."""

import pytest

from rapporteur.search import actions, index, registry
from rapporteur.search.registry import Entry
from tests.journeys.browser import DESK, PHONE, check_accessibility, check_width

pytestmark = pytest.mark.django_db(transaction=True)

PATHS = ["/", "/about", "/report-an-error", "/no-such-page", "/search?q=health"]


@pytest.fixture
def papers(settings, tmp_path, monkeypatch):
    settings.SEARCH_INDEX = tmp_path / "index"
    monkeypatch.setattr(registry, "_searchables", {})
    monkeypatch.setattr(registry, "_facets", {})
    monkeypatch.setattr(index, "_reader", None)
    entries = [
        Entry(
            "paper",
            str(number),
            {"en": f"Paper {number} on health", "ar": f"ورقة {number} عن الصحة"},
            f"/about#{number}",
            {"en": "Digital health services reach more people. " * 8},
            {"topic": [f"C{number % 11 + 1}"]},
            2000 + number,
        )
        for number in range(30)
    ]
    registry.add_searchable(
        "paper",
        label="Papers",
        load=lambda keys: [entries[int(key)] for key in keys],
        all_keys=lambda: [str(number) for number in range(30)],
    )
    registry.add_facet("topic", label="Topic", order=1)
    actions.rebuild()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["", "/ar", "/zh-hans"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_are_accessible_and_fit(new_page, papers, viewport, language, scheme):
    page = new_page(viewport=viewport, color_scheme=scheme)
    for path in PATHS:
        page.goto(f"{language}{path}")
        check_accessibility(page)
        check_width(page)


def test_faulty_report_form_is_accessible(page):
    page.goto("/report-an-error")
    page.get_by_role("button", name="Send the report").click()
    page.get_by_role("link", name="Write what is wrong.").click()

    assert page.evaluate("document.activeElement.id") == "id_text"
    check_accessibility(page)


def test_search_by_keyboard_without_script(new_page, papers):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.keyboard.press("Tab")  # the way past the masthead
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("health")
    page.keyboard.press("Enter")

    assert page.get_by_role("heading", level=1).inner_text() == "30 results for “health”"
    assert page.locator(".hits mark").count() > 0


def test_language_is_changed_on_the_same_page(new_page):
    page = new_page(viewport=PHONE)
    page.goto("/about")
    page.locator(".masthead-languages summary").click()
    page.get_by_role("link", name="العربية").click()

    assert page.url.endswith("/ar/about")
    assert page.locator("html").get_attribute("dir") == "rtl"
