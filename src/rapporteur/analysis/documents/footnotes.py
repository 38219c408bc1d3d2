"""Footnotes and their marks: which note belongs to which paragraph, and which stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapporteur.analysis.documents.drafts import Draft, NoteDraft, ParagraphDraft
from rapporteur.analysis.documents.inline import MARK, MARK_OPEN, mark, plain
from rapporteur.analysis.documents.model import Footnote, ParseWarning
from rapporteur.analysis.symbols import find_symbols
from rapporteur.analysis.urls import find_urls


def read_footnotes(
    draft: Draft, elsewhere: Iterable[int]
) -> tuple[list[Footnote], list[ParseWarning]]:
    """Return the notes in text order, each with the paragraph of its mark, and what does not match.

    ``elsewhere`` are marks outside paragraphs (in the title, the summary, a heading). Where numbers
    restart, a mark belongs to the nearest note of its number that follows it.
    """
    warnings: list[ParseWarning] = []
    by_number: dict[int, list[NoteDraft]] = {}
    for note in draft.notes:
        if note.number is not None:
            by_number.setdefault(note.number, []).append(note)
    _part_marks(draft, by_number)
    owners: dict[int, ParagraphDraft] = {}
    for paragraph in draft.paragraphs:
        for number in marks_of(paragraph):
            notes = by_number.get(number)
            if not notes:
                warnings.append(
                    ParseWarning(
                        "footnote-text-missing",
                        f"Footnote {number} has a mark here, but no text.",
                        paragraph=paragraph.number,
                        line=paragraph.line,
                    )
                )
                continue
            note = _nearest(notes, paragraph.line)
            owners.setdefault(id(note), paragraph)
    other = set(elsewhere)
    for note in draft.notes:
        if note.number is not None and id(note) not in owners and note.number not in other:
            warnings.append(
                ParseWarning(
                    "footnote-mark-missing",
                    f"Footnote {note.number} has a text, but no mark in any paragraph.",
                    line=note.line,
                )
            )
    return [_footnote(note, owners.get(id(note))) for note in draft.notes], warnings


def _part_marks(draft: Draft, by_number: dict[int, list[NoteDraft]]) -> None:
    """Part figures that stand for several marks in a row ("345" for 3, 4 and 5)."""
    for paragraph in draft.paragraphs:
        for part in paragraph.parts:
            if MARK_OPEN in part.text:
                part.text = MARK.sub(lambda match: _parted(match, by_number), part.text)


def _parted(match: re.Match[str], by_number: dict[int, list[NoteDraft]]) -> str:
    figures = match.group(1)
    if len(figures) < 2 or int(figures) in by_number:
        return match.group()
    for width in range(1, min(3, len(figures) - 1) + 1):
        found = [int(figures[:width])]
        rest = figures[width:]
        while rest and rest.startswith(str(found[-1] + 1)):
            found.append(found[-1] + 1)
            rest = rest[len(str(found[-1])) :]
        if not rest and all(number in by_number for number in found):
            return "".join(mark(number) for number in found)
    return match.group()


def marks_of(paragraph: ParagraphDraft) -> list[int]:
    """Return the numbers of a paragraph's footnote marks, in order, each once."""
    found: dict[int, None] = {}
    for part in paragraph.parts:
        if MARK_OPEN in part.text:
            for number in plain(part.text).footnotes:
                found[number] = None
    return list(found)


def _nearest(notes: list[NoteDraft], line: int) -> NoteDraft:
    if len(notes) == 1:
        return notes[0]
    return next((note for note in notes if note.line >= line), notes[-1])


def _footnote(note: NoteDraft, owner: ParagraphDraft | None) -> Footnote:
    inline = plain(note.text)
    return Footnote(
        number=note.number,
        text=inline.text,
        urls=tuple(dict.fromkeys((*find_urls(inline.text), *inline.links))),
        symbols=tuple(find_symbols(inline.text)),
        paragraph=owner.anchor if owner is not None else None,
    )
