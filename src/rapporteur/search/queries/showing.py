"""Hits as a page shows them: in the reader's language, with what was asked for marked."""

from __future__ import annotations

from dataclasses import dataclass

from rapporteur.search import registry
from rapporteur.search.highlight import Marker, fragment_of, title_of
from rapporteur.search.queries.finding import Found, Hit


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit as the page shows it; title and fragment are escaped, with what was asked marked."""

    url: str
    title: str
    title_language: str
    fragment: str
    fragment_language: str
    kind: str
    note: str
    year: int | None
    hit: Hit


def shown_hits(found: Found, language: str) -> list[ShownHit]:
    """Return the page's hits in the reader's language, marked."""
    marker = Marker.of(found.asked)
    kinds = {item.kind: item.label for item in registry.searchables()}
    shown = []
    for hit in found.hits:
        title, title_language = hit.title(language)
        text, text_language = hit.text(language)
        shown.append(
            ShownHit(
                url=hit.held["url"],
                title=title_of(title, title_language, marker),
                title_language=title_language,
                fragment=fragment_of(text, text_language, marker),
                fragment_language=text_language,
                kind=kinds.get(hit.held["kind"], hit.held["kind"]),
                note=hit.held["note"],
                year=hit.held["year"],
                hit=hit,
            )
        )
    return shown
