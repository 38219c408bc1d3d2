"""Read one file into the JSON of a parsed document, here or in a process with limits."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.names import Names
from rapporteur.library.errors import FileRefused
from rapporteur.library.reading.checks import check_file

SECONDS_AT_MOST = 30
WORKER = "rapporteur.library.reading.worker"


@dataclass(frozen=True)
class ReadFile:
    """What came out of a file: its media type and the JSON of ``ParsedDocument.as_json()``."""

    media_type: str
    parsed: Mapping[str, Any]


def read_document(
    data: bytes, *, file_name: str, kind: str = "auto", names: Names, apart: bool = True
) -> ReadFile:
    """Return the file's media type and its parsed content.

    ``apart`` reads in a process of its own with limits on memory and time, as uploads must be; the
    command line may read files that its operator chose in its own process.

    Raises:
        FileRefused: the file may not be read, is no document, or takes too long.
    """
    media_type = check_file(data, file_name)
    if apart:
        return ReadFile(media_type, _read_apart(data, file_name, kind, names))
    from rapporteur.analysis.documents.parse import parse_document

    try:
        parsed = parse_document(data, file_name=file_name, kind=kind, names=names)
    except NotADocument as error:
        raise FileRefused(str(error)) from error
    return ReadFile(media_type, parsed.as_json())


def _read_apart(data: bytes, file_name: str, kind: str, names: Names) -> Mapping[str, Any]:
    task = {
        "file_name": file_name,
        "kind": kind,
        "organizations": [
            {
                "name": item.name,
                "acronym": item.acronym,
                "aliases": ";".join(item.aliases),
                "kind": item.kind,
            }
            for item in names.organizations
        ],
        "places": sorted(names.places),
    }
    header = json.dumps(task).encode()
    with tempfile.TemporaryDirectory(prefix="rapporteur-reading-") as folder:
        code, answer = _run_worker(len(header).to_bytes(8, "big") + header + data, folder)
    if code == 0:
        parsed: Mapping[str, Any] = json.loads(answer)
        return parsed
    if code == 2:
        raise FileRefused(answer.decode("utf-8", "replace").strip())
    raise FileRefused(
        _(
            "The file could not be read within the limits set for uploads. "
            "Give the document as plain text."
        )
    )


# What the reading process is told of this one's environment: no key, no database, no address.
PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")


def _run_worker(task: bytes, folder: str) -> tuple[int, bytes]:
    """Run the reading process in a folder that is thrown away; return its exit code and answer."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    process = subprocess.Popen(  # noqa: S603 the command is this package's own
        [sys.executable, "-m", WORKER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**environment, "TMPDIR": folder, "HOME": folder},
        start_new_session=True,
    )
    try:
        answer, _nothing = process.communicate(task, timeout=SECONDS_AT_MOST)
    except subprocess.TimeoutExpired as error:
        raise FileRefused(
            _("The file took too long to read, and was left. Give the document as plain text.")
        ) from error
    finally:
        if process.poll() is None:
            end_with_children(process)
    return process.returncode, answer


def end_with_children(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
