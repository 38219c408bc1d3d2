"""Nothing that is imported or built fetches anything: no address, no file of this machine.

A socket listens on this machine; every text names it, and a file that must not be read.
"""

from __future__ import annotations

import ast
import socket
import threading
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest

import rapporteur
from rapporteur.analysis.names import Names
from rapporteur.library.reading import read_document
from rapporteur.reports import queries
from rapporteur.reports.exports.docx import draft_docx, run_pandoc
from rapporteur.reports.exports.html import draft_html
from rapporteur.reports.exports.pdf import draft_pdf
from tests.factories.library import REPORT_TEXT, make_label, parsed_document, store
from tests.security.hostile_files import GOOD_HTML
from tests.security.records import RELATIONS, as_word, paragraph

SECRET = "a-word-that-stands-in-a-file-of-this-machine"


class Listener:
    """Counts the connections to a port of this machine."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.settimeout(0.05)
        self.port = self.socket.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/x"
        self.connections = 0
        self.open = True
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self) -> None:
        while self.open:
            try:
                connection, _peer = self.socket.accept()
            except OSError:
                continue
            self.connections += 1
            connection.close()

    def close(self) -> None:
        self.open = False
        self.thread.join()
        self.socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    started = Listener()
    yield started
    started.close()


@pytest.fixture
def hidden(tmp_path) -> str:
    path = tmp_path / "hidden.txt"
    path.write_text(SECRET)
    return path.as_uri()


def remote(address: str) -> list[str]:
    return [
        f'<img src="{address}.png">',
        f'<link rel="stylesheet" href="{address}.css">',
        f"<style>@import '{address}.css'; body{{background:url({address})}}</style>",
        f'<script src="{address}.js"></script>',
        f'<iframe src="{address}"></iframe>',
        f'<object data="{address}"></object>',
        f'<embed src="{address}">',
        f'<svg><image href="{address}"/><use href="{address}#a"/></svg>',
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{address}" parse="text"/>',
        f"![x]({address}.png)",
        f'<base href="{address}">',
        f'<meta http-equiv="refresh" content="0;url={address}">',
        f'<video poster="{address}"><source src="{address}"></video>',
        f"url({address})",
        f"{address}",
    ]


def test_the_listener_hears(listener):
    socket.create_connection(("127.0.0.1", listener.port)).close()
    for _wait in range(100):
        if listener.connections:
            break
        threading.Event().wait(0.01)
    assert listener.connections == 1


def read(data: bytes, name: str) -> str:
    return str(read_document(data, file_name=name, names=Names.from_rows([], places=[])).parsed)


def test_reading_html_fetches_nothing(listener, hidden):
    for address in (listener.address, hidden):
        page = GOOD_HTML.replace(b"</body>", "".join(remote(address)).encode() + b"</body>")
        doctype = f'<!DOCTYPE html SYSTEM "{address}" [<!ENTITY x SYSTEM "{address}">]>'.encode()
        for data in (page, page.replace(b"<!doctype html>", doctype).replace(b"wells", b"&x;")):
            assert SECRET not in read(data, "wells.html")
    assert listener.connections == 0


def test_reading_text_and_markdown_fetches_nothing(listener, hidden):
    for address in (listener.address, hidden):
        text = REPORT_TEXT + "\n\n4. ITU says: " + " ".join(remote(address))
        for name in ("wells.txt", "wells.md"):
            assert SECRET not in read(text.encode(), name)
    assert listener.connections == 0


def test_reading_word_fetches_nothing(listener, hidden):
    lines = REPORT_TEXT.strip().split("\n\n")
    kinds = ("image", "attachedTemplate", "oleObject", "frame", "hyperlink", "subDocument")
    for address in (listener.address, hidden):
        start = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        relations = "".join(
            f'<Relationship Id="rId{number}" Type="{start}/{kind}" Target="{address}"'
            ' TargetMode="External"/>'
            for number, kind in enumerate(kinds, 10)
        )
        part = RELATIONS[: RELATIONS.index("<Relationship Id")] + relations + "</Relationships>"
        data = as_word(lines, **{"word/_rels/document.xml.rels": part})
        # Its text names the pictures and the template, too.
        with zipfile.ZipFile(BytesIO(data)) as package:
            document = package.read("word/document.xml").decode()
        pictures = "".join(
            f'<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/'
            f'2006/main" r:link="rId{number}"/></w:drawing></w:r></w:p>'
            f'<w:p><w:r><w:instrText>INCLUDETEXT "{address}"</w:instrText></w:r></w:p>'
            for number in range(10, 16)
        )
        parts = {
            "word/_rels/document.xml.rels": part,
            "word/document.xml": document.replace("</w:body>", f"{pictures}</w:body>"),
        }
        assert SECRET not in read(as_word(lines, **parts), "wells.docx")
    assert listener.connections == 0


@pytest.mark.django_db
def test_building_a_report_fetches_nothing(listener, hidden):
    for code in ("C1", "C2", "C5", "C7.4", "C11"):
        make_label(code)
    texts = [*remote(listener.address), *remote(hidden)]
    parsed = parsed_document(
        *(paragraph(number, text, True) for number, text in enumerate(texts, 1)),
        title=f'<img src="{listener.address}">',
        symbol="A/99/7",
    )
    store(parsed)
    draft = queries.draft_of(queries.find_outline("progress-report"), 2024, language="en")
    assert listener.address in draft_html(draft)

    word, pdf = draft_docx(draft), draft_pdf(draft)

    with zipfile.ZipFile(BytesIO(word)) as package:
        parts = b"".join(package.read(name) for name in package.namelist())
    assert SECRET.encode() not in parts + pdf
    assert not [name for name in zipfile.ZipFile(BytesIO(word)).namelist() if "media" in name]
    assert listener.connections == 0


def test_the_programs_fetch_nothing_even_if_markup_reached_them(listener, hidden):
    """The second line: pandoc and WeasyPrint with the markup itself, unescaped."""
    from datetime import UTC, datetime

    import weasyprint

    from rapporteur.reports.exports.docx import reference_document
    from rapporteur.reports.exports.pdf import only_given

    at = datetime(2026, 1, 1, tzinfo=UTC)
    for address in (listener.address, hidden):
        page = f"<html><head></head><body><p>Wells</p>{''.join(remote(address))}</body></html>"
        reference = reference_document(header="Wells", direction="ltr", at=at)
        word = run_pandoc(page, reference=reference, language="en", direction="ltr", at=at)
        pdf = weasyprint.HTML(string=page, url_fetcher=only_given()).write_pdf()
        with zipfile.ZipFile(BytesIO(word)) as package:
            parts = b"".join(package.read(name) for name in package.namelist())
        assert SECRET.encode() not in parts + pdf
    assert listener.connections == 0


CLIENTS = {"requests", "httpx", "aiohttp", "urllib3", "http.client", "ftplib", "telnetlib"}


def test_no_code_of_ours_fetches():
    """The platform makes no request but its mail; who adds one adds the client that refuses."""
    for path in Path(rapporteur.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
                names += [f"{node.module}.{alias.name}" for alias in node.names]
            found = [
                name
                for name in names
                if name in CLIENTS or name.split(".")[0] in CLIENTS or name == "urllib.request"
            ]
            assert not found, f"{path}: {found}"
