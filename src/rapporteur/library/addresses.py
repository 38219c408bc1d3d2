"""Where a document lives and what makes two of them one: symbols, addresses, folded titles."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from django.utils.text import slugify

from rapporteur.analysis.symbols import canonical_symbol

# The halves of a joint symbol: A/80/62 and E/2025/3 of A/80/62-E/2025/3.
_JOINT = re.compile(r"(?<=[0-9)])-(?=[A-Z]+/)")
OFFICIAL_DOCUMENTS = "https://docs.un.org/en/"
MAX_TITLE_KEY = 420


def fold(text: str) -> str:
    """Return the text for comparison: letters and digits alone, case and accents folded."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in decomposed if character.isalnum())


def title_key(title: str, day: date | None) -> str:
    """Return what identifies a document without a symbol: its folded title and its date."""
    stamp = day.isoformat() if day else "undated"
    return f"{fold(title)[: MAX_TITLE_KEY - len(stamp) - 1]}|{stamp}"


def held_symbol(symbol: str | None) -> str | None:
    """Return the form under which a symbol is held; ``None`` when it is not a document symbol."""
    return canonical_symbol(symbol) if symbol else None


def symbol_halves(symbol: str) -> tuple[str, ...]:
    """Return the symbols that a joint symbol is made of; nothing for a single one."""
    halves = tuple(_JOINT.split(symbol))
    return halves if len(halves) > 1 else ()


def address_for(symbol: str | None, title: str, day: date | None, year: int | None) -> str:
    """Return what stands in a document's URL: the symbol, or a slug of title and year."""
    if symbol:
        return symbol
    stem = slugify(title)[:100].strip("-") or "document"
    stamp = day.year if day else year
    return f"{stem}-{stamp}" if stamp else stem


def official_link(symbol: str | None) -> str:
    """Return the address of a document in the Official Document System; empty without symbol."""
    if not symbol:
        return ""
    halves = symbol_halves(symbol)
    return OFFICIAL_DOCUMENTS + (halves[0] if halves else symbol)
