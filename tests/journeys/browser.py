"""A real browser for the journeys: which one, how it is started, what is checked on every page."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

AXE = Path(__file__).with_name("axe.min.js")
# Every level that the accessibility statement names.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 800}
DESK = {"width": 1280, "height": 800}


def chromium_path(playwright: Any) -> str | None:
    """Return the browser's program: ``CHROMIUM``, the system's, or Playwright's own; or none."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    own = playwright.chromium.executable_path
    return own if own and Path(own).exists() else None


def faults_of(page: Any) -> list[str]:
    """Return what axe finds on the page, one line each: rule, what to do, where."""
    page.evaluate(AXE.read_text())
    result = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS
    )
    faults = []
    for fault in result["violations"]:
        places = " | ".join(node["html"][:160] for node in fault["nodes"])
        faults.append(f"{fault['id']}: {fault['help']}: {places}")
    return faults


def check_accessibility(page: Any) -> None:
    """Fail with the list of faults where the page does not hold WCAG 2.2 AA as far as axe sees."""
    faults = faults_of(page)
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def check_width(page: Any) -> None:
    """Fail where the page is wider than its window: a reader would have to push it sideways."""
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"{page.url} is {over} px too wide"
