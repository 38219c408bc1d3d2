"""The document while it is being put together, before its texts are looked into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.model import ParseWarning

Zone = Literal["paragraph", "preamble", "operative"]


@dataclass(slots=True)
class Part:
    """A run of a paragraph: its own text (no label), or one of its items, with inline markers."""

    label: str
    text: str
    row: bool = False


@dataclass(slots=True)
class HeadingDraft:
    """One open or closed heading. ``key`` orders depth: a smaller key is further out."""

    key: tuple[float, float]
    element: str
    title: str
    path: tuple[str, ...]
    titles: tuple[str, ...]
    concepts: tuple[str, ...]
    printed: str = ""
    annex: str = ""
    used: bool = False
    numbers: list[int] = field(default_factory=list)
    footnotes: tuple[int, ...] = ()


@dataclass(slots=True)
class ParagraphDraft:
    """One paragraph with its parts; ``opening`` is a verb printed above it (ITU's style)."""

    zone: Zone
    number: int | None
    heading: HeadingDraft | None
    parts: list[Part]
    line: int
    annex: str = ""
    opening: str = ""
    anchor: str = ""

    @property
    def last(self) -> str:
        return self.parts[-1].text


@dataclass(slots=True)
class NoteDraft:
    """A footnote as found. ``number`` is ``None`` for a note without one."""

    number: int | None
    text: str
    line: int


@dataclass(slots=True)
class Draft:
    """Everything found in a file, in text order."""

    front: list[Block] = field(default_factory=list)
    contents: list[Block] = field(default_factory=list)
    summary: list[Block] = field(default_factory=list)
    headings: list[HeadingDraft] = field(default_factory=list)
    paragraphs: list[ParagraphDraft] = field(default_factory=list)
    notes: list[NoteDraft] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    back: list[Block] = field(default_factory=list)
    warnings: list[ParseWarning] = field(default_factory=list)
