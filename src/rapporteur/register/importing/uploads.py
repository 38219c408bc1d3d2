"""Files that are uploaded for an import: kept out of reach, proved in a process with limits."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from rapporteur.register.importing.running import FileUnreadable

SECONDS_AT_MOST = 130
KEPT_SECONDS = 7 * 24 * 3600
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "register" / "imports"


def keep(chunks: Iterable[bytes]) -> str:
    """Keep an uploaded file under a name of our own; return its token."""
    token = secrets.token_urlsafe(24)
    place = folder() / token
    place.mkdir(parents=True, mode=0o700)
    with (place / "file").open("wb") as out:
        for chunk in chunks:
            out.write(chunk)
    return token


def path_of(token: str) -> Path:
    """Return where a kept file is.

    Raises:
        FileUnreadable: it is kept no longer.
    """
    path = folder() / token / "file"
    if not TOKEN.fullmatch(token) or not path.is_file():
        raise FileUnreadable(_("The file is kept no longer. Upload it again."))
    return path


def refused_path(token: str, number: int) -> Path:
    """Return where the list of refused cells of one run over a kept file stands."""
    return folder() / token / f"refused-{int(number)}.csv"


def prove(path: Path, name: str) -> None:
    """Have a workbook read once by a process with limits on memory and time.

    Other forms are read line by line and need no such proof.

    Raises:
        FileUnreadable: it could not be read within the limits.
    """
    with path.open("rb") as stream:
        if not stream.read(4).startswith((b"PK\x03\x04", b"\x1f\x8b")):
            return
    environment = {key: os.environ[key] for key in PASSED_ON if key in os.environ}
    command = [sys.executable, "-m", "rapporteur.analysis.tables.proving", str(path), name]
    try:
        code = subprocess.run(  # noqa: S603 the command is this package's own
            command,
            env=environment,
            cwd=path.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS_AT_MOST,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        code = -1
    if code != 0:
        raise FileUnreadable(
            _("The file could not be read within the limits set for uploads. Give CSV instead.")
        )


def take_away_old() -> None:
    """Delete files that were uploaded more than a week ago."""
    if not folder().is_dir():
        return
    for place in folder().iterdir():
        if place.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(place, ignore_errors=True)
