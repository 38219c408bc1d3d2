"""The live server and a real browser. Absent browser: skipped with the reason, refused in CI."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.browser import ARGUMENTS, DESK, chromium_path

# Playwright keeps an event loop in the test's thread, which Django would take for asynchronous
# code; the tests' own look at the database is not.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.browser)


def refuse(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"{reason} In CI the journeys are run.")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        refuse("No Playwright: install the development dependencies (make test).")
    with sync_playwright() as playwright:
        program = chromium_path(playwright)
        if program is None:
            refuse("No Chromium: install it, or name it in CHROMIUM (rapporteur doctor).")
        try:
            started = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        except Error as error:
            refuse(f"Chromium does not start: {str(error).splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def new_page(browser: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """Return a function that opens a page in a browser of its own.

    ``new_page(viewport=PHONE, color_scheme="dark", java_script_enabled=False)``: Playwright's
    options of a context. Addresses may be paths. No page may log a refused script or style.
    """
    contexts, reports = [], []

    def open_page(**options: Any) -> Any:
        options.setdefault("viewport", DESK)
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console",
            lambda message: (
                reports.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not reports, "Refused by the content security policy:\n" + "\n".join(reports)


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """Return a page on a desk's screen."""
    return new_page()
