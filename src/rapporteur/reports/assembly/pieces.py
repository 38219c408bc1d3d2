"""Text with marks in it: what a sentence of a draft is made of, and how long it is.

A translated sentence gets its names, quotations and footnote marks as placeholders. To keep what
they are through the translation they are written into it between characters of Unicode's private
area, and read out again by ``parse``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.reports.assembly.material import SourceParagraph

OPEN_MARK, CLOSE_MARK = "\ue000", "\ue001"
OPEN_CITE, CLOSE_CITE = "\ue002", "\ue003"
OPEN_QUOTE, LANGUAGE_END, CLOSE_QUOTE = "\ue004", "\ue005", "\ue006"
RESERVED = re.compile("[\ue000-\ue00f]")
# What XML 1.0 cannot hold; a text that came in with it is stored, and shown without.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TOKEN = re.compile(
    f"{OPEN_MARK}(?P<mark>\\d+){CLOSE_MARK}"
    f"|{OPEN_CITE}(?P<cite>[^{CLOSE_CITE}]*){CLOSE_CITE}"
    f"|{OPEN_QUOTE}(?P<language>[^{LANGUAGE_END}]*){LANGUAGE_END}"
    f"(?P<quote>[^{CLOSE_QUOTE}]*){CLOSE_QUOTE}"
)
# The mark of a footnote stands after the punctuation, in United Nations documents.
MARKS_BEFORE_PUNCTUATION = re.compile(f"((?:{OPEN_MARK}\\d+{CLOSE_MARK})+)([,.;:،؛۔、。，；：]+)")
CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Cite:
    """The title of a publication."""

    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, verbatim, in its language, between the draft's quotation marks."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote's mark: the paragraph referred to."""

    reference: SourceParagraph


Piece = Words | Cite | Quote | Mark


def clean(text: str) -> str:
    """Return the text without the characters that stand for marks, or that XML cannot hold."""
    return " ".join(FORBIDDEN.sub("", RESERVED.sub("", text)).split())


def cite(title: str) -> str:
    return f"{OPEN_CITE}{clean(title)}{CLOSE_CITE}"


def quote(text: str, language: str) -> str:
    return f"{OPEN_QUOTE}{clean(language)}{LANGUAGE_END}{clean(text)}{CLOSE_QUOTE}"


class References:
    """The references of one paragraph of a draft, each once, in the order they are made."""

    def __init__(self) -> None:
        self.paragraphs: list[SourceParagraph] = []

    def mark(self, paragraph: SourceParagraph) -> str:
        """Return the token of a mark, or nothing where the paragraph already has that note."""
        if paragraph in self.paragraphs:
            return ""
        self.paragraphs.append(paragraph)
        return f"{OPEN_MARK}{len(self.paragraphs) - 1}{CLOSE_MARK}"

    def parse(self, text: str) -> tuple[Piece, ...]:
        """Return the pieces of a text with tokens; marks follow the punctuation after them."""
        text = MARKS_BEFORE_PUNCTUATION.sub(r"\2\1", text)
        pieces: list[Piece] = []
        place = 0
        for match in TOKEN.finditer(text):
            if match.start() > place:
                pieces.append(Words(text[place : match.start()]))
            if match["mark"] is not None:
                pieces.append(Mark(self.paragraphs[int(match["mark"])]))
            elif match["cite"] is not None:
                pieces.append(Cite(match["cite"]))
            else:
                pieces.append(Quote(match["quote"], match["language"]))
            place = match.end()
        if place < len(text):
            pieces.append(Words(text[place:]))
        return tuple(pieces)


def plain_text(pieces: Sequence[Piece]) -> str:
    """Return the text without its marks."""
    return "".join(piece.text for piece in pieces if not isinstance(piece, Mark))


def count_words(text: str) -> int:
    """Return the number of words as word processors count: by spaces, and each CJK character."""
    ideographs = len(CJK.findall(text))
    return ideographs + len(CJK.sub(" ", text).split()) if ideographs else len(text.split())
