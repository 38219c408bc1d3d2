"""Texts in files that are taken away: no formula runs, and what is read again is what was there."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import pytest
from lxml import etree

from rapporteur.reports import queries
from rapporteur.reports.exports.docx import draft_docx
from rapporteur.reports.exports.pdf import draft_pdf
from rapporteur.site.lists import FORMULA_STARTS, Column, csv_lines, download, neutralise
from tests.factories.directory import make_organization
from tests.factories.library import make_label, parsed_document, store
from tests.security.payloads import PAYLOADS
from tests.security.records import paragraph

CELLS = [
    *(f"{start}1+1" for start in FORMULA_STARTS),
    *PAYLOADS,
    "'=1",
    "''=1",
    "'",
    "plain",
    "-",
    '"',
    "a\r\nb",
    "a,b;c\td",
]


def restored(cell: str) -> str:
    """Return the text that a cell was made of: the quote in front of a formula is taken off."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(FORMULA_STARTS) else cell


@pytest.mark.parametrize("text", CELLS)
def test_a_cell_runs_nothing_and_comes_back(text):
    lines = "".join(csv_lines([text], COLUMNS))
    cell = list(csv.reader(io.StringIO(lines.removeprefix("\ufeff"), newline="")))[1][0]

    assert not cell.startswith(FORMULA_STARTS)
    if not text.startswith("'"):
        assert restored(cell) == text


COLUMNS = (Column("text", lambda row: row),)


def test_numbers_stay_numbers():
    lines = "".join(csv_lines([-5, 2.5, "-5"], COLUMNS))

    assert list(csv.reader(io.StringIO(lines)))[1:] == [["-5"], ["2.5"], ["'-5"]]
    assert neutralise("5") == "5"


def test_json_carries_every_text_as_it_is():
    body = json.loads(download(CELLS, COLUMNS, form="json", name="x").content)

    assert [row["text"] for row in body["rows"]] == CELLS


@pytest.mark.django_db
def test_an_organization_s_name_in_both_downloads(client):
    name = "=HYPERLINK(1)"
    make_organization(name, "@ORG", slug="formula")
    lists = client.get("/organizations?format=csv")
    table = b"".join(lists.streaming_content).decode().removeprefix("\ufeff")
    row = next(iter(csv.DictReader(io.StringIO(table))))

    assert (row["name"], row["acronym"]) == (f"'{name}", "'@ORG")
    listed = client.get("/organizations?format=json").json()["rows"][0]
    assert (listed["name"], listed["acronym"]) == (name, "@ORG")


@pytest.mark.django_db
def test_control_characters_of_an_imported_text_break_no_file():
    """A PDF's text may hold any sign; pages, Word and PDF files are made all the same."""
    for code in ("C1", "C2", "C5", "C7.4", "C11"):
        make_label(code)
    signs = [chr(number) for number in (1, 7, 8, 11, 12, 27, 31, 127, 133, 0xFFFE, 0xFFFF)]
    texts = [f"The office{sign}of wells" for sign in signs]
    parsed = parsed_document(
        *(paragraph(number, text, True) for number, text in enumerate(texts, 1)),
        title=f"Wells{''.join(signs)}",
        language="fr",
    )
    store(parsed)
    for language in ("en", "ar"):
        outline = queries.find_outline("progress-report")
        draft = queries.draft_of(outline, 2024, language=language)

        with zipfile.ZipFile(io.BytesIO(draft_docx(draft))) as package:
            for name in package.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(package.read(name))
        assert draft_pdf(draft).startswith(b"%PDF-")
