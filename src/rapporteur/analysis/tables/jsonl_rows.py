"""Rows of a JSON-lines file as a stream: each line one object; a broken line is one faulty row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from rapporteur.analysis.tables import opening
from rapporteur.analysis.tables.rows import (
    CellFault,
    Limits,
    SourceRow,
    TableFile,
    Unreadable,
    has_broken_signs,
    shown,
)


class RepeatedKey(ValueError):
    """An object that names one key twice: one of its values would be lost."""


class JsonLinesFile(TableFile):
    """A JSON-lines file that is open; rows follow on iteration, once. It has no header.

    A line that is no JSON, or no object, is a row with a fault. A file whose first line is no
    object and whose lines are all faulty is no JSON-lines file.

    Raises (also while iterating):
        Unreadable: see ``rows.Unreadable``.
    """

    kind = opening.JSONL
    header: Sequence[str] | None = None

    def __init__(self, stream: IO[bytes], *, limits: Limits) -> None:
        self.notes: list[str] = []
        self._limits = limits
        encoding, errors = opening.find_encoding(stream)
        if encoding == "cp1252":
            self.notes.append("read-as-windows-1252")
        if errors == "surrogateescape":
            self.notes.append("broken-utf-8")
        self._text = opening.as_text(stream, encoding, errors, newline="\n")
        begin = self._text.read(4096).lstrip("\ufeff \t\r\n")
        self._text.seek(0)
        if begin.startswith("["):
            raise Unreadable("json-array")

    def close(self) -> None:
        self._text.close()

    def _lines(self) -> Iterator[str]:
        """Yield the lines that are not blank, none longer than is read."""
        most = self._limits.line
        number = 0
        try:
            while line := self._text.readline(most + 1):
                if len(line) > most:
                    raise Unreadable("long-line", row=number + 1, limit=most)
                line = line.strip("\ufeff \t\r\n")
                if line:
                    number += 1
                    yield line
        except UnicodeError as error:
            raise Unreadable("encoding", row=number + 1) from error

    def __iter__(self) -> Iterator[SourceRow]:
        number = broken = 0
        for number, line in enumerate(self._lines(), start=1):
            row = read_line(number, line)
            if row.faults and not row.cells:
                broken += 1
            yield row
        if number == 0:
            raise Unreadable("empty")
        if broken == number:
            raise Unreadable("no-object")


def read_line(number: int, line: str) -> SourceRow:
    """Return the row of one line, with its fault where it is no object that can be read whole."""
    try:
        found = _DECODER.decode(line)
    except RepeatedKey as error:
        fault = CellFault("", shown(str(error)), "repeated-key")
        return SourceRow(number, {}, (fault,))
    except (ValueError, RecursionError):
        return SourceRow(number, {}, (CellFault("", shown(line), "broken-line"),))
    if not isinstance(found, dict):
        return SourceRow(number, {}, (CellFault("", shown(line), "not-an-object"),))
    if not line.isascii() or "\\u" in line:
        faults = tuple(
            CellFault(_clean(key), shown(value), "not-text")
            for key, value in found.items()
            if _is_broken(key) or _is_broken(value)
        )
        if faults:
            return SourceRow(number, found, faults)
    if not found:
        return SourceRow(number, {}, (CellFault("", "", "empty-row"),))
    return SourceRow(number, found)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            if key in seen:
                raise RepeatedKey(key)
            seen.add(key)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_each_key_once, parse_constant=_no_constant)


def _is_broken(value: Any) -> bool:
    """Return whether a value holds, at any depth, half of a sign or bytes that are no text."""
    if isinstance(value, str):
        return has_broken_signs(value)
    if isinstance(value, list):
        return any(_is_broken(item) for item in value)
    if isinstance(value, dict):
        return any(_is_broken(key) or _is_broken(item) for key, item in value.items())
    return False


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
