"""Read a filled Word form: what stands in each place, and what stands anywhere else.

A place is a content control with our tag, or our bookmark where a program dropped the tag
(LibreOffice 7 does). What is typed into the box beside the control belongs to the answer, too.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from rapporteur.calls.questionnaire.errors import FormRefused
from rapporteur.calls.questionnaire.offline.docx_out import BLANK, COMPATIBLE, WORD14, w
from rapporteur.calls.questionnaire.offline.places import bookmark_of, tag_of
from rapporteur.calls.questionnaire.workbooks import MEGABYTE, check_size
from rapporteur.library.errors import FileRefused
from rapporteur.library.reading.checks import check_archive

DOCUMENT_MOST, PART_MOST = 20 * MEGABYTE, 8 * MEGABYTE
# Tags take much more room in memory than in the file; a form of a hundred pages has fewer.
TAGS_MOST = 300_000
PLACEHOLDER, CELL_END = "PlaceholderText", "FormLast"
PASSED_OVER = (
    "sdtPr", "pPr", "rPr", "tblPr", "tcPr", "trPr", "sectPr",
    "del", "moveFrom", "instrText", "delText", "delInstrText",
)  # fmt: skip
SKIPPED = frozenset({*map(w, PASSED_OVER), f"{{{COMPATIBLE}}}Fallback"})
PICTURES = frozenset(w(name) for name in ("drawing", "pict", "object"))
# Word's old symbol fonts hold their marks at these places.
SYMBOLS = {"F0FE": "☑", "F0FD": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0FB": "✗"}
NOTE_PARTS = ("word/comments.xml", "word/footnotes.xml", "word/endnotes.xml")


@dataclass
class Box:
    """A cell of a table: the keys of the places in it, and all of its text.

    ``is_alone``: it is the only cell of its row, as the box of an answer is.
    """

    is_alone: bool = False
    keys: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)


@dataclass
class Carrier:
    """A content control or a bookmark that is open: its key and its text so far."""

    key: str
    text: list[str] = field(default_factory=list)
    is_placeholder: bool = False
    checked: bool | None = None


@dataclass
class Piece:
    """A place that was read. ``checked`` is what a check box says of itself."""

    key: str
    text: str
    checked: bool | None = None


@dataclass
class Paragraph:
    """A line of the document: its text outside places, where it stands, what went before."""

    text: str
    box: Box | None
    after: str


@dataclass
class WordForm:
    """What a Word file holds: places by key, other text, notes, pictures, properties."""

    places: list[Piece] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)


def open_word(data: bytes, keys: Iterator[str]) -> WordForm:
    """Return what a Word file holds. ``keys`` are those that the form may carry.

    Raises:
        FormRefused: too large before or after unpacking, with macros, with entities, or broken.
    """
    check_size(data)
    try:
        check_archive(data)
    except FileRefused as error:
        raise FormRefused(error.message) from error
    parts = _parts(data)
    if any(name.lower().endswith("vbaproject.bin") for name in parts) or (
        b"macroEnabled" in parts.get("[Content_Types].xml", b"")
    ):
        raise FormRefused(
            _("The file holds macros, and was not opened. Save it as DOCX without them.")
        )
    form = _Walker(keys).read(_root(parts["word/document.xml"]))
    form.properties = _properties(parts)
    for name in NOTE_PARTS:
        if name in parts:
            form.notes += _notes(_root(parts[name]))
    return form


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts that are read, others as ``b""``; sizes are counted, not believed."""
    wanted = {"word/document.xml", "docProps/custom.xml", "[Content_Types].xml", *NOTE_PARTS}
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                parts[name] = b""
                if name in wanted:
                    most = DOCUMENT_MOST if name == "word/document.xml" else PART_MOST
                    with archive.open(name) as part:
                        parts[name] = part.read(most + 1)
                    if len(parts[name]) > most or parts[name].count(b"<") > TAGS_MOST:
                        raise FormRefused(
                            _("The file unpacks to far more than it should, and was not opened.")
                        )
    except FormRefused:
        raise
    except Exception as error:  # a broken archive fails in many ways
        raise _broken() from error
    return parts


def _broken() -> FormRefused:
    return FormRefused(
        _("The Word file is broken, and could not be read. Save it again as DOCX, and give that.")
    )


def _root(content: bytes) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _broken() from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _broken()
    return root


def _properties(parts: Mapping[str, bytes]) -> dict[str, str]:
    if "docProps/custom.xml" not in parts:
        return {}
    root = _root(parts["docProps/custom.xml"])
    return {item.get("name", ""): "".join(item.itertext()).strip() for item in root}


def _notes(root: Any) -> list[str]:
    texts = ("".join(part.itertext(w("t"))) for part in root)
    return [text.strip() for text in texts if text.strip()]


def _drop_repeats(root: Any) -> None:
    """Take out what LibreOffice 7.4 repeats: one control of a line once for each of its scripts.

    Each repetition has the same title, no tag, and ends with the text of the first.
    """
    for paragraph in root.iter(w("p")):
        first: dict[str, str] = {}
        for control in list(paragraph.iterchildren(w("sdt"))):
            properties = control.find(w("sdtPr"))
            title = properties.find(w("alias")) if properties is not None else None
            if title is None or properties.find(w("tag")) is not None:
                continue
            name = title.get(w("val"), "")
            text = "".join(item.text or "" for item in control.iter(w("t")))
            if name not in first:
                first[name] = text
            elif text.endswith(first[name]):
                paragraph.remove(control)


class _Walker:
    """Walks through a document once, from its beginning to its end."""

    def __init__(self, keys: Iterator[str]) -> None:
        every = list(keys)
        self.by_tag = {tag_of(key): key for key in every}
        self.by_bookmark = {bookmark_of(key): key for key in every}
        self.form = WordForm()
        self.controls: list[Carrier | None] = []
        self.bookmarks: dict[str, Carrier] = {}
        self.boxes: list[Box] = []
        self.outside: list[str] = []
        self.last = ""
        self.runs: list[bool] = []
        self.ended: set[str] = set()

    def read(self, root: Any) -> WordForm:
        _drop_repeats(root)
        # A bookmark whose end is gone would take all that follows for its own.
        self.ended = {item.get(w("id"), "") for item in root.iter(w("bookmarkEnd"))}
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if element.tag in SKIPPED:
                    walk.skip_subtree()
                else:
                    self.start(element)
            elif element.tag not in SKIPPED:
                self.end(element)
        self.form.places = self.merged()
        return self.form

    def start(self, element: Any) -> None:
        tag = element.tag
        if tag == w("sdt"):
            self.controls.append(self.control(element))
        elif tag == w("bookmarkStart"):
            key = self.by_bookmark.get(element.get(w("name"), ""))
            if key is not None and element.get(w("id"), "") in self.ended:
                self.open(key)
                self.bookmarks[element.get(w("id"), "")] = Carrier(key)
        elif tag == w("bookmarkEnd"):
            carrier = self.bookmarks.pop(element.get(w("id"), ""), None)
            if carrier is not None:
                self.close(carrier)
        elif tag == w("tc"):
            self.boxes.append(Box(len(element.getparent().findall(w("tc"))) == 1))
        elif tag == w("r"):
            style = element.find(f"{w('rPr')}/{w('rStyle')}")
            self.runs.append(style is not None and style.get(w("val")) == PLACEHOLDER)
        elif tag == w("t"):
            self.add(element.text or "")
        elif tag in (w("br"), w("cr")):
            self.add("\n")
        elif tag in (w("tab"), w("ptab")):
            self.add("\t")
        elif tag == w("noBreakHyphen"):
            self.add("-")
        elif tag == w("sym"):
            self.add(SYMBOLS.get(element.get(w("char"), "").upper(), "?"))
        elif tag in PICTURES:
            self.form.pictures.append(self.last)

    def end(self, element: Any) -> None:
        tag = element.tag
        if tag == w("sdt"):
            carrier = self.controls.pop()
            if carrier is not None:
                self.close(carrier)
        elif tag == w("r"):
            self.runs.pop()
        elif tag == w("p"):
            text = "".join(self.outside).strip()
            self.outside.clear()
            style = element.find(f"{w('pPr')}/{w('pStyle')}")
            if style is not None and style.get(w("val")) == CELL_END and not len(element) > 1:
                return  # it is there for the format's sake, and not a line of the answer
            box = self.boxes[-1] if self.boxes else None
            if text:
                self.form.paragraphs.append(Paragraph(text, box, self.last))
            self.add("\n", outside=False)
        elif tag == w("tc"):
            self.finish(self.boxes.pop())

    def control(self, element: Any) -> Carrier | None:
        """Return the carrier of a content control of ours, ``None`` for any other."""
        properties = element.find(w("sdtPr"))
        tag = properties.find(w("tag")) if properties is not None else None
        key = self.by_tag.get(tag.get(w("val"), "")) if tag is not None else None
        if key is None:
            return None
        self.open(key)
        checked = properties.find(f"{{{WORD14}}}checkbox/{{{WORD14}}}checked")
        value = checked.get(f"{{{WORD14}}}val") if checked is not None else None
        return Carrier(
            key,
            is_placeholder=properties.find(w("showingPlcHdr")) is not None,
            checked=None if value is None else value in ("1", "true", "on"),
        )

    def open(self, key: str) -> None:
        self.last = key
        if self.boxes and key not in self.boxes[-1].keys:
            self.boxes[-1].keys.append(key)

    def add(self, text: str, *, outside: bool = True) -> None:
        """Add a text to everything that is open, or to what stands outside places."""
        carriers = [item for item in self.controls if item is not None]
        # A control that shows its placeholder is empty, whatever words a program puts there.
        if any(item.is_placeholder for item in carriers) and self.runs and self.runs[-1]:
            return
        carriers += self.bookmarks.values()
        for carrier in carriers:
            carrier.text.append(text)
        for box in self.boxes:
            box.text.append(text)
        if outside and not carriers:
            self.outside.append(text)

    def close(self, carrier: Carrier) -> None:
        text = "".join(carrier.text).replace(BLANK, " ").strip()
        self.form.places.append(Piece(carrier.key, text, carrier.checked))

    def finish(self, box: Box) -> None:
        """Take the text beside the only place of a box for part of its answer."""
        if len(box.keys) == 1 and "=" not in box.keys[0]:
            text = "".join(box.text).replace(BLANK, " ").strip()
            self.form.places.append(Piece(box.keys[0], text))
            self.form.paragraphs = [item for item in self.form.paragraphs if item.box is not box]

    def merged(self) -> list[Piece]:
        """Return each place once: control, bookmark and box say the same, the longest says all."""
        merged: list[Piece] = []
        latest: dict[str, Piece] = {}
        for piece in self.form.places:
            known = latest.get(piece.key)
            if known is not None and (piece.text in known.text or known.text in piece.text):
                known.text = max(known.text, piece.text, key=len)
                known.checked = piece.checked if known.checked is None else known.checked
            else:
                latest[piece.key] = piece
                merged.append(piece)
        return merged
