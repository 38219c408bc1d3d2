# ruff: noqa: E501 - files written out as they are
"""HTML, DOCX and PDF, made here from one source, and each of them broken in many ways."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.parse import parse_document

HTML = """<!doctype html>
<html lang="en"><head><title>Lighthouses</title><style>p { color: red }</style></head><body>
<nav><a href="/">Home</a></nav>
<p>United Nations A/91/15</p><p>General Assembly<br>Ninety-first session<br>Agenda item 9</p>
<p>14 February 2036</p>
<p><b>Progress made in the upkeep of lighthouses</b></p><p><b>Report of the Secretary-General</b></p>
<h1>I. Key trends</h1>
<ol>
<li><p>The Lighthouse Board counted 4,200 lamps, says <em>State of the Lamps</em>.<a href="#fn1"
 id="fnref1" role="doc-noteref"><sup>1</sup></a></p></li>
<li><p>The United Nations asks keepers:</p><ol type="a"><li>To pour oil;</li><li>To trim
 wicks.</li></ol></li>
</ol>
<h2>A. More lamps</h2>
<ol start="3"><li>The third paragraph cites <a href="https://example.org/x">a page</a>.<sup>2</sup></li>
</ol>
<table><tr><th>Region</th><th>Lamps</th></tr><tr><td>Africa</td><td>12</td></tr></table>
<script>alert("no")</script>
<section role="doc-endnotes"><ol><li id="fn1"><p>See A/RES/70/125.<a href="#fnref1"
 role="doc-backlink">↩</a></p></li><li id="fn2"><p>Ibid.</p></li></ol></section>
</body></html>
"""

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_docx(*, footnotes: bool = True, document: str | None = None) -> bytes:
    """Return a Word file with numbered paragraphs broken by a heading, and real footnotes."""

    def paragraph(text: str, *, style: str = "", number: str = "", note: int = 0) -> str:
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if number:
            level = "1" if number == "letters" else "0"
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
        mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
        runs = text.replace(
            "<i>", "</w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t xml:space='preserve'>"
        )
        runs = runs.replace("</i>", "</w:t></w:r><w:r><w:t xml:space='preserve'>")
        return (
            f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{runs}</w:t></w:r>"
            f"{mark}</w:p>"
        )

    body = document or "".join(
        [
            paragraph("A/91/15"),
            paragraph("General Assembly"),
            paragraph("14 February 2036"),
            paragraph("Progress made in the upkeep of lighthouses"),
            paragraph("Report of the Secretary-General"),
            paragraph("I. Key trends", style="Heading1"),
            paragraph(
                "The United Nations counted, in <i>State of the Lamps</i>.", number="yes", note=7
            ),
            paragraph("It asks keepers:", number="yes"),
            paragraph("To pour oil;", number="letters"),
            paragraph("To trim wicks.", number="letters"),
            paragraph("A. More", style="Heading2"),
            paragraph("The third paragraph of the Assembly.", number="yes", note=5),
        ]
    )
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, form, text in ((0, "decimal", "%1."), (1, "lowerLetter", "(%2)"))
    )
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats'
            '-officedocument.wordprocessingml.document.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/footnotes" Target="footnotes.xml"/>'
            '<Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/numbering" Target="numbering.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/numbering.xml": (
            f'<w:numbering xmlns:w="{WORD}"><w:abstractNum w:abstractNumId="0">{levels}'
            '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        ),
    }
    if footnotes:
        parts["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{WORD}">'
            + "".join(
                f'<w:footnote w:id="{identifier}">{paragraph(text)}</w:footnote>'
                for identifier, text in ((5, "Ibid."), (7, "See A/RES/70/125."))
            )
            + "</w:footnotes>"
        )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def make_pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Return a PDF of pages of (x, y, size, words), written by hand in one font."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for page in pages:
        stream = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n" for x, y, size, words in page
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}endstream")
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents"
            f" {len(objects)} 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1"
            " /BaseFont /Times-Roman >> >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    out += "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return out.encode("latin-1")


PDF_PAGES = [
    [
        (72, 800, 9, "A/91/15"),
        (72, 770, 10, "General Assembly"),
        (72, 740, 10, "14 February 2036"),
        (72, 710, 10, "Progress made in the upkeep of lighthouses"),
        (72, 680, 10, "Report of the Secretary-General"),
        (72, 650, 12, "I. Key trends"),
        (72, 620, 10, "1. The United Nations counted all lamps that stand on the coast of Utopia."),
        (398, 623, 6, "1"),
        (72, 590, 10, "2. The General Assembly asked keepers to pour oil into every lamp and to"),
        (72, 577, 10, "trim the wicks, and welcomed the report of the Board on lamps that had"),
        (72, 120, 8, "See A/RES/70/125, in which the Assembly spoke of lamps."),
        (68, 123, 5, "1"),
        (72, 40, 9, "36-01234"),
        (500, 40, 9, "1/2"),
    ],
    [
        (72, 800, 9, "A/91/15"),
        (72, 770, 10, "gone out in the night."),
        (
            72,
            740,
            10,
            "3. The third paragraph of the report of the United Nations is short and good.",
        ),
        (72, 40, 9, "36-01234"),
        (500, 40, 9, "2/2"),
    ],
]


def test_html():
    document = parse_document(HTML.encode())

    assert document.document.kind == "report"
    assert document.document.title == "Progress made in the upkeep of lighthouses"
    assert document.document.symbol == "A/91/15"
    assert document.document.session == "Ninety-first session"
    assert [(p.number, p.section) for p in document.paragraphs] == [
        (1, ("I",)),
        (2, ("I",)),
        (3, ("I", "A")),
    ]
    assert document.paragraphs[0].footnotes == (1,)
    assert document.paragraphs[0].publications == ("State of the Lamps",)
    assert document.paragraphs[1].text == (
        "The United Nations asks keepers:\n(a) To pour oil;\n(b) To trim wicks."
    )
    assert (
        document.paragraphs[2].text
        == "The third paragraph cites a page.\nRegion | Lamps\nAfrica | 12"
    )
    assert document.paragraphs[2].urls == ("https://example.org/x",)
    assert [(n.number, n.text, n.paragraph) for n in document.footnotes] == [
        (1, "See A/RES/70/125.", "p1"),
        (2, "Ibid.", "p3"),
    ]
    assert document.warnings == ()


def test_an_arrow_back_to_the_text_is_no_part_of_a_note():
    page = (
        '<p>1. The General Assembly met.<sup><a href="#fn1" id="r1">1</a></sup></p>'
        '<ol class="footnotes"><li id="fn1">See A/91/1. <a href="#r1">↩</a></li></ol>'
    )

    document = parse_document(f"<html><body>{page}</body></html>".encode())

    assert [(n.number, n.text) for n in document.footnotes] == [(1, "See A/91/1.")]
    assert document.paragraphs[0].footnotes == (1,)


def test_docx_keeps_list_numbers_over_headings_and_real_footnotes():
    document = parse_document(make_docx())

    assert document.document.kind == "report"
    assert document.document.symbol == "A/91/15"
    assert document.document.title == "Progress made in the upkeep of lighthouses"
    assert [(p.number, p.section) for p in document.paragraphs] == [
        (1, ("I",)),
        (2, ("I",)),
        (3, ("I", "A")),
    ]
    assert document.paragraphs[0].publications == ("State of the Lamps",)
    assert document.paragraphs[1].text == "It asks keepers:\n(a) To pour oil;\n(b) To trim wicks."
    assert [(n.number, n.text, n.paragraph) for n in document.footnotes] == [
        (1, "See A/RES/70/125.", "p1"),
        (2, "Ibid.", "p3"),
    ]
    assert document.warnings == ()


def test_pdf_leaves_out_headers_and_joins_paragraphs_over_pages():
    document = parse_document(make_pdf(PDF_PAGES))

    assert document.document.title == "Progress made in the upkeep of lighthouses"
    assert [p.number for p in document.paragraphs] == [1, 2, 3]
    assert document.paragraphs[0].footnotes == (1,)
    assert document.paragraphs[0].text.endswith("on the coast of Utopia.")
    assert document.paragraphs[1].text.endswith("lamps that had gone out in the night.")
    assert [(n.number, n.text) for n in document.footnotes] == [
        (1, "See A/RES/70/125, in which the Assembly spoke of lamps.")
    ]
    assert [w.code for w in document.warnings] == ["page-furniture"]
    assert document.warnings[0].text == "A/91/15\n36-01234 1/2\n36-01234 2/2"


def without(data: bytes, name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(stream, "w") as target:
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part.filename, source.read(part))
    return stream.getvalue()


def replaced(data: bytes, name: str, content: str | bytes) -> bytes:
    stream = io.BytesIO(without(data, name))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def hostile_docx() -> dict[str, bytes]:
    good = make_docx()
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + f'<w:document xmlns:w="{WORD}"><w:body/></w:document>'
    )
    cases = {
        f"cut at {share} per cent": good[: len(good) * share // 100] for share in range(5, 100, 10)
    }
    cases |= {
        f"without {name}": without(good, name)
        for name in (
            "[Content_Types].xml",
            "_rels/.rels",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/numbering.xml",
            "word/footnotes.xml",
        )
    }
    cases |= {
        f"{name} is {what}": replaced(good, name, content)
        for name in ("word/document.xml", "word/footnotes.xml", "word/numbering.xml")
        for what, content in (
            ("empty", ""),
            ("broken", "<w:document"),
            ("binary", bytes(range(256)) * 10),
            ("another root", "<html><body>no</body></html>"),
        )
    }
    cases["entities"] = replaced(good, "word/document.xml", bomb)
    cases["a path out of the archive"] = replaced(good, "../../etc/passwd", "x")
    cases["another archive"] = replaced(without(good, "word/document.xml"), "a.txt", "x")
    cases["deep tables"] = make_docx(
        document="<w:tbl><w:tr><w:tc>" * 150 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 150
    )
    cases["only zeros"] = b"PK\x03\x04" + b"\x00" * 500
    return cases


def hostile_html() -> dict[str, bytes]:
    good = HTML.encode()
    cases = {
        f"cut at {share} per cent": good[: len(good) * share // 100] for share in range(5, 100, 10)
    }
    cases |= {
        "nested": b"<html><body>" + b"<div>" * 5000 + b"United Nations" + b"</div>" * 5000,
        "nested lists": b"<html><body>" + b"<ol><li>" * 2000 + b"United Nations",
        "unclosed": b"<html><body><p><i><b><ol><li>The General Assembly",
        "crossed": b"<html><body><p><i>United <b>Nations</i></b> Secretary-General</p>",
        "entities": b"<!DOCTYPE html [<!ENTITY a 'aaa'>]><html><body>&a;&b;&#0;&#xD800;</body></html>",
        "no body": b"<html></html>",
        "only tags": b"<html><body>" + b"<br>" * 3000,
        "frames": b"<html><frameset><frame src=x></frameset></html>",
        "script only": b"<html><body><script>United Nations General Assembly</script></body></html>",
        "odd list start": b"<html><body><ol start='x'><li value='-1'>United Nations</li></ol>",
        "huge list start": b"<html><body><ol start='99999999999'><li>United Nations</ol>",
        "list item alone": b"<html><body><li>General Assembly of the United Nations</li>",
        "cell alone": b"<html><body><td>General Assembly</td><tr><td>x",
        "null bytes": good.replace(b"lamps", b"la\x00mps"),
        "wrong encoding": HTML.encode("utf-16"),
        "latin": HTML.replace("lamps", "lampés").encode("cp1252", "ignore"),
        "comment": b"<html><body><!-- " + b"-" * 10000 + b" United Nations",
        "attributes": b"<html><body><p " + b"a=b " * 5000 + b">United Nations",
        "marks": b"<html><body>" + b"<sup>1</sup>" * 3000,
        "notes": b"<html><body>" + b"<li id='fn1'>United Nations</li>" * 500,
        "xml": b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
    }
    return cases


def hostile_pdf() -> dict[str, bytes]:
    good = make_pdf(PDF_PAGES)
    cases = {
        f"cut at {share} per cent": good[: len(good) * share // 100] for share in range(5, 100, 5)
    }
    cases |= {
        "head only": b"%PDF-1.7",
        "zeros": b"%PDF-1.7\n" + b"\x00" * 1000,
        "no pages": make_pdf([]),
        "empty page": make_pdf([[]]),
        "no catalog": good.replace(b"/Catalog", b"/Cotalog"),
        "loop of pages": good.replace(b"/Kids [4 0 R 6 0 R]", b"/Kids [2 0 R 2 0 R]"),
        "many pages said": good.replace(b"/Count 2", b"/Count 999999"),
        "wrong length": good.replace(b"/Length ", b"/Length 9"),
        "text off the page": make_pdf([[(-500, -500, 10, "United Nations"), (9999, 9, 1, "x")]]),
        "no size": make_pdf([[(72, 700, 0, "United Nations General Assembly")]]),
        "huge size": make_pdf([[(72, 700, 5000, "United Nations General Assembly")]]),
        "broken operators": good.replace(b" Tj ET", b" Tj Q Q Q"),
        "encrypted": good.replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Standard >>"),
    }
    return cases


def hostile_text() -> dict[str, bytes]:
    act = "The General Assembly,\n\n1. Requests the Secretary-General to report"
    return {
        "empty": b"",
        "blank": b" \n\t\r\n ",
        "null bytes": b"\x00" * 400,
        "byte order mark alone": b"\xef\xbb\xbf",
        "random": bytes((i * 7919 + i // 3) % 256 for i in range(5000)),
        "picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 200,
        "recipe": b"Pancakes\n\n1. Beat two eggs.\n2. Add milk and flour.\n3. Fry in butter.\n",
        "novel": ("It was a dark and stormy night; the rain fell in torrents. " * 200).encode(),
        "table": b"slug,name,country\nitu,ITU,United Nations\nun,UN,General Assembly\nwho,WHO,x\n",
        "json": b'{"a": ["United Nations", "General Assembly"], "b": 1}',
        "program": b"import os\n\ndef f(x):\n    return x\n\nclass A:\n    pass\n\nprint(f(1))\n",
        "rich text": b"{\\rtf1 United Nations General Assembly}",
        "one word": b"Resolution",
        "stars": b"*" * 20000,
        "underscores": b"_a" * 20000,
        "brackets": b"[" * 20000,
        "parentheses": b"(a) " * 5000,
        "numbers": b"\n".join(f"{i}.".encode() for i in range(3000)),
        "marks": ("United Nations " + "¹" * 5000).encode(),
        "superscripts": ("United Nations General Assembly⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹⁹").encode(),
        "headings": b"# " * 5000,
        "empty headings": b"#\n##\n###\n" * 500,
        "one long line": ("The United Nations and the General Assembly met. " * 8000).encode(),
        "long word": b"The United Nations General Assembly " + b"a" * 100000,
        "rules": b"---\n" * 5000,
        "links": b"[a](b" * 5000,
        "quotes": b"> " * 5000,
        "tags": b"<sup>" * 5000,
        "tabs": b"\t" * 20000,
        "private use": (
            "United Nations General Assembly \ue000\ue001\ue002 1. x\ue003 " * 50
        ).encode(),
        "surrogates": b"United Nations General Assembly \xed\xa0\x80\xed\xb0\x80",
        "huge number": (act + "\n\n" + "9" * 400 + ". Requests.\n").encode(),
        "huge mark": (act + "¹" * 300 + "\n").encode(),
        "annexes": b"The General Assembly,\n\n1. Decides.\n\n" + b"Annex I\n\n" * 500,
        "verbs": b"considering\n" * 2000,
        "enacting": b"The General Assembly,\n\n" * 1000,
    }


def read_or_refused(data: bytes) -> str:
    """Return the kind of document that was read, or the refusal."""
    try:
        return str(parse_document(data).as_json()["document"]["kind"])
    except NotADocument as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(data, id=f"{kind}: {what}")
        for kind, cases in (
            ("text", hostile_text()),
            ("html", hostile_html()),
            ("docx", hostile_docx()),
            ("pdf", hostile_pdf()),
        )
        for what, data in cases.items()
    ],
)
def test_a_broken_or_hostile_file_is_read_or_refused(data):
    outcome = read_or_refused(data)

    assert outcome
    assert "\n" not in outcome


def test_each_reader_meets_thirty_hostile_files():
    counts = [
        len(cases) for cases in (hostile_text(), hostile_html(), hostile_docx(), hostile_pdf())
    ]

    assert min(counts) >= 30


@pytest.mark.parametrize(
    "case", ["recipe", "novel", "table", "json", "program", "empty", "picture"]
)
def test_what_is_no_document_is_refused(case):
    with pytest.raises(NotADocument):
        parse_document(hostile_text()[case])


@given(st.data())
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
def test_bytes_changed_at_random_are_read_or_refused(data):
    source = data.draw(st.sampled_from([HTML.encode(), make_docx(), make_pdf(PDF_PAGES)]))
    damaged = bytearray(source)
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(damaged) - 1))
        damaged[place] = data.draw(st.integers(0, 255))

    assert read_or_refused(bytes(damaged))
