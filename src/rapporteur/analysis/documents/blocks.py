"""The one form that every reader returns: blocks of text in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rapporteur.analysis.documents.model import ParseWarning

Role = Literal["text", "heading", "footnote", "row"]


@dataclass(slots=True)
class Block:
    """One heading, paragraph, list item, footnote or table row, with inline markers in its text.

    ``level`` is a heading's depth where the file says it (1 is the outermost), else 0. ``number``
    is a footnote's. ``line`` is where the block starts, counted from 1 (paragraphs, in formats
    that have no lines). ``gap`` says that an empty line stood before it. ``hint`` says that the
    file marked the block as a heading's anchor, which alone does not make it one. ``bullet`` is
    the list mark without number or letter that stood before it, or nothing.
    """

    text: str
    line: int = 0
    role: Role = "text"
    level: int = 0
    number: int | None = None
    gap: bool = True
    hint: bool = False
    bullet: str = ""


@dataclass(slots=True)
class Source:
    """A file as read: its blocks, and what the reader has to say about them.

    ``furniture`` holds the lines left out as running headers, footers and page numbers.
    ``language`` is the file's own statement (an HTML ``lang``), if it makes one. ``raw`` is the
    text as it stood in the file, where the file is plain text.
    """

    blocks: list[Block]
    warnings: list[ParseWarning] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)
    title: str | None = None
    language: str | None = None
    raw: str | None = None
