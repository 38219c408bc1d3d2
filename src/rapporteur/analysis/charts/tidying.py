"""From the SVG that Vega writes to the little that a picture needs.

A page's security policy refuses style attributes, and two charts on one page must not share an id.
So only known elements and attributes stay; colours get a class beside their value; what Vega says
for screen readers about marks and axes goes, because the picture has one title, one description and
a table. Numbers keep one decimal place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from rapporteur.analysis.charts.ink import NAMES

_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = (
    "class",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "transform",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "text-anchor",
    "font-size",
    "font-weight",
)
_SHAPES = ("path", "line", "text", "rect", "circle")
_DEFAULTS = {"text-anchor": "start", "font-size": "13", "stroke-width": "1"}
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+")
_TRANSLATE = re.compile(r"translate\(([^,)]+),([^,)]+)\)")


def tidy(svg: str, texts: Sequence[str]) -> str:
    """Return the inside of the SVG: shapes, texts and groups with known attributes alone.

    Each text of the SVG is a number: the place of what is to stand there in ``texts``.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(svg.encode(), parser)
    out = etree.Element("g")
    for child in root:
        # The first rectangle is the ground, which the page has.
        if child.tag != f"{_SVG}rect":
            _copy(child, out, texts)
    inner: str = etree.tostring(out, encoding="unicode")
    return inner.removeprefix("<g>").removesuffix("</g>").removesuffix("<g/>")


def _copy(element: etree._Element, into: etree._Element, texts: Sequence[str]) -> None:
    """Append the tidy form of the element to ``into``; a group without a place of its own melts."""
    tag = str(element.tag).removeprefix(_SVG)
    if tag == "g":
        place = _moved(element.get("transform", ""))
        group = into
        if place not in ("", "translate(0,0)"):
            group = etree.SubElement(into, "g", transform=place)
        for child in element:
            _copy(child, group, texts)
        return
    if tag not in _SHAPES or element.get("display") == "none" or not _drawn(element):
        return
    copied = etree.SubElement(into, tag, _attributes(tag, element))
    if tag == "text":
        copied.text = texts[int(element.text or 0)]
    elif label := element.get("aria-label"):
        etree.SubElement(copied, "title").text = label


def _drawn(element: etree._Element) -> bool:
    return element.get("class") not in ("background", "foreground") and element.get("d", "M") != ""


def _attributes(tag: str, element: etree._Element) -> dict[str, str]:
    """Return the attributes that stay, colours with their class, places without a transform."""
    kept = {name: str(value) for name, value in element.attrib.items() if name in _KEPT}
    kept.pop("class", None)
    for name in ("fill", "stroke"):
        if kept.get(name) == "none":
            kept.pop(name)
    if kept.get("stroke-width") == "0":
        kept.pop("stroke-width")
        kept.pop("stroke", None)
    named = [
        f"{name[0]}-{NAMES[kept[name]]}" for name in ("fill", "stroke") if kept.get(name) in NAMES
    ]
    if tag in ("path", "line") and "fill" not in kept:
        kept["fill"] = "none"
    if "font-size" in kept:
        kept["font-size"] = kept["font-size"].removesuffix("px")
    if "transform" in kept:
        _place(tag, kept)
    for name, value in _DEFAULTS.items():
        if kept.get(name) == value:
            kept.pop(name)
    kept = {name: _NUMBER.sub(_rounded, value) for name, value in kept.items()}
    return {**({"class": " ".join(named)} if named else {}), **kept}


def _place(tag: str, kept: dict[str, str]) -> None:
    """Turn a plain move into the place of a text or the ends of a line."""
    found = _TRANSLATE.fullmatch(kept["transform"])
    if not found:
        return
    x, y = float(found[1]), float(found[2])
    if tag == "text":
        kept["x"], kept["y"] = str(x), str(y)
    elif tag == "line":
        kept["x1"], kept["y1"] = str(x), str(y)
        kept["x2"] = str(x + float(kept.get("x2", 0)))
        kept["y2"] = str(y + float(kept.get("y2", 0)))
    elif x or y:
        return
    kept.pop("transform")


def _moved(transform: str) -> str:
    return _NUMBER.sub(_rounded, transform)


def _rounded(found: re.Match[str]) -> str:
    number = round(float(found[0]), 1)
    return f"{number:g}" if abs(number) < 100_000 else str(int(number))
