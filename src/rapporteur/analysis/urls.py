"""Web addresses in running text.

Addresses in UN documents stand bare, between angle brackets (``<https://…>.``) or in Markdown
with escaped underscores; a full stop, comma, semicolon or closing bracket after them belongs to
the sentence.
"""

import re

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”«»`|]+", re.IGNORECASE)
_TRAILING = ".,;:!?'’‘*_¹²³⁰⁴⁵⁶⁷⁸⁹…"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_ESCAPE = re.compile(r"\\([_*~#&()\[\]\-.])")


def find_urls(text: str) -> list[str]:
    """Return the addresses in ``text``, in order of first mention, each once.

    An address starts with ``http://``, ``https://`` or ``www.`` and is returned as printed,
    without the sentence's punctuation, without Markdown escapes and without the brackets around
    it. An empty list means none is printed.
    """
    if "://" not in text and "ww." not in text.lower():
        return []
    found: dict[str, None] = {}
    for match in _ADDRESS.finditer(text):
        address = _trimmed(_ESCAPE.sub(r"\1", match.group()))
        if "." in address and not address.endswith(("://", "www")):
            found[address] = None
    return list(found)


def _trimmed(address: str) -> str:
    """Take off what follows an address in a sentence; keep a bracket that the address opened."""
    cut = address.find("](")  # Markdown [https://a](https://a): the first copy is enough
    if cut > 0:
        address = address[:cut]
    surplus = {
        closing: address.count(closing) - address.count(opening)
        for closing, opening in _PAIRS.items()
    }
    end = len(address)
    while end:
        last = address[end - 1]
        if last in _PAIRS and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return address[:end]
