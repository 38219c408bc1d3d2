"""Which format a file is in, by its content, and the reader that knows it."""

from __future__ import annotations

import re

from rapporteur.analysis.documents.blocks import Source
from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.reading.decode import decode
from rapporteur.analysis.documents.reading.docx import read_docx
from rapporteur.analysis.documents.reading.html import read_html
from rapporteur.analysis.documents.reading.pdf import read_pdf
from rapporteur.analysis.documents.reading.text import read_text

MAX_BYTES = 60_000_000
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body|article|main)\b",
    re.I | re.S,
)
_HTML_TAGS = re.compile(r"<(?:p|div|h[1-6]|li|ol|ul|table|td|tr|section)\b[^<>]*>", re.I)
_XML = re.compile(r"\s*<\?xml\b|\s*<[a-z]\w*[^<>]*\bxmlns", re.I)


def read(data: bytes) -> Source:
    """Return the blocks of a file of any format that is known: text, Markdown, HTML, DOCX, PDF.

    The content decides, never the file's name.

    Raises:
        NotADocument: empty, too large, damaged beyond reading, or of another format.
    """
    if len(data) > MAX_BYTES:
        raise NotADocument("The file is too large to be one document (over 60 megabytes).")
    head = data[:1024]
    if b"%PDF-" in head:
        return read_pdf(data)
    if head.startswith(b"PK\x03\x04"):
        return read_docx(data)
    text, _ = decode(data)
    start = text[:4000]
    if _HTML.match(start) or (
        "<" in start and len(_HTML_TAGS.findall(text[:50_000])) >= 3 and start.lstrip()[:1] == "<"
    ):
        return read_html(text)
    if _XML.match(start):
        raise NotADocument("The file is XML. Text, Markdown, HTML, DOCX and PDF can be read.")
    source = read_text(text)
    source.raw = text
    return source
