"""A draft as a PDF: WeasyPrint on the semantic HTML, tagged for assistive technology (PDF/UA-1)."""

from __future__ import annotations

import subprocess
from functools import cache

from django.utils.translation import get_language_bidi, override
from django.utils.translation import gettext as _

from rapporteur.reports.assembly.draft import Draft
from rapporteur.reports.errors import CannotWrite
from rapporteur.reports.exports.html import draft_html, for_paged_media, style_sheet

# How fontconfig calls a language of the platform where it has another name for it.
FONT_LANGUAGES = {"zh-hans": "zh-cn"}


def no_fetching(url: str, *_args: object, **_options: object) -> dict[str, object]:
    """Refuse every address: a draft holds no pictures and its styles are given to it."""
    raise ValueError(f"A report fetches nothing: {url}")


# WeasyPrint asks its fetcher whether what cannot be fetched ends the document: it does not.
no_fetching._fail_on_errors = False  # type: ignore[attr-defined]


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

    ``document`` is the draft's HTML where it is at hand.

    Raises:
        CannotWrite: WeasyPrint or the Pango library that it draws text with is not installed, or
            no font has the letters of the draft's language (a PDF would be made of empty boxes).
    """
    with override(draft.language):
        if not has_font_for(FONT_LANGUAGES.get(draft.language, draft.language)):
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
        header = _("%(report)s, %(year)s: draft") % {
            "report": draft.outline.name,
            "year": draft.year,
        }
        html = weasyprint.HTML(
            string=for_paged_media(document or draft_html(draft)), url_fetcher=no_fetching
        )
        quoted = header.replace("\\", "\\\\").replace('"', '\\"')
        start = "right" if get_language_bidi() else "left"
        styles = [
            weasyprint.CSS(string=style_sheet("print.css")),
            weasyprint.CSS(string=f'@page {{ @top-{start} {{ content: "{quoted}" }} }}'),
        ]
        written = html.write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")
        return bytes(written)
