"""A parsed document as the library stores it: its paragraphs in one form, and its digest.

Everything here reads the JSON of ``ParsedDocument.as_json()`` (that is what ``Version.parsed``
keeps), so that an old version can be shown and applied again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.library.addresses import fold
from rapporteur.library.choices import ParagraphKind

Json = Mapping[str, Any]


@dataclass(frozen=True)
class ParagraphText:
    """One paragraph of a parsed text, of whatever kind, with what the parser read from it.

    ``order`` counts from 1 through the whole document. ``reading`` is what only resolutions have:
    opening, kind, subparagraphs and asks.
    """

    anchor: str
    order: int
    kind: str
    number: int | None
    section_path: list[str]
    section_titles: list[str]
    text: str
    footnotes: list[int]
    reading: dict[str, Any] = field(default_factory=dict)
    concepts: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    statements: tuple[Json, ...] = ()
    figures: tuple[Json, ...] = ()

    @property
    def whole(self) -> str:
        """Return the text with its subparagraphs."""
        return whole_text(self.text, self.reading)


def whole_text(text: str, reading: Json) -> str:
    """Return a paragraph's text followed by its subparagraphs, one to a line."""
    lines = [text]
    lines += [f"{item['label']} {item['text']}" for item in reading.get("subparagraphs", ())]
    return "\n".join(line for line in lines if line)


def paragraphs_of(parsed: Json) -> list[ParagraphText]:
    """Return the paragraphs in text order: preamble, operative part, then what is numbered.

    Unnumbered paragraphs of a report or narrative keep their place. Two paragraphs never share an
    anchor: a repeated one gets ``-2``, ``-3``.
    """
    found: list[ParagraphText] = []
    seen: dict[str, int] = {}
    noted: dict[str, list[str]] = {}
    for note in parsed.get("footnotes", ()):
        if note.get("paragraph"):
            noted.setdefault(note["paragraph"], []).extend(note.get("symbols", ()))

    def symbols(item: Json) -> tuple[str, ...]:
        """Return what the paragraph and its footnotes cite."""
        return (*item.get("symbols", ()), *noted.get(item.get("anchor", ""), ()))

    def anchored(anchor: str) -> str:
        seen[anchor] = seen.get(anchor, 0) + 1
        return anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}"

    for item in parsed.get("preamble", ()):
        found.append(
            ParagraphText(
                anchor=anchored(item.get("anchor") or f"pp{item['index']}"),
                order=len(found) + 1,
                kind=ParagraphKind.PREAMBULAR,
                number=None,
                section_path=[],
                section_titles=[],
                text=item["text"],
                footnotes=list(item.get("footnotes", ())),
                reading={"opening": item.get("opening", "")},
                organizations=tuple(item.get("organizations", ())),
                symbols=symbols(item),
            )
        )
    for position, item in enumerate(parsed.get("operative", ()), start=1):
        number = item.get("number")
        titles = item.get("titles") or ([item["section"]] if item.get("section") else [])
        found.append(
            ParagraphText(
                anchor=anchored(
                    item.get("anchor")
                    or (f"op{number}" if number is not None else f"opn{position}")
                ),
                order=len(found) + 1,
                kind=ParagraphKind.OPERATIVE,
                number=number,
                section_path=list(item.get("path") or titles),
                section_titles=list(titles),
                text=item["text"],
                footnotes=list(item.get("footnotes", ())),
                reading={
                    "opening": item.get("opening", ""),
                    "kind": item.get("kind", ""),
                    "subparagraphs": list(item.get("subparagraphs", ())),
                    "asks": list(item.get("asks", ())),
                },
                concepts=tuple(item.get("concepts", ())),
                organizations=tuple(item.get("organizations", ())),
                publications=tuple(item.get("publications", ())),
                symbols=symbols(item),
                figures=tuple(item.get("figures", ())),
            )
        )
    for position, item in enumerate(parsed.get("paragraphs", ()), start=1):
        number = item.get("number")
        found.append(
            ParagraphText(
                anchor=anchored(
                    item.get("anchor") or (f"p{number}" if number is not None else f"n{position}")
                ),
                order=len(found) + 1,
                kind=ParagraphKind.UNNUMBERED if number is None else ParagraphKind.NUMBERED,
                number=number,
                section_path=list(item.get("section", ())),
                section_titles=list(item.get("titles", ())),
                text=item["text"],
                footnotes=list(item.get("footnotes", ())),
                concepts=tuple(item.get("concepts", ())),
                organizations=tuple(item.get("organizations", ())),
                publications=tuple(item.get("publications", ())),
                symbols=symbols(item),
                statements=tuple(item.get("statements", ())),
                figures=tuple(item.get("figures", ())),
            )
        )
    return found


def text_digest(paragraphs: Sequence[ParagraphText]) -> str:
    """Return the SHA-256 of the paragraphs' words, folded.

    Case, space, punctuation, footnotes, headings and page furniture do not count: two extractions
    of one text agree. A word more or less does not.
    """
    digest = hashlib.sha256()
    for paragraph in paragraphs:
        digest.update(fold(paragraph.whole).encode())
        digest.update(b"\n")
    return digest.hexdigest()


def same_words(first: Sequence[str], second: Sequence[str]) -> bool:
    """Return whether two lists of texts have the same words, wherever the paragraphs are cut."""
    return fold("".join(first)) == fold("".join(second))


# Two extractions of one document differ in at most this share of its words.
SLIPS_AT_MOST = 0.005


def slips(
    held: Sequence[ParagraphText], here: Sequence[ParagraphText]
) -> list[dict[str, str]] | None:
    """Return where two extractions of one document differ, or ``None`` if they are two texts.

    They have the same paragraphs (by anchor) and differ in at most one word in two hundred. Each
    place is ``{"anchor", "held", "here"}`` with the words concerned.
    """
    ours = {text.anchor: text.whole for text in held}
    theirs = {text.anchor: text.whole for text in here}
    if ours.keys() != theirs.keys():
        return None
    total = sum(len(text.split()) for text in ours.values())
    places, changed = [], 0
    for anchor, text in ours.items():
        other = theirs[anchor]
        if fold(text) == fold(other):
            continue
        first, second = text.split(), other.split()
        # What is the same at both ends needs no closer look, and the rest stays short.
        start = 0
        while start < min(len(first), len(second)) and fold(first[start]) == fold(second[start]):
            start += 1
        end = 0
        while end < min(len(first), len(second)) - start and fold(first[-1 - end]) == fold(
            second[-1 - end]
        ):
            end += 1
        gone = first[start : len(first) - end]
        new = second[start : len(second) - end]
        changed += max(len(gone), len(new))
        if changed > total * SLIPS_AT_MOST:
            return None
        places.append({"anchor": anchor, "held": " ".join(gone), "here": " ".join(new)})
    return places


@dataclass(frozen=True)
class SectionText:
    """A heading as stored: its path and the titles from the top."""

    path: list[str]
    titles: list[str]


def sections_of(parsed: Json) -> Iterator[SectionText]:
    """Yield the headings in text order, each with the titles above it."""
    titles_by_path: dict[tuple[str, ...], str] = {}
    for item in parsed.get("sections", ()):
        path = tuple(item["path"])
        titles_by_path[path] = item["title"]
        titles = [
            titles_by_path.get(path[: depth + 1], path[depth]) for depth in range(len(path))
        ] or [item["title"]]
        titles[-1] = item["title"]
        yield SectionText(path=list(path), titles=titles)
