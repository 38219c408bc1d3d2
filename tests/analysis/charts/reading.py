"""How the tests read a drawing."""

from __future__ import annotations

import gzip

from lxml import etree

SVG = "{http://www.w3.org/2000/svg}"
MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
ATTRIBUTES = {
    "class",
    "cx",
    "cy",
    "d",
    "direction",
    "fill",
    "font-family",
    "font-size",
    "height",
    "lang",
    "r",
    "role",
    "stroke",
    "stroke-dasharray",
    "stroke-linejoin",
    "stroke-width",
    "text-anchor",
    "transform",
    "viewBox",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
}
ELEMENTS = {"svg", "title", "desc", "g", "path", "line", "rect", "circle", "text"}


def parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode())


def plain(text: str) -> str:
    """Return the text without the marks of direction."""
    return text.translate(MARKS)


def texts(svg: str) -> list[str]:
    """Return the texts that are drawn, in order."""
    return [plain(text.text or "") for text in parsed(svg).iter(f"{SVG}text")]


def titles(svg: str) -> list[str]:
    """Return the titles of shapes, in order."""
    return [
        plain(title.text or "")
        for title in parsed(svg).iter(f"{SVG}title")
        if title.getparent().tag != f"{SVG}svg"
    ]


def places(svg: str) -> dict[str, tuple[float, float]]:
    """Return where each text stands."""
    return {
        plain(text.text or ""): (float(text.get("x", 0)), float(text.get("y", 0)))
        for text in parsed(svg).iter(f"{SVG}text")
    }


def weight(svg: str) -> int:
    return len(gzip.compress(svg.encode()))


def assert_fit_for_a_page(svg: str) -> None:
    """Assert that nothing in the drawing acts, is styled, or could clash with the page."""
    root = parsed(svg)
    assert {etree.QName(element).localname for element in root.iter()} <= ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert root.get("role") == "img"
    assert next(etree.QName(child).localname for child in root) == "title"
