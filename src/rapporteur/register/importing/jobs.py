"""Imports in the background: first a look that stores nothing, then the import itself."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from rapporteur.analysis.tables.formulas import neutralise
from rapporteur.common.jobs.actions import start_job
from rapporteur.common.jobs.models import Job
from rapporteur.common.jobs.registry import add_job_kind
from rapporteur.directory.models import Account
from rapporteur.register.importing import choosing, uploads
from rapporteur.register.importing.outcome import Outcome
from rapporteur.register.importing.running import import_file

# What a look finds where no column is known as the title: the person says which one is.
NOTHING = {
    "no_title": True,
    "rows": 0,
    "added": 0,
    "changed": 0,
    "unchanged": 0,
    "refused_rows": 0,
    "stored": False,
}
LOOK, IMPORT = "register.import.look", "register.import"
SHOWN_AT_MOST = 200


def begin(*, token: str, name: str, source: str, by: Account, at: datetime) -> Job:
    """Look through an uploaded file: what it would bring, and what is wrong in it."""
    arguments = {"token": token, "name": name, "source": source}
    return start_job(LOOK, arguments=arguments, owner=by, at=at)


def look_again(job: Job, *, mapping: dict[str, Any], by: Account, at: datetime) -> Job:
    """Look through the same file with other columns for the fields."""
    arguments = {**job.arguments, "mapping": mapping}
    return start_job(LOOK, arguments=arguments, owner=by, at=at, total=job.result.get("rows", 0))


def begin_import(job: Job, *, good_rows_only: bool, by: Account, at: datetime) -> Job:
    """Import the file that a look showed, as it was read there."""
    arguments = {
        **job.arguments,
        "mapping": job.result.get("mapping"),
        "good_rows_only": good_rows_only,
    }
    return start_job(IMPORT, arguments=arguments, owner=by, at=at, total=job.result["rows"])


def run_look(job: Job, tell: Callable[[int], None]) -> dict[str, Any]:
    return _run(job, tell, dry_run=True)


def run_import(job: Job, tell: Callable[[int], None]) -> dict[str, Any]:
    return _run(job, tell, dry_run=False)


def _run(job: Job, tell: Callable[[int], None], *, dry_run: bool) -> dict[str, Any]:
    """Look through or import a file; return what its page shows."""
    arguments = job.arguments
    path = uploads.path_of(arguments["token"])
    name, source = arguments["name"], arguments["source"]
    uploads.prove(path, name)
    columns = choosing.columns_of(path, name)
    given = arguments.get("mapping")
    if given is None:
        given = choosing.first_mapping(name, source, columns)
    if given is not None and "title" not in given["fields"]:
        return {**NOTHING, "columns": columns, "mapping": given}
    outcome = import_file(
        path,
        name=name,
        mapping=choosing.as_mapping(given) if given is not None else None,
        source=source,
        good_rows_only=arguments.get("good_rows_only", False),
        dry_run=dry_run,
        by=job.owner,
        at=timezone.now(),
        progress=tell,
    )
    if outcome.stored and given is not None:
        choosing.remember(outcome.source, given)
    _list_refused(job, outcome)
    return {
        "rows": outcome.rows,
        "added": outcome.added,
        "changed": outcome.changed,
        "unchanged": outcome.unchanged,
        "refused_rows": outcome.refused_rows,
        "refused_cells": outcome.refused_cells,
        "refused": outcome.as_json()["refused"][:SHOWN_AT_MOST],
        "gaps": dict(outcome.gaps.most_common()),
        "notes": outcome.notes,
        "source": outcome.source,
        "stored": outcome.stored,
        "columns": columns,
        "mapping": given,
    }


def _list_refused(job: Job, outcome: Outcome) -> None:
    """Write the refused cells as CSV beside the file, for mending at home."""
    if not outcome.refused:
        return
    path = uploads.refused_path(job.arguments["token"], job.pk)
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([_("Row"), _("Column"), _("Value"), _("What is wrong")])
        for cell in sorted(outcome.refused, key=lambda cell: cell.row):
            texts = (cell.column, cell.value, cell.message)
            writer.writerow([cell.row, *(neutralise(text) for text in texts)])


def register() -> None:
    add_job_kind(LOOK, run_look)
    add_job_kind(IMPORT, run_import)
