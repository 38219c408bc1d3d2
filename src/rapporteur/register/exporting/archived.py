"""What an archive of the register is: its files, each with its size and digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class ArchiveFile:
    """One file of an archive. ``sha256`` in hexadecimal; ``size`` in bytes."""

    name: str
    media_type: str
    packed: bool
    size: int
    sha256: str


@dataclass(frozen=True)
class Archive:
    """One archive: ``name`` is the moment of its rows (``2026-11-29T033000Z``)."""

    name: str
    made_at: datetime
    rows: int
    licence: str
    files: tuple[ArchiveFile, ...]
