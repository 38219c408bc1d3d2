"""The PDF, read back: A4, tagged, page numbers, footnotes at the foot of the page of their mark."""

from __future__ import annotations

import re

import pypdfium2
import pytest

from rapporteur.reports import queries
from rapporteur.reports.errors import CannotWrite
from rapporteur.reports.exports.html import draft_html, for_paged_media
from rapporteur.reports.exports.pdf import draft_pdf, only_given
from tests.factories.directory import make_organization
from tests.factories.library import make_paragraph

pytest.importorskip("weasyprint", reason="No Pango for WeasyPrint", exc_type=(ImportError, OSError))


@pytest.fixture
def long_draft(record):
    """Return a draft of some pages with many footnotes."""
    for number in range(100, 160):
        make_paragraph(
            record.report,
            number,
            text="",
            concepts=[f"C{1 + number % 11}"],
            organizations=[make_organization(f"Body of wells number {number}")],
        )
    return queries.draft_of(queries.find_outline("progress-report"), 2024, language="en")


def test_it_is_tagged_a4_with_page_numbers_and_each_footnote_on_the_page_of_its_mark(long_draft):
    document = pypdfium2.PdfDocument(draft_pdf(long_draft))
    assert document.get_metadata_value("Title") == long_draft.title
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    texts = [page.get_textpage().get_text_range() for page in document]
    found = []
    for number, text in enumerate(texts, 1):
        assert f"{number}/{len(texts)}" in text
        assert "Progress report, 2024: draft" in text
        notes = re.findall(r"^(\d+) A/99/1, para\. 1\d\d\.", text, re.MULTILINE)
        marks = re.findall(r"Body of wells number \d+: activities were reported\.(\d+)", text)
        assert notes == marks
        found += notes
    assert len(found) == 60
    assert 4 <= len(texts) <= 8


def test_in_paged_media_the_notes_stand_at_their_marks(record):
    draft = queries.draft_of(queries.find_outline("progress-report"), 2024, language="en")
    document = for_paged_media(draft_html(draft))
    assert document.count('role="doc-footnote"') == len(draft.notes) == 9
    assert "doc-noteref" not in document
    assert "doc-endnotes" not in document


def test_nothing_is_fetched():
    with pytest.raises(ValueError, match="disallowed protocol"):
        only_given().fetch("https://example.org/x.png")


def test_a_language_without_a_font_is_refused(record, monkeypatch):
    monkeypatch.setattr("rapporteur.reports.exports.pdf.has_font_for", lambda _language: False)
    draft = queries.draft_of(queries.find_outline("progress-report"), 2024, language="zh-hans")
    with pytest.raises(CannotWrite, match="fonts-noto-cjk"):
        draft_pdf(draft)
