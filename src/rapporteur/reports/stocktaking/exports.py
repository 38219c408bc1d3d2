"""A report of the register as a web page in one file, Word file, PDF and JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext_lazy as _

from rapporteur.analysis.charts import Chart
from rapporteur.reports.errors import UnknownForm
from rapporteur.reports.exports.docx import word_file
from rapporteur.reports.exports.html import style_sheet
from rapporteur.reports.exports.pdf import pdf_file
from rapporteur.reports.stocktaking.report import (
    Block,
    Drawing,
    Paragraph,
    StocktakingReport,
    Table,
    ToldStory,
)
from rapporteur.site.charts import drawn


@dataclass(frozen=True)
class Shown:
    """A block as the template of the files writes it: ``kind`` names its shape."""

    kind: str
    block: Block
    chart: Chart | None = None
    picture: str = ""


def picture_of(chart: Chart, *, as_png: bool) -> str:
    """Return the drawing as a ``data:`` address. Safe: it is the charts' own drawing."""
    if as_png:
        return "data:image/png;base64," + base64.b64encode(chart.png()).decode()
    return "data:image/svg+xml;base64," + base64.b64encode(chart.file.encode()).decode()


def shown(block: Block, *, as_png: bool) -> Shown:
    if isinstance(block, Drawing):
        chart = drawn(block.spec)
        return Shown("chart", block, chart, picture_of(chart, as_png=as_png))
    kinds = {Paragraph: "paragraph", Table: "table", ToldStory: "story"}
    return Shown(kinds[type(block)], block)


def html_of(
    report: StocktakingReport, *, as_png: bool = False, standalone: bool = False, base: str = ""
) -> str:
    """Return the report as an HTML document in its language.

    ``base`` is the site's address, put before the links, which else are paths.
    """
    with override(report.language):
        return render_to_string(
            "reports/stocktaking/file.html",
            {
                "report": report,
                "base": base,
                "direction": "rtl" if get_language_bidi() else "ltr",
                "sections": [
                    (section, [shown(block, as_png=as_png) for block in section.blocks])
                    for section in report.sections
                ],
                # The file's own style sheet, not anybody's input.
                "styles": mark_safe(style_sheet("page.css")) if standalone else "",  # noqa: S308
            },
        )


def header_of(report: StocktakingReport) -> str:
    return f"{report.outline.name}: {report.subtitle}"


def as_html(report: StocktakingReport) -> bytes:
    return html_of(report, standalone=True).encode()


def as_docx(report: StocktakingReport) -> bytes:
    """Return the Word file; charts are pictures with their text alternatives and tables."""
    at = datetime.combine(report.as_of, datetime.min.time(), UTC)
    with override(report.language):
        return word_file(
            html_of(report, as_png=True),
            header=header_of(report),
            language=report.language,
            at=at,
        )


def as_pdf(report: StocktakingReport) -> bytes:
    with override(report.language):
        return pdf_file(
            html_of(report, as_png=True), header=header_of(report), language=report.language
        )


def block_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "number": block.number, "text": block.text, "link": block.link}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "title": block.title,
            "columns": list(block.columns),
            "rows": [list(row) for row in block.rows],
        }
    if isinstance(block, ToldStory):
        return {
            "kind": "story",
            "number": block.number,
            "title": block.story.title,
            "facts": block.facts,
            "language": block.story.language,
            "text": block.story.text,
            "source": block.source,
            "link": block.link,
        }
    chart = drawn(block.spec)
    return {
        "kind": "chart",
        "key": block.key,
        "title": chart.title,
        "description": chart.description,
        "columns": list(chart.table.columns),
        "rows": [[row.header, *row.cells] for row in chart.table.rows],
    }


def as_json(report: StocktakingReport) -> bytes:
    """Return the report as JSON: the same sections, paragraphs, figures and stories."""
    with override(report.language):
        values = {
            "outline": report.outline.code,
            "year": report.scope.year,
            "scope": report.query,
            "language": report.language,
            "title": report.title,
            "subtitle": report.subtitle,
            "as_of": report.as_of.isoformat(),
            "entries": report.live,
            "source": report.source_link,
            "sections": [
                {
                    "key": section.key,
                    "title": section.title,
                    "blocks": [block_json(block) for block in section.blocks],
                }
                for section in report.sections
            ],
        }
    return json.dumps(values, ensure_ascii=False, indent=1).encode()


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
