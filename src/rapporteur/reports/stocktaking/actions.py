"""Building the files of a report of the register and keeping them for everybody."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.directory.models import Account
from rapporteur.reports.errors import NotBuilt
from rapporteur.reports.exports.forms import ingredients_digest
from rapporteur.reports.stocktaking.exports import Form, as_json
from rapporteur.reports.stocktaking.report import StocktakingReport

FOLDER = "reports"


def stem_of(report: StocktakingReport) -> str:
    """Return the beginning of the file's name: which report, of which year, scope and language."""
    stem = f"{report.outline.code}-{report.scope.year}-{report.language}"
    if not report.query:
        return stem
    return f"{stem}-{hashlib.sha256(report.query.encode()).hexdigest()[:12]}"


def stored_name(report: StocktakingReport, form: Form) -> str:
    """Return where the file is kept: under its content, so that a stale one is never found."""
    digest = hashlib.sha256(ingredients_digest() + as_json(report)).hexdigest()
    return f"{FOLDER}/{stem_of(report)}-{digest[:32]}.{form.suffix}"


def is_built(report: StocktakingReport, form: Form) -> bool:
    return not form.built or default_storage.exists(stored_name(report, form))


def built_content(report: StocktakingReport, form: Form) -> bytes:
    """Return the file of a report as the register stands.

    Raises:
        NotBuilt: it must be built by the secretariat first.
    """
    if not form.built:
        return form.write(report)
    name = stored_name(report, form)
    if not default_storage.exists(name):
        raise NotBuilt(
            _(
                "This file has not been built from the register as it stands today. The "
                "secretariat builds it; the web page and the JSON can be read at once."
            )
        )
    with default_storage.open(name) as file:
        return bytes(file.read())


def build(report: StocktakingReport, form: Form, *, by: Account, at: datetime) -> int:
    """Build the file of a report and keep it; return its size in bytes. Raises ``CannotWrite``."""
    name = stored_name(report, form)
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(form.write(report)))
        remove_older(report, form, keep=name)
    size = default_storage.size(name)
    with transaction.atomic():
        record_event(
            "reports.report.built",
            by=by,
            at=at,
            details={
                "outline": report.outline.code,
                "year": report.scope.year,
                "scope": report.query,
                "language": report.language,
                "form": form.suffix,
                "bytes": size,
            },
        )
    return size


def remove_older(report: StocktakingReport, form: Form, *, keep: str) -> None:
    """Remove the files of earlier states of the same report."""
    _folders, files = default_storage.listdir(FOLDER)
    length = len(f"{stem_of(report)}-.{form.suffix}") + 32
    for file in files:
        same = file.startswith(f"{stem_of(report)}-") and file.endswith(f".{form.suffix}")
        if same and len(file) == length and f"{FOLDER}/{file}" != keep:
            default_storage.delete(f"{FOLDER}/{file}")
