"""Paragraph numbers: addresses that are unique, and what is wrong with the count."""

from __future__ import annotations

import re

from rapporteur.analysis.documents.drafts import ParagraphDraft
from rapporteur.analysis.documents.labels import roman_value
from rapporteur.analysis.documents.model import ParseWarning

_PREFIX = {"paragraph": "p", "operative": "op", "preamble": "pp"}
_UNNUMBERED = {"paragraph": "n", "operative": "opn", "preamble": "pp"}


def give_anchors(paragraphs: list[ParagraphDraft]) -> None:
    """Give each paragraph its address: ``p28``, ``op23``, ``annex-1-p11``.

    A number that comes again gets a second figure (``p1-2``); a paragraph without one counts by
    itself (``n3``), preambular paragraphs ``pp4``.
    """
    seen: dict[str, int] = {}
    for paragraph in paragraphs:
        prefix = f"{annex_slug(paragraph.annex)}-" if paragraph.annex else ""
        if paragraph.number is None or paragraph.zone == "preamble":
            base = prefix + _UNNUMBERED[paragraph.zone]
            seen[base] = seen.get(base, 0) + 1
            paragraph.anchor = f"{base}{seen[base]}"
            continue
        base = f"{prefix}{_PREFIX[paragraph.zone]}{paragraph.number}"
        seen[base] = seen.get(base, 0) + 1
        paragraph.anchor = base if seen[base] == 1 else f"{base}-{seen[base]}"


def annex_slug(annex: str) -> str:
    """Return ``annex-1`` for ``annex I``, ``annex-1`` for ``annex 1``, ``annex-a`` "
    "for ``annex A``."""
    word, _, number = annex.partition(" ")
    if not number:
        return word
    if re.fullmatch(r"[IVXLC]+", number):
        return f"{word}-{roman_value(number)}"
    return f"{word}-{number.lower()}"


def check_numbers(paragraphs: list[ParagraphDraft]) -> list[ParseWarning]:
    """Return what is wrong with the row of numbers: gaps, repeats, restarts.

    Each annex counts by itself, and so does each verb of a resolution of the Union. A run that
    starts again is one warning, at its first number.
    """
    warnings: list[ParseWarning] = []
    seen: set[int] = set()
    last, restarted, place, highest = 0, False, ("", ""), 0
    for paragraph in paragraphs:
        if paragraph.number is None or paragraph.zone == "preamble":
            continue
        here = (paragraph.annex, paragraph.opening)
        if here != place:
            seen, last, restarted, place, highest = set(), 0, False, here, 0
        number = paragraph.number
        if number in seen:
            if not (restarted and number == last + 1):
                warnings.append(_repeated(paragraph, number, last))
            restarted = True
        elif number < last:
            warnings.append(_repeated(paragraph, number, last))
            restarted = True
        elif number > last + 1 and not (restarted and number == highest + 1):
            warnings.append(_gap(paragraph, last, number, highest if restarted else last))
            restarted = False
        else:
            restarted = False
        seen.add(number)
        last = number
        highest = max(highest, number)
    return warnings


def _repeated(paragraph: ParagraphDraft, number: int, last: int) -> ParseWarning:
    message = (
        f"The numbers start again at {number} after {last}."
        if number < last
        else f"The number {number} comes again."
    )
    return ParseWarning("paragraph-repeated", message, paragraph=number, line=paragraph.line)


def _gap(paragraph: ParagraphDraft, last: int, number: int, before: int) -> ParseWarning:
    first = before + 1 if before < number - 1 else last + 1
    missing = f"{first}" if first == number - 1 else f"{first} to {number - 1}"
    what = "Number" if first == number - 1 else "Numbers"
    verb = "is" if first == number - 1 else "are"
    return ParseWarning(
        "paragraph-gap",
        f"{what} {missing} {verb} missing before paragraph {number}.",
        paragraph=first,
        line=paragraph.line,
    )
