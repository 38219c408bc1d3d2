"""The one semantic HTML of a draft, and what the Word file and the PDF are made from.

Footnotes carry the roles of the Digital Publishing vocabulary (``doc-noteref``,
``doc-footnote``), which pandoc turns into real footnotes and screen readers announce.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, override
from lxml import html as lxml_html

from rapporteur.reports.assembly.draft import Draft, DraftParagraph, Note
from rapporteur.reports.assembly.pieces import Cite, Piece, Quote
from rapporteur.reports.exports.annexes import annexes

STYLES = Path(__file__).resolve().parents[1] / "data" / "css"
# Writing systems that run from right to left, for quotations of another language than the draft's.
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def piece_html(piece: Piece, note: Note | None, language: str) -> str:
    """Return one piece of a paragraph; quotations in another language say so."""
    if note is not None:
        return format_html(
            '<a id="fnref{0}" href="#fn{0}" role="doc-noteref" class="noteref">{0}</a>', note.number
        )
    if isinstance(piece, Cite):
        return format_html("<cite>{}</cite>", piece.text)
    if isinstance(piece, Quote):
        if piece.language == language.split("-")[0]:
            return format_html('<span class="quote">{}</span>', piece.text)
        direction = "rtl" if piece.language in RIGHT_TO_LEFT else "ltr"
        return format_html(
            '<span class="quote" lang="{}" dir="{}">{}</span>',
            piece.language,
            direction,
            piece.text,
        )
    return format_html("{}", getattr(piece, "text", ""))


def paragraph_html(paragraph: DraftParagraph, language: str) -> SafeString:
    """Return the inside of a paragraph; two marks in a row are parted, or 1 and 2 would read 12."""
    parts: list[str] = []
    after_mark = False
    for piece, note in paragraph.runs:
        if note is not None and after_mark:
            parts.append('<sup class="between">, </sup>')
        parts.append(piece_html(piece, note, language))
        after_mark = note is not None
    # Every part was escaped by ``format_html``, or is the constant above.
    return mark_safe("".join(parts))  # noqa: S308


@cache
def style_sheet(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def draft_html(draft: Draft, *, standalone: bool = False) -> str:
    """Return the draft as an HTML document, annexes included.

    ``standalone``: with its styles, to be read and printed from a browser.
    """
    with override(draft.language):
        return render_to_string(
            "reports/export.html",
            {
                **annexes(draft),
                "direction": "rtl" if get_language_bidi() else "ltr",
                "sections": [
                    (
                        section,
                        min(6, section.depth + 1),
                        [
                            (paragraph, paragraph_html(paragraph, draft.language))
                            for paragraph in section.paragraphs
                        ],
                    )
                    for section in draft.sections
                ],
                # The file's own style sheets, not anybody's input.
                "styles": mark_safe(style_sheet("page.css")) if standalone else "",  # noqa: S308
            },
        )


def parsed(document: str) -> Any:
    return lxml_html.document_fromstring(document)


def serialized(root: Any) -> str:
    return "<!doctype html>\n" + str(lxml_html.tostring(root, encoding="unicode"))


def for_pandoc(document: str) -> str:
    """Return the HTML without what Word numbers itself: paragraph and footnote numbers."""
    root = parsed(document)
    for element in root.xpath("//*[@data-printed-number]"):
        element.drop_tree()
    # pandoc 3.9 reads the role of a mark, but of a note only the type that EPUB gives it.
    for aside in root.xpath("//aside[@role='doc-footnote']"):
        aside.set("type", "footnote")
    # Word gives the punctuation at a quotation's ends to the text around it; a mark of direction
    # that is not seen keeps it with the quotation.
    for quotation in root.xpath("//span[@class='quote'][@dir]"):
        mark = "\u200e" if quotation.get("dir") == "ltr" else "\u200f"
        quotation.text = f"{mark}{quotation.text}{mark}"
    # Titles of publications are in italics, which pandoc does not give to ``cite``.
    for title in root.xpath("//cite"):
        title.tag = "em"
    return serialized(root)


def for_paged_media(document: str) -> str:
    """Return the HTML with each footnote where its mark stands, as CSS floats it to the page."""
    root = parsed(document)
    notes = {aside.get("id"): aside for aside in root.xpath("//aside[@role='doc-footnote']")}
    for mark in root.xpath("//a[@role='doc-noteref']"):
        aside = notes[mark.get("href", "").removeprefix("#")]
        mark.tag = "span"
        mark.text = "".join(aside.xpath(".//span[@class='note-text']//text()"))
        mark.set("role", "doc-footnote")
        mark.set("class", "footnote")
        del mark.attrib["href"]
    for section in root.xpath("//section[@role='doc-endnotes']"):
        section.drop_tree()
    return serialized(root)
