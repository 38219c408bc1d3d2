"""A draft as JSON: paragraphs, footnotes, gaps, and what a reader of the three may want to know."""

from __future__ import annotations

import json
from typing import Any

from django.utils.translation import override

from rapporteur.reports.assembly import wording
from rapporteur.reports.assembly.draft import Draft, Note
from rapporteur.reports.assembly.material import SourceParagraph
from rapporteur.reports.exports.annexes import gap_sentence


def reference_values(reference: SourceParagraph) -> dict[str, Any]:
    """Return where a reference leads; ``paragraph`` is the printed number, null where none is."""
    return {
        "document": reference.source.label,
        "paragraph": reference.number,
        "anchor": reference.anchor or None,
        "address": reference.source.url + (f"#{reference.anchor}" if reference.anchor else ""),
    }


def note_values(note: Note) -> dict[str, Any]:
    return {"number": note.number, "text": note.text, **reference_values(note.reference)}


def draft_values(draft: Draft) -> dict[str, Any]:
    """Return the draft as JSON values.

    ``section`` of a paragraph is the labels of its headings from the top, as ``library parse``
    gives them, and ``titles`` their words. ``text`` is without number and marks; ``footnotes`` the
    numbers of its marks, in order. ``gaps`` say what the documents report nothing about,
    ``left_out`` what did not fit the limit.
    """
    titles = {section.path: section.title for section in draft.sections}
    with override(draft.language):
        return {
            "title": draft.title,
            "subtitle": draft.subtitle,
            "outline": draft.outline.code,
            "year": draft.year,
            "language": draft.language,
            "as_of": draft.as_of.isoformat() if draft.as_of else None,
            "words": draft.words,
            "limit": draft.limit,
            "paragraphs": [
                {
                    "number": paragraph.number,
                    "section": list(section.path),
                    "titles": [
                        titles[section.path[:depth]] for depth in range(1, section.depth + 1)
                    ],
                    "concepts": list(section.outline.concepts),
                    "text": paragraph.text,
                    "footnotes": [note.number for note in paragraph.notes],
                    "organizations": [actor.name for actor in paragraph.actors],
                }
                for section, paragraph in draft.paragraphs
            ],
            "footnotes": [note_values(note) for note in draft.notes],
            "gaps": [
                {
                    "kind": gap.kind,
                    "code": gap.code,
                    "name": gap.name,
                    "text": gap_sentence(gap),
                }
                for gap in draft.gaps
            ],
            "left_out": [
                {
                    "section": list(section.path),
                    "title": section.title,
                    "organization": item.actor.name if item.actor else None,
                    "lines": item.lines,
                    "sources": [
                        {"text": wording.footnote(reference), **reference_values(reference)}
                        for reference in item.references
                    ],
                }
                for section, item in draft.left_out
            ],
            "sections": [
                {
                    "path": list(section.path),
                    "title": section.title,
                    "concepts": list(section.outline.concepts),
                    "first": section.paragraphs[0].number if section.paragraphs else None,
                    "last": section.paragraphs[-1].number if section.paragraphs else None,
                    "words": section.words,
                    "sentence": section.sentence or None,
                }
                for section in draft.sections
            ],
            "documents": [
                {
                    "document": source.label,
                    "title": source.title,
                    "kind": source.kind,
                    "date": source.date.isoformat() if source.date else None,
                    "address": source.url,
                    "link": source.link or None,
                }
                for source in draft.sources
            ],
            "unfiled": [
                {
                    "document": source.label,
                    "paragraphs": [paragraph.anchor for paragraph in paragraphs],
                }
                for source, paragraphs in draft.unfiled
            ],
        }


def draft_json(draft: Draft) -> bytes:
    """Return the JSON file: UTF-8, readable, the same for the same draft."""
    values = draft_values(draft)
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode()
