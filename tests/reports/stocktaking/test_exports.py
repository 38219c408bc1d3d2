"""The files, read back: Word file, PDF, web page in one file, JSON."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile

import pypdfium2
import pytest
from docx2python import docx2python
from lxml import etree, html

from rapporteur.analysis.charts import Series, SmallMultiples
from rapporteur.reports.stocktaking.exports import (
    PAPER,
    WORD_PROCESSOR,
    as_docx,
    as_html,
    as_json,
    as_pdf,
    html_of,
    parts_of,
    split_table,
)
from rapporteur.reports.stocktaking.queries import report_of
from rapporteur.reports.stocktaking.report import Table
from tests.reports.stocktaking.conftest import TODAY

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU_PER_CM = 360_000


@pytest.fixture
def report(register):
    return report_of(2026, language="en", today=TODAY)


def test_the_word_file_has_text_pictures_with_alternatives_and_tables(report, register):
    content = as_docx(report)
    with docx2python(io.BytesIO(content)) as document:
        text, tables = document.text, document.body
    assert "On 29 November 2026 the register held 3 entries." in text
    assert "The radio <told> when a well ran dry & where." in text
    assert f"Entry {register.radio.pk}, version 1" in text
    rows = [[" ".join(cell) for cell in row] for table in tables for row in table if len(row) == 3]
    assert ["C7.4 Name of C7.4", "1", "33.3%"] in rows
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        pictures = [name for name in package.namelist() if name.startswith("word/media/")]
        root = etree.fromstring(package.read("word/document.xml"))
        assert all(package.read(name).startswith(b"\x89PNG") for name in pictures)
    told = [item.get("descr") for item in root.iter(f"{DRAWING}docPr")]
    assert len(told) == len(pictures) == len(report.drawings) == 11
    assert told[0] == (
        "Entries by the year in which they were published, 2024 to 2026: 1 in each year."
    )
    assert all(told)
    # A4 without its margins is 16 cm wide; paragraphs stand 1.5 cm from the edge.
    assert max(int(size.get("cx")) for size in root.iter(f"{DRAWING}extent")) <= 14.5 * EMU_PER_CM
    assert not list(root.iter(f"{W}bidiVisual"))


def test_the_word_file_runs_from_right_to_left_in_arabic(register):
    content = as_docx(report_of(2026, language="ar", today=TODAY))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    assert len(list(root.iter(f"{W}bidiVisual"))) == len(list(root.iter(f"{W}tbl"))) > 10
    assert list(root.iter(f"{W}bidi"))


def test_the_pdf_has_every_sentence_and_figure_within_its_page(report):
    document = pypdfium2.PdfDocument(as_pdf(report))
    pages = [page.get_textpage() for page in document]
    text = re.sub(r"\s+", " ", " ".join(page.get_text_range() for page in pages))
    assert document.get_metadata_value("Title") == report.title
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert "Stocktaking report: The register on 29 November 2026" in text
    assert "On 29 November 2026 the register held 3 entries." in text
    assert "C7.4 Name of C7.4 1 33.3%" in text
    pictures = 0
    for page in document:
        width, height = page.get_size()
        assert (round(width), round(height)) == (595, 842)
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]):
            left, bottom, right, top = item.get_bounds()
            assert 0 < left < right < width - 40
            assert 0 < bottom < top < height
            pictures += 1
    assert pictures == 11
    for page, words in zip(document, pages, strict=True):
        for place in range(words.count_rects()):
            assert words.get_rect(place)[2] < page.get_size()[0] - 40


def test_the_web_page_in_one_file_stands_alone(report, register, settings):
    content = as_html(report).decode()
    root = html.document_fromstring(content)
    addresses = root.xpath("//@src | //link/@href | //a/@href")
    assert len(addresses) == 11
    for address in addresses:
        head, picture = address.split(",", 1)
        assert head == "data:image/svg+xml;base64"
        assert base64.b64decode(picture).startswith(b"<svg")
    assert all(root.xpath("//img/@alt"))
    assert f"Source: Entry {register.radio.pk}, version 1 (/activities/" in content
    assert "The radio &lt;told&gt; when a well ran dry &amp; where." in content
    # Each chart is named once, by its heading, which names its table too.
    assert content.count(">Entries by action line<") == 1
    heads = "//table[@aria-labelledby='chart-action-lines-title']/thead//th/text()"
    assert root.xpath(heads) == ["Action line", "Entries", "Share of entries"]
    settings.SITE_URL = "https://example.org/"
    linked = html.document_fromstring(as_html(report).decode()).xpath("//a/@href")
    assert f"https://example.org/activities/{register.radio.pk}/versions/1" in linked


def test_the_word_file_gives_its_numbers_itself(report):
    assert 'class="paragraph-number"' not in html_of(report, WORD_PROCESSOR)
    assert '<span class="paragraph-number">1. </span>' in html_of(report, PAPER)


def test_the_json_has_every_figure_as_a_number(report, register):
    values = json.loads(as_json(report))
    assert {name: values[name] for name in ("outline", "year", "query", "scope", "entries")} == {
        "outline": "stocktaking-report",
        "year": 2026,
        "query": "",
        "scope": [],
        "entries": 3,
    }
    assert values["as_of"] == "2026-11-29"
    found = {section["key"]: section["blocks"] for section in values["sections"]}
    assert list(found) == [
        "method",
        "overview",
        "changes",
        "action-lines",
        "goals",
        "regions",
        "itu-regions",
        "stakeholders",
        "trends",
        "stories",
        "gaps",
    ]
    (chart,) = (block for block in found["action-lines"] if block["kind"] == "chart")
    assert chart == {
        "kind": "chart",
        "key": "action-lines",
        "description": "Entries by action line: highest 1 for C3 Name of C3, lowest 0 for C7.7 "
        "Name of C7.7.",
        "title": "Entries by action line",
        "columns": ["Action line", "Entries", "Share of entries"],
        "rows": [
            ["C3 Name of C3", 1, 33.3],
            ["C4 Name of C4", 1, 33.3],
            ["C7 Name of C7 (no application named)", 1, 33.3],
            ["C7.4 Name of C7.4", 1, 33.3],
            ["C7.7 Name of C7.7", 0, 0.0],
        ],
    }
    story = found["stories"][1]
    assert story | {"number": 0} == {
        "kind": "story",
        "number": 0,
        "entry": register.clinic.pk,
        "version": 1,
        "link": f"/activities/{register.clinic.pk}/versions/1",
        "title": "Clinic on wheels",
        "organization": "",
        "countries": ["NAM"],
        "action_lines": ["C7"],
        "published_at": "2026-03-01T12:00:00+00:00",
        "language": "en",
        "text": "It went everywhere.",
    }


def test_many_small_charts_stand_on_several_pictures_of_one_scale():
    series = tuple(Series(f"Line {n}", {2024: n, 2025: None}) for n in range(18))
    parts = parts_of(SmallMultiples(title="By line", series=series))
    assert [len(part.series) for part in parts] == [9, 9]
    assert [part.highest for part in parts] == [17, 17]
    assert len(parts_of(SmallMultiples(title="By line", series=series[:9]))) == 1


@pytest.mark.parametrize(
    ("most", "medium", "columns"),
    [
        (9, PAPER, [15]),
        (99_999, PAPER, [8, 7]),
        (9_999_999, PAPER, [8, 7]),
        (9, WORD_PROCESSOR, [8, 7]),
        (9_999_999, WORD_PROCESSOR, [5, 5, 5]),
    ],
)
def test_a_table_that_does_not_fit_a_page_is_split_by_years(most, medium, columns):
    years = tuple(map(str, range(2011, 2026)))
    table = Table("By line", ("Line", *years), (("C1", *[most] * 15), ("C2", *range(15))))
    parts = split_table(table, medium)
    assert [len(part.columns) - 1 for part in parts] == columns
    assert [year for part in parts for year in part.columns[1:]] == list(years)
    assert [cell for part in parts for cell in part.rows[1][1:]] == list(range(15))
    assert all(part.rows[0][0] == "C1" for part in parts)
