"""PDF to blocks, by pypdfium2: lines by their place on the page, marks by their size.

A page is read as lines of characters. Small raised figures become footnote marks; small lines at
the foot of a page that start with one are notes; lines at the edges that come again from page to
page are running headers and footers. What is left goes through the reader of plain text.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from rapporteur.analysis.documents.blocks import Source
from rapporteur.analysis.documents.inline import (
    ITALIC_CLOSE,
    ITALIC_OPEN,
    MARK_OPEN,
    MARK_START,
    NOTE_GOES_ON,
    mark,
)
from rapporteur.analysis.documents.model import NotADocument, ParseWarning
from rapporteur.analysis.documents.reading.clean import even_text
from rapporteur.analysis.documents.reading.furniture import is_printers_line
from rapporteur.analysis.documents.reading.text import blocks_of_lines, ends

MAX_PAGES = 2_000
_DAMAGED = "The PDF is damaged and cannot be read."
_EDGE = 0.11  # the part of a page's height in which running headers and footers stand
_SMALL = 0.82  # a raised figure is at most this part of its line's size
_GAP = 1.25  # a wider step between two lines than this many usual steps parts paragraphs
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\d{1,3}$")
_LABEL = re.compile(
    r"\s*(?:\d{1,3}[.)]|\([a-z]{1,4}\)|[a-z][.)]|[IVXLC]{1,6}\.|[A-Z]\.|[•·▪◦–—-])\s*$"
)
_LABEL_REACH = 80.0  # points between a number's left and its text's


# A character, its size, where it stands (x, and y upwards), and whether it is in italics.
_Character = tuple[str, float, float, float, bool]


@dataclass(slots=True)
class _Line:
    text: str
    base: float
    left: float
    size: float
    note: bool = False


@dataclass(slots=True)
class _Page:
    height: float
    lines: list[_Line] = field(default_factory=list)


def read_pdf(data: bytes) -> Source:
    """Return the blocks of a PDF that holds text.

    Raises:
        NotADocument: damaged, locked with a password, without pages, or pictures of pages only.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise NotADocument("The PDF is locked with a password.") from error
        raise NotADocument(_DAMAGED) from error
    try:
        count = len(document)
        if count == 0:
            raise NotADocument("The PDF has no pages.")
        if count > MAX_PAGES:
            raise NotADocument(f"The PDF has more than {MAX_PAGES} pages.")
        pages, unread = _pages(document, count)
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise NotADocument("The PDF holds pictures of pages, and no text.")
    source = _source(pages)
    for number in unread:
        source.warnings.append(
            ParseWarning("page-unread", f"Page {number} is damaged and could not be read.")
        )
    return source


def _pages(document: pdfium.PdfDocument, count: int) -> tuple[list[_Page], list[int]]:
    pages: list[_Page] = []
    unread: list[int] = []
    for number in range(count):
        try:
            page = document[number]
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            unread.append(number + 1)
            continue
        height = page.get_height()
        pages.append(_Page(height, _lines(text_page)))
        text_page.close()
        page.close()
    return pages, unread


def _lines(text_page: Any) -> list[_Line]:
    """Return a page's lines, in the order in which the file writes them."""
    count = text_page.count_chars()
    if count <= 0:
        return []
    handle = text_page.raw
    text = text_page.get_text_range(0, count)
    x, y = ctypes.c_double(), ctypes.c_double()
    lines: list[_Line] = []
    characters: list[_Character] = []
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    aligned = len(text) == count
    italic = False
    before = " "
    for index in range(count):
        code = raw.FPDFText_GetUnicode(handle, index)
        character = text[index] if aligned else (chr(code) if code else "")
        if code in (0x0D, 0x0A):
            if code == 0x0A and characters:
                lines.append(_line(characters))
                characters = []
            before = " "
            continue
        if code in (0, 0xFFFE, 0xFFFF, 0x02):
            character = "-" if code == 0x02 else ""
            if not character:
                continue
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        size = raw.FPDFText_GetFontSize(handle, index)
        if characters and not character.isspace():
            last = characters[-1]
            if abs(y.value - last[3]) > max(size, last[1]) * 0.75 and x.value < last[2]:
                lines.append(_line(characters))  # a line that the file does not end
                characters = []
        if before.isspace() and not character.isspace():
            length = raw.FPDFText_GetFontInfo(handle, index, buffer, 128, flags)
            italic = b"talic" in buffer.value or b"blique" in buffer.value if length else False
        characters.append((character, size, x.value, y.value, italic))
        before = character
    if characters:
        lines.append(_line(characters))
    return _with_labels([line for line in lines if line.text.strip()])


def _with_labels(lines: list[_Line]) -> list[_Line]:
    """Put a list's number, when the file writes it apart, before the line at its right."""
    lines = _with_marks(lines)
    labels = [line for line in lines if _LABEL.match(line.text)]
    if not labels:
        return lines
    gone: set[int] = set()
    for label in labels:
        right = [
            line
            for line in lines
            if abs(line.base - label.base) < 2 and 0 < line.left - label.left < _LABEL_REACH
        ]
        if right:
            first = min(right, key=lambda line: line.left)
            if id(first) not in gone:
                first.text = f"{label.text.strip()} {first.text}"
                first.left = label.left
                gone.add(id(label))
    return [line for line in lines if id(line) not in gone]


def _with_marks(lines: list[_Line]) -> list[_Line]:
    """Put a footnote's figure, when the file writes it apart, before the note at its right."""
    figures = [line for line in lines if line.text.strip().isdigit() and len(line.text) <= 3]
    gone: set[int] = set()
    for figure in figures:
        for line in lines:
            beside = -2 < line.base - figure.base < 0.1 or 0 < figure.base - line.base < 6
            if (
                figure.size <= line.size * _SMALL
                and beside
                and 0 <= line.left - figure.left < 20
                and line is not figure
            ):
                line.text = f"{mark(figure.text.strip())} {line.text}"
                gone.add(id(figure))
                break
    return [line for line in lines if id(line) not in gone]


def _line(characters: list[_Character]) -> _Line:
    """Put a line's characters together, marking raised figures and italics."""
    inked = [item for item in characters if not item[0].isspace()] or characters
    sizes = Counter(round(item[1], 1) for item in inked)
    size = max(sizes, key=lambda value: (sizes[value], value))
    heights = sorted(item[3] for item in inked if item[1] >= size * _SMALL)
    base = heights[len(heights) // 2] if heights else inked[0][3]
    pieces: list[str] = []
    figures = before = ""
    in_italics = False
    for character, own, across, height, italic in characters:
        raised = (
            character.isdigit()
            and character.isascii()
            and own <= size * _SMALL
            # Raised above its line, or driven to the line below.
            and not base - size * 0.5 <= height <= base + size * 0.08
        )
        if raised and across < inked[0][2]:
            before += character  # written after the line that it stands before
            continue
        if raised:
            figures += character
            continue
        if figures:
            pieces.append(mark(figures) if len(figures) <= 9 else figures)
            figures = ""
        if italic != in_italics and not character.isspace():
            # The closing mark goes before the space that parts two words.
            if in_italics and pieces and pieces[-1].isspace():
                pieces.insert(-1, ITALIC_CLOSE)
            else:
                pieces.append(ITALIC_OPEN if italic else ITALIC_CLOSE)
            in_italics = italic
        pieces.append(character)
    if figures:
        pieces.append(mark(figures) if len(figures) <= 9 else figures)
    if in_italics:
        pieces.append(ITALIC_CLOSE)
    if before:
        pieces.insert(0, f"{mark(before[:9])} ")
    return _Line(text="".join(pieces), base=base, left=min(item[2] for item in inked), size=size)


def _source(pages: list[_Page]) -> Source:
    """Leave out what belongs to the page, and hand the lines to the reader of text."""
    removed = _furniture(pages)
    body, pitch = _body_size(pages), _pitch(pages)
    lines: list[str] = []
    left_out: list[str] = []
    notes_end = 0  # where the last note ends in ``lines``
    for page in pages:
        notes: list[_Line] = []
        opened_notes = False
        last: _Line | None = None
        kept = []
        for line in page.lines:
            if id(line) in removed:
                left_out.append(line.text.strip())
            else:
                kept.append(line)
        _find_notes(
            kept, body, page.height, unfinished=bool(notes_end) and not ends(lines[notes_end - 1])
        )
        for line in kept:
            if line.note:
                notes.append(line)
                continue
            if line.size <= body * 0.75 and line.text.strip().isdigit() and last is not None:
                lines[-1] += mark(line.text.strip())  # a mark that had to go to the next line
                continue
            opened = MARK_START.match(line.text)
            if opened and last is not None and lines[-1]:
                # The mark of the line above had no room there.
                lines[-1] += mark(opened.group(1))
                line.text = line.text[opened.end() :]
            if last is not None and _parted(last, line, pitch):
                lines.append("")
            lines.append(even_text(line.text).strip())
            last = line
        lines.append("")
        for note in notes:
            opens = MARK_OPEN in note.text[:3]
            opened_notes = opened_notes or opens
            if not opened_notes and notes_end:
                lines.insert(notes_end, NOTE_GOES_ON + even_text(note.text).strip())
                notes_end += 1
                continue
            if opens:
                lines.append("")
            start = "" if opens else NOTE_GOES_ON
            lines.append(start + even_text(note.text).strip())
            notes_end = len(lines)
        if notes:
            lines.append("")
    source = blocks_of_lines(_joined_italics(lines))
    source.furniture.extend(text for text in left_out if text)
    return source


def _joined_italics(lines: list[str]) -> list[str]:
    """Let italics that end with a line and go on in the next be one."""
    for place in range(len(lines) - 1):
        if lines[place].endswith(ITALIC_CLOSE) and lines[place + 1].startswith(ITALIC_OPEN):
            lines[place] = lines[place][: -len(ITALIC_CLOSE)]
            lines[place + 1] = lines[place + 1][len(ITALIC_OPEN) :]
    return lines


def _parted(last: _Line, line: _Line, pitch: float) -> bool:
    """Tell whether a space, a change of size or a new column parts two lines."""
    step = last.base - line.base
    if step < 0:  # further up: a new column, or a figure beside its paragraph
        return step < -pitch * 2
    return step > pitch * _GAP or abs(last.size - line.size) > last.size * 0.12


def _pitch(pages: list[_Page]) -> float:
    """Return the usual step from one line to the next."""
    steps: Counter[float] = Counter()
    for page in pages:
        for last, line in zip(page.lines, page.lines[1:], strict=False):
            step = round((last.base - line.base) * 2) / 2
            if step > 3 and min(len(last.text), len(line.text)) > 30:
                steps[step] += 1
    return max(steps, key=lambda value: (steps[value], -value)) if steps else 14.0


def _body_size(pages: list[_Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return max(sizes, key=lambda value: sizes[value]) if sizes else 10.0


def _find_notes(lines: list[_Line], body: float, height: float, *, unfinished: bool) -> None:
    """Mark the lines at the foot of a page that are footnotes: smaller, and led by a mark.

    ``unfinished`` says that the last note of the page before breaks off: smaller lines at the foot
    go on with it.
    """
    start = going_on = None
    for place in range(len(lines) - 1, -1, -1):
        line = lines[place]
        if line.size >= body * 0.97:
            break
        if MARK_OPEN in line.text[:3] or _NUMBER.match(line.text.split(" ")[0] or "x"):
            start = place
        elif unfinished and start is None and line.size < body * 0.9 and line.base < height * 0.3:
            going_on = place
    if start is None and unfinished:
        start = going_on
    if start is None or lines[start].base > height * 0.8:
        return
    while start > 0 and lines[start - 1].size < body * 0.9 and lines[start - 1].base < height / 2:
        start -= 1  # the end of a note from the page before
    for line in lines[start:]:
        line.note = True
        first, _, rest = line.text.strip().partition(" ")
        if MARK_OPEN not in line.text[:3] and _NUMBER.match(first) and rest:
            line.text = f"{mark(first)} {rest}"


def _furniture(pages: list[_Page]) -> set[int]:
    """Return the lines (by identity) at the pages' edges that are no part of the text.

    A line at the edge is left out when it is a page number, or when its wording, figures apart,
    stands at the same height on another page.
    """
    edges: dict[tuple[str, int], list[_Line]] = {}
    found: set[int] = set()
    for page in pages:
        for line in page.lines:
            if page.height * _EDGE < line.base < page.height * (1 - _EDGE):
                continue
            if MARK_OPEN in line.text[:3]:
                continue  # a note, however like another
            if is_printers_line(line.text):
                found.add(id(line))
                continue
            wording = _DIGITS.sub("#", line.text.strip())
            edges.setdefault((wording, round(line.base / 6)), []).append(line)
    for (wording, _), lines in edges.items():
        alone = wording in ("#", "- # -", "– # –", "#/#", "Page #", "# / #", "Page # of #")
        if len(lines) >= 2 or (alone and (len(pages) > 1 or wording == "#/#")):
            found.update(id(line) for line in lines)
    return found
