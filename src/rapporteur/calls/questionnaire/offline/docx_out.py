"""A questionnaire as a Word file that can be printed, or filled in its boxes without a connection.

Each place of an answer is a content control in a box: its tag is the key of the place, and a
bookmark around it says the same where a program drops content controls. The parts that do not
change are in ``data/docx``.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import override
from lxml import etree
from lxml.builder import ElementMaker

from rapporteur.calls.questionnaire.model import (
    RIGHT_TO_LEFT,
    Kind,
    Question,
    Questionnaire,
    Section,
)
from rapporteur.calls.questionnaire.offline import wording
from rapporteur.calls.questionnaire.offline.marks import mark_of
from rapporteur.calls.questionnaire.offline.places import (
    PLACELESS,
    CodeNames,
    Place,
    bookmark_of,
    is_ticked,
    options_of,
    tag_of,
)

TEMPLATE = Path(__file__).resolve().parents[2] / "data" / "docx"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD14 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBLE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
USER_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
W = ElementMaker(namespace=WORD, nsmap={"w": WORD})
W14 = ElementMaker(namespace=WORD14, nsmap={"w14": WORD14})
CONTENT_TYPES = "[Content_Types].xml"
# A zip knows no earlier day; a form is not dated, so that equal forms are equal bytes.
NO_DATE = (1980, 1, 1, 0, 0, 0)
EMPTY_BOX, TICKED_BOX = "\u2610", "\u2612"
# What stands in an empty control: blanks, so that a printed form has an empty box there.
BLANK = "\u00a0" * 12
# Twips: widths of the text in both directions of A4, heights of boxes.
PORTRAIT, LANDSCAPE = 9638, 14570
ROW_NAMES = 2800
LONG_BOX, LIST_BOX, SHORT_BOX = 2600, 1100, 440
# So many columns of a matrix stand on an upright page.
UPRIGHT_COLUMNS = 2


def write_offline_docx(
    questionnaire: Questionnaire, language: str, names: CodeNames | None = None
) -> bytes:
    """Return the form of a questionnaire in a language as a Word file.

    ``names`` are the codes that questions on countries and concepts offer.
    """
    with override(language):
        return _Writer(questionnaire, language, names or CodeNames()).package()


def is_wide(question: Question) -> bool:
    """Return whether a question is a table that needs a page on its side."""
    return question.kind is Kind.MATRIX and len(question.columns) > UPRIGHT_COLUMNS


def w(name: str) -> str:
    """Return the full name of one of Word's attributes or elements."""
    return f"{{{WORD}}}{name}"


def valued(name: str, value: str | int) -> Any:
    """Return an element that says one value."""
    return W(name, {w("val"): str(value)})


@cache
def template_parts() -> tuple[tuple[str, str], ...]:
    """Return the parts that do not change, by name."""
    paths = (path for path in sorted(TEMPLATE.rglob("*")) if path.is_file())
    return tuple((path.relative_to(TEMPLATE).as_posix(), path.read_text("utf-8")) for path in paths)


class _Writer:
    """Writes one form, in the active language."""

    def __init__(self, questionnaire: Questionnaire, language: str, names: CodeNames) -> None:
        self.form = questionnaire
        self.language = language
        self.names = names
        self.is_rtl = language in RIGHT_TO_LEFT
        self.ids = count(1)
        self.numbers = count(1)
        # Word has the number of a language for Chinese in another attribute than for the others.
        self.latin = "en-GB" if language in (*RIGHT_TO_LEFT, "zh-hans", "en") else language

    def text(self, texts: Any) -> str:
        return self.form.text(texts, self.language)

    def package(self) -> bytes:
        """Return the whole file: the same questionnaire and language give the same bytes."""
        title = self.text(self.form.title)
        replaced = {
            "{title}": escape(title),
            "{footer}": escape(wording.form_line(self.form)),
            "{language}": escape(self.language),
            "{latin}": self.latin,
            "{bidi}": "<w:bidi/>" if self.is_rtl else "",
            "{rtl}": "<w:rtl/>" if self.is_rtl else "",
        }
        parts: dict[str, bytes] = {}
        for name, content in template_parts():
            for sign, value in replaced.items():
                content = content.replace(sign, value)
            parts[name] = content.encode()
        parts["word/document.xml"] = self.document()
        parts["docProps/custom.xml"] = self.properties()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
            # The content types come first, as readers of the format expect.
            for name in sorted(parts, key=lambda name: (name != CONTENT_TYPES, name)):
                entry = zipfile.ZipInfo(name, NO_DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                package.writestr(entry, parts[name])
        return stream.getvalue()

    def properties(self) -> bytes:
        """Return the part that carries the form's mark."""
        names: Any = {None: PROPERTIES, "vt": VALUES}
        root = etree.Element(f"{{{PROPERTIES}}}Properties", nsmap=names)
        mark = mark_of(self.form, self.language, self.names)
        for number, (name, value) in enumerate(mark.as_properties().items(), 2):
            given = etree.SubElement(root, f"{{{PROPERTIES}}}property")
            given.set("fmtid", USER_PROPERTY)
            given.set("pid", str(number))
            given.set("name", name)
            etree.SubElement(given, f"{{{VALUES}}}lpwstr").text = value
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def document(self) -> bytes:
        body = W.body()
        body.append(self.paragraph(self.text(self.form.title), "Title"))
        body.append(self.paragraph(wording.form_line(self.form), "FormNote"))
        for sentence in wording.how_to_fill(boxes=True):
            body.append(self.paragraph(sentence, "Normal"))
        for section in self.form.sections:
            body.extend(self.section(section))
        body.append(self.page(landscape=False))
        root = etree.Element(
            w("document"),
            {f"{{{COMPATIBLE}}}Ignorable": "w14"},
            nsmap={"w": WORD, "w14": WORD14, "mc": COMPATIBLE, "r": RELATIONS},
        )
        root.append(body)
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def page(self, *, landscape: bool) -> Any:
        """Return the properties of a part of the document: A4, upright or not."""
        size = {"w": "16838", "h": "11906", "orient": "landscape"}
        if not landscape:
            size = {"w": "11906", "h": "16838"}
        margins = dict.fromkeys(("top", "right", "bottom", "left"), "1134")
        margins |= {"header": "600", "footer": "600", "gutter": "0"}
        properties = W.sectPr(
            W.footerReference({w("type"): "default", f"{{{RELATIONS}}}id": "rId3"}),
            W.pgSz({w(name): value for name, value in size.items()}),
            W.pgMar({w(name): value for name, value in margins.items()}),
        )
        if self.is_rtl:
            properties.append(W.bidi())
        return properties

    def section(self, section: Section) -> Iterator[Any]:
        # A heading stands on the page of what it heads.
        begins_wide = bool(section.questions) and is_wide(section.questions[0])
        if begins_wide:
            yield self.break_page(landscape=False)
        yield self.paragraph(self.text(section.label), "Heading1")
        condition = wording.condition_in_words(section.relevant, self.form, self.language)
        for note in filter(None, (self.text(section.hint), condition)):
            yield self.paragraph(note, "FormNote")
        for number, question in enumerate(section.questions):
            if is_wide(question) and not (begins_wide and number == 0):
                yield self.break_page(landscape=False)
            yield from self.question(question)

    def question(self, question: Question) -> Iterator[Any]:
        label = self.text(question.label)
        if question.kind is Kind.NOTE:
            for line in (label, *wording.notes_of(question, self.form, self.language)):
                yield self.paragraph(line, "Normal")
            return
        yield self.paragraph(wording.question_line(next(self.numbers), question, label), "Heading2")
        for note in wording.notes_of(question, self.form, self.language):
            yield self.paragraph(note, "FormNote")
        if question.kind is Kind.MATRIX:
            wide = is_wide(question)
            yield self.matrix(question, LANDSCAPE if wide else PORTRAIT)
            yield self.break_page(landscape=True) if wide else self.paragraph("", "FormNote")
        elif question.kind not in PLACELESS:
            yield from self.answer(Place(question, question), label)

    def answer(self, place: Place, title: str) -> Iterator[Any]:
        question = place.question
        if is_ticked(question, self.names):
            yield from self.ticks(place, "FormChoice")
            return
        note = wording.typing_note(question, self.names)
        if note:
            yield self.paragraph(note, "FormNote")
        height = LIST_BOX if question.many else SHORT_BOX
        height = LONG_BOX if question.kind is Kind.LONG_TEXT else height
        box = self.control(place.key, title, "FormAnswer")
        row = self.row([box], [PORTRAIT], height)
        yield self.table([row], [PORTRAIT])

    def ticks(self, place: Place, style: str) -> Iterator[Any]:
        for option in options_of(place.question, self.names):
            label = wording.option_line(place.question, option, self.text(option.label))
            key = place.tick_key(option.value)
            yield self.paragraph_of([*self.tick(key, label), self.run(f" {label}")], style)

    def matrix(self, question: Question, width: int) -> Any:
        each = (width - ROW_NAMES) // max(1, len(question.columns))
        widths = [ROW_NAMES, *[each] * len(question.columns)]
        heads = [self.cell_text("")]
        for column in question.columns:
            notes = wording.notes_of(column, self.form, self.language)
            label = self.text(column.label)
            if column.required:
                label = wording.column_line(label)
            heads.append([self.paragraph(line, "FormCell") for line in (label, *notes)])
        head = self.row(heads, widths, 0)
        head.find(w("trPr")).append(W.tblHeader())
        rows = [head]
        for row in question.rows:
            cells = [self.cell_text(self.text(row.label))]
            for column in question.columns:
                place = Place(question, column, row.name)
                if is_ticked(column, self.names):
                    cells.append(list(self.ticks(place, "FormCell")))
                else:
                    title = f"{self.text(row.label)[:30]}: {self.text(column.label)}"
                    cells.append(self.control(place.key, title, "FormCell"))
            rows.append(self.row(cells, widths, SHORT_BOX))
        return self.table(rows, widths)

    def cell_text(self, text: str) -> list[Any]:
        return [self.paragraph(text, "FormCell")]

    def break_page(self, *, landscape: bool) -> Any:
        """Return the paragraph that ends a part of the document with pages of one direction."""
        paragraph = self.paragraph("", "FormNote")
        paragraph.find(w("pPr")).append(self.page(landscape=landscape))
        return paragraph

    def run(self, text: str, style: str = "") -> Any:
        properties = W.rPr()
        if style:
            properties.append(valued("rStyle", style))
        if self.is_rtl:
            properties.append(W.rtl())
        run = W.r(properties)
        for number, line in enumerate(text.split("\n")):
            if number:
                run.append(W.br())
            piece = W.t(line)
            piece.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(piece)
        return run

    def paragraph(self, text: str, style: str) -> Any:
        return self.paragraph_of([self.run(text)] if text else [], style)

    def paragraph_of(self, parts: list[Any], style: str) -> Any:
        properties = W.pPr(valued("pStyle", style))
        if self.is_rtl:
            properties.append(W.bidi())
        return W.p(properties, *parts)

    def table(self, rows: list[Any], widths: list[int]) -> Any:
        properties = W.tblPr(valued("tblStyle", "FormBox"))
        if self.is_rtl:
            properties.append(W.bidiVisual())
        properties.append(W.tblW({w("w"): str(sum(widths)), w("type"): "dxa"}))
        properties.append(W.tblLayout({w("type"): "fixed"}))
        grid = W.tblGrid(*(W.gridCol({w("w"): str(width)}) for width in widths))
        return W.tbl(properties, grid, *rows)

    @staticmethod
    def row(cells: list[Any], widths: list[int], height: int) -> Any:
        properties = W.trPr()
        if height:
            properties.append(valued("trHeight", height))
        made = [
            W.tc(
                W.tcPr(W.tcW({w("w"): str(width), w("type"): "dxa"})),
                *(cell if isinstance(cell, list) else [cell]),
            )
            for cell, width in zip(cells, widths, strict=True)
        ]
        return W.tr(properties, *made)

    def control(self, key: str, title: str, style: str) -> list[Any]:
        """Return a content control of paragraphs that carries a key, to stand in a cell.

        It holds whole paragraphs: LibreOffice 7 loses line breaks and repeats words in controls
        that stand within a line. A cell ends with a paragraph, here one that takes no room.
        """
        start, properties, end = self.carriers(key, title)
        properties.append(W.showingPlcHdr())
        blank = self.paragraph_of([start, self.run(BLANK, "PlaceholderText"), end], style)
        return [W.sdt(properties, W.sdtContent(blank)), self.paragraph("", "FormLast")]

    def tick(self, key: str, title: str) -> list[Any]:
        """Return a box to tick that carries a key, to stand in a line."""
        start, properties, end = self.carriers(key, title)
        properties.append(_checkbox())
        font = {w(name): "MS Gothic" for name in ("ascii", "eastAsia", "hAnsi", "cs")}
        run = W.r(W.rPr(W.rFonts(font | {w("hint"): "eastAsia"})), W.t(EMPTY_BOX))
        return [start, W.sdt(properties, W.sdtContent(run)), end]

    def carriers(self, key: str, title: str) -> tuple[Any, Any, Any]:
        """Return what carries a key: a bookmark's start, a control's properties, its end."""
        number = str(next(self.ids))
        properties = W.sdtPr(
            valued("alias", " ".join(title.split())[:60] or key[:60]),
            valued("tag", tag_of(key)),
            valued("id", 1000 + int(number)),
            valued("lock", "sdtLocked"),
        )
        start = W.bookmarkStart({w("id"): number, w("name"): bookmark_of(key)})
        return start, properties, W.bookmarkEnd({w("id"): number})


def _checkbox() -> Any:
    def of(name: str, **values: str) -> Any:
        return W14(name, {f"{{{WORD14}}}{key}": value for key, value in values.items()})

    return W14(
        "checkbox",
        of("checked", val="0"),
        of("checkedState", val="2612", font="MS Gothic"),
        of("uncheckedState", val="2610", font="MS Gothic"),
    )
