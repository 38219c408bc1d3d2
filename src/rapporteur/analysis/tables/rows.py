"""What a table file is made of when it is read: rows, faults, and the file that is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

# A fault shows the beginning of what stands in the cell.
SHOWN_AT_MOST = 200


@dataclass(frozen=True)
class Limits:
    """What is read at most. Sizes in bytes, cells in signs.

    ``unpacked`` bounds what a compressed file or a workbook unpacks to, ``ratio`` how many times
    its own size that may be (beyond ``ratio_floor``). ``area`` is rows times columns of a
    workbook's sheet, which is held in memory.
    """

    unpacked: int = 8 * 1024**3
    workbook_unpacked: int = 512 * 1024**2
    ratio: int = 200
    ratio_floor: int = 32 * 1024**2
    members: int = 2000
    columns: int = 500
    area: int = 40_000_000
    cell: int = 1_000_000
    line: int = 8 * 1024**2


@dataclass(frozen=True)
class CellFault:
    """One thing wrong in a row. ``column`` is the file's own header, ``""`` for the whole row.

    ``code`` says what (``too-many-cells``, ``too-few-cells``, ``empty-row``, ``not-text``,
    ``too-long``, ``broken-line``, ``not-an-object``, ``repeated-key``, ``formula-error``);
    ``value`` is the beginning of what stands there; ``details`` are what the words for it need.
    """

    column: str
    value: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class SourceRow:
    """One data row. ``number`` counts from 1 and leaves the header out.

    ``cells`` are by the file's header: text from CSV, typed from XLSX, any JSON from JSON lines. A
    cell that is not there or holds nothing is absent or ``""`` or ``None``. ``faults`` are what
    reading found wrong: a row with a fault is not to be stored.
    """

    number: int
    cells: Mapping[str, Any]
    faults: tuple[CellFault, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read as a table, whole.

    ``code`` says why: ``absent``, ``empty``, ``binary``, ``web-page``, ``document``, ``encrypted``,
    ``old-workbook``, ``archive``, ``broken-archive``, ``bomb``, ``entities``, ``too-large``,
    ``no-sheet``, ``broken-workbook``, ``encoding``, ``broken-quotes``, ``runaway-quote``,
    ``repeated-column``, ``no-header``, ``too-many-columns``, ``json-array``, ``no-object``,
    ``broken-gzip``, ``long-line``. ``details`` are what the words for it need (``row``, ``value``,
    ``limit`` ...).
    """

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code, details)
        self.code = code
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code

    def __reduce__(self) -> tuple[Any, ...]:
        return _unreadable, (self.code, self.details)


def _unreadable(code: str, details: dict[str, Any]) -> Unreadable:
    return Unreadable(code, **details)


class TableFile:
    """A table file that is open. Iterate over it once; close it (it is a context manager).

    ``kind`` is ``csv``, ``xlsx`` or ``jsonl``; ``header`` its columns (``None`` where rows name
    their own); ``notes`` are codes of what the reader decided (``read-as-windows-1252``,
    ``broken-utf-8``, ``other-sheets``).
    """

    kind: str
    header: Sequence[str] | None
    notes: list[str]

    def __iter__(self) -> Iterator[SourceRow]:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        raise NotImplementedError


def shown(value: object) -> str:
    """Return the beginning of a value, as a fault carries it."""
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= SHOWN_AT_MOST else text[: SHOWN_AT_MOST - 1] + "…"


def has_broken_signs(text: str) -> bool:
    """Return whether a text holds bytes that are no text (kept as lone surrogates)."""
    if text.isascii():
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
