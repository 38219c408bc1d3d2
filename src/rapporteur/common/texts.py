"""Text that people type: how it is stored, and which signs no text of theirs holds."""

from __future__ import annotations

import unicodedata

# Written in a text although they are control characters.
WRITTEN = frozenset("\t\n\r")
# They turn the order of everything after them, up to a sign that ends it or the paragraph's end.
OVERRIDES = frozenset("\u202d\u202e")
OPENS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069"}
OPENS["\u2068"] = "\u2069"
CLOSES = frozenset(OPENS.values())


def as_stored(text: str) -> str:
    """Return the text in the one form that is stored: Unicode's NFC."""
    return unicodedata.normalize("NFC", text)


def sign_name(sign: str) -> str:
    """Return how a sign that cannot be shown is called: ``U+0008``."""
    return f"U+{ord(sign):04X}"


def refused_signs(text: str) -> list[str]:
    """Return the signs of a text that are not stored, each once, in order.

    They are the control characters but tab and line ends, code points that are no character, and
    signs that change the direction of what follows and are not ended on their line: a name with
    one would turn the words beside it.
    """
    found: dict[str, None] = {}
    for line in text.splitlines(keepends=True):
        open_signs: list[str] = []
        for sign in line:
            if sign in WRITTEN:
                continue
            if (
                unicodedata.category(sign) in ("Cc", "Cs")
                or sign in OVERRIDES
                or is_noncharacter(sign)
            ):
                found[sign] = None
            elif sign in OPENS:
                open_signs.append(sign)
            elif sign in CLOSES:
                for place in range(len(open_signs) - 1, -1, -1):
                    if OPENS[open_signs[place]] == sign:
                        del open_signs[place:]
                        break
        found.update(dict.fromkeys(open_signs))
    return list(found)


def is_noncharacter(sign: str) -> bool:
    """Return whether Unicode keeps the code point for no character (U+FFFE, U+FDD0 to U+FDEF)."""
    return ord(sign) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(sign) <= 0xFDEF
