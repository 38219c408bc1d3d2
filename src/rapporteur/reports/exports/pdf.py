"""A draft as a PDF: WeasyPrint on the semantic HTML, tagged for assistive technology (PDF/UA-1)."""

from __future__ import annotations

import subprocess
from functools import cache
from typing import Any

from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from rapporteur.reports.assembly.draft import Draft
from rapporteur.reports.errors import CannotWrite
from rapporteur.reports.exports.html import draft_html, for_paged_media, style_sheet

# How fontconfig calls a language of the platform where it has another name for it.
FONT_LANGUAGES = {"zh-hans": "zh-cn"}


def only_given() -> Any:
    """Return WeasyPrint's fetcher that reads ``data:`` addresses and refuses every other.

    A report fetches nothing: its styles are given, and its charts stand in it.
    """
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=("data",), allow_redirects=False)


@cache
def has_font_for(language: str) -> bool:
    """Return whether a font covers a language; true where fontconfig cannot be asked."""
    try:
        # A fixed program; the language is one of the platform's own.
        listed = subprocess.run(  # noqa: S603
            ["fc-list", f":lang={language}", "family"],  # noqa: S607
            capture_output=True,
            timeout=20,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return listed.returncode != 0 or bool(listed.stdout.strip())


def draft_pdf(draft: Draft, *, document: str | None = None) -> bytes:
    """Return the draft as a PDF with footnotes at the foot of its pages.

    ``document`` is the draft's HTML where it is at hand. Raises ``CannotWrite``.
    """
    with override(draft.language):
        header = _("%(report)s, %(year)s: draft") % {
            "report": draft.outline.name,
            "year": draft.year,
        }
        return pdf_file(
            for_paged_media(document or draft_html(draft)), header=header, language=draft.language
        )


def pdf_file(document: str, *, header: str, language: str) -> bytes:
    """Return the PDF of an HTML document, in the active language's direction.

    Raises:
        CannotWrite: WeasyPrint or the Pango library that it draws text with is not installed, or
            no font has the letters of the language (a PDF would be made of empty boxes).
    """
    if not has_font_for(FONT_LANGUAGES.get(language, language)):
        raise CannotWrite(
            _(
                "No installed font has the letters of this language, so the PDF would show "
                "empty boxes. On Debian or Ubuntu: apt-get install fonts-noto-core "
                "fonts-noto-cjk."
            )
        )
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise CannotWrite(
            _(
                "A PDF needs the library Pango, which is not installed. On Debian or Ubuntu: "
                "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Word "
                "file, web page and JSON work without it."
            )
        ) from error
    html = weasyprint.HTML(string=document, url_fetcher=only_given())
    quoted = header.replace("\\", "\\\\").replace('"', '\\"')
    start = "right" if get_language_bidi() else "left"
    styles = [
        weasyprint.CSS(string=style_sheet("print.css")),
        weasyprint.CSS(string=f'@page {{ @top-{start} {{ content: "{quoted}" }} }}'),
    ]
    written = html.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
    return bytes(written)
