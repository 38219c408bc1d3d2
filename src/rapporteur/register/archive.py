"""The whole register as files: a folder for each night, whole or not there, described by DCAT.

A folder holds the published activities as JSON lines and CSV (gzip) and as Parquet, all of one
moment, their description as JSON-LD and Turtle, and ``index.json`` with sizes and checksums. It is
made beside the others under a name that nobody is shown, and renamed when it is complete.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from rapporteur.analysis.tables.columns import MOMENT
from rapporteur.analysis.tables.writing import FORMS, write_table
from rapporteur.common.audit import record_event
from rapporteur.register.exporting.archived import Archive, ArchiveFile
from rapporteur.register.exporting.columns import COLUMNS
from rapporteur.register.exporting.describing import description
from rapporteur.register.exporting.rows import all_rows

NAME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{6}Z")
MAKING = ".making-"


def folder() -> Path:
    return Path(settings.REGISTER_ARCHIVE)


def write_archive(*, at: datetime) -> Archive:
    """Write the archive of this moment, take away those that are too old, and return it."""
    root = folder()
    root.mkdir(parents=True, exist_ok=True)
    name = f"{at:%Y-%m-%dT%H%M%SZ}"
    making = Path(tempfile.mkdtemp(prefix=MAKING, dir=root))
    try:
        archive = _fill(making, name, at)
        making.chmod(0o755)
        if (root / name).exists():
            shutil.rmtree(root / name)
        making.rename(root / name)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    take_away_old(at=at)
    record_event("register.archive.written", by=None, at=at, details={"rows": archive.rows})
    return archive


def _fill(making: Path, name: str, at: datetime) -> Archive:
    """Write every file of an archive into its folder."""
    site = settings.SITE_URL.rstrip("/")
    lines = making / "activities.jsonl.gz"
    rows = _write(lines, write_table("jsonl", COLUMNS, all_rows(site=site)), count=True)
    _write(making / "activities.csv.gz", write_table("csv", COLUMNS, rows_in(lines)))
    _write(making / "activities.parquet", write_table("parquet", COLUMNS, rows_in(lines)))
    files = tuple(
        _described(making / file, FORMS[form].media_type, packed=file.endswith(".gz"))
        for file, form in (
            ("activities.csv.gz", "csv"),
            ("activities.jsonl.gz", "jsonl"),
            ("activities.parquet", "parquet"),
        )
    )
    archive = Archive(name, at, rows, settings.REGISTER_LICENCE, files)
    texts = description(archive, site=site)
    for file, text in texts.items():
        (making / file).write_text(text, encoding="utf-8")
    index = {**asdict(archive), "made_at": at.isoformat(), "descriptions": list(texts)}
    with (making / "index.json").open("w", encoding="utf-8") as out:
        json.dump(index, out, ensure_ascii=False, indent=1)
        out.flush()
        os.fsync(out.fileno())
    return archive


def _write(path: Path, chunks: Iterator[bytes], *, count: bool = False) -> int:
    """Write chunks to a file, packed where it is named so; return its lines where asked."""
    lines = 0
    with path.open("wb") as plain:
        # No name and no time within: the same rows give the same bytes.
        packer = gzip.GzipFile("", "wb", 6, plain, mtime=0) if path.suffix == ".gz" else None
        out: Any = packer or plain
        for chunk in chunks:
            lines += chunk.count(b"\n") if count else 0
            out.write(chunk)
        if packer is not None:
            packer.close()
        plain.flush()
        os.fsync(plain.fileno())
    return lines


def rows_in(path: Path) -> Iterator[list[Any]]:
    """Yield the rows of an archive's JSON lines, typed."""
    moments = [column.kind == MOMENT for column in COLUMNS]
    names = [column.name for column in COLUMNS]
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            record = json.loads(line)
            values = [record.get(name) for name in names]
            yield [
                datetime.fromisoformat(value) if moment and value else value
                for value, moment in zip(values, moments, strict=True)
            ]


def _described(path: Path, media_type: str, *, packed: bool) -> ArchiveFile:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            digest.update(chunk)
    return ArchiveFile(path.name, media_type, packed, path.stat().st_size, digest.hexdigest())


def archives() -> list[Archive]:
    """Return the archives that are there, the newest first."""
    root = folder()
    if not root.is_dir():
        return []
    names = sorted(
        (path.name for path in root.iterdir() if NAME.fullmatch(path.name)), reverse=True
    )
    return [archive for name in names if (archive := find_archive(name)) is not None]


def find_archive(name: str) -> Archive | None:
    """Return an archive by its name, ``None`` where there is none that is whole."""
    if not NAME.fullmatch(name):
        return None
    try:
        index = json.loads((folder() / name / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return Archive(
        name=index["name"],
        made_at=datetime.fromisoformat(index["made_at"]),
        rows=index["rows"],
        licence=index["licence"],
        files=tuple(ArchiveFile(**file) for file in index["files"]),
    )


DESCRIPTIONS = {
    "dcat.jsonld": "application/ld+json",
    "dcat.ttl": "text/turtle; charset=utf-8",
    "index.json": "application/json",
}


def find_file(name: str, file_name: str) -> tuple[Path, str] | None:
    """Return the path and media type of a file of an archive, ``None`` where there is none."""
    archive = find_archive(name)
    if archive is None:
        return None
    types = {file.name: file.media_type for file in archive.files}
    media_type = types.get(file_name) or DESCRIPTIONS.get(file_name)
    if media_type is None:
        return None
    if file_name.endswith(".gz"):
        media_type = "application/gzip"
    path = folder() / name / file_name
    return (path, media_type) if path.is_file() else None


def take_away_old(*, at: datetime) -> int:
    """Delete archives older than ``REGISTER_ARCHIVE_DAYS``, never the newest; return how many."""
    before = at - timedelta(days=settings.REGISTER_ARCHIVE_DAYS)
    old = [archive for archive in archives()[1:] if archive.made_at < before]
    for archive in old:
        shutil.rmtree(folder() / archive.name, ignore_errors=True)
    for left in folder().glob(f"{MAKING}*"):
        if datetime.fromtimestamp(left.stat().st_mtime, at.tzinfo) < at - timedelta(days=1):
            shutil.rmtree(left, ignore_errors=True)
    return len(old)
