"""Table files for tests: good ones in each form, and broken and hostile ones of each kind."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from rapporteur.analysis.tables.columns import OutColumn
from rapporteur.analysis.tables.reading import LIMITS, open_table
from rapporteur.analysis.tables.rows import Limits, SourceRow

HEADER = ("title", "country", "year")
ROWS = (("One", "FRA", "2019"), ("Two", "NA", "2020"), ("Café", "MAR", "2021"))


def put(folder: Path, name: str, content: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def read(path: Path, *, limits: Limits = LIMITS, **options: Any) -> list[SourceRow]:
    """Return all rows of a file."""
    with open_table(path, limits=limits, **options) as table:
        return list(table)


def workbook(
    rows: Sequence[Sequence[Any]], *, title: str = "Sheet", other: Sequence[Sequence[Any]] = ()
) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if other:
        second = book.create_sheet("Other")
        for row in other:
            second.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def good(form: str) -> bytes:
    """Return the same three rows as ``csv``, ``xlsx`` or ``jsonl``."""
    if form == "csv":
        return "".join(",".join(row) + "\r\n" for row in (HEADER, *ROWS)).encode()
    if form == "jsonl":
        lines = (json.dumps(dict(zip(HEADER, row, strict=True))) + "\n" for row in ROWS)
        return "".join(lines).encode()
    return workbook((HEADER, *ROWS))


def rezipped(content: bytes, changes: dict[str, bytes | None]) -> bytes:
    """Return an archive with members replaced, added, or (``None``) left out."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            if member.filename not in changes:
                new.writestr(member.filename, old.read(member.filename))
        for name, data in changes.items():
            if data is not None:
                new.writestr(name, data)
    return made.getvalue()


def sheet_xml(body: str, *, head: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?>{head}<worksheet xmlns="{space}">{body}</worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"


def lying_archive(content: bytes) -> bytes:
    """Return a workbook one of whose members claims 10 bytes and unpacks to 64 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"<" + b" " * 64 * 1024 * 1024) + packer.flush()
    made = bytearray(rezipped(content, {"xl/media/x.xml": b"0123456789"}))
    at = made.find(b"xl/media/x.xml")
    header = at - 30
    old_size = struct.unpack("<I", made[header + 18 : header + 22])[0]
    body = at + len(b"xl/media/x.xml")
    made[body : body + old_size] = packed
    made[header + 18 : header + 22] = struct.pack("<I", len(packed))
    grown = len(packed) - old_size
    central = made.rfind(b"PK\x01\x02", 0, made.rfind(b"xl/media/x.xml"))
    made[central + 20 : central + 24] = struct.pack("<I", len(packed))
    end = made.rfind(b"PK\x05\x06")
    start = struct.unpack("<I", made[end + 16 : end + 20])[0]
    made[end + 16 : end + 20] = struct.pack("<I", start + grown)
    return bytes(made)


def flagged_encrypted(content: bytes) -> bytes:
    made = bytearray(content)
    place = 0
    while (place := made.find(b"PK\x01\x02", place)) >= 0:
        made[place + 8] |= 1
        place += 4
    return bytes(made)


def nested(depth: int) -> str:
    return '{"title": ' + "[" * depth + "]" * depth + "}"


@cache
def hostile(form: str) -> dict[str, tuple[str, bytes, str]]:
    """Return hostile files of a kind: name -> (file name, content, code of the refusal).

    A code that begins with ``row:`` is the fault of a row; others refuse the whole file.
    """
    return {"csv": hostile_csv, "jsonl": hostile_jsonl, "xlsx": hostile_xlsx}[form]()


def hostile_csv() -> dict[str, tuple[str, bytes, str]]:
    head = b"title,country,year\r\n"
    bomb = gzip.compress(b"title\n" + b"a" * 200 * 1024 * 1024)
    cases: dict[str, tuple[bytes, str]] = {
        "empty": (b"", "empty"),
        "only blanks": (b" \r\n\t\r\n", "empty"),
        "only a mark": (b"\xef\xbb\xbf", "empty"),
        "only zeros": (b"\x00" * 5000, "empty"),
        "header of commas": (b",,,\r\na,b,c,d\r\n", "no-header"),
        "repeated column": (b"title,Title\r\na,b\r\n", "repeated-column"),
        "600 columns": (b",".join(b"c%d" % n for n in range(600)) + b"\n", "too-many-columns"),
        "quote never closed": (head + b'"One,FRA,2019\r\nTwo,NA,2020\r\n', "broken-quotes"),
        "quote closed inside": (head + b'"One"x,FRA,2019\r\n', "broken-quotes"),
        "quote over two rows": (head + b'"One,FRA\r\nTwo,"NA",2020\r\n', "broken-quotes"),
        "runaway cell": (head + b'"' + b"x" * 1_100_000 + b'",FRA,2019\r\n', "runaway-quote"),
        "cell without end": (head + b"x" * 1_100_000 + b",FRA,2019\r\n", "runaway-quote"),
        "too many cells": (head + b"One,FRA,2019,more\r\n", "row:too-many-cells"),
        "too few cells": (head + b"One,FRA\r\n", "row:too-few-cells"),
        "cut in the middle": (head + b"One,FRA,2019\r\nTwo,N", "row:too-few-cells"),
        "empty row inside": (head + b"One,FRA,2019\r\n,,\r\nTwo,NA,2020\r\n", "row:empty-row"),
        "broken UTF-8": (
            head + "Café,FRA,2019\r\nÉté,FRA,2019\r\n".encode() + b"T\xc3,NA,2020\r\n",
            "row:not-text",
        ),
        "overlong UTF-8": (
            head + "Café é è ê ë,FRA,2019\r\n".encode() + b"\xc0\xaf,NA,2020\r\n",
            "row:not-text",
        ),
        "half a UTF-16 text": ("\ufeff".encode("utf-16-le") + b"t\x00i\x00t", "encoding"),
        "UTF-16 with a lone half": (
            "\ufefftitle,x\n".encode("utf-16-le") + b"\x00\xd8a\x00",
            "encoding",
        ),
        "UTF-32 with no sign": (b"\xff\xfe\x00\x00t\x00\x00\x00\xff\xff\xff\xff", "encoding"),
        "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00\x01" * 500, "document"),
        "a PDF": (b"%PDF-1.7\n1 0 obj\n", "document"),
        "a Parquet file": (b"PAR1" + b"\x15\x04" * 50, "document"),
        "a database": (b"SQLite format 3\x00" + b"\x00\x10" * 50, "document"),
        "a web page": (b"<!DOCTYPE html><html><body>not found</body></html>", "web-page"),
        "XML": (b'<?xml version="1.0"?><a>x</a>', "web-page"),
        "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old-workbook"),
        "binary": (bytes(range(32)) * 200, "binary"),
        "a program": (b"\x7fELF\x02\x01\x01" + b"\x00\x03\x00>" * 300, "binary"),
        "a 7z archive": (b"7z\xbc\xaf\x27\x1c" + b"x" * 100, "archive"),
        "gzip in gzip": (gzip.compress(gzip.compress(head)), "archive"),
        "a gzip bomb": (bomb, "bomb"),
        "cut gzip": (gzip.compress(head * 2000)[:-40], "broken-gzip"),
        "gzip with a wrong sum": (gzip.compress(head)[:-8] + b"\x00" * 8, "broken-gzip"),
        "gzip of nothing": (gzip.compress(b""), "empty"),
    }
    return {name: ("rows.csv", content, code) for name, (content, code) in cases.items()}


def hostile_jsonl() -> dict[str, tuple[str, bytes, str]]:
    one = b'{"title": "One"}\n'
    cases: dict[str, tuple[bytes, str]] = {
        "empty": (b"", "empty"),
        "only blanks": (b"\n \n\t\n", "empty"),
        "an array": (b'[{"title": "One"}]', "json-array"),
        "an array over lines": (b'[\n{"title": "One"},\n{"title": "Two"}\n]', "json-array"),
        "no JSON at all": (b"title,country\nOne,FRA\n", "no-object"),
        "only numbers": (b"1\n2\n3\n", "no-object"),
        "a broken line": (one + b'{"title": \n', "row:broken-line"),
        "single quotes": (one + b"{'title': 'One'}\n", "row:broken-line"),
        "a comma at the end": (one + b'{"title": "One",}\n', "row:broken-line"),
        "no closing brace": (one + b'{"title": "One"\n', "row:broken-line"),
        "two objects on a line": (one + b'{"title": "A"} {"title": "B"}\n', "row:broken-line"),
        "a comment": (one + b"// no\n", "row:broken-line"),
        "NaN": (one + b'{"title": NaN}\n', "row:broken-line"),
        "infinity": (one + b'{"title": -Infinity}\n', "row:broken-line"),
        "a bare word": (one + b"null and void\n", "row:broken-line"),
        "null": (one + b"null\n", "row:not-an-object"),
        "true": (one + b"true\n", "row:not-an-object"),
        "a number": (one + b"7\n", "row:not-an-object"),
        "a text": (one + b'"title"\n', "row:not-an-object"),
        "a list": (one + b'["title", "One"]\n', "row:not-an-object"),
        "an empty object": (one + b"{}\n", "row:empty-row"),
        "one key twice": (one + b'{"title": "A", "title": "B"}\n', "row:repeated-key"),
        "one key twice, deep": (one + b'{"a": {"b": 1, "b": 2}}\n', "row:repeated-key"),
        "100,000 brackets": (one + nested(100_000).encode() + b"\n", "row:broken-line"),
        "a number of 5,000 digits": (one + b'{"year": ' + b"9" * 5000 + b"}\n", "row:broken-line"),
        "half a sign": (one + b'{"title": "\\ud800"}\n', "row:not-text"),
        "half a sign, deep": (one + b'{"a": [{"b": "\\udfff"}]}\n', "row:not-text"),
        "broken UTF-8": (
            '{"title": "é é é"}\n'.encode() + b'{"title": "\xc3"}\n',
            "row:not-text",
        ),
        "a control sign": (one + b'{"title": "a\x01b"}\n', "row:broken-line"),
        "a broken escape": (one + b'{"title": "\\x41"}\n', "row:broken-line"),
        "a line of 9 MB": (one + b'{"title": "' + b"x" * 9 * 1024 * 1024 + b'"}\n', "long-line"),
        "a web page": (b"<html><body>no</body></html>", "web-page"),
        "a gzip bomb": (gzip.compress(one + b" " * 200 * 1024 * 1024), "bomb"),
        "cut gzip": (gzip.compress(one * 3000)[:-30], "broken-gzip"),
        "binary": (b"\x01\x02\x03\x04" * 500, "binary"),
    }
    return {name: ("rows.jsonl", content, code) for name, (content, code) in cases.items()}


def hostile_xlsx() -> dict[str, tuple[str, bytes, str]]:
    book = good("xlsx")
    far = (
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>title</t></is></c>{}</row>'
        "</sheetData>"
    )
    many = {f"xl/media/{number}.xml": b"x" for number in range(2100)}
    entity = '<!DOCTYPE worksheet [<!ENTITY a "b">]>'
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as archive:
        archive.writestr("rows.csv", "title\nOne\n")
    word = rezipped(book, {"xl/workbook.xml": None, "word/document.xml": b"<x/>"})
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000
    cases: dict[str, tuple[bytes, str]] = {
        "empty": (b"", "empty"),
        "not a workbook": (b"title,country\nOne,FRA\n", "broken-workbook"),
        "an old workbook or an encrypted one": (old, "old-workbook"),
        "a plain archive": (plain_zip.getvalue(), "archive"),
        "a Word file": (word, "archive"),
        "an archive without its end": (book[:-30], "broken-archive"),
        "half an archive": (book[: len(book) // 2], "broken-archive"),
        "only the first bytes": (b"PK\x03\x04", "broken-archive"),
        "an empty archive": (b"PK\x05\x06" + b"\x00" * 18, "archive"),
        "encrypted members": (flagged_encrypted(book), "encrypted"),
        "a bomb": (rezipped(book, {"xl/media/x.xml": b" " * 80 * 1024 * 1024}), "bomb"),
        "a bomb in a picture": (rezipped(book, {"xl/media/x.png": b"0" * 80 * 1024**2}), "bomb"),
        "a bomb that lies about its size": (lying_archive(book), "bomb"),
        "2,100 members": (rezipped(book, many), "bomb"),  # type: ignore[arg-type]
        "a member outside": (rezipped(book, {"../evil.xml": b"x"}), "broken-archive"),
        "a member at the root": (rezipped(book, {"/etc/passwd": b"x"}), "broken-archive"),
        "entities in the sheet": (
            rezipped(book, {SHEET: sheet_xml(far.format(""), head=entity)}),
            "entities",
        ),
        "entities in the strings": (
            rezipped(book, {"xl/sharedStrings.xml": entity.encode() + b"<sst/>"}),
            "entities",
        ),
        "entities in the book": (
            rezipped(book, {"xl/workbook.xml": entity.encode() + b"<workbook/>"}),
            "entities",
        ),
        "a cell at the far corner": (
            rezipped(book, {SHEET: sheet_xml(far.format('<c r="XFD1048576"><v>1</v></c>'))}),
            "too-large",
        ),
        "the same in single quotes": (
            rezipped(book, {SHEET: sheet_xml(far.format("<c r='XFD1048576'><v>1</v></c>"))}),
            "too-large",
        ),
        "a row far away, a column far away": (
            rezipped(
                book,
                {
                    SHEET: sheet_xml(
                        far.format('<c r="XFD1"><v>1</v></c></row><row r="1000000"><c><v>1</v></c>')
                    )
                },
            ),
            "too-large",
        ),
        "no sheet in the book": (
            rezipped(book, {"xl/workbook.xml": b'<?xml version="1.0"?><workbook/>'}),
            "no-sheet",
        ),
        "the sheet is not there": (rezipped(book, {SHEET: None}), "broken-workbook"),
        "the sheet is no XML": (rezipped(book, {SHEET: b"<worksheet><row"}), "broken-workbook"),
        "the book is no XML": (rezipped(book, {"xl/workbook.xml": b"<<<"}), "broken-workbook"),
        "no links": (rezipped(book, {"xl/_rels/workbook.xml.rels": None}), "broken-workbook"),
        "an empty sheet": (workbook(()), "empty"),
        "empty cells only": (workbook((("", None), (None, ""))), "empty"),
        "repeated column": (workbook((("title", "TITLE"), ("a", "b"))), "repeated-column"),
        "600 columns": (workbook(([f"c{n}" for n in range(600)],)), "too-many-columns"),
        "more cells than the header": (
            workbook((("title",), ("One", "more"))),
            "row:too-many-cells",
        ),
        "an empty row inside": (workbook((("title",), ("One",), (), ("Two",))), "row:empty-row"),
        "an error in a cell": (
            workbook((("title", "year"), ("One", "#REF!"))),
            "row:formula-error",
        ),
        "a gzip bomb": (gzip.compress(b"PK\x03\x04" + b"\x00" * 200 * 1024 * 1024), "bomb"),
    }
    return {name: ("rows.xlsx", content, code) for name, (content, code) in cases.items()}


COLUMNS = (
    OutColumn("title"),
    OutColumn("count", "integer"),
    OutColumn("share", "number"),
    OutColumn("open", "boolean"),
    OutColumn("day", "date"),
    OutColumn("moment", "moment"),
    OutColumn("codes", "list"),
    OutColumn("parts", "json"),
)
