"""JSON lines with a ``text``, one by one; a line that cannot be read says why and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

_SHOWN = 40
_WRITTEN = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number from 1, and either its object or what is wrong with it."""

    number: int
    row: dict[str, Any]
    fault: str = ""


def lines_of(data: Iterable[bytes]) -> Iterator[Line]:
    """Yield each line that is not blank. ``row["text"]`` is a string where there is no fault."""
    for number, raw in enumerate(data, start=1):
        if number == 1:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if not raw.strip():
            continue
        try:
            yield Line(number, _row(raw))
        except _Faulty as fault:
            yield Line(number, {}, str(fault))


class _Faulty(ValueError):
    """The line cannot be used; the message says why."""


def _row(raw: bytes) -> dict[str, Any]:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _Faulty(
            f"byte {error.start + 1} is not UTF-8. Save the file in UTF-8 and run again."
        ) from None
    try:
        row = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise _Faulty(
            f"not JSON: {text.strip()[:_SHOWN]!r}. Expected one object on a line, as in"
            ' {"text": "…"}.'
        ) from None
    if not isinstance(row, dict):
        raise _Faulty(f'a JSON {_named(row)}, not an object. Write {{"text": …}} around it.')
    if "text" not in row:
        keys = ", ".join(list(row)[:5]) or "none"
        raise _Faulty(f'no field "text" (found: {keys}). Name the field with the words "text".')
    if not isinstance(row["text"], str):
        raise _Faulty(
            f'"text" is a JSON {_named(row["text"])}, not a string. Put the words in quotes;'
            ' an empty text is "".'
        )
    found: dict[str, Any] = row
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _named(value: object) -> str:
    """Return what JSON calls a value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    for kind, name in ((list, "array"), (dict, "object"), (str, "string")):
        if isinstance(value, kind):
            return name
    return "number"


def as_line(row: dict[str, Any]) -> bytes:
    """Return an object as one line of UTF-8. Half a surrogate pair is written as its escape."""
    try:
        return _WRITTEN(row).encode("utf-8") + b"\n"
    except UnicodeEncodeError:
        return json.dumps(row).encode("ascii") + b"\n"
