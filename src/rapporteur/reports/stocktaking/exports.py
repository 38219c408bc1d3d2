"""A report of the register as a web page in one file, Word file, PDF and JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import ceil
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext_lazy as _

from rapporteur.analysis.charts import SmallMultiples, Spec
from rapporteur.reports.errors import UnknownForm
from rapporteur.reports.exports.docx import word_file
from rapporteur.reports.exports.html import style_sheet
from rapporteur.reports.exports.pdf import pdf_file
from rapporteur.reports.stocktaking.report import (
    Block,
    Cell,
    Drawing,
    Paragraph,
    Share,
    StocktakingReport,
    Table,
    ToldStory,
)
from rapporteur.site.charts import drawn, prepared

# Small charts on one picture of a file: more would not leave room for anything else on a page.
MOST_SMALL = 9
# What a picture may measure in a Word file: the text beside its numbers, and a share of the page.
WIDEST_CM, TALLEST_CM = 14.4, 13.5
# The room of a table's figures in the column of the text, in mm.
TABLE_ROOM = 116.0
# A table of so few columns of figures always fits; its heads may take two lines.
FEW = 4


@dataclass(frozen=True)
class Medium:
    """What a file is read with.

    ``as_png``: charts as PNG, else as SVG; ``styled``: with its styles; ``numbered``: with the
    numbers of paragraphs, which a Word file gives itself. ``sign`` and ``edges`` are what a sign of
    a table and the edges of a cell take of the page, in mm.
    """

    as_png: bool
    styled: bool
    numbered: bool
    sign: float
    edges: float


SCREEN = Medium(as_png=False, styled=True, numbered=True, sign=1.5, edges=1.6)
PAPER = Medium(as_png=True, styled=False, numbered=True, sign=1.5, edges=1.6)
WORD_PROCESSOR = Medium(as_png=True, styled=False, numbered=False, sign=1.8, edges=3.4)


@dataclass(frozen=True)
class Picture:
    """One drawing of a chart in a file: its ``data:`` address, and its width in a Word file."""

    address: str
    description: str
    width: str


@dataclass(frozen=True)
class Shown:
    """A block as the template of the files writes it: ``kind`` names its shape."""

    kind: str
    block: Block
    pictures: tuple[Picture, ...] = ()
    tables: tuple[Table, ...] = ()


def parts_of(spec: Spec) -> list[Spec]:
    """Return the chart as the specs of its pictures in a file: few small charts on each."""
    if not isinstance(spec, SmallMultiples) or len(spec.series) <= MOST_SMALL:
        return [spec]
    highest = max(value or 0 for one in spec.series for value in one.values.values())
    return [
        replace(spec, series=spec.series[start : start + MOST_SMALL], highest=highest)
        for start in range(0, len(spec.series), MOST_SMALL)
    ]


def picture_of(spec: Spec, *, as_png: bool) -> Picture:
    """Return a drawing of a chart, as SVG for browsers or PNG for paper."""
    chart = drawn(spec)
    if as_png:
        address = "data:image/png;base64," + base64.b64encode(chart.png()).decode()
    else:
        address = "data:image/svg+xml;base64," + base64.b64encode(chart.file.encode()).decode()
    tall = (chart.height + chart.legend_height) / chart.width
    return Picture(address, chart.description, f"{min(WIDEST_CM, TALLEST_CM / tall):.2f}cm")


def split_table(table: Table, medium: Medium) -> list[Table]:
    """Return the table, or several of fewer columns where its figures would not fit a page."""
    figures = len(table.columns) - 1
    longest = max((len(cell) for row in table.written for cell in row[1:]), default=0)
    if figures <= FEW:
        return [table]
    width = medium.sign * max(longest, *map(len, table.columns[1:])) + medium.edges
    size = ceil(figures / ceil(figures * width / TABLE_ROOM))
    return [
        replace(
            table,
            columns=(table.columns[0], *table.columns[start : start + size]),
            rows=tuple((row[0], *row[start : start + size]) for row in table.rows),
        )
        for start in range(1, figures + 1, size)
    ]


def shown(block: Block, medium: Medium) -> Shown:
    if isinstance(block, Drawing):
        pictures = tuple(picture_of(spec, as_png=medium.as_png) for spec in parts_of(block.spec))
        return Shown("chart", block, pictures, tuple(split_table(block.table, medium)))
    if isinstance(block, Table):
        return Shown("table", block, tables=(block,))
    return Shown("paragraph" if isinstance(block, Paragraph) else "story", block)


def html_of(report: StocktakingReport, medium: Medium) -> str:
    """Return the report as an HTML document in its language.

    Links are whole where the site's address is known (``SITE_URL``); else the path is written.
    """
    with override(report.language):
        return render_to_string(
            "reports/stocktaking/file.html",
            {
                "report": report,
                "site": settings.SITE_URL.rstrip("/"),
                "numbered": medium.numbered,
                "direction": "rtl" if get_language_bidi() else "ltr",
                "sections": [
                    (section, [shown(block, medium) for block in section.blocks])
                    for section in report.sections
                ],
                # The file's own style sheet, not anybody's input.
                "styles": mark_safe(style_sheet("page.css")) if medium.styled else "",  # noqa: S308
            },
        )


def header_of(report: StocktakingReport) -> str:
    return f"{report.outline.name}: {report.subtitle}"


def as_html(report: StocktakingReport) -> bytes:
    return html_of(report, SCREEN).encode()


def as_docx(report: StocktakingReport) -> bytes:
    """Return the Word file; charts are pictures with their text alternatives and tables."""
    at = datetime.combine(report.as_of, datetime.min.time(), UTC)
    with override(report.language):
        return word_file(
            html_of(report, WORD_PROCESSOR),
            header=header_of(report),
            language=report.language,
            at=at,
        )


def as_pdf(report: StocktakingReport) -> bytes:
    with override(report.language):
        return pdf_file(html_of(report, PAPER), header=header_of(report), language=report.language)


def cell_json(cell: Cell) -> str | int | float:
    return cell.percent if isinstance(cell, Share) else cell


def table_json(table: Table) -> dict[str, Any]:
    """Return the table's figures as numbers; shares in per cent."""
    return {
        "title": table.title,
        "columns": list(table.columns),
        "rows": [[cell_json(cell) for cell in row] for row in table.rows],
    }


def block_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "number": block.number, "text": block.text, "link": block.link}
    if isinstance(block, Table):
        return {"kind": "table", **table_json(block)}
    if isinstance(block, ToldStory):
        story = block.story
        return {
            "kind": "story",
            "number": block.number,
            "entry": story.pk,
            "version": story.number,
            "link": block.link,
            "title": story.title,
            "organization": story.organization,
            "countries": list(story.countries),
            "action_lines": list(story.action_lines),
            "published_at": story.published_at.isoformat(),
            "language": story.language,
            "text": story.text,
        }
    return {
        "kind": "chart",
        "key": block.key,
        "description": prepared(block.spec).description,
        **table_json(block.table),
    }


def as_json(report: StocktakingReport) -> bytes:
    """Return the report as JSON: the same sections, paragraphs, figures and stories."""
    with override(report.language):
        values = {
            "outline": report.outline.code,
            "year": report.scope.year,
            "query": report.query,
            "scope": list(report.scope_words),
            "language": report.language,
            "title": report.title,
            "subtitle": report.subtitle,
            "as_of": report.as_of.isoformat(),
            "entries": report.live,
            "source": report.source_link,
            "sections": [
                {
                    "key": section.key,
                    "number": section.number,
                    "title": section.title,
                    "blocks": [block_json(block) for block in section.blocks],
                }
                for section in report.sections
            ],
        }
    return json.dumps(values, ensure_ascii=False, indent=1).encode() + b"\n"


@dataclass(frozen=True)
class Form:
    """One form of file. ``built``: it takes a while, so the secretariat builds it."""

    suffix: str
    title: Promise
    media_type: str
    write: Callable[[StocktakingReport], bytes]
    built: bool


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMS: Mapping[str, Form] = {
    form.suffix: form
    for form in (
        Form("docx", _("Word file"), WORD, as_docx, True),
        Form("pdf", _("PDF"), "application/pdf", as_pdf, True),
        Form("html", _("Web page in one file"), "text/html; charset=utf-8", as_html, False),
        Form("json", _("JSON"), "application/json; charset=utf-8", as_json, False),
    )
}


def form_of(name: str) -> Form:
    """Return the form that a suffix (``docx``, ``.docx``) names; raise ``UnknownForm``."""
    form = FORMS.get(name.removeprefix(".").lower())
    if form is None:
        raise UnknownForm(name, FORMS)
    return form
