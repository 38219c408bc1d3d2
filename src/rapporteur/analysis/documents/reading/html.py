"""HTML to blocks: headings, paragraphs, list items with their numbers, footnotes, table rows.

Footnotes are known by their DPUB roles (``doc-noteref``, ``doc-footnote``), by links to them
(``#fn1``, ``#_ftn1``), or by superscript figures, whichever the file uses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from rapporteur.analysis.documents.blocks import Block, Role, Source
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

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "nav",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "address",
        "blockquote",
        "pre",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "hr",
        "body",
        "html",
        "center",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ITALIC = frozenset({"i", "em", "cite", "dfn", "var"})
_NOTE_LINK = re.compile(r"#(?:_?(?:ft|foot|end|ed)?n(?:ote)?(?:ref)?|cite_note)[-_:.]?\w*$", re.I)
_NOTE_ID = re.compile(r"_?(?:fn|ftn|footnote|endnote|edn|note|cite_note)[-_:.]?(\d{1,4})$", re.I)
_FIGURE = re.compile(r"[\s\[(^]*(\d{1,4})[\s\])^.]*$")
_BACK = re.compile(r"\s*[↩↑⏎↵⤴^]\ufe0e?\ufe0f?\s*$")  # the link from a note back to its mark
_NOTE_ROLES = frozenset({"doc-footnote", "doc-endnote", "doc-endnotes"})
_CLASS_NOTES = re.compile(r"\b(?:footnotes?|endnotes?|MsoFootnoteText|fn)\b", re.I)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(slots=True)
class _List:
    tag: str
    kind: str
    next: int


@dataclass(slots=True)
class _State:
    source: Source
    buffer: list[str] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    heading: int = 0
    label: str = ""
    bullet: str = ""
    note: int | None = None
    notes_depth: int = 0
    row: list[str] | None = None
    counter: int = 0

    def flush(self) -> None:
        text = even_text("".join(self.buffer))
        self.buffer.clear()
        pieces = [" ".join(piece.split()) for piece in text.split("\n")]
        pieces = [piece for piece in pieces if piece]
        if not pieces:
            return
        if len(pieces) > 1 and not (all(len(piece) < 90 for piece in pieces) and not self.heading):
            pieces = [" ".join(pieces)]
        for piece in pieces:
            self._add(piece)

    def _add(self, text: str) -> None:
        if self.row is not None:
            self.row.append(text)
            return
        self.counter += 1
        role: Role = "heading" if self.heading else "text"
        number = None
        if self.note is not None:
            text = _BACK.sub("", text)
            role, number = "footnote", self.note
            opened = MARK_START.match(text)
            text = text[opened.end() :] if opened else text
            blocks = self.source.blocks
            if blocks and blocks[-1].role == "footnote" and blocks[-1].number == number:
                blocks[-1].text = f"{blocks[-1].text} {text}".strip()
                return
        else:
            opened = MARK_START.match(text)
            if opened and not self.heading:
                role, number, text = "footnote", int(opened.group(1)), text[opened.end() :]
        bullet = self.bullet
        if self.label and role == "text":
            text = f"{self.label} {text}"
        elif role == "text" and not bullet:
            end = bullet_end(text)
            if end:
                bullet, text = text[:end].strip(), text[end:]
        self.label = self.bullet = ""
        self.source.blocks.append(
            Block(text, self.counter, role=role, level=self.heading, number=number, bullet=bullet)
        )

    def end_row(self) -> None:
        cells, self.row = self.row, None
        if not cells:
            return
        self.counter += 1
        self.source.blocks.append(Block(" | ".join(cells), self.counter, role="row"))


def read_html(text: str) -> Source:
    """Return the blocks of an HTML page; scripts, styles, forms and navigation are left out.

    Raises:
        NotADocument: nothing can be read from it.
    """
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    data = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", errors="replace")
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotADocument("The HTML cannot be read.") from error
    source = Source(blocks=[], language=(root.get("lang") or "")[:2].lower() or None)
    title = root.findtext(".//title")
    source.title = " ".join(title.split()) if title and title.strip() else None
    _walk(root, _State(source))
    return source


def _walk(root: html.HtmlElement, state: _State) -> None:
    skipping = 0
    tables = _data_tables(root)
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if skipping or tag in _SKIPPED or _is_hidden(element):
                skipping += 1
                continue
            figure = _mark_of(element, tag, state)
            if figure is not None:
                state.buffer.append(figure)
                skipping += 1
                continue
            _start(element, tag, state, tables)
            if element.text:
                state.buffer.append(element.text.replace("\n", " "))
            continue
        if skipping:
            skipping -= 1
        else:
            _end(element, tag, state, tables)
        if not skipping and element.tail:
            state.buffer.append(element.tail.replace("\n", " "))
    state.flush()


def _is_hidden(element: html.HtmlElement) -> bool:
    return element.get("hidden") is not None or element.get("role") in (
        "navigation",
        "doc-backlink",
    )


def _data_tables(root: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the tables that hold rows of data; the others only lay out a page."""
    found = set()
    for table in root.iter("table"):
        first = next(table.iter("tr"), None)
        cells = [cell for cell in first if cell.tag in ("td", "th")] if first is not None else []
        if len(cells) > 1 and (
            table.find(".//th") is not None
            or not any(len("".join(cell.itertext())) > 400 for cell in cells)
        ):
            found.add(table)
    return found


def _mark_of(element: html.HtmlElement, tag: str, state: _State) -> str | None:
    """Return the footnote mark that an element is, if it is one."""
    if tag not in ("sup", "a", "span"):
        return None
    link = element if tag == "a" else next(element.iter("a"), None)
    target = link.get("href", "") if link is not None else ""
    role = element.get("role") or ""
    refers = role == "doc-noteref" or bool(target and _NOTE_LINK.match(target))
    if tag == "span" and not (role == "doc-noteref" or "footnote" in (element.get("class") or "")):
        return None
    if tag == "a" and not refers:
        return None
    figure = _FIGURE.match("".join(element.itertext()))
    if figure and (refers or tag == "sup"):
        return mark(int(figure.group(1)))
    if refers and state.note is not None:
        return ""  # the arrow back from a note to its mark
    return None


def _start(
    element: html.HtmlElement, tag: str, state: _State, tables: set[html.HtmlElement]
) -> None:
    if tag in _BLOCKS:
        state.flush()
    if tag in _HEADINGS:
        state.heading = _HEADINGS[tag]
    elif tag in ("ol", "ul"):
        start = element.get("start") or "1"
        state.lists.append(
            _List(tag, element.get("type") or "1", int(start) if start.lstrip("-").isdigit() else 1)
        )
    elif tag == "li" and state.lists:
        _item(element, state)
    elif tag == "tr" and state.row is None and _table_of(element) in tables:
        state.row = []
    elif tag in _ITALIC:
        state.buffer.append(ITALIC_OPEN)
    elif tag == "br":
        state.buffer.append("\n")
    elif tag == "img":
        state.buffer.append(f" {element.get('alt') or ''} ")
    if _holds_notes(element, tag):
        state.notes_depth += 1
    number = _note_number(element, tag, state)
    if number is not None:
        state.note = number


def _table_of(element: html.HtmlElement) -> html.HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _item(element: html.HtmlElement, state: _State) -> None:
    current = state.lists[-1]
    value = element.get("value") or ""
    if value.isdigit():
        current.next = int(value)
    state.label, state.bullet = "", ""
    if current.tag == "ul":
        state.bullet = "•"
    else:
        state.label = _printed(current.next, current.kind)
        current.next += 1


def _printed(value: int, kind: str) -> str:
    if kind in ("a", "A"):
        letter = chr(ord(kind) + (value - 1) % 26)
        return f"({letter})" if kind == "a" else f"{letter}."
    if kind in ("i", "I") and 0 < value < len(_ROMAN):
        return f"({_ROMAN[value]})" if kind == "i" else f"{_ROMAN[value].upper()}."
    return f"{value}."


def _holds_notes(element: html.HtmlElement, tag: str) -> bool:
    if tag not in ("section", "div", "ol", "aside", "footer"):
        return False
    role = element.get("role") or ""
    return role == "doc-endnotes" or bool(_CLASS_NOTES.search(element.get("class") or ""))


def _note_number(element: html.HtmlElement, tag: str, state: _State) -> int | None:
    """Return the number of the footnote that an element is, if it is one."""
    if tag not in ("li", "aside", "div", "p", "dd", "section"):
        return None
    role = element.get("role") or ""
    identified = _NOTE_ID.match(element.get("id") or "")
    if identified and (state.notes_depth or role in _NOTE_ROLES or tag in ("li", "aside", "div")):
        return int(identified.group(1))
    if tag == "li" and state.notes_depth and state.lists:
        return state.lists[-1].next - 1
    return None


def _end(element: html.HtmlElement, tag: str, state: _State, tables: set[html.HtmlElement]) -> None:
    if tag in _ITALIC:
        state.buffer.append(ITALIC_CLOSE)
    if tag in _BLOCKS:
        state.flush()
    if tag in _HEADINGS:
        state.heading = 0
    elif tag in ("ol", "ul") and state.lists:
        state.lists.pop()
    elif tag == "li":
        state.label = state.bullet = ""
    elif tag == "tr" and state.row is not None and _table_of(element) in tables:
        state.end_row()
    elif tag == "a":
        target = (element.get("href") or "").strip()
        if target.startswith(("http://", "https://")) and target not in "".join(state.buffer[-3:]):
            state.buffer.append(f"{LINK_OPEN}{target}{LINK_CLOSE}")
    if _note_number(element, tag, state) is not None:
        state.note = None
    if _holds_notes(element, tag):
        state.notes_depth -= 1
