"""The one form that every reader returns: blocks of text in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
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


_LABEL_ONLY = re.compile(r"(?:\d{1,3}[.)]|\(?[a-z]{1,3}\)|(?P<bare>\d{1,2}))$")
_GOES_ON = re.compile(r"(?:to|that|the|not|in|as)\b")


def join_labels(blocks: list[Block]) -> list[Block]:
    """Put a number or letter that stands alone before the text that follows it.

    A figure without a point is one only before words that go on from a verb ("2", "to report").
    """
    joined: list[Block] = []
    waiting: Block | None = None
    for block in blocks:
        if waiting is not None:
            label = _LABEL_ONLY.match(waiting.text)
            follows = block.role == "text" and not block.bullet and not block.text[:1].isdigit()
            if follows and label and (not label.group("bare") or _GOES_ON.match(block.text)):
                block = replace(block, text=f"{waiting.text} {block.text}", line=waiting.line)
            else:
                joined.append(waiting)
            waiting = None
        if block.role == "text" and not block.bullet and _LABEL_ONLY.match(block.text):
            waiting = block
        else:
            joined.append(block)
    if waiting is not None:
        joined.append(waiting)
    return joined
