"""The forms that a draft is written in, by the ending of the file's name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapporteur.reports.assembly.draft import Draft
from rapporteur.reports.errors import UnknownForm
from rapporteur.reports.exports.as_json import draft_json
from rapporteur.reports.exports.docx import draft_docx
from rapporteur.reports.exports.html import draft_html
from rapporteur.reports.exports.pdf import draft_pdf

# What a file is made of beside the draft: a change here makes older files stale.
INGREDIENTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Form:
    """One form. ``built``: it takes a while, so it is made once and kept."""

    suffix: str
    title: Promise
    media_type: str
    write: Callable[[Draft], bytes]
    built: bool


def standalone(draft: Draft) -> bytes:
    return draft_html(draft, standalone=True).encode()


FORMS: Mapping[str, Form] = {
    form.suffix: form
    for form in (
        Form(
            "docx",
            _("Word file"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            draft_docx,
            True,
        ),
        Form("pdf", _("PDF"), "application/pdf", draft_pdf, True),
        Form("html", _("Web page in one file"), "text/html; charset=utf-8", standalone, False),
        Form("json", _("JSON"), "application/json; charset=utf-8", draft_json, False),
    )
}


def form_of(name: str) -> Form:
    """Return the form that a suffix (``docx``, ``.docx``) names; raise ``UnknownForm``."""
    form = FORMS.get(name.removeprefix(".").lower())
    if form is None:
        raise UnknownForm(name, FORMS)
    return form


@cache
def ingredients_digest() -> bytes:
    """Return the digest of the styles and templates that files are made with."""
    digest = hashlib.sha256()
    for folder in ("data", "templates"):
        for path in sorted((INGREDIENTS / folder).rglob("*")):
            if path.is_file():
                digest.update(path.relative_to(INGREDIENTS).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.digest()


def draft_digest(draft: Draft) -> str:
    """Return what tells two drafts apart: the SHA-256 of the draft's content and styles."""
    digest = hashlib.sha256(ingredients_digest())
    digest.update(draft_json(draft))
    return digest.hexdigest()
