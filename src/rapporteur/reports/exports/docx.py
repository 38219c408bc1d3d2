"""A draft as a Word file: pandoc on the semantic HTML, with the styles of ``data/docx``.

pandoc makes headings, paragraphs, real footnotes and tables. The template gives the styles, the
automatic numbering of paragraphs, A4, the header and the page numbers. What pandoc cannot say is
set afterwards: annexes on new pages, quiet table cells, a reproducible package.
"""

from __future__ import annotations

import io
import os
import subprocess
import tempfile
import zipfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _
from lxml import etree

from rapporteur.reports.assembly.draft import Draft
from rapporteur.reports.errors import CannotWrite
from rapporteur.reports.exports.html import draft_html, for_pandoc

TEMPLATE = Path(__file__).resolve().parents[1] / "data" / "docx"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{WORD}}}"
NAMES = {"w": WORD}
# Zip entries and properties carry this when no source of a draft is dated.
NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
PANDOC_SECONDS = 120
# The column of the text, and the names of rows in a table of many columns, in twips.
TEXT_WIDTH, FIRST_COLUMN = 9070, 2700


@cache
def template_parts() -> tuple[tuple[str, bytes], ...]:
    """Return the parts of the template document, by name."""
    return tuple(
        (path.relative_to(TEMPLATE).as_posix(), path.read_bytes())
        for path in sorted(TEMPLATE.rglob("*"))
        if path.is_file()
    )


def packed(parts: list[tuple[str, bytes]], *, at: datetime) -> bytes:
    """Return a zip whose bytes depend on its parts and the date alone."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        # The content types come first, as readers of the format expect.
        for name, content in sorted(parts, key=lambda part: (part[0] != CONTENT_TYPES, part[0])):
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return buffer.getvalue()


CONTENT_TYPES = "[Content_Types].xml"


def reference_document(*, header: str, direction: str, at: datetime) -> bytes:
    """Return the template as a Word file, its header filled and in its direction."""
    bidi = b"<w:bidi/>" if direction == "rtl" else b""
    parts = [
        (name, content.replace(b"{header}", escape(header).encode()).replace(b"{bidi}", bidi))
        for name, content in template_parts()
    ]
    return packed(parts, at=at)


def run_pandoc(
    document: str, *, reference: bytes, language: str, direction: str, at: datetime
) -> bytes:
    """Return the Word file that pandoc makes of an HTML document.

    Raises:
        CannotWrite: pandoc is not installed, failed, or took more than two minutes.
    """
    try:
        import pypandoc

        program = pypandoc.get_pandoc_path()
    except (ImportError, OSError) as error:
        raise CannotWrite(
            _(
                "A Word file needs pandoc, which is not installed. Install the package "
                "pypandoc_binary; web page, PDF and JSON work without it."
            )
        ) from error
    with tempfile.TemporaryDirectory(prefix="rapporteur-report-") as folder:
        template = Path(folder) / "reference.docx"
        template.write_bytes(reference)
        command = [
            program,
            "--sandbox",
            "--from=html+epub_html_exts",
            "--to=docx",
            "--shift-heading-level-by=-1",
            f"--reference-doc={template}",
            f"--metadata=lang:{language}",
            f"--metadata=dir:{direction}",
            "--output=-",
        ]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LANG": "C.UTF-8",
            "HOME": folder,
            "SOURCE_DATE_EPOCH": str(int(at.timestamp())),
        }
        try:
            # A fixed program and fixed options; the document goes through standard input.
            done = subprocess.run(  # noqa: S603
                command,
                input=document.encode(),
                capture_output=True,
                timeout=PANDOC_SECONDS,
                env=environment,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotWrite(
                _("pandoc could not be run, or took too long. Try again; the draft is unchanged.")
            ) from error
    if done.returncode:
        raise CannotWrite(
            _("pandoc could not write the Word file: %(error)s")
            % {"error": done.stderr.decode(errors="replace").strip()[:500]}
        )
    return done.stdout


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=NAMES))


def properties(paragraph: Any) -> Any:
    """Return the properties of a Word paragraph, made where there are none."""
    element = paragraph.find(f"{W}pPr")
    if element is None:
        element = etree.Element(f"{W}pPr")
        paragraph.insert(0, element)
    return element


def set_style(paragraph: Any, style: str) -> None:
    place = properties(paragraph)
    for old in place.findall(f"{W}pStyle"):
        place.remove(old)
    element = etree.Element(f"{W}pStyle")
    element.set(f"{W}val", style)
    place.insert(0, element)


def after_style(paragraph: Any, element: Any) -> None:
    """Put a property after the style, where the order of the format has it."""
    place = properties(paragraph)
    place.insert(1 if place.find(f"{W}pStyle") is not None else 0, element)


def numbering() -> Any:
    """Return the property by which a paragraph takes the next number."""
    element = etree.Element(f"{W}numPr")
    for name, value in (("ilvl", "0"), ("numId", "1")):
        etree.SubElement(element, f"{W}{name}").set(f"{W}val", value)
    return element


def finished(content: bytes, *, direction: str = "ltr") -> bytes:
    """Return the document part with what pandoc cannot say.

    Numbered paragraphs take their number themselves, too, not by their style alone, for readers
    that look no further; annexes begin on a new page, their lists stand in the column of the text,
    their tables fill it, run in the direction of the text and leave room for the names of their
    rows, and cells have the style of cells.
    """
    # pandoc's own output, read without entities or network.
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for paragraph in found(root, "//w:p[w:pPr/w:pStyle/@w:val='NumberedParagraph']"):
        after_style(paragraph, numbering())
    heading = "//w:bookmarkStart[@w:name='annex-1']/following-sibling::w:p[1]"
    for paragraph in found(root, heading):
        after_style(paragraph, etree.Element(f"{W}pageBreakBefore"))
    for paragraph in found(root, "//w:p[w:pPr/w:numPr/w:numId/@w:val > 1000]"):
        indent = etree.SubElement(properties(paragraph), f"{W}ind")
        indent.set(f"{W}left", "1134")
        indent.set(f"{W}hanging", "283")
    for width in found(root, "//w:tblPr/w:tblW"):
        width.set(f"{W}type", "pct")
        width.set(f"{W}w", "5000")
        if direction == "rtl":
            width.addprevious(etree.Element(f"{W}bidiVisual"))
    for grid in found(root, "//w:tblGrid[count(w:gridCol) > 5]"):
        for place, column in enumerate(grid):
            rest = (TEXT_WIDTH - FIRST_COLUMN) // (len(grid) - 1)
            column.set(f"{W}w", str(rest if place else FIRST_COLUMN))
    for paragraph in found(root, "//w:tbl//w:p"):
        set_style(paragraph, "TableText")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def draft_docx(draft: Draft, *, document: str | None = None) -> bytes:
    """Return the draft as a Word file; the same draft gives the same bytes.

    ``document`` is the draft's HTML where it is at hand. Raises ``CannotWrite``.
    """
    at = datetime.combine(draft.as_of, datetime.min.time(), UTC) if draft.as_of else NO_DATE
    with override(draft.language):
        header = _("%(report)s, %(year)s: draft") % {
            "report": draft.outline.name,
            "year": draft.year,
        }
        return word_file(
            for_pandoc(document or draft_html(draft)),
            header=header,
            language=draft.language,
            at=at,
        )


def word_file(document: str, *, header: str, language: str, at: datetime) -> bytes:
    """Return the Word file of an HTML document, in the active language's direction.

    ``at`` dates the file: the same document and date give the same bytes. Raises ``CannotWrite``.
    """
    at = max(at, datetime(1980, 1, 2, tzinfo=UTC))  # a zip knows no earlier day
    direction = "rtl" if get_language_bidi() else "ltr"
    made = run_pandoc(
        document,
        reference=reference_document(header=header, direction=direction, at=at),
        language=language,
        direction=direction,
        at=at,
    )
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    return packed(
        [
            (
                name,
                finished(content, direction=direction) if name == "word/document.xml" else content,
            )
            for name, content in parts
        ],
        at=at,
    )
