"""The index as folders on this host's disk.

``SEARCH_INDEX`` holds one folder per generation, named after the form of the index and the moment
it was begun (``v1-0a1b2c3d-…``), and for each form a file ``current-…`` that names the generation
in use. A rebuild writes a new folder beside the old one and then replaces that file in one step, so
that readers have either the whole old index or the whole new one. ``position`` in a folder tells
how far in the change log it is; it is written after what it stands for, and applying a change twice
does no harm.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import tantivy
from django.conf import settings

from rapporteur.search.schema import make_schema, register_tokenizers, schema_name

logger = logging.getLogger(__name__)

# Bytes that a writer fills before it writes a part of the index: while following, and to build.
HEAP, HEAP_TO_BUILD = 64_000_000, 256_000_000
# Equal hits are ordered by their keys, whoever wrote them first: several threads may build.
THREADS_TO_BUILD = min(4, os.cpu_count() or 1)


class NoIndex(Exception):
    """There is no index of this form yet on this host."""


class Busy(Exception):
    """Another process is writing the index, and went on for longer than we wait."""


def home() -> Path:
    return Path(settings.SEARCH_INDEX)


def pointer() -> Path:
    return home() / f"current-{schema_name()}"


def current_folder() -> Path | None:
    """Return the folder of the generation in use, or ``None`` where none was built."""
    try:
        name = pointer().read_text().strip()
    except FileNotFoundError:
        return None
    folder = home() / name
    return folder if (folder / "meta.json").is_file() else None


@contextmanager
def writing(*, patience: float = 30.0) -> Iterator[None]:
    """Hold the right to write this host's index; raise ``Busy`` after ``patience`` seconds."""
    home().mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + patience
    with (home() / "writing").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > ends:
                    raise Busy from None
                time.sleep(0.02)
        yield


def new_folder() -> Path:
    """Make and return the folder of a new generation; nobody reads it yet."""
    folder = home() / f"{schema_name()}-{time.time_ns():020d}-{secrets.token_hex(3)}"
    folder.mkdir(parents=True)
    return folder


def open_folder(folder: Path, *, create: bool = False) -> tantivy.Index:
    index = tantivy.Index(make_schema(), path=str(folder), reuse=not create)
    register_tokenizers(index)
    return index


def put_in_use(folder: Path) -> None:
    """Make this generation the one that is read, in one step; drop all but the one before."""
    before = current_folder()
    beside = pointer().with_suffix(f".{secrets.token_hex(3)}")
    with beside.open("w") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(pointer())
    keep = {folder, before}
    for old in home().glob(f"{schema_name()}-*"):
        if old.is_dir() and old not in keep:
            shutil.rmtree(old, ignore_errors=True)


def read_position(folder: Path) -> int:
    """Return how far in the change log the folder is (``log.Position``); 0 where not known."""
    try:
        return int((folder / "position").read_text())
    except (FileNotFoundError, ValueError):
        return 0


def write_position(folder: Path, position: int) -> None:
    beside = folder / f"position.{secrets.token_hex(3)}"
    beside.write_text(str(position))
    beside.replace(folder / "position")


@dataclass
class Reader:
    folder: Path
    index: tantivy.Index
    stamp: int


_reader: Reader | None = None
_opening = threading.Lock()


@dataclass(frozen=True)
class View:
    """The index as one commit left it. ``stamp`` names that state, on this host."""

    index: tantivy.Index
    searcher: tantivy.Searcher
    stamp: str


def view() -> View:
    """Return the index in use as its last commit left it.

    The index is kept open by the process; two file stats tell whether it changed.

    Raises:
        NoIndex: none was built on this host.
    """
    global _reader
    folder = current_folder()
    if folder is None:
        raise NoIndex
    try:
        stamp = (folder / "meta.json").stat().st_mtime_ns
        with _opening:
            if _reader is None or _reader.folder != folder:
                _reader = Reader(folder, open_folder(folder), stamp)
            elif _reader.stamp != stamp:
                _reader.index.reload()
                _reader.stamp = stamp
            reader = _reader
            searcher = reader.index.searcher()
    except (OSError, ValueError) as error:  # a folder that is damaged or was taken away
        logger.exception("The search index in %s cannot be read", folder)
        raise NoIndex from error
    return View(reader.index, searcher, f"{folder.name}-{stamp}")


def searcher() -> tuple[tantivy.Index, tantivy.Searcher]:
    """Return the index in use and a view of its last commit; raises as ``view`` does."""
    found = view()
    return found.index, found.searcher


def commit_stamp() -> str:
    """Return what names the state of the index: its generation and last commit; empty: none."""
    folder = current_folder()
    if folder is None:
        return ""
    return f"{folder.name}-{(folder / 'meta.json').stat().st_mtime_ns}"
