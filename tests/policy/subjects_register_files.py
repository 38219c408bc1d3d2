"""Records and bodies with which the policy test walks the register's files in and out."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from rapporteur.common.jobs.models import Job, JobState
from rapporteur.register import archive
from rapporteur.register.importing import jobs, uploads

AT = datetime(2026, 1, 2, 3, 30, tzinfo=UTC)
CONTENT = b"title,country\nSchool wells online,Kenya\n"


def of_archive(relation: Any, account: Any | None) -> dict[str, Any]:
    settings.REGISTER_ARCHIVE = tempfile.mkdtemp(prefix="rapporteur-archive-")
    return {"name": archive.write_archive(at=AT).name, "file_name": "dcat.ttl"}


def of_job(relation: Any, account: Any | None) -> dict[str, Any]:
    """Return a look at a file that is over, with a refused row beside a good one."""
    token = uploads.keep([CONTENT])
    job = Job.objects.create(
        kind=jobs.LOOK,
        state=JobState.DONE,
        arguments={"token": token, "name": "rows.csv", "source": "rows"},
        made_at=AT,
        result={
            "rows": 2,
            "added": 1,
            "changed": 0,
            "unchanged": 0,
            "refused_rows": 1,
            "columns": ["title", "country"],
            "mapping": {"source": "rows", "fields": {"title": {"from": ["title"]}}},
        },
    )
    uploads.refused_path(token, job.pk).write_text("row\n")
    return {"pk": job.pk}


SUBJECTS = {
    "register:archive-file": of_archive,
    "register:import-job": of_job,
    "register:import-columns": of_job,
    "register:import-run": of_job,
    "register:import-refused": of_job,
}
BODIES = {
    "register:import": lambda kwargs: {"file": SimpleUploadedFile("rows.csv", CONTENT)},
    "register:import-columns": lambda kwargs: {"title": "title"},
    "register:import-run": lambda kwargs: {"rows": "good"},
}
