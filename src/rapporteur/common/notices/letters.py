"""A letter in one language, and its two forms: plain text, and a page as simple as the text.

Pieces in another direction of writing than the letter's (a Latin title in an Arabic sentence) are
set apart with Unicode's isolates, so that neither form mixes them up.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language_info, override

FIRST_STRONG, END = "\u2068", "\u2069"
RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})


@dataclass(frozen=True)
class Item:
    """One line with a link: a title (its language, where known), a note under it, an address."""

    title: str
    url: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """What a mail says, in the language of its reader.

    ``opening`` and ``closing`` are paragraphs around the items. ``links`` are (words, address)
    pairs at the foot. Every address is whole, with its host.
    """

    language: str
    subject: str
    opening: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()
    closing: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Letter:
        return cls(
            language=data["language"],
            subject=data["subject"],
            opening=tuple(data["opening"]),
            items=tuple(Item(**item) for item in data["items"]),
            closing=tuple(data["closing"]),
            links=tuple((words, url) for words, url in data["links"]),
        )


def is_right_to_left(language: str) -> bool:
    """Return whether the language is written from right to left."""
    return bool(get_language_info(language)["bidi"])


def has_other_direction(text: str, language: str) -> bool:
    """Return whether the text holds letters that run against the language's direction."""
    directions = {unicodedata.bidirectional(sign) for sign in text}
    if is_right_to_left(language):
        return "L" in directions
    return bool(directions & RIGHT_TO_LEFT)


def apart(text: str, language: str) -> str:
    """Return a name or title for the middle of a sentence of this language, on one line.

    It is set apart where it runs against the sentence; elsewhere it stays as it is.
    """
    text = " ".join(text.split())
    return f"{FIRST_STRONG}{text}{END}" if has_other_direction(text, language) else text


def as_text(letter: Letter, *, foot: Iterable[tuple[str, str]] = ()) -> str:
    """Return the letter as plain text; addresses stand alone on their lines.

    ``foot`` are further (words, address) pairs, after the letter's own.
    """
    parts = list(letter.opening)
    for item in letter.items:
        lines = [f"– {apart(item.title, letter.language)}"]
        if item.note:
            lines.append(f"  {apart(item.note, letter.language)}")
        parts.append("\n".join([*lines, f"  {item.url}"]))
    parts += letter.closing
    text = "\n\n".join(parts) + "\n"
    links = [f"{words}\n{url}" for words, url in (*letter.links, *foot)]
    # Mail programs know the line before the links as the beginning of a signature.
    return f"{text}\n-- \n" + "\n\n".join(links) + "\n" if links else text


def as_html(letter: Letter, *, foot: Iterable[tuple[str, str]] = ()) -> str:
    """Return the letter as a page: no style, no picture, nothing that is fetched."""
    with override(letter.language):
        return render_to_string(
            "common/letter.html",
            {
                "letter": letter,
                "direction": "rtl" if is_right_to_left(letter.language) else "ltr",
                "links": [*letter.links, *foot],
            },
        )
