"""What the secretariat does with reports: build a file and keep it for everybody to take away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.directory.models import Account
from rapporteur.reports import queries
from rapporteur.reports.assembly.draft import Draft
from rapporteur.reports.errors import NotBuilt
from rapporteur.reports.exports.forms import Form, draft_digest, form_of

FOLDER = "reports"


@dataclass(frozen=True, slots=True)
class Built:
    """A file of a draft that is kept: its name in the storage and its size in bytes."""

    draft: Draft
    form: Form
    name: str
    bytes: int


def stem_of(draft: Draft) -> str:
    return f"{draft.outline.code}-{draft.year}-{draft.language}"


def stored_name(draft: Draft, form: Form) -> str:
    """Return where the draft's file is kept: under its content, so a stale one is never found."""
    return f"{FOLDER}/{stem_of(draft)}-{draft_digest(draft)[:32]}.{form.suffix}"


def download_name(draft: Draft, form: Form) -> str:
    return f"{stem_of(draft)}.{form.suffix}"


def is_built(draft: Draft, form: Form) -> bool:
    """Return whether the form can be had at once: it needs no building, or was built."""
    return not form.built or default_storage.exists(stored_name(draft, form))


def built_content(draft: Draft, form: Form) -> bytes:
    """Return the file of a draft as the record stands; raise ``NotBuilt`` where it must be built.

    What was built before the record changed is never given: it could hold what was withdrawn.
    """
    if not form.built:
        return form.write(draft)
    name = stored_name(draft, form)
    if not default_storage.exists(name):
        raise NotBuilt(
            _(
                "This file has not been built since the record last changed. The secretariat "
                "builds it; the web page and the JSON can be read at once."
            )
        )
    with default_storage.open(name) as file:
        return bytes(file.read())


def remove_older(draft: Draft, form: Form, *, keep: str) -> None:
    """Remove the files of earlier states of the same report."""
    if not default_storage.exists(FOLDER):
        return
    _folders, files = default_storage.listdir(FOLDER)
    for file in files:
        name = f"{FOLDER}/{file}"
        older = file.startswith(f"{stem_of(draft)}-") and file.endswith(f".{form.suffix}")
        if older and name != keep:
            default_storage.delete(name)


def build_report(
    *, outline: str, year: int, form: str, language: str, by: Account | None, at: datetime
) -> Built:
    """Build the file of a report from the published record, keep it, and say so in the trail.

    The file replaces those of earlier states of the record; where it is there already it stays.

    Raises:
        UnknownOutline, UnknownForm, NothingForYear, LimitTooLow: there is nothing to build.
        CannotWrite: a library that the form needs is missing.
    """
    found = form_of(form)
    draft = queries.draft_of(queries.find_outline(outline), year, language=language)
    name = stored_name(draft, found)
    if default_storage.exists(name):
        size = default_storage.size(name)
    else:
        content = found.write(draft)
        size = len(content)
        name = default_storage.save(name, ContentFile(content))
    remove_older(draft, found, keep=name)
    with transaction.atomic():
        record_event(
            "reports.report.built",
            by=by,
            at=at,
            details={
                "outline": outline,
                "year": year,
                "language": language,
                "form": found.suffix,
                "words": draft.words,
                "bytes": size,
            },
        )
    return Built(draft, found, name, size)
