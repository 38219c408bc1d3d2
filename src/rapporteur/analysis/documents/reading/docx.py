"""DOCX to blocks, by docx2python: the numbers of Word's lists, and its real footnotes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from typing import Any

from docx2python import docx2python

from rapporteur.analysis.documents.blocks import Block, Source
from rapporteur.analysis.documents.inline import (
    ITALIC_CLOSE,
    ITALIC_OPEN,
    LINK_CLOSE,
    LINK_OPEN,
    MARK_START,
    mark,
)
from rapporteur.analysis.documents.labels import bullet_end
from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.reading.clean import even_text

MAX_UNPACKED = 200_000_000
MAX_PARTS = 4_000
_DAMAGED = "The Word file is damaged and cannot be read."

_LIST_MARK = re.compile(r"(\t*)([0-9]+|[a-zA-Z]{1,7}|--)(\))?\t$")
_REFERENCE = re.compile(r"----(footnote|endnote)(\d+)----")
_NOTE_LEAD = re.compile(r"(footnote|endnote)(\d+)\)\t\s*")
_HEADING_TAG = re.compile(r"<h([1-6])>$")
_TAG = re.compile(r"</?[a-z][^<>]*>$", re.I)
_HREF = re.compile(r"<a href=\"([^\"]*)\">", re.I)
_PICTURE = re.compile(r"----(?:media/)?[\w./ -]*image[\w./ -]*----")
_STYLE_HEADING = re.compile(r"_?\s?H\s?_?\s?(Ch|[1-6])|heading\s?([1-6])", re.I)
_DIGITS = re.compile(r"\[?(\d{1,3})\]?$")
_ROOT = re.compile(rb"<[A-Za-z]\w*:?\w+(?=[\s>])")
_RELATIONSHIPS = b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_NUMBERED = re.compile(r"\d{1,3}\.\s")
_LONG = 200


def read_docx(data: bytes) -> Source:
    """Return the blocks of a Word file: what stands in its body, then its notes in order.

    Footnotes are numbered as Word prints them, in the order of their marks. Running headers and
    footers are left out.

    Raises:
        NotADocument: no Word file, damaged, or one that unpacks to more than a document can hold.
    """
    _check(data)
    try:
        with docx2python(io.BytesIO(_with_namespace(data)), html=True) as document:
            reader = _Reader(document)
            reader.run()
    except NotADocument:
        raise
    except Exception as error:  # whatever the library meets in a damaged file
        raise NotADocument(_DAMAGED) from error
    return reader.source


def _check(data: bytes) -> None:
    """Refuse what must not be unpacked: bombs, XML with a document type, other kinds of ZIP."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if not any(part.filename == "word/document.xml" for part in parts):
                raise NotADocument("The file is a ZIP archive, but no Word document.")
            total = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or total > MAX_UNPACKED:
                raise NotADocument("The Word file unpacks to more than a document can hold.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as stream:
                        if b"<!DOCTYPE" in stream.read(4096):
                            raise NotADocument("The Word file holds a document type definition.")
    except NotADocument:
        raise
    except Exception as error:  # a broken archive fails in many ways
        raise NotADocument(_DAMAGED) from error


def _with_namespace(data: bytes) -> bytes:
    """Declare the namespace of relationships where a file's parts leave it out.

    docx2python 3 fails on a part that has none, though one without relationships needs none.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    bare = [
        name
        for name, content in parts.items()
        if name.startswith("word/") and name.endswith(".xml") and b"xmlns:r=" not in content[:8192]
    ]
    if not bare:
        return data
    for name in bare:
        parts[name] = _ROOT.sub(rb"\g<0>" + _RELATIONSHIPS, parts[name], count=1)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


class _Reader:
    def __init__(self, document: Any) -> None:
        self.document = document
        self.source = Source(blocks=[])
        self.numbers: dict[tuple[str, str], int] = {}
        self.counter = 0
        self.in_text = False

    def run(self) -> None:
        for table in self.document.body_pars:
            for row in table:
                cells = [[self._inline(par) for par in cell] for cell in row]
                if len(cells) > 1 and self.in_text:
                    self._row(cells)
                    continue
                for cell, pars in zip(cells, row, strict=True):
                    for text, par in zip(cell, pars, strict=True):
                        self._paragraph(text, par)
        self._notes()

    def _row(self, cells: list[list[str]]) -> None:
        words = [" ".join(piece for piece in cell if piece.strip()) for cell in cells]
        text = " | ".join(word for word in words if word.strip())
        if text.strip():
            self.counter += 1
            self.source.blocks.append(Block(even_text(text), self.counter, role="row"))

    def _paragraph(self, text: str, par: Any) -> None:
        self.counter += 1
        text = even_text(text)
        pieces = [" ".join(piece.split(" ")) for piece in text.split("\n")]
        pieces = [piece for piece in pieces if piece.strip()]
        if len(pieces) > 1 and not all(len(piece) < 90 for piece in pieces):
            pieces = [" ".join(pieces)]
        level = self._level(par)
        for piece in pieces:
            self._block(piece.strip(" "), level)

    def _block(self, text: str, level: int) -> None:
        opened = MARK_START.match(text)
        if opened and not level:
            number = int(opened.group(1))
            self.source.blocks.append(
                Block(text[opened.end() :], self.counter, role="footnote", number=number)
            )
            return
        bullet = ""
        if not level:
            end = bullet_end(text)
            if end:
                bullet, text = text[:end].strip(), text[end:]
        text = text.strip()
        self.in_text = (
            self.in_text or bool(level) or len(text) > _LONG or _NUMBERED.match(text) is not None
        )
        self.source.blocks.append(
            Block(
                text,
                self.counter,
                role="heading" if level else "text",
                level=level,
                bullet=bullet,
            )
        )

    def _level(self, par: Any) -> int:
        """Return a heading's depth by its style; 0 for other paragraphs.

        The United Nations' templates call their heading styles HCh (chapter), H1, H23, H4, H56.
        """
        for run in par.run_strings[:2]:
            tag = _HEADING_TAG.match(run)
            if tag:
                return int(tag.group(1))
        style = _STYLE_HEADING.match(par.style or "")
        if style is None:
            return 0
        depth = style.group(1) or style.group(2)
        return 1 if depth.lower() == "ch" else int(depth) + (1 if style.group(1) else 0)

    def _inline(self, par: Any) -> str:
        pieces: list[str] = []
        link = ""
        runs = par.run_strings
        for place, run in enumerate(runs):
            if place == 0 or (place == 1 and _HEADING_TAG.match(runs[0])):
                listed = _LIST_MARK.match(run)
                if listed and (par.list_position[0] is not None or listed.group(3)):
                    pieces.append(_list_label(listed))
                    continue
            pieces.append(self._run(run))
            href = _HREF.search(run)
            if href:
                link = unescape(href.group(1))
            if "</a>" in run and link:
                if link.startswith(("http://", "https://")) and link not in "".join(pieces):
                    pieces.append(f"{LINK_OPEN}{link}{LINK_CLOSE}")
                link = ""
        return "".join(pieces)

    def _run(self, run: str) -> str:
        if _TAG.match(run):
            return ""
        run = _PICTURE.sub("", run)
        run = _REFERENCE.sub(lambda match: self._reference(match), run)
        raised = re.search(r"<sup>(.*?)</sup>", run, re.S)
        if raised:
            figure = _DIGITS.match(re.sub(r"<[^<>]*>", "", raised.group(1)).strip())
            if figure:
                return mark(int(figure.group(1)))
        italic = "<i>" in run
        words = unescape(re.sub(r"</?[a-z][^<>]*>", "", run))
        if italic and words.strip():
            return f"{ITALIC_OPEN}{words}{ITALIC_CLOSE}"
        return words

    def _reference(self, match: re.Match[str]) -> str:
        key = (match.group(1), match.group(2))
        return mark(self.numbers.setdefault(key, len(self.numbers) + 1))

    def _notes(self) -> None:
        """Add the notes, numbered by the order of their marks; those without a mark come last."""
        found: list[tuple[int, str]] = []
        unmarked: list[str] = []
        for pars in (self.document.footnotes_pars, self.document.endnotes_pars):
            for text in self._note_texts(pars):
                lead = _NOTE_LEAD.match(text)
                if lead is None:
                    continue
                words = even_text(text[lead.end() :]).strip()
                number = self.numbers.get((lead.group(1), lead.group(2)))
                if number is not None:
                    found.append((number, words))
                elif words:
                    unmarked.append(words)
        for number, words in sorted(found):
            self.counter += 1
            self.source.blocks.append(Block(words, self.counter, role="footnote", number=number))
        for words in unmarked:
            self.counter += 1
            self.source.blocks.append(Block(words, self.counter))

    def _note_texts(self, tables: Any) -> Iterator[str]:
        """Yield each note's text, its paragraphs joined, its own mark left out."""
        for table in tables:
            for row in table:
                for cell in row:
                    note = ""
                    for par in cell:
                        text = self._inline(par).replace("\n", " ")
                        if _NOTE_LEAD.match(text):
                            if note:
                                yield note
                            note = text
                        elif text.strip():
                            note = f"{note} {text}"
                    if note:
                        yield note


def _list_label(listed: re.Match[str]) -> str:
    """Return a list number as UN documents print it: "3. ", "(a) ", "(ii) ", "A. "."""
    number = listed.group(2)
    if number == "--":
        return "• "
    if number.isdigit() or number.isupper():
        return f"{number}. "
    return f"({number}) "
