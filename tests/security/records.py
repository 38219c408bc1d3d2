"""Records made of hostile texts, through the forms and the importer."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from rapporteur.library.models import Document
from tests.factories.library import (
    make_label,
    parsed_document,
    parsed_figure,
    parsed_paragraph,
    store,
)
from tests.security.payloads import PAYLOADS

LANGUAGES = ("ar", "zh-hans", "fr")
CODES = ("C1", "C2", "C5", "C7.4", "C11")


def organization_form(number: int, payload: str) -> dict[str, str]:
    """Return a form that adds an organization; the payload stands in each of its texts.

    A number before it, since two organizations never share a name.
    """
    line = payload.replace("\n", " ").replace("\r", " ")
    return {
        "name": f"Zq{number} {line}"[:300],
        "acronym": f"Q{number} {line}"[:40].strip(),
        "aliases": "\n".join(
            f"Zqa{number}-{place} {part}"[:300] for place, part in enumerate(line.split(";"))
        ),
        "former_names": f"Zqf{number} {line.replace(';', ' ')}"[:300],
        "name_fr": f"Zqr{number} {line}"[:300],
        "name_ar": f"\u0645{number} {line}"[:300],
        "kind": "other",
    }


def plant_document(payloads: Sequence[str], *, concepts: bool = False) -> Document:
    """Return a published document with each payload in every text that a parser gives."""
    if concepts:
        for code in CODES:
            make_label(code)
    parsed = parsed_document(
        *(paragraph(number, payload, concepts) for number, payload in enumerate(payloads, 1)),
        sections=tuple(
            {"path": ["I", str(number)], "title": payload, "first": number, "last": number}
            for number, payload in enumerate(payloads, 1)
        ),
        footnotes=tuple(
            {
                "number": number,
                "text": payload,
                "urls": [payload],
                "symbols": [payload[:100]],
                "paragraph": f"p{number}",
            }
            for number, payload in enumerate(payloads, 1)
        ),
        contributors=tuple({"name": payload, "acronym": payload[:40]} for payload in payloads),
        warnings=tuple(
            {"code": "paragraph-gap", "message": payload, "paragraph": number}
            for number, payload in enumerate(payloads, 1)
        ),
        title=f"Wells of {payloads[0]}",
        summary="\n".join(payloads),
        session=payloads[0],
        agenda_item=payloads[0],
        bodies=list(payloads[:3]),
        date="2025-01-22",
        symbol="A/99/77",
    )
    return store(parsed).document


def paragraph(number: int, payload: str, concepts: bool) -> dict[str, Any]:
    return parsed_paragraph(
        number,
        payload,
        titles=["Made-up trends", payload],
        section=["I", str(number)],
        concepts=[CODES[number % len(CODES)]] if concepts else [],
        footnotes=[number],
        organizations=[f"N{number} {payload}"[:300]],
        publications=[payload],
        urls=[payload],
        symbols=[payload[:100]],
        statements=[{"text": payload, "organizations": [f"N{number} {payload}"[:300]]}],
        figures=[parsed_figure(number, unit=payload[:120], subject=payload, quote=payload[:160])],
    )


def import_hostile_documents(client: Any) -> list[str]:
    """Upload a report as text, HTML, Markdown and Word with every payload; return their pages."""
    files = {
        'A<img src=x onerror="window.ran=1">.txt': as_text().encode(),
        "c.html": as_html().encode(),
        "d\u202efdp.docx": as_word(),
    }
    urls = []
    for number, (name, data) in enumerate(files.items()):
        upload = SimpleUploadedFile(name, data)
        body = {"file": upload, "symbol": f"A/98/{number + 1}", "kind": "report"}
        response = client.post("/desk/documents/new", body)
        assert response.status_code == 302, (name, re.findall(r"<li>.*", response.content.decode()))
        draft = response.headers["Location"]
        client.post(f"{draft}/publish")
        urls += [draft, Document.objects.get(pk=int(draft.rsplit("/", 1)[1])).get_absolute_url()]
    return urls


HEAD = [
    "General Assembly",
    "Distr.: General",
    "22 January 2025",
    "Original: English",
    "Progress made in digging <script>window.ran=1</script> wells",
    "Report of the Secretary-General",
    "I. Key trends",
]


# Words of a report, so that a long file of payloads is one.
SAYS = "The Secretary-General told the General Assembly of its resolution 70/125:"


def as_text() -> str:
    lines = [*HEAD]
    for number, payload in enumerate(PAYLOADS, 1):
        lines.append(f"{number}. {SAYS}  {' '.join(payload.split())} and so on.")
    return "\n\n".join(lines)


def as_html() -> str:
    parts = [f"<p>{html.escape(line)}</p>" for line in HEAD]
    for number, payload in enumerate(PAYLOADS, 1):
        parts.append(f"<p>{number}. {SAYS} {html.escape(payload)} and so on.</p>")
        parts.append(
            f'<p onclick="window.ran=1">{len(PAYLOADS) + number}. <a href="javascript:window.ran=1"'
            f' title="{html.escape(payload)}">A link</a> and <i>words in italics</i> and more.</p>'
        )
    raw = "\n".join(PAYLOADS[:12])
    return f"<!doctype html><html><body>{''.join(parts)}{raw}</body></html>"


CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def as_word(lines: Sequence[str] | None = None, **parts: str) -> bytes:
    """Return a small Word file of these lines; ``parts`` adds to its package or replaces in it."""
    if lines is None:
        lines = as_text().split("\n\n")
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{html.escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    members = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": RELATIONS,
        "word/document.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.'
            'openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.'
            f'org/officeDocument/2006/relationships"><w:body>{body}</w:body></w:document>'
        ),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


_found: dict[str, tuple[str, ...]] = {}


def tokens(client: Any, url: str) -> tuple[str, ...]:
    """Return the names of the parameters that a page's forms of filters send, and the common."""
    if url not in _found:
        page = client.get(url).content.decode()
        forms = re.findall(r'<form[^>]*method="get".*?</form>', page, re.DOTALL)
        names = {name for form in forms for name in re.findall(r'name="([\w-]+)"', form)}
        _found[url] = tuple(sorted(names | {"q", "page", "sort", "year", "part", "in", "by"}))
    return _found[url]
