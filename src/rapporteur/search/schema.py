"""The index's fields, and a record as one document of it.

The engine analyses the texts itself, with the analysers of ``words``, so that a document is built
quickly; what only some scripts need is done to their texts before. Fields:

- ``id``: kind and key, by which a record is taken out;
- ``words``: every word, folded; ``title``: those of titles; ``signs``: single Chinese characters;
- ``stems_en`` and so on: stems of the texts in that language; ``title_en``: those of titles;
- ``kind``, ``year`` and ``facet_…``: whole values, counted for the page;
- ``number``: the key as a number, by which equal hits are ordered and all hits are walked through;
- ``newest`` and ``updated``: what to sort by, no two records alike (``packed``);
- ``weight``: what the kind's score is lifted by;
- ``held``: what the page shows of a hit, as JSON.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import tantivy

from rapporteur.search import registry, words

# Raised whenever the fields or the analysis change: an index of another number is built anew.
VERSION = 2
SEPARATOR = "\u001f"
# A text is held, for the fragment under a hit, no further than this.
MOST_HELD = 2_000
# A key that is no number counts from here on, in the order of its digest.
NO_NUMBER = 1 << 62
LAST_MOMENT = (1 << 33) - 1


def record_id(kind: str, key: str) -> str:
    return f"{kind}{SEPARATOR}{key}"


def facet_field(name: str) -> str:
    return f"facet_{name.replace('-', '_')}"


def facet_fields() -> dict[str, str]:
    """Return the field of each registered facet, ``year`` and ``kind`` among them."""
    fields = {facet.name: facet_field(facet.name) for facet in registry.facets()}
    return {**fields, "kind": "kind", "year": "year"}


def schema_name() -> str:
    """Return the name of the index's form: its version and the facets that rooms registered."""
    return name_of(",".join(sorted(facet_fields().values())))


@lru_cache(maxsize=8)
def name_of(facets: str) -> str:
    return f"v{VERSION}-{hashlib.sha256(facets.encode()).hexdigest()[:8]}"


def make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    for name in ("words", "title"):
        builder.add_text_field(name, tokenizer_name=words.WORDS, index_option="position")
    for code in words.STEMMERS:
        builder.add_text_field(f"stems_{code}", tokenizer_name=code, index_option="position")
        builder.add_text_field(f"title_{code}", tokenizer_name=code, index_option="position")
    builder.add_text_field("signs", tokenizer_name=words.WORDS, index_option="freq")
    for field in sorted(facet_fields().values()):
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("number", "newest", "updated", "weight"):
        builder.add_unsigned_field(name, fast=True)
    builder.add_bytes_field("held", stored=True)
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    for name in (words.WORDS, *words.STEMMERS):
        index.register_tokenizer(name, words.analyser(name))


def number_of(key: str) -> int:
    """Return the key as a number; of one that is none, a large number made of it."""
    if key.isascii() and key.isdecimal() and len(key) < 19 and (key[0] != "0" or key == "0"):
        return int(key)
    return NO_NUMBER | int.from_bytes(hashlib.blake2b(key.encode(), digest_size=7).digest(), "big")


def packed(value: int, number: int, bits: int) -> int:
    """Return what sorts by the value downwards, then by the number (its last bits) upwards."""
    room = (1 << bits) - 1
    return value << bits | (room - (number & room))


def year_of(entry: registry.Entry) -> int:
    return min(max(entry.year or 0, 0), 9999)


def moment_of(day: date | None) -> int:
    """Return a moment in seconds since 1970, a date as its first one; 0 where not known."""
    if day is None:
        return 0
    if isinstance(day, datetime):
        seconds = int(day.timestamp())
    else:
        seconds = (day.toordinal() - 719_163) * 86_400
    return min(max(seconds, 0), LAST_MOMENT)


class Writing:
    """Makes documents of entries: what all of them share is looked up once."""

    def __init__(self) -> None:
        self.fields = {facet.name: facet_field(facet.name) for facet in registry.facets()}
        kinds = sorted(registry.searchables(), key=lambda item: item.kind)
        self.weights = {item.kind: item.weight for item in kinds}
        self.places = {item.kind: place & 0xFF for place, item in enumerate(kinds)}
        self.dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

    def document_of(self, entry: registry.Entry) -> tantivy.Document:
        """Return the record as one document of the index."""
        document = tantivy.Document()
        add, number = document.add_text, document.add_unsigned
        add("id", f"{entry.kind}{SEPARATOR}{entry.key}")
        for language, text in entry.title.items():
            add_words(document, text, language, is_title=True)
        if entry.note:
            add_words(document, entry.note, "", is_title=True)
        for language, text in entry.text.items():
            add_words(document, text, language)
        add("kind", entry.kind)
        for year in entry.years or (() if entry.year is None else (entry.year,)):
            add("year", str(year))
        fields = self.fields
        for name, values in entry.facets.items():
            if name in fields:
                for value in values if len(values) < 2 else dict.fromkeys(values):
                    add(fields[name], value)
        key = number_of(entry.key)
        number("number", key)
        number("newest", packed(year_of(entry), key << 8 | self.places.get(entry.kind, 0), 48))
        number("updated", packed(moment_of(entry.updated), key, 31))
        number("weight", self.weights.get(entry.kind, 0))
        document.add_bytes("held", self.dumps(held_of(entry)).encode())
        return document


def add_words(
    document: tantivy.Document, text: str, language: str, *, is_title: bool = False
) -> None:
    """Add a text to the fields that are searched for words; texts stand apart for phrases."""
    text = words.normal(text)
    if not text.isascii() and (single := words.signs(text)):
        document.add_text("signs", single)
        text = words.paired(text)
    document.add_text("words", text)
    if is_title:
        document.add_text("title", text)
    if language in words.STEMMERS:
        text = words.for_stems(text, language)
        document.add_text(f"stems_{language}", text)
        if is_title:
            document.add_text(f"title_{language}", text)


def held_of(entry: registry.Entry) -> dict[str, Any]:
    """Return what is given back of a hit: its texts as far as a page shows them, no empty parts."""
    held: dict[str, Any] = {
        "kind": entry.kind,
        "key": entry.key,
        "title": entry.title,
        "url": entry.url,
    }
    if entry.text:
        held["text"] = {
            language: text if len(text) <= MOST_HELD else text[:MOST_HELD]
            for language, text in entry.text.items()
        }
    if entry.year is not None:
        held["year"] = entry.year
    if entry.note:
        held["note"] = entry.note
    if entry.facets:
        held["facets"] = entry.facets
    if entry.shown:
        held["shown"] = entry.shown
    return held


def read_held(document: tantivy.Document) -> dict[str, Any]:
    """Return what ``held_of`` stored, with every part that is always asked for."""
    held: dict[str, Any] = json.loads(document.get_first("held"))  # type: ignore[arg-type]
    return {"text": {}, "year": None, "note": "", "facets": {}, **held}
