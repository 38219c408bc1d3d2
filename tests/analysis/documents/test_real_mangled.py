"""The real documents, mangled: the same numbers, sections, concepts and notes come out."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest

from rapporteur.analysis.documents.model import ParsedDocument
from rapporteur.analysis.documents.parse import parse_document

pytestmark = pytest.mark.documents

REPORT = "un_documents/reports/SG_report_A-80-62_WSIS_2024.txt"
COUNCIL = "un_documents/reports/ECOSOC_res_2024-13.txt"
REVIEW = "un_documents/resolutions/A_RES_70_125.md"
PACT = "un_documents/resolutions/A_RES_79_1.md"

FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
MARK = "[⁰¹²³⁴-⁹]+"


def marked(form: str):
    return lambda text: re.sub(MARK, lambda m: form.format(m.group().translate(FIGURES)), text)


def glued(text: str) -> str:
    text = re.sub(f"(?m)^({MARK}) ", lambda m: f"{m.group(1).translate(FIGURES)} ", text)
    return re.sub(MARK, lambda m: m.group().translate(FIGURES), text)


def paged(text: str) -> str:
    out = []
    for place, line in enumerate(text.split("\n"), start=1):
        out.append(line)
        if place % 55 == 0:
            out += ["", f"{place // 55}/30", "", "\x0cA/80/62", "E/2025/3", ""]
    return "\n".join(out)


def wrapped(text: str) -> str:
    return "\n".join(
        textwrap.fill(line, 80, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


MANGLES = {
    "windows line ends": lambda text: text.replace("\n", "\r\n"),
    "spaces that do not break": lambda text: text.replace(" of ", "\u00a0of "),
    "no empty lines": lambda text: re.sub(r"\n\s*\n+", "\n", text),
    "notes in brackets": marked("[{}]"),
    "notes as tags": marked("<sup>{}</sup>"),
    "notes with a slash": marked("{}/"),
    "notes glued": glued,
    "pages": paged,
    "escaped": lambda text: re.sub(r"(?m)^(\d+)\.", r"\1\\.", text).replace("(", "\\("),
    "tabs": lambda text: re.sub(r"(?m)^(\d+\.|\([a-z]\)) ", r"\1\t", text),
    "indented": lambda text: re.sub(r"(?m)^(?=[^#])", "   ", text),
    "no stars": lambda text: text.replace("*", ""),
}


def outline(document: ParsedDocument) -> list[object]:
    """Return what must not change: numbers, places, openings, notes with their owners."""
    return [
        document.document.kind,
        document.document.title,
        [(p.number, p.section, p.concepts, p.text[-20:]) for p in document.paragraphs],
        [(o.number, o.opening, len(o.subparagraphs), o.text[-20:]) for o in document.operative],
        [p.opening for p in document.preamble],
        [(note.number, note.paragraph) for note in document.footnotes],
    ]


@pytest.mark.parametrize("how", MANGLES)
@pytest.mark.parametrize("name", [REPORT, COUNCIL, REVIEW, PACT])
def test_a_mangled_document_has_the_same_outline(shared_data: Path, name: str, how: str):
    text = (shared_data / name).read_text(encoding="utf-8")

    mangled = MANGLES[how](text)

    assert outline(parse_document(mangled.encode())) == outline(parse_document(text.encode()))


@pytest.mark.parametrize("name", [COUNCIL, REVIEW, PACT])
def test_lines_broken_at_the_page_width(shared_data: Path, name: str):
    text = (shared_data / name).read_text(encoding="utf-8")

    broken = parse_document(wrapped(text).encode())

    assert outline(broken) == outline(parse_document(text.encode()))
