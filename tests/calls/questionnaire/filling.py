"""Fill a form as people do: type into its places, tick boxes, add what has no place."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

from lxml import etree
from openpyxl import load_workbook

from rapporteur.calls.questionnaire.offline.docx_out import w
from rapporteur.calls.questionnaire.offline.places import tag_of

DOCUMENT = "word/document.xml"


def changed_word(data: bytes, change: Callable, **parts: bytes) -> bytes:
    """Return a Word file whose document was changed in place; ``parts`` are added or replaced."""
    stream = io.BytesIO()
    named = {name.replace("__", "/"): content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            content = named.pop(name, old.read(name))
            if name == DOCUMENT and change is not None:
                root = etree.fromstring(content)
                change(root)
                content = etree.tostring(root)
            new.writestr(name, content)
        for name, content in named.items():
            new.writestr(name, content)
    return stream.getvalue()


def control(root, key: str):
    """Return the content control of a key."""
    (tag,) = [item for item in root.iter(w("tag")) if item.get(w("val")) == tag_of(key)]
    return tag.getparent().getparent()


def type_into(root, key: str, text: str) -> None:
    """Type into a place as Word does: the placeholder goes, each line is a paragraph."""
    place = control(root, key)
    for flag in list(place.iter(w("showingPlcHdr"))):
        flag.getparent().remove(flag)
    content = place.find(w("sdtContent"))
    run = next(content.iter(w("r")))
    first = run.getparent()
    for style in list(run.iter(w("rStyle"))):
        style.getparent().remove(style)
    run.find(w("t")).text, *rest = text.split("\n")
    for line in reversed(rest):
        first.addnext(paragraph(line))


def paragraph(text: str):
    made = etree.Element(w("p"))
    etree.SubElement(etree.SubElement(made, w("r")), w("t")).text = text
    return made


def fill_word(data: bytes, typed: Mapping[str, str]) -> bytes:
    """Return the form with texts typed into places, by key; ``☒`` ticks a box."""

    def change(root):
        for key, text in typed.items():
            type_into(root, key, text)

    return changed_word(data, change)


def changed_book(data: bytes, change: Callable) -> bytes:
    """Return a workbook that was changed in place."""
    book = load_workbook(io.BytesIO(data), rich_text=True)
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cell_of(book, key: str):
    """Return the cell where the answer of a key is typed."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_col=1):
            name = str(row[0].value or "")[1:]
            if name == key:
                return sheet.cell(row[0].row, 3)
            if name and "/" in name and key.startswith(f"{name}/"):
                for cell in sheet[1]:
                    if str(cell.value or "").endswith("//" + key.rsplit("/", 1)[1]):
                        return sheet.cell(row[0].row, cell.column)
    raise KeyError(key)


def fill_book(data: bytes, typed: Mapping[str, object]) -> bytes:
    """Return the form with values typed into cells, by key."""

    def change(book):
        for key, value in typed.items():
            cell_of(book, key).value = value

    return changed_book(data, change)
