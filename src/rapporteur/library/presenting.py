"""A paragraph's words as safe HTML: lines, the opening in italics, links to what is held."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# A document symbol, or the number of a resolution, as texts print them.
_PRINTED = re.compile(
    r"(?<![\w/])(?:[A-Z]+(?:[-.][A-Z0-9]+)*(?:/[\w.()-]*[\w)])+|\d{1,4}/\d{1,4})(?![\w/])"
)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:)\]]")


def short_forms(symbol: str) -> Iterable[str]:
    """Yield the ways in which a text prints a symbol: whole, and a resolution by its number."""
    yield symbol
    parts = symbol.split("/")
    if len(parts) == 4 and parts[1] == "RES":
        yield f"{parts[2]}/{parts[3]}"


def with_links(text: str, held: Mapping[str, str]) -> SafeString:
    """Return the text escaped, with links on the symbols in ``held`` (printed form to address)."""
    if not held:
        return format_html("{}", text)
    parts: list[SafeString] = []
    place = 0
    for match in _PRINTED.finditer(text):
        url = held.get(match.group())
        if url is None:
            continue
        parts.append(format_html("{}", text[place : match.start()]))
        parts.append(format_html('<a href="{}">{}</a>', url, match.group()))
        place = match.end()
    parts.append(format_html("{}", text[place:]))
    return mark_safe("".join(parts))  # noqa: S308 every part was escaped above


def with_addresses(text: str, held: Mapping[str, str]) -> SafeString:
    """Return a footnote escaped, with links on web addresses and on symbols that are held."""
    parts: list[SafeString] = []
    place = 0
    for match in _ADDRESS.finditer(text):
        parts.append(with_links(text[place : match.start()], held))
        parts.append(format_html('<a href="{0}" rel="external">{0}</a>', match.group()))
        place = match.end()
    parts.append(with_links(text[place:], held))
    return mark_safe("".join(parts))  # noqa: S308 every part was escaped above


def lines_of(text: str, opening: str, held: Mapping[str, str]) -> list[SafeString]:
    """Return the lines of a paragraph as safe HTML, the first with its opening in italics."""
    lines = [line for line in text.split("\n") if line.strip()]
    shown = []
    for position, line in enumerate(lines):
        if position == 0 and opening and line.startswith(opening):
            rest = with_links(line[len(opening) :], held)
            shown.append(format_html("<em>{}</em>{}", opening, rest))
        else:
            shown.append(with_links(line, held))
    return shown
