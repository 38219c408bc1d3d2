"""What a page, as a browser would read it, holds that could act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html

# Elements of the platform's own pages; anything else was brought by somebody's text.
# One string, so that it reads as a list of words.
ELEMENTS = frozenset(
    "a abbr article aside b blockquote body bdi br button caption cite code dd details div dl dt em"  # noqa: SIM905
    " fieldset footer form h1 h2 h3 h4 h5 h6 head header html i img input label legend li link main"
    " mark meta nav ol option p section select small span strong sub summary sup table tbody td"
    " textarea tfoot th thead time title tr ul script".split()
)
ADDRESS_ATTRIBUTES = ("href", "src", "action", "formaction", "data", "poster", "xlink:href")
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.\-]*)[\x00-\x20]*:", re.IGNORECASE)
SCHEMES = ("http", "https", "mailto")
OWN = ("/", "?", "#")


def active_nodes(page: str, *, styled: bool = False) -> Iterator[str]:
    """Yield what could act on a page: an element, attribute or address that is not ours.

    ``styled``: the page may carry one style sheet of its own in its head (a report's file).
    """
    root: Any = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in root.iter():
        if not isinstance(element.tag, str):
            if "[if" in (element.text or ""):
                yield f"a conditional comment: {element.text!r}"
            continue
        if element.tag == "style" and styled and element.getparent().tag == "head":
            continue
        if element.tag not in ELEMENTS:
            yield f"<{element.tag}>"
        if element.tag == "script" and not (element.get("src") or "").startswith("/static/"):
            yield f"<script>{element.text!r}"
        if element.tag == "link" and element.get("rel") not in ("alternate", "stylesheet", "icon"):
            yield f"<link rel={element.get('rel')!r}>"
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "<meta http-equiv=refresh>"
        for name, value in element.attrib.items():
            yield from acting(element.tag, str(name).lower(), value)


def acting(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ("style", "srcdoc", "ping", "background"):
        yield f"<{tag} {name}={value!r}>"
    if name not in ADDRESS_ATTRIBUTES:
        return
    scheme = SCHEME.match(value)
    if scheme is not None and scheme.group(1).lower() not in SCHEMES:
        yield f"<{tag} {name}={value!r}>"
    if tag in ("link", "script", "img", "form", "button") and value and not value.startswith(OWN):
        yield f"<{tag} {name}={value!r}> leads elsewhere"


def text_of(page: str) -> str:
    """Return all text of a page, with the values of its fields, one space between words."""
    root: Any = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    values = [str(value) for value in root.xpath("//input/@value")]
    return folded(" ".join([*root.itertext(), *values]))


def folded(text: str) -> str:
    return " ".join(text.replace("\ufeff", "").split())
