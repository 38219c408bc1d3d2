"""The same documents, mangled in the ways that extraction and copying mangle them."""

from __future__ import annotations

import re

import pytest

from rapporteur.analysis.documents.parse import parse_document
from tests.analysis.documents.samples import PLEDGE, REPORT, RESOLUTION

SUPERSCRIPTS = {"¹": "1", "²": "2", "³": "3"}


def with_marks(text: str, form: str) -> str:
    return re.sub("[¹²³]", lambda match: form.format(SUPERSCRIPTS[match.group()]), text)


def paged(text: str) -> str:
    """Break the text into pages with running headers, footers and page numbers."""
    paragraphs = text.split("\n\n")
    pieces = []
    for number, paragraph in enumerate(paragraphs, start=1):
        pieces.append(paragraph)
        if number % 9 == 0:
            page = number // 9
            pieces.append(f"{page}/9 36-01234\n\x0cA/91/15\n\nRunning title of the report {page}")
    return "\n\n".join(pieces)


MANGLED = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "old mac line ends": lambda text: text.replace("\n", "\r"),
    "byte order mark": lambda text: "\ufeff" + text,
    "spaces that do not break": lambda text: text.replace(" the ", "\u00a0the\u202f"),
    "soft hyphens": lambda text: text.replace("lamps", "la\u00admps"),
    "zero-width characters": lambda text: text.replace("keepers", "kee\u200bpers\ufeff"),
    "trailing spaces": lambda text: text.replace("\n", "   \n"),
    "three empty lines": lambda text: text.replace("\n\n", "\n\n\n\n"),
    "indented paragraphs": lambda text: re.sub(r"(?m)^(\d+\. )", r"    \1", text),
    "number and tab": lambda text: re.sub(r"(?m)^(\d+\.) ", r"\1\t", text),
    "escaped markdown": lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1\\. ", text).replace("(", "\\("),
    "links to nowhere": lambda text: text.replace("2006/46", "[2006/46](#)"),
    "control characters": lambda text: text.replace("lamps", "lamps\x07\x00"),
    "quoted": lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n")),
    "pages": paged,
}


@pytest.mark.parametrize("how", MANGLED)
def test_a_mangled_report_keeps_its_paragraphs(how):
    document = parse_document(MANGLED[how](REPORT).encode())

    assert [p.number for p in document.paragraphs] == list(range(1, 12))
    assert [n.number for n in document.footnotes] == [1, 2, 3]
    assert [p.footnotes for p in document.paragraphs[:4]] == [(1,), (2,), (), (3,)]
    assert document.paragraphs[1].text.endswith("publishes State of the Lamps 2035 every year.")
    assert document.paragraphs[6].concepts == ("C7.1",)
    assert not [w for w in document.warnings if w.code != "page-furniture"]


@pytest.mark.parametrize("how", MANGLED)
def test_a_mangled_resolution_keeps_its_paragraphs(how):
    document = parse_document(MANGLED[how](RESOLUTION).encode())

    assert [o.number for o in document.operative] == [1, 2, 3, 4]
    assert [o.opening for o in document.operative] == [
        "Welcomes and urges",
        "Notes with concern",
        "Requests",
        "Invites",
    ]
    assert [p.opening for p in document.preamble] == ["Recalling", "Recalling also"]
    assert len(document.operative[2].subparagraphs) == 2
    assert document.document.closing == ("37th plenary meeting", "23 July 2036")


@pytest.mark.parametrize("how", MANGLED)
def test_a_mangled_outcome_document_keeps_its_annex(how):
    document = parse_document(MANGLED[how](PLEDGE).encode())

    assert [o.number for o in document.operative] == [None, 1, 2, 3]
    assert [p.number for p in document.paragraphs] == [1, 2, 1, 2, 3, 4]


@pytest.mark.parametrize("form", ["[{}]", "[^{}]", "<sup>{}</sup>", "^{}^", "{}/", "\\[{}\\]"])
def test_every_form_of_footnote_mark(form):
    document = parse_document(with_marks(REPORT, form).encode())

    assert [n.number for n in document.footnotes] == [1, 2, 3]
    assert [p.footnotes for p in document.paragraphs[:4]] == [(1,), (2,), (), (3,)]
    assert document.paragraphs[0].text.endswith("in the United Nations system.")
    assert document.paragraphs[1].text.startswith(
        "The Lighthouse Board counted 4,200 lamps in 2035. Most"
    )


def test_marks_that_have_become_figures():
    document = parse_document(with_marks(REPORT, "{}").encode())

    assert [n.number for n in document.footnotes] == [1, 2, 3]
    assert [p.footnotes for p in document.paragraphs[:4]] == [(1,), (2,), (), (3,)]
    assert document.paragraphs[3].text.endswith("opened a school for keepers.")


def test_paragraphs_on_adjoining_lines():
    body = RESOLUTION.replace("\n\n", "\n")

    document = parse_document(body.encode())

    assert [o.number for o in document.operative] == [1, 2, 3, 4]
    assert [p.opening for p in document.preamble] == ["Recalling", "Recalling also"]
    assert document.operative[3].section == "The road ahead"


def test_lines_broken_at_the_page_width():
    import textwrap

    body = "\n\n".join(
        textwrap.fill(paragraph, 60) if len(paragraph) > 90 and "\n" not in paragraph else paragraph
        for paragraph in REPORT.split("\n\n")
    )

    document = parse_document(body.encode())

    assert [p.number for p in document.paragraphs] == list(range(1, 12))
    assert document.paragraphs[4].section == ("III", "1", "(a)")


def test_a_cut_file_gives_what_is_there():
    document = parse_document(REPORT[: REPORT.index("6. Cables")].encode())

    assert [p.number for p in document.paragraphs] == [1, 2, 3, 4, 5]


def test_a_file_whose_start_is_missing_says_so():
    document = parse_document(REPORT[REPORT.index("3. The region") :].encode(), kind="report")

    assert [p.number for p in document.paragraphs] == list(range(3, 12))
    assert ("paragraph-gap", 1) in [(w.code, w.paragraph) for w in document.warnings]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_of_unicode(encoding):
    document = parse_document(REPORT.encode(encoding))

    assert [p.number for p in document.paragraphs] == list(range(1, 12))
    assert "Keepers’ Union" in document.paragraphs[1].text


def test_windows_code_page():
    text = RESOLUTION.replace("lamps;", "lamps – “all” of them’s;")

    document = parse_document(text.encode("cp1252"))

    assert "– “all” of them’s" in document.operative[0].text


def test_a_resolution_in_another_language_keeps_numbers_and_language():
    text = (
        "Assemblée générale\n\nDistr. générale\n\n91/7. Les phares\n\nL’Assemblée générale,\n\n"
        "Rappelant sa résolution 70/125 du 16 décembre 2015,\n\n"
        "1. Prie le Secrétaire général de lui présenter un rapport sur les phares ;\n\n"
        "2. Invite les États Membres à les entretenir.\n"
    )

    document = parse_document(text.encode())

    assert document.document.kind == "resolution"
    assert document.document.language == "fr"
    assert document.document.bodies == ("General Assembly",)
    assert [o.number for o in document.operative] == [1, 2]


def test_numbers_on_lines_of_their_own():
    body = re.sub(r"(?m)^(\d+\.|\([ab]\)) ", r"\1\n\n", RESOLUTION)

    document = parse_document(body.encode())

    assert [o.number for o in document.operative] == [1, 2, 3, 4]
    assert [s.label for s in document.operative[2].subparagraphs] == ["(a)", "(b)"]
