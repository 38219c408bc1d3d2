"""Time to build the progress report at its limit, against the bare tools on the same HTML.

Goals: the Word file at most 1.5 x pandoc, the PDF at most 1.2 x WeasyPrint, both with the assembly
of the draft from its material. Both sides run in turns, in one process; the figure is the median
of the pairwise ratios of five rounds. Run: `python -m benchmarks report_build`.
"""
# ruff: noqa: E402 - Django is set up before its rooms are imported

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapporteur.config.settings.test")

import django

django.setup()

import pypandoc
import weasyprint
from django.utils.translation import override

from rapporteur.reports.assembly.draft import Draft, assemble
from rapporteur.reports.assembly.material import (
    Actor,
    Material,
    Source,
    SourceParagraph,
    SourceStatement,
)
from rapporteur.reports.exports.docx import draft_docx
from rapporteur.reports.exports.html import (
    draft_html,
    for_paged_media,
    for_pandoc,
    style_sheet,
)
from rapporteur.reports.exports.pdf import draft_pdf
from rapporteur.reports.outlines import outlines

DOCX_GOAL, PDF_GOAL = 1.5, 1.2
ROUNDS = 5


def material() -> Material:
    """Return more than fits the limit: 12 paragraphs a section, two statements each."""
    outline = outlines()["progress-report"]
    source = Source(1, "A/99/1", "Wells dug in the year", "report", date=date(2025, 1, 22))
    actors = [Actor(f"body-{n}", f"Body {n}") for n in range(60)]
    paragraphs = []
    for code in outline.concepts:
        for _ in range(12):
            number = len(paragraphs) + 1
            actor = actors[number % len(actors)]
            statements = tuple(
                SourceStatement(
                    order, f"{actor.name} dug well {number} " + "and lined it " * 6 + ".", (actor,)
                )
                for order in range(2)
            )
            paragraphs.append(
                SourceParagraph(
                    pk=number,
                    source=source,
                    anchor=f"p{number}",
                    order=number,
                    number=number,
                    concepts=frozenset({code}),
                    actors=(actor,),
                    statements=statements,
                )
            )
    return Material(2024, (source,), tuple(paragraphs))


def draft() -> Draft:
    with override("en"):
        return assemble(outlines()["progress-report"], MATERIAL, subtitle="Draft")


def seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def bare_pandoc(document: str, folder: Path) -> None:
    subprocess.run(
        [
            pypandoc.get_pandoc_path(),
            "--from=html+epub_html_exts",
            "--to=docx",
            f"--output={folder / 'bare.docx'}",
        ],
        input=document.encode(),
        check=True,
    )


def bare_weasyprint(document: str) -> None:
    weasyprint.HTML(string=document).write_pdf(
        stylesheets=[weasyprint.CSS(string=style_sheet("print.css"))], pdf_variant="pdf/ua-1"
    )


MATERIAL = material()


def main() -> int:
    made = draft()
    html = draft_html(made)
    word_html, paged_html = for_pandoc(html), for_paged_media(html)
    draft_pdf(made)  # fonts and modules are loaded on both sides
    docx, pdf, assembly = [], [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for _ in range(ROUNDS):
            assembly.append(seconds(draft))
            bare = seconds(lambda: bare_pandoc(word_html, folder))
            ours = seconds(lambda: draft_docx(draft()))
            docx.append((ours, bare))
            bare = seconds(lambda: bare_weasyprint(paged_html))
            ours = seconds(lambda: draft_pdf(draft()))
            pdf.append((ours, bare))
    failed = False
    print(
        f"{made.words} words, {len(made.notes)} footnotes, {made.lines_left_out} lines left out; "
        f"assembly {statistics.median(assembly) * 1000:.0f} ms"
    )
    for label, pairs, goal in (
        ("Word file / pandoc", docx, DOCX_GOAL),
        ("PDF / WeasyPrint", pdf, PDF_GOAL),
    ):
        ratio = statistics.median(ours / bare for ours, bare in pairs)
        ours = statistics.median(pair[0] for pair in pairs)
        print(f"{label}: {ratio:.2f} (goal {goal}), {ours * 1000:.0f} ms")
        failed = failed or ratio > goal
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
