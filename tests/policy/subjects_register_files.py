"""Records with which the policy test walks the register's pages of files in and out."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from rapporteur.register import archive

AT = datetime(2026, 1, 2, 3, 30, tzinfo=UTC)


def of_archive(relation: Any, account: Any | None) -> dict[str, Any]:
    settings.REGISTER_ARCHIVE = tempfile.mkdtemp(prefix="rapporteur-archive-")
    return {"name": archive.write_archive(at=AT).name, "file_name": "dcat.ttl"}


SUBJECTS = {"register:archive-file": of_archive}
