"""Back up and restore everything: rows, files, the audit trail. One format for both databases.

A backup is a tar file (gzip) with ``manifest.json`` (when, versions, rows and checksum of each
table, digest of each file, head of the audit trail), ``tables/<app>.<model>.jsonl`` (one row a
line) and ``files/…``. Because rows travel as text, a backup made on SQLite restores into
PostgreSQL and the other way round: it is also how a site moves from one to the other. The search
index is not kept: it is built anew from the rows.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from rapporteur import __version__
from rapporteur.common.audit import verify_trail
from rapporteur.common.models import AuditHead
from rapporteur.common.refusals import Refusal

FORMAT = 1
BATCH = 1000
# Rows of these are of the moment, not of the record.
LEFT_OUT = {"sessions.session", "contenttypes.contenttype", "auth.permission", "search.change"}


@dataclass(frozen=True)
class Contents:
    """What a backup holds, or what a check of it found: rows and files, and what differs."""

    path: Path
    tables: int
    rows: int
    files: int
    differences: tuple[str, ...] = ()


def tables() -> list[type[models.Model]]:
    """Return every table that is kept, link tables too, in an order fit for inserting."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed and model._meta.label_lower not in LEFT_OUT
    ]
    return sorted(found, key=lambda model: model._meta.label_lower)


def encode_row(row: models.Model) -> dict[str, Any]:
    """Return a row as JSON values; what JSON has no type for is text in full precision."""
    values = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        as_it_is = isinstance(field, models.JSONField) or isinstance(value, (bool, int, str))
        if value is None or as_it_is:
            values[field.attname] = value
        elif isinstance(value, (bytes, memoryview)):
            values[field.attname] = bytes(value).hex()
        else:
            values[field.attname] = field.value_to_string(row)
    return values


def decode_row(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """Return the row that ``encode_row`` wrote, unsaved."""
    row = model()
    for field in model._meta.concrete_fields:
        if field.attname not in values:
            continue
        value = values[field.attname]
        if value is not None and isinstance(field, models.BinaryField):
            value = bytes.fromhex(value)
        elif value is not None and not isinstance(field, models.JSONField):
            target = getattr(field, "target_field", field)
            value = target.to_python(value)
        setattr(row, field.attname, value)
    return row


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Yield a table's rows as lines of JSON, by primary key."""
    for row in model._base_manager.order_by("pk").iterator(chunk_size=BATCH):
        encoded = json.dumps(encode_row(row), ensure_ascii=False, sort_keys=True)
        yield encoded.encode() + b"\n"


def stored_files() -> list[Path]:
    """Return every uploaded file, relative to the files' folder."""
    root = Path(settings.MEDIA_ROOT)
    if not root.is_dir():
        return []
    return sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file())


def file_digest(stream: BufferedReader) -> str:
    return hashlib.file_digest(stream, "sha256").hexdigest()


def applied_migrations() -> list[str]:
    recorder = MigrationRecorder(connection)
    return sorted(f"{app}.{name}" for app, name in recorder.applied_migrations())


def make_backup(path: Path) -> Contents:
    """Write a backup of one consistent moment to ``path`` (mode 600); never a half file.

    Raises:
        Refusal: the folder cannot be written, or the file exists.
    """
    if path.exists():
        raise Refusal(f"{path} exists. Choose another name; a backup never replaces a file.")
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".backup-")
    except OSError as error:
        raise Refusal(f"Cannot write in {path.parent}: {error.strerror}.") from error
    partial = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream, tarfile.open(fileobj=stream, mode="w:gz") as tar:
            manifest = write_contents(tar)
        partial.rename(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    kept = manifest["tables"].values()
    return Contents(path, len(kept), sum(t["rows"] for t in kept), len(manifest["files"]))


def write_contents(tar: tarfile.TarFile) -> dict[str, Any]:
    """Write all tables and files, then the manifest that tells their digests."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "rapporteur": __version__,
        "database": connection.vendor,
        "made_at": datetime.now(UTC).isoformat(),
        "migrations": applied_migrations(),
        "tables": {},
        "files": {},
    }
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        # One moment for all tables; an isolation level is set before a transaction's first query.
        if connection.vendor == "postgresql" and outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for model in tables():
            digest, count = hashlib.sha256(), 0
            with tempfile.TemporaryFile() as table:
                for line in lines(model):
                    table.write(line)
                    digest.update(line)
                    count += 1
                size = table.tell()
                table.seek(0)
                label = model._meta.label_lower
                add_member(tar, f"tables/{label}.jsonl", table, size)
            manifest["tables"][label] = {"rows": count, "sha256": digest.hexdigest()}
        head = AuditHead.objects.filter(pk=1).first()
        manifest["audit_head"] = head.digest if head else ""
        # Files are written once under names of their own and never changed, so those that the
        # rows name are there; one added after the rows were read is kept too.
        for relative in stored_files():
            with (Path(settings.MEDIA_ROOT) / relative).open("rb") as file:
                manifest["files"][relative.as_posix()] = file_digest(file)
                size = file.tell()
                file.seek(0)
                add_member(tar, f"files/{relative.as_posix()}", file, size)
    body = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    add_member(tar, "manifest.json", io.BytesIO(body), len(body))
    return manifest


def add_member(tar: tarfile.TarFile, name: str, stream: Any, size: int) -> None:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    tar.addfile(info, stream)


def open_backup(path: Path) -> tarfile.TarFile:
    """Return the open tar file; refuse what is no backup, or holds a name that leads elsewhere."""
    try:
        tar = tarfile.open(path, mode="r:gz")  # noqa: SIM115 - the caller closes it
        members = tar.getmembers()
    except (OSError, EOFError, tarfile.TarError) as error:
        raise Refusal(f"{path} cannot be read as a backup: {error}") from error
    for member in members:
        name = PurePosixPath(member.name)
        if not member.isfile() or name.is_absolute() or ".." in name.parts:
            tar.close()
            raise Refusal(f"{path} holds {member.name!r}, which no backup of ours does.")
    if "manifest.json" not in {member.name for member in members}:
        tar.close()
        raise Refusal(f"{path} is no backup of Rapporteur: it has no manifest, or it was cut off.")
    return tar


def read_manifest(tar: tarfile.TarFile) -> dict[str, Any]:
    stream = tar.extractfile("manifest.json")
    manifest: dict[str, Any] = json.load(stream) if stream else {}
    if manifest.get("format") != FORMAT:
        raise Refusal(
            f"The backup's format is {manifest.get('format')!r}; this version reads {FORMAT}. "
            f"Restore it with Rapporteur {manifest.get('rapporteur', 'of its own time')}."
        )
    return manifest


def is_empty() -> bool:
    """Return whether no kept table holds a row."""
    return not any(model._base_manager.exists() for model in tables())


def restore_backup(path: Path) -> Contents:
    """Put a backup's rows and files into an empty, migrated database: all or nothing.

    Raises:
        Refusal: no backup, another format, the database is not empty or not migrated alike, or
            the restored rows and files differ from the manifest (then nothing is kept).
    """
    with open_backup(path) as tar:
        manifest = read_manifest(tar)
        missing = set(manifest["migrations"]) ^ set(applied_migrations())
        if missing:
            raise Refusal(
                f"The database and the backup are of different versions ({sorted(missing)[0]}). "
                f"Install Rapporteur {manifest['rapporteur']}, run `rapporteur migrate`, restore, "
                "then upgrade."
            )
        if not is_empty():
            raise Refusal("The database is not empty. Restore into a new one.")
        if stored_files():
            raise Refusal(f"The folder {settings.MEDIA_ROOT} is not empty. Restore into a new one.")
        with transaction.atomic():
            for model in tables():
                restore_table(tar, model, manifest)
            with connection.cursor() as cursor:
                for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
                    cursor.execute(statement)
            differences = compare(manifest, files=False)
            if differences:
                raise Refusal("The restored rows differ from the backup: " + differences[0])
            restore_files(tar, manifest)
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return Contents(path, len(manifest["tables"]), rows, len(manifest["files"]))


def restore_table(tar: tarfile.TarFile, model: type[models.Model], manifest: dict) -> None:
    label = model._meta.label_lower
    if label not in manifest["tables"]:
        return
    stream = tar.extractfile(f"tables/{label}.jsonl")
    if stream is None:
        raise Refusal(f"The backup lacks the table {label}.")
    batch: list[models.Model] = []
    for line in stream:
        batch.append(decode_row(model, json.loads(line)))
        if len(batch) == BATCH:
            insert(model, batch)
            batch = []
    insert(model, batch)


def insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """Insert rows with the keys and times they had."""
    stamped = [f for f in model._meta.concrete_fields if getattr(f, "auto_now", False)]
    stamped += [f for f in model._meta.concrete_fields if getattr(f, "auto_now_add", False)]
    flags = [(field, field.auto_now, field.auto_now_add) for field in stamped]  # type: ignore[attr-defined]
    try:
        for field in stamped:
            field.auto_now = field.auto_now_add = False  # type: ignore[attr-defined]
        model._base_manager.bulk_create(rows)
    finally:
        for field, now, added in flags:
            field.auto_now, field.auto_now_add = now, added  # type: ignore[attr-defined]


def restore_files(tar: tarfile.TarFile, manifest: dict[str, Any]) -> None:
    """Write the files beside the rows; on a fault take away those already written."""
    root = Path(settings.MEDIA_ROOT)
    written: list[Path] = []
    try:
        for name, digest in manifest["files"].items():
            stream = tar.extractfile(f"files/{name}")
            if stream is None:
                raise Refusal(f"The backup lacks the file {name}.")
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            body = stream.read()
            if hashlib.sha256(body).hexdigest() != digest:
                raise Refusal(f"The file {name} in the backup is damaged.")
            target.write_bytes(body)
            target.chmod(0o600)
            written.append(target)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise


def compare(manifest: dict[str, Any], *, files: bool = True) -> list[str]:
    """Return each difference between the database (and files) and a manifest, in words."""
    found = []
    for model in tables():
        label = model._meta.label_lower
        expected = manifest["tables"].get(label)
        if expected is None:
            continue
        digest, count = hashlib.sha256(), 0
        for line in lines(model):
            digest.update(line)
            count += 1
        if count != expected["rows"]:
            found.append(f"{label}: {count} rows, the backup has {expected['rows']}.")
        elif digest.hexdigest() != expected["sha256"]:
            found.append(f"{label}: the rows' checksum differs.")
    if files:
        held = set()
        for relative in stored_files():
            name = relative.as_posix()
            held.add(name)
            with (Path(settings.MEDIA_ROOT) / relative).open("rb") as file:
                if manifest["files"].get(name) != file_digest(file):
                    found.append(f"The file {name} differs.")
        found += [f"The file {name} is missing." for name in manifest["files"] if name not in held]
    trail = verify_trail()
    if trail.broken_at is not None:
        found.append(f"The audit trail is broken at row {trail.broken_at}.")
    head = AuditHead.objects.filter(pk=1).first()
    if (head.digest if head else "") != manifest["audit_head"]:
        found.append("The head of the audit trail differs.")
    return found


def check_restored(path: Path) -> Contents:
    """Compare this database and its files with a backup; used in the scratch place."""
    with open_backup(path) as tar:
        manifest = read_manifest(tar)
    kept = manifest["tables"].values()
    return Contents(
        path,
        len(kept),
        sum(table["rows"] for table in kept),
        len(manifest["files"]),
        tuple(compare(manifest)),
    )


def verify_backup(path: Path) -> Contents:
    """Restore a backup into a scratch place and compare rows, checksums, files and audit trail.

    The scratch place is a SQLite database in a temporary folder, whatever the site runs on: the
    format is the same, and nothing of the running site is touched.

    Raises:
        Refusal: it cannot be restored; says why.
    """
    with open_backup(path) as tar:
        read_manifest(tar)
    with tempfile.TemporaryDirectory(prefix="rapporteur-verify-") as scratch:
        environment = {
            **os.environ,
            "RAPPORTEUR_HOME": scratch,
            "DATABASE_URL": f"sqlite:///{scratch}/scratch.sqlite3",
            "DJANGO_SETTINGS_MODULE": "rapporteur.config.settings.scratch",
        }
        environment.pop("REDIS_URL", None)
        for command in (["migrate", "--verbosity=0"], ["restore", str(path), "--json"]):
            done = subprocess.run(  # noqa: S603 - our own interpreter and arguments
                [sys.executable, "-m", "rapporteur.cli", *command],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode != 0:
                raise Refusal(f"The backup does not restore: {done.stderr.strip()[-500:]}")
        found = json.loads(done.stdout.strip().splitlines()[-1])
    return Contents(
        path, found["tables"], found["rows"], found["files"], tuple(found["differences"])
    )
