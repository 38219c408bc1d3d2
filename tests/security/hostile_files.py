"""Files that are broken, hostile or not what they say, by the kind that reads them.

Each is made here, small; a bomb is small until it is unpacked.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from tests.factories.library import REPORT_TEXT
from tests.security.records import CONTENT_TYPES, RELATIONS, as_word

SECRET = "root:x:0:0"
MEGABYTE = 1024 * 1024
LINES = REPORT_TEXT.strip().split("\n\n")
GOOD_WORD = as_word(LINES)
GOOD_TEXT = REPORT_TEXT.encode()
GOOD_HTML = (
    "<!doctype html><html><head><title>Wells</title></head><body>"
    + "".join(f"<p>{line}</p>" for line in LINES)
    + "</body></html>"
).encode()


def pdf_of(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1, with a sound table."""
    stream = io.BytesIO()
    stream.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(stream.tell())
        stream.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    start = stream.tell()
    stream.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        stream.write(b"%010d 00000 n \n" % place)
    stream.write(
        b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    )
    return stream.getvalue()


def pdf_stream(data: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), extra, data)


def pdf_page(content: bytes, *, box: bytes = b"0 0 595 842", extra: bytes = b"") -> bytes:
    return pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R " + extra + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        pdf_stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )


def text_content(lines: list[str]) -> bytes:
    shown = [line.replace("\\", "").replace("(", "\\(").replace(")", "\\)") for line in lines]
    parts = ["BT /F1 11 Tf 14 TL 60 780 Td"]
    parts += [f"({line}) Tj T* T*" for line in shown]
    return (" ".join(parts) + " ET").encode()


GOOD_PDF = pdf_page(text_content(LINES))


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word_with(document: str | bytes, **parts: str | bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS,
            "word/document.xml": document,
            **parts,
        }
    )


BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{}</w:t></w:r></w:p></w:body></w:document>"
)
ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + place)} "{f"&{chr(97 + place)};" * 10}">' for place in range(9))
    + "]>"
)


def lying_sizes() -> bytes:
    """Return a Word file whose table of contents says that a huge part is small."""
    data = bytearray(word_with(b"\x00" * (20 * MEGABYTE)))
    size = (20 * MEGABYTE).to_bytes(4, "little")
    small = (1000).to_bytes(4, "little")
    return bytes(data.replace(size, small))


def same_name_twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", BODY.format("milk"))
        archive.fp.write(b"")
        archive.writestr("word/Document.xml", BODY.format(SECRET))
    return stream.getvalue()


def encrypted() -> bytes:
    data = bytearray(GOOD_WORD)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(signature, at + 4)
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

WORD: dict[str, bytes] = {
    "cut in half.docx": GOOD_WORD[: len(GOOD_WORD) // 2],
    "cut at the table.docx": GOOD_WORD[:-30],
    "first kilobyte.docx": GOOD_WORD[:200],
    "only the signature.docx": b"PK\x03\x04",
    "an empty archive.docx": b"PK\x05\x06" + b"\x00" * 18,
    "zeroes after the signature.docx": b"PK\x03\x04" + b"\x00" * 5000,
    "an archive of other things.docx": zipped({"a.txt": "milk", "b.txt": "eggs"}),
    "a spreadsheet.docx": zipped(
        {"[Content_Types].xml": CONTENT_TYPES, "xl/workbook.xml": "<workbook/>"}
    ),
    "a package without a text.docx": zipped({"[Content_Types].xml": CONTENT_TYPES}),
    "a text without a package.docx": zipped({"word/document.xml": BODY.format("milk")}),
    "no text in it.docx": word_with(BODY.format("")),
    "a shopping list.docx": word_with(BODY.format("milk, eggs, bread")),
    "the text is empty.docx": word_with(""),
    "the text is zeroes.docx": word_with(b"\x00" * 4000),
    "the text is no XML.docx": word_with("milk, eggs, bread"),
    "the text is not closed.docx": word_with("<w:document><w:body><w:p>"),
    "the text is HTML.docx": word_with("<html><body><p>milk</body></html>"),
    "an external entity.docx": word_with(ENTITY + BODY.format("&x;")),
    "an external entity far down.docx": word_with(
        "<?xml version='1.0'?>" + " " * 5000 + ENTITY + BODY.format("&x;")
    ),
    "an external entity in UTF-16.docx": word_with((ENTITY + BODY.format("&x;")).encode("utf-16")),
    "an external entity in a part.docx": word_with(
        BODY.format("milk"), **{"word/footnotes.xml": ENTITY + BODY.format("&x;")}
    ),
    "an external entity in the types.docx": zipped(
        {
            "[Content_Types].xml": ENTITY + CONTENT_TYPES.replace('<?xml version="1.0"?>', ""),
            "_rels/.rels": RELATIONS,
            "word/document.xml": BODY.format("milk"),
        }
    ),
    "a billion laughs.docx": word_with(LAUGHS + BODY.format("&j;")),
    "a bomb.docx": word_with(b" " * (120 * MEGABYTE)),
    "a bomb in a picture.docx": word_with(
        BODY.format("milk"), **{"word/media/a.png": b"\x00" * (80 * MEGABYTE)}
    ),
    "sizes that lie.docx": lying_sizes(),
    "ten thousand parts.docx": word_with(
        BODY.format("milk"), **{f"word/{number}.xml": "<a/>" for number in range(6000)}
    ),
    "out of its folder.docx": word_with(BODY.format("milk"), **{"../../evil.xml": "<a/>"}),
    "at the root.docx": word_with(BODY.format("milk"), **{"/etc/evil.xml": "<a/>"}),
    "with a password.docx": encrypted(),
    "one name twice.docx": same_name_twice(),
    "an old Word file.docx": OLE + b"\x00" * 4096,
    "a relation to elsewhere.docx": zipped(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": RELATIONS.replace("word/document.xml", "file:///etc/passwd"),
            "word/document.xml": BODY.format("milk"),
        }
    ),
    "elements within elements.docx": word_with(
        BODY.format("</w:t></w:r>" + "<w:r>" * 20_000 + "</w:r>" * 20_000 + "<w:r><w:t>")
    ),
}

DEEP = b"[" * 30_000 + b"]" * 30_000
FLATE = b"/Filter /FlateDecode"

PDF: dict[str, bytes] = {
    "only the head.pdf": b"%PDF-1.7\n",
    "head and rubbish.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "cut in half.pdf": GOOD_PDF[: len(GOOD_PDF) // 3],
    "no pages.pdf": pdf_of(b"<< /Type /Catalog >>"),
    "pages of nothing.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"
    ),
    "pages that are their own parents.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1000000 >>"
    ),
    "a page without content.pdf": pdf_page(b""),
    "a picture and no text.pdf": pdf_page(b"q 100 0 0 100 0 0 cm 0 0 1 rg 0 0 1 1 re f Q"),
    "a shopping list.pdf": pdf_page(text_content(["milk, eggs, bread"])),
    "a catalog that is missing.pdf": pdf_of(b"<< >>", trailer=b"/Root 9 0 R"),
    "no trailer.pdf": GOOD_PDF.split(b"trailer")[0][:400],
    "a table that lies.pdf": pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>").replace(
        b"00000 n", b"99999 n"
    ),
    "an encrypted file.pdf": pdf_page(b"BT (x) Tj ET").replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /Encrypt << /Filter /Standard /V 1 /R 2 /P -1"
        b" /O (01234567890123456789012345678901) /U (01234567890123456789012345678901) >>",
    ),
    "an unknown encryption.pdf": pdf_page(b"x").replace(
        b"/Root 1 0 R", b"/Root 1 0 R /Encrypt << /Filter /Unknown /V 99 >>"
    ),
    "a bomb.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        pdf_stream(zlib.compress(b" " * (200 * MEGABYTE), 9), FLATE),
    ),
    "a bomb in a bomb.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        pdf_stream(
            zlib.compress(zlib.compress(b"q " * (100 * MEGABYTE), 9), 9),
            b"/Filter [/FlateDecode /FlateDecode]",
        ),
    ),
    "arrays within arrays.pdf": pdf_of(b"<< /Type /Catalog /Pages 2 0 R >>", DEEP),
    "dictionaries within dictionaries.pdf": pdf_of(
        b"<< /Type /Catalog /Pages " + b"<< /A " * 20_000 + b">> " * 20_000 + b">>"
    ),
    "saved states without end.pdf": pdf_page(b"q " * 500_000),
    "a page of huge size.pdf": pdf_page(b"", box=b"0 0 1e30 1e30"),
    "a page of no size.pdf": pdf_page(b"", box=b"nan nan nan nan"),
    "a page of negative size.pdf": pdf_page(b"", box=b"0 0 -99999999999 -99999999999"),
    "a number too large.pdf": pdf_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 99999999999999999999999 >>",
    ),
    "a filter that is unknown.pdf": pdf_page(b"").replace(
        b"<< /Length 0 ", b"<< /Length 0 /Filter /NoSuchFilter "
    ),
    "a stream that is longer.pdf": pdf_page(b"BT ET").replace(b"/Length 5", b"/Length 99999999"),
    "with a script.pdf": pdf_page(
        b"", extra=b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "
    ),
    "that launches.pdf": pdf_page(b"", extra=b"/OpenAction << /S /Launch /F (/bin/sh) >> "),
    "that fetches.pdf": pdf_page(b"", extra=b"/OpenAction << /S /URI /URI (http://127.0.0.1/) >> "),
    "with a file in it.pdf": pdf_page(
        b"", extra=b"/Names << /EmbeddedFiles << /Names [(a) << /F (/etc/passwd) >>] >> >> "
    ),
    "an archive behind a PDF's head.pdf": b"%PDF-1.7\n" + GOOD_WORD,
    "a page behind a PDF's head.pdf": b"%PDF-1.7\n<html><script>window.ran=1</script></html>",
    "references in a ring.pdf": pdf_of(b"2 0 R", b"3 0 R", b"1 0 R"),
}

HTML: dict[str, bytes] = {
    "empty.html": b"<html></html>",
    "a script alone.html": b"<html><script>window.ran=1</script></html>",
    "a style alone.html": b"<html><style>body{}</style></html>",
    "comments alone.html": b"<html><!--" + b"x" * 5000 + b"--></html>",
    "a comment that never ends.html": b"<html><!-- milk" + b"-" * 200_000,
    "a tag that never ends.html": b"<html><p " + b"a" * 200_000,
    "an attribute that never ends.html": b'<html><p a="' + b"a" * 200_000,
    "a hundred thousand attributes.html": b"<html><p " + b"a=b " * 100_000 + b">milk</p></html>",
    "elements within elements.html": b"<html>" + b"<div>" * 100_000 + b"milk",
    "tables within tables.html": b"<html>" + b"<table><tr><td>" * 5_000 + b"milk",
    "lists within lists.html": b"<html>" + b"<ol><li>" * 20_000 + b"milk",
    "italics within italics.html": b"<html>" + b"<i>" * 50_000 + b"milk",
    "frames.html": b"<html><frameset><frame src='file:///etc/passwd'></frameset></html>",
    "a frame of a file.html": b"<html><iframe src='file:///etc/passwd'></iframe></html>",
    "an object of a file.html": b"<html><object data='file:///etc/passwd'></object></html>",
    "an external entity.html": (
        b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x;</p></html>'
    ),
    "a billion laughs.html": (LAUGHS.replace("DOCTYPE d", "DOCTYPE html")).encode()
    + b"<html><p>&j;</p></html>",
    "an XML with entities.html": b"<?xml version='1.0'?>" + ENTITY.encode() + b"<html>&x;</html>",
    "an inclusion.html": (
        b'<html xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd"'
        b' parse="text"/></html>'
    ),
    "entities without end.html": b"<html><p>" + b"&#x41;" * 10 + b"&amp" * 50_000,
    "a number that is no character.html": b"<html><p>&#99999999999999999999;&#0;&#xd800;</p>",
    "zero bytes.html": b"<html>" + b"\x00" * 5000,
    "UTF-16 that is not.html": b"\xff\xfe<html><p>milk</p></html>\x00",
    "a charset that is not.html": b"<html><meta charset=no-such><p>\xff\xfe milk</p></html>",
    "UTF-7.html": b"<html><meta charset=utf-7>+ADw-script+AD4-window.ran=1+ADw-/script+AD4-",
    "one long line.html": b"<html><p>" + b"milk " * 200_000,
    "pictures.html": b"<html>" + b"<img src=file:///etc/passwd>" * 1000,
    "a base.html": b"<html><base href='file:///etc/'><a href=passwd>milk</a></html>",
    "a refresh.html": b"<html><meta http-equiv=refresh content='0;url=file:///etc/passwd'>",
    "forms.html": b"<html><form action=https://evil.example><input name=a>milk</form></html>",
    "a template.html": b"<html>{% include '/etc/passwd' %}{{ settings.SECRET_KEY }}</html>",
    "footnotes in a ring.html": b"<html><p id=a><a href=#b>1</a><p id=b><a href=#a>1</a>" * 500,
}

ELF = b"\x7fELF\x02\x01\x01" + b"\x00" * 200
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\x06"

TEXT: dict[str, bytes] = {
    "empty.txt": b"",
    "blanks.txt": b" \n\t\r\n" * 100,
    "zeroes.txt": b"\x00" * 10_000,
    "a mark and nothing.txt": b"\xef\xbb\xbf",
    "two marks.txt": b"\xff\xfe\xff\xfe",
    "half a character.txt": b"\xff\xfea",
    "a shopping list.txt": b"milk, eggs, bread",
    "a shopping list.md": b"# Shopping\n\n* milk\n* eggs\n",
    "a program.txt": ELF,
    "a picture.txt": PNG,
    "a picture of huge size.md": PNG + b"\x00" * 100,
    "a JPEG.txt": b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 200,
    "a GIF that is a script.txt": b"GIF89a/*\x00*/=window.ran=1",
    "an archive.txt": b"PK\x03\x04" + b"\x00" * 100,
    "a gzip.txt": b"\x1f\x8b\x08" + b"\x00" * 100,
    "an RTF.txt": b"{\\rtf1\\ansi milk}",
    "an old Word file.txt": OLE + b"\x00" * 512,
    "JSON.txt": b'{"a": [1, 2, 3]}',
    "nested JSON.txt": b"[" * 100_000,
    "XML.txt": b"<?xml version='1.0'?>" + ENTITY.encode() + b"<d>&x;</d>",
    "a script.txt": b"#!/bin/sh\ncat /etc/passwd\n",
    "CSV.txt": b"a,b\n1,2\n",
    "one long word.txt": b"a" * 500_000,
    "one long line.txt": b"milk " * 200_000,
    "many lines.txt": b"\n".join([b"milk"] * 100_000),
    "many brackets.txt": b"(" * 200_000,
    "many marks.md": b"*" * 200_000,
    "many hashes.md": b"#" * 100_000 + b" milk",
    "many quotes.md": b">" * 50_000 + b" milk",
    "many links.md": b"[a](" * 50_000,
    "many backticks.md": b"`" * 100_000,
    "many numbers.txt": b"1." * 100_000,
    "many figures.txt": b"1,1" * 100_000,
    "control signs.txt": bytes(range(1, 32)) * 200,
    "not UTF-8.txt": b"\xc3\x28\xa0\xa1" * 1000,
    "turned around.txt": "\u202e".encode() * 10_000,
    "accents without end.txt": ("e" + "\u0301" * 50_000).encode(),
}

KINDS = {"word": WORD, "pdf": PDF, "html": HTML, "text": TEXT}
# They need the limits of the process apart; the others are read here, where a fault would surface.
APART = {"a bomb.docx", "sizes that lie.docx", "a bomb.pdf", "a bomb in a bomb.pdf"}
GOOD = {
    "wells.docx": GOOD_WORD,
    "wells.pdf": GOOD_PDF,
    "wells.html": GOOD_HTML,
    "wells.txt": GOOD_TEXT,
    "wells.md": GOOD_TEXT.replace(b"I. Key", b"## I. Key"),
}
