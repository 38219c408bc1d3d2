"""A questionnaire as JSON and back: strict, so that nothing that was sent is silently dropped."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from typing import Any

from django.utils.translation import gettext as _

from rapporteur.calls.questionnaire.errors import NotAQuestionnaire
from rapporteur.calls.questionnaire.model import (
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
    is_set,
)
from rapporteur.common.refusals import Fault

# A wrong file has many faults; so many tell enough.
FAULTS_AT_MOST = 50
LARGEST = 10**15
PARTS: Mapping[str, type[Any]] = {
    "sections": Section,
    "questions": Question,
    "columns": Question,
    "choices": Choice,
    "rows": Choice,
}


def to_json(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return the questionnaire as it is stored and published: what is not empty, in fixed order."""
    return _part_to_json(questionnaire)


def _part_to_json(part: Any) -> dict[str, Any]:
    stored: dict[str, Any] = {}
    for item in fields(part):
        value = getattr(part, item.name)
        if item.default is MISSING and item.default_factory is MISSING:
            stored[item.name] = str(value)
        elif not is_set(value):
            continue
        elif item.name in PARTS:
            stored[item.name] = [_part_to_json(inner) for inner in value]
        elif isinstance(value, tuple):
            stored[item.name] = list(value)
        else:
            stored[item.name] = dict(value) if isinstance(value, Mapping) else value
    return stored


def digest_of(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 (hexadecimal) of a questionnaire: equal ones have one digest."""
    stored = to_json(questionnaire)
    text = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def tidy(text: str) -> str:
    """Return a text as questionnaires hold it: NFC, one kind of line end, no blanks at its ends."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


class _Faults:
    """The faults found so far, and where the reader stands."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def add(self, place: str, message: str) -> None:
        if len(self.found) < FAULTS_AT_MOST:
            self.found.append(Fault(place, message))


def from_json(given: Any) -> Questionnaire:
    """Return the questionnaire that a JSON object holds. Call ``problems_of`` for its values.

    Texts are tidied (``tidy``).

    Raises:
        NotAQuestionnaire: keys or kinds that are not known, values of a wrong type, a missing
            name; each fault says where, such as ``sections[0].questions[2].kind``.
    """
    faults = _Faults()
    made: Questionnaire = _read_part(given, Questionnaire, "", faults)
    if faults.found:
        raise NotAQuestionnaire(
            _("The questionnaire cannot be read: its form is not the one that is documented."),
            tuple(faults.found),
        )
    return made


def _read_part(given: Any, part: type[Any], place: str, faults: _Faults) -> Any:
    if not isinstance(given, Mapping):
        faults.add(place, _("An object is expected here."))
        return None
    prefix = f"{place}." if place else ""
    known = {item.name: item for item in fields(part)}
    # A column is a question without a table in it.
    in_column = part is Question and place.rsplit(".", 1)[-1].startswith("columns[")
    values: dict[str, Any] = {}
    for key, value in given.items():
        name = str(key)
        if name not in known or (in_column and name in ("rows", "columns")):
            faults.add(f"{prefix}{name[:60]}", _("This key is not known. Take it out."))
            continue
        values[name] = _read_value(name, value, f"{prefix}{name}", faults)
    for name, item in known.items():
        if item.default is MISSING and item.default_factory is MISSING and name not in values:
            faults.add(f"{prefix}{name}", _("This key is needed and is not there."))
            values[name] = ""
    return part(**values)


def _read_value(name: str, value: Any, place: str, faults: _Faults) -> Any:
    if name in PARTS:
        if not isinstance(value, list | tuple):
            faults.add(place, _("A list is expected here."))
            return ()
        return tuple(
            _read_part(item, PARTS[name], f"{place}[{number}]", faults)
            for number, item in enumerate(value)
        )
    return _READERS[name](value, place, faults)


def _text(value: Any, place: str, faults: _Faults) -> str:
    if not isinstance(value, str):
        faults.add(place, _("A text is expected here."))
        return ""
    return tidy(value)


def _texts(value: Any, place: str, faults: _Faults) -> dict[str, str]:
    if not isinstance(value, Mapping):
        faults.add(place, _("Texts by language are expected here."))
        return {}
    read = {
        str(code): _text(text, f"{place}.{str(code)[:20]}", faults) for code, text in value.items()
    }
    return {code: text for code, text in read.items() if text}


def _words(value: Any, place: str, faults: _Faults) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        faults.add(place, _("A list of texts is expected here."))
        return ()
    return tuple(tidy(item) for item in value)


def _kind(value: Any, place: str, faults: _Faults) -> Kind:
    try:
        return Kind(value)
    except ValueError:
        faults.add(
            place,
            _("“%(value)s” is no kind of question. The kinds are: %(kinds)s.")
            % {"value": str(value)[:60], "kinds": ", ".join(Kind)},
        )
        return Kind.NOTE


def _flag(value: Any, place: str, faults: _Faults) -> bool:
    if not isinstance(value, bool):
        faults.add(place, _("“true” or “false” is expected here."))
        return False
    return value


def _whole(value: Any, place: str, faults: _Faults) -> int | None:
    if value is None or (
        isinstance(value, int) and not isinstance(value, bool) and abs(value) < LARGEST
    ):
        return value
    faults.add(place, _("A whole number is expected here."))
    return None


def _number(value: Any, place: str, faults: _Faults) -> int | float | None:
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST:
        return value
    faults.add(place, _("A number of at most 15 digits is expected here."))
    return None


_READERS: Mapping[str, Callable[[Any, str, _Faults], Any]] = {
    **dict.fromkeys(
        ("name", "version", "default_language", "relevant", "earliest", "latest", "scheme"), _text
    ),
    **dict.fromkeys(("title", "label", "hint", "unit"), _texts),
    **dict.fromkeys(("languages", "types"), _words),
    **dict.fromkeys(("required", "whole", "many"), _flag),
    **dict.fromkeys(("words_at_most", "at_most", "megabytes_at_most"), _whole),
    **dict.fromkeys(("minimum", "maximum"), _number),
    "kind": _kind,
}
