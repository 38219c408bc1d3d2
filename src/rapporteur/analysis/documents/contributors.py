"""Who contributed to a report: the list that the first paragraph's footnote gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from rapporteur.analysis.documents.model import Contributor, Footnote, Paragraph
from rapporteur.analysis.names import Names

_SAYS_SO = re.compile(
    r"\b(?:contribut|information provided|inputs?\b|replies|responses|submissions?|submitted"
    r"|provided by"
    r"|received)",
    re.I,
)
_LEAD = re.compile(
    r"^.{0,200}?\b(?:contributions?|inputs?|information|replies|responses|submissions?|entities|received"
    r"|organizations|following|from|by)\b[^;:]{0,120}:\s*",
    re.I | re.S,
)
_TAIL = re.compile(
    r"[.;]\s+(?:See|The (?:full|complete|contributions?|inputs?|replies)|Available|All|These"
    r"|Contributions"
    r"|Inputs|Copies|For)\b.*$",
    re.S,
)
_ACRONYM = re.compile(r"\s*\(([A-Z][A-Za-z&/-]*[A-Z0-9][\w&/+-]*|[A-Z]{2,})\)")
_MIN_NAMES = 5
_FIRST_PARAGRAPHS = 4


def find_contributors(
    paragraphs: Sequence[Paragraph],
    footnotes: Sequence[Footnote],
    defined: Mapping[str, str],
    names: Names,
) -> tuple[Contributor, ...]:
    """Return the entities on whose information a report is based, in the order printed.

    They stand in a footnote to one of the first paragraphs (or in the paragraph itself, after a
    colon), at least five, between semicolons or commas, most with their acronym. An acronym printed
    alone is spelt out as the document, else the directory, defines it.
    """
    by_anchor: dict[str, list[Footnote]] = {}
    for note in footnotes:
        if note.paragraph:
            by_anchor.setdefault(note.paragraph, []).append(note)
    for paragraph in paragraphs[:_FIRST_PARAGRAPHS]:
        if not _SAYS_SO.search(paragraph.text):
            continue
        for note in by_anchor.get(paragraph.anchor, ()):
            found = _names_in(note.text)
            if found:
                return tuple(_contributor(name, defined, names) for name in found)
        if ":" in paragraph.text or paragraph.text.count(";") >= _MIN_NAMES:
            found = _names_in(paragraph.text.split(":", 1)[-1]) if ":" in paragraph.text else []
            if found:
                return tuple(_contributor(name, defined, names) for name in found)
    return ()


def _names_in(text: str) -> list[str]:
    """Return the names of a list, or nothing when the text is no list of names."""
    text = _TAIL.sub("", " ".join(text.split()))
    text = _LEAD.sub("", text)
    delimiter = ";" if text.count(";") >= _MIN_NAMES - 1 else ","
    pieces = [
        re.sub(r"^(?:and|as well as|the)\s+", "", piece.strip(" .\n"), flags=re.I).strip()
        for piece in _split(text, delimiter)
    ]
    found = [piece for piece in pieces if piece]
    if len(found) < _MIN_NAMES:
        return []
    named = [
        piece for piece in found if piece[:1].isupper() and "http" not in piece and len(piece) < 160
    ]
    return found if len(named) >= len(found) * 0.9 else []


def _split(text: str, delimiter: str) -> list[str]:
    pieces = text.split(delimiter)
    if delimiter == ";":
        return pieces
    last = pieces[-1]
    if " and " in last and len(last) < 160:
        before, _, after = last.rpartition(" and ")
        pieces[-1:] = [before, after]
    return pieces


def _contributor(text: str, defined: Mapping[str, str], names: Names) -> Contributor:
    match = _ACRONYM.search(text)
    if match:
        name = " ".join((text[: match.start()] + text[match.end() :]).split())
        return Contributor(name, match.group(1))
    if re.fullmatch(r"[A-Z][A-Za-z]*[A-Z][A-Za-z-]*", text):
        if text in defined:
            return Contributor(defined[text], text)
        known = names.by_spelling.get(text)
        if known is not None and known.acronym == text:
            return Contributor(known.name, text)
        return Contributor(text, text)
    return Contributor(text, None)
