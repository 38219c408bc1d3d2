"""A newcomer finds what an organization did on one action line, and follows it to its source.

The record shipped with the package is loaded, as `make demo` does.
"""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import call_command

from tests.journeys.browser import DESK, PHONE, check_accessibility, check_width

pytestmark = pytest.mark.django_db(transaction=True)
REPORT = "A/80/62-E/2025/3"


@pytest.fixture
def record(settings, tmp_path):
    """The framework pack, the record and the index, as on a site newly set up."""
    settings.SEARCH_INDEX = tmp_path / "index"
    call_command("framework", "load", verbosity=0)
    call_command("library", "load-record", verbosity=0)
    call_command("search", "rebuild", verbosity=0)


def press_until(page, locator, key="Tab", at_most=120):
    """Move the focus until it stands on the element; fail where the keyboard does not reach it."""
    wanted = locator.element_handle()
    for _step in range(at_most):
        page.keyboard.press(key)
        if page.evaluate("element => document.activeElement === element", wanted):
            return
    pytest.fail(f"The keyboard does not reach {locator} in {at_most} steps.")


def test_from_home_to_the_paragraph_on_a_desk(new_page, record):
    page = new_page(viewport=DESK)
    page.goto("/")
    page.get_by_role("searchbox").first.fill("UNESCO")
    page.get_by_role("searchbox").first.press("Enter")
    page.locator(".hits a[href='/organizations/unesco']").click()
    assert page.url.endswith("/organizations/unesco")

    page.locator(f"main a[href^='/documents/{REPORT}/p']").first.click()

    page.wait_for_url(f"**/documents/{REPORT}**")
    anchor = page.url.split("#")[1]
    row = page.locator(f"#{anchor}")
    assert row.is_visible()
    assert "UNESCO" in row.locator("xpath=ancestor-or-self::*[1]").inner_text()
    check_accessibility(page)


def test_an_action_line_s_list_is_taken_away(new_page, record):
    page = new_page(viewport=DESK)
    page.goto("/action-lines/C8?year=2024")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    rows = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON", exact=True).first.click()
    body = json.loads(download.value.path().read_text(encoding="utf-8"))

    assert len(rows) == body["count"] > 0
    assert {row["document"] for row in rows} == {REPORT}


def test_the_same_by_keyboard_on_a_phone_in_arabic(new_page, record):
    page = new_page(viewport=PHONE)
    page.goto("/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    check_width(page)

    press_until(page, page.locator("nav.masthead-places a[href='/ar/action-lines']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/action-lines")
    check_accessibility(page)
    press_until(page, page.locator("main a[href='/ar/action-lines/C8']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/action-lines/C8**")
    check_width(page)
    press_until(page, page.locator(f"main a[href^='/ar/documents/{REPORT}']").first, at_most=200)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/ar/documents/{REPORT}**")
    check_accessibility(page)
    check_width(page)


def test_every_step_works_without_script(new_page, record):
    page = new_page(viewport=PHONE, java_script_enabled=False)
    page.goto("/")
    page.locator("input[name=q]").last.fill("C5")
    page.locator("input[name=q]").last.press("Enter")
    page.locator("a[href='/action-lines/C5']").first.click()
    page.locator(f"main a[href^='/documents/{REPORT}']").first.click()

    assert f"/documents/{REPORT}" in page.url
