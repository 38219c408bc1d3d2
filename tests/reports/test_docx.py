"""The Word file, read back: real footnotes, automatic numbers, headings, styles, annexes."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from docx2python import docx2python
from lxml import etree

from rapporteur.analysis.documents.parse import parse_document
from rapporteur.analysis.package_names import package_names
from rapporteur.reports import queries
from rapporteur.reports.assembly.pieces import count_words
from rapporteur.reports.exports.docx import NAMES, W, draft_docx

NUMBERED = re.compile(r"^(\d+)[.)]\t(.*)", re.DOTALL)


def build(language="en"):
    return queries.draft_of(queries.find_outline("progress-report"), 2024, language=language)


def part_of(content: bytes, name: str):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


@pytest.fixture
def draft(record):
    return build()


@pytest.fixture
def word_file(draft):
    return draft_docx(draft)


def test_it_reads_back_with_a_footnote_for_each_reference_and_numbers_that_follow(draft, word_file):
    with docx2python(io.BytesIO(word_file)) as document:
        body = document.body_runs and document.text
        notes = document.footnotes_runs
    lines = [line for line in body.split("\n") if line.strip()]
    numbered = [match for match in map(NUMBERED.match, lines) if match]
    assert [int(match[1]) for match in numbered] == list(range(1, 9))
    assert numbered[0][2].startswith("“Wells matter.”")
    texts = re.findall(r"A/99/1, para\. \d+\.|E/RES/2099/3, paras\. 1–2\.", str(notes))
    assert texts == [note.text for note in draft.notes]
    for section in draft.sections:
        assert section.heading in lines


def test_the_whole_without_its_annexes_is_within_the_limit(draft, word_file):
    root = part_of(word_file, "word/document.xml")
    words = 0
    for paragraph in root.iter(f"{W}p"):
        text = "".join(paragraph.itertext(f"{W}t"))
        if text == "Annex I. Gaps":
            break
        words += count_words(text)
    notes = part_of(word_file, "word/footnotes.xml")
    words += sum(count_words("".join(note.itertext(f"{W}t"))) for note in notes)
    assert words == draft.words - len(draft.notes) - 8  # their numbers are Word's, not text
    assert draft.words <= 8500


def test_styles_are_words_own_and_the_marks_are_real(draft, word_file):
    root = part_of(word_file, "word/document.xml")
    styles = root.xpath("//w:pStyle/@w:val", namespaces=NAMES)
    assert styles.count("NumberedParagraph") == 8
    assert styles.count("Title") == 1
    assert [styles.count(f"Heading{level}") for level in (1, 2, 3, 4, 5)] == [7, 17, 2, 14, 8]
    marks = root.xpath("//w:footnoteReference/@w:id", namespaces=NAMES)
    assert len(marks) == len(set(marks)) == len(draft.notes) == 9
    with_break = root.xpath("//w:p[w:pPr/w:pageBreakBefore]//w:t/text()", namespaces=NAMES)
    assert with_break == ["Annex I. Gaps"]


def test_header_page_numbers_and_a4(word_file):
    with zipfile.ZipFile(io.BytesIO(word_file)) as package:
        names = package.namelist()
        header = package.read("word/header1.xml").decode()
        footer = package.read("word/footer1.xml").decode()
    assert names[0] == "[Content_Types].xml"
    assert "Progress report, 2024: draft" in header
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    root = part_of(word_file, "word/document.xml")
    size = root.xpath("//w:sectPr/w:pgSz", namespaces=NAMES)[0]
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
    assert len(root.xpath("//w:sectPr/w:headerReference", namespaces=NAMES)) == 1


def test_it_runs_from_right_to_left_in_arabic(record):
    draft = build("ar")
    root = part_of(draft_docx(draft), "word/document.xml")
    assert root.xpath("//w:p[w:pPr/w:bidi]", namespaces=NAMES)
    assert root.xpath("//w:r[w:rPr/w:rtl]", namespaces=NAMES)


def test_what_looks_like_markup_is_text(draft, word_file):
    root = part_of(word_file, "word/document.xml")
    assert "Facts & Wells <2024>" in "".join(root.itertext(f"{W}t"))


def test_the_platforms_own_parser_reads_the_same_report_back(draft, word_file):
    parsed = parse_document(word_file, kind="report", names=package_names()).as_json()
    read = {
        item["number"]: (item["section"], item["text"], item["footnotes"])
        for item in parsed["paragraphs"]
        if item["number"] is not None
    }
    assert read == {
        paragraph.number: (
            # A heading without a label stands in the path by its words, as they are printed.
            [*section.path[:-1], section.path[-1] if section.outline.label else section.heading],
            paragraph.text,
            [note.number for note in paragraph.notes],
        )
        for section, paragraph in draft.paragraphs
    }
    assert [item["text"] for item in parsed["footnotes"]] == [note.text for note in draft.notes]
