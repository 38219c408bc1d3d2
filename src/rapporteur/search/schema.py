"""The index's fields, and a record as one document of it.

Texts are analysed by ``words`` before they reach the engine, which only splits them at spaces; so
the same words are found whatever wrote them. Fields:

- ``id``: kind and key, by which a record is taken out;
- ``words``: every word, folded; ``title``: those of titles; ``signs``: single Chinese characters;
- ``stems_en`` and so on: stems of the texts in that language; ``title_stems``: those of titles;
- ``kind``, ``year`` and ``facet_…``: whole values, counted for the page;
- ``newest``: the year as a number, to sort by; ``weight``: what the kind's score is lifted by;
- ``held``: what the page shows of a hit, as JSON.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import tantivy

from rapporteur.search import registry, words

# Raised whenever the fields or the analysis change: an index of another number is built anew.
VERSION = 1
# Stands between two texts, so that no phrase is found across them.
APART = "\u00b6"
SEPARATOR = "\u001f"


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
    for name in ("words", "title", *(f"stems_{code}" for code in words.STEMMERS), "title_stems"):
        builder.add_text_field(name, tokenizer_name="given", index_option="position")
    builder.add_text_field("signs", tokenizer_name="given", index_option="freq")
    for field in sorted(facet_fields().values()):
        builder.add_text_field(field, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("newest", fast=True)
    builder.add_unsigned_field("weight", fast=True)
    builder.add_text_field("held", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def register_tokenizers(index: tantivy.Index) -> None:
    index.register_tokenizer(
        "given", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    )


def document_of(entry: registry.Entry) -> tantivy.Document:
    """Return the record as one document of the index."""
    document = tantivy.Document()
    document.add_text("id", record_id(entry.kind, entry.key))
    streams: dict[str, list[str]] = {}
    for language, text in entry.title.items():
        found = words.analyse(text, language)
        add_stream(streams, "title", found.words)
        add_stream(streams, "title_stems", found.stems)
        add_all(streams, language, found)
    if entry.note:
        noted = words.analyse(entry.note, "")
        add_stream(streams, "title", noted.words)
        add_all(streams, "", noted)
    for language, text in entry.text.items():
        add_all(streams, language, words.analyse(text, language))
    for field, stream in streams.items():
        document.add_text(field, " ".join(stream))
    document.add_text("kind", entry.kind)
    if entry.year is not None:
        document.add_text("year", str(entry.year))
    document.add_unsigned("newest", entry.year or 0)
    for name, field in facet_fields().items():
        if name not in ("kind", "year"):
            for value in dict.fromkeys(entry.facets.get(name, ())):
                document.add_text(field, value)
    searchable = registry.searchable(entry.kind)
    document.add_unsigned("weight", searchable.weight if searchable else 0)
    document.add_text("held", held_of(entry))
    return document


def add_all(streams: dict[str, list[str]], language: str, found: words.Analysed) -> None:
    add_stream(streams, "words", found.words)
    add_stream(streams, "signs", found.signs)
    if language in words.STEMMERS:
        add_stream(streams, f"stems_{language}", found.stems)


def add_stream(streams: dict[str, list[str]], field: str, found: Iterable[str]) -> None:
    stream = streams.setdefault(field, [])
    if stream:
        stream.append(APART)
    stream.extend(found)


def held_of(entry: registry.Entry) -> str:
    held: dict[str, Any] = {
        "kind": entry.kind,
        "key": entry.key,
        "title": dict(entry.title),
        "url": entry.url,
        "text": dict(entry.text),
        "year": entry.year,
        "note": entry.note,
        "facets": {name: list(values) for name, values in entry.facets.items()},
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))
