"""Reading what a program sent: its size, its kind, its shape, and every field that is wrong."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _

from rapporteur.analysis.tables.nearest import nearest
from rapporteur.api.problems import Faults, FieldFault, Problem
from rapporteur.common.texts import refused_signs, sign_name
from rapporteur.register import content as contents
from rapporteur.register.content import Content
from rapporteur.register.errors import message_of
from rapporteur.register.queries.known import known_codes

MOST_BYTES = 1_000_000
NOTE_MOST, PHONE_MOST, EMAIL_MOST = 1_000, 50, 254
JSON_TYPES = ("application/json",)
PATCH_TYPES = ("application/json", "application/merge-patch+json")
NO_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Contact:
    """Whom to ask about an activity; empty throughout: nobody. Private: written, never read."""

    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ActivitySent:
    """What was sent of an activity. ``given`` are the content's fields as they came, by name;
    ``None`` in them empties a field. ``contact`` ``None``: nothing was said of it."""

    given: Mapping[str, Any]
    contact: Contact | None = None
    submit: bool = False
    note: str = ""


@dataclass(frozen=True)
class FollowUpSent:
    year: int
    text: str
    status: str = ""
    language: str = ""
    results: list[dict[str, Any]] = field(default_factory=list)


def read_object(request: HttpRequest, *, types: Iterable[str] = JSON_TYPES) -> dict[str, Any]:
    """Return the JSON object that was sent, its texts in NFC.

    Raises:
        Problem: 413 too large, 415 of another kind, 400 no JSON, such as nothing at all.
        Faults: 422, no object, or a text of it holds signs that are not stored.
    """
    check_size(request)
    types = tuple(types)
    if request.content_type not in types:
        raise Problem(
            415,
            _("Send JSON, with the header “Content-Type: %(type)s”.") % {"type": types[0]},
            headers={"Accept-Patch": ", ".join(types)} if request.method == "PATCH" else {},
        )
    try:
        given = json.loads(request.body.decode("utf-8"), parse_constant=refuse_constant)
    except (ValueError, RecursionError) as error:
        raise Problem(400, no_json(error)) from error
    if not isinstance(given, dict):
        raise Faults([fault_of(contents.Problem("", "not-an-object"))])
    found: list[FieldFault] = []
    given = as_stored(given, "", found)
    if found:
        raise Faults(found)
    return given


def check_size(request: HttpRequest) -> None:
    try:
        size = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        size = 0
    if size > MOST_BYTES:
        raise Problem(
            413, _("At most %(most)s bytes are read at a time.") % {"most": f"{MOST_BYTES}"}
        )


def refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def no_json(error: Exception) -> str:
    """Return what is wrong with a body that is no JSON, with its place where that is known."""
    if isinstance(error, json.JSONDecodeError):
        return _("The body is no JSON: look at line %(line)s, column %(column)s.") % {
            "line": error.lineno,
            "column": error.colno,
        }
    return _("The body is no JSON in UTF-8.")


def as_stored(value: Any, place: str, found: list[FieldFault]) -> Any:
    """Return the value with its texts as they are stored; note those with signs that are not."""
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value)
        if signs := refused_signs(text):
            found.append(
                FieldFault(
                    place,
                    "signs",
                    _("This holds signs that are not stored: %(signs)s. Take them out.")
                    % {"signs": ", ".join(sign_name(sign) for sign in signs[:5])},
                )
            )
        return text
    if isinstance(value, float) and value.is_integer():
        # JSON knows one kind of number: 2024.0 is 2024.
        return int(value)
    if isinstance(value, list):
        return [as_stored(item, f"{place}.{at}", found) for at, item in enumerate(value)]
    if isinstance(value, dict):
        stored = {}
        for name, item in value.items():
            shown = NO_CHARACTER.sub("\ufffd", name)[:80]
            inner = f"{place}.{shown}" if place else shown
            stored[as_stored(name, inner, found)] = as_stored(item, inner, found)
        return stored
    return value


def fault_of(problem: contents.Problem, place: str = "") -> FieldFault:
    """Return a problem of a content as a fault of the field of the request that holds it."""
    name = f"{place}.{problem.field}" if place and problem.field else place or problem.field
    return FieldFault(name, problem.code, message_of(problem), problem.nearest)


def check_names(given: Mapping[str, Any], known: Iterable[str], found: list[FieldFault]) -> None:
    names = tuple(known)
    for name in given:
        if name not in names:
            near = nearest(name, names)
            found.append(fault_of(contents.Problem(name[:80], "unknown-field", nearest=near)))


def read_text(
    given: Mapping[str, Any],
    name: str,
    found: list[FieldFault],
    *,
    most: int,
    place: str = "",
    required: bool = False,
) -> str:
    """Return a text of an object, empty where it is missing or wrong (a fault is then noted)."""
    value = given.get(name)
    label = f"{place}.{name}" if place else name
    if value is not None and not isinstance(value, str):
        found.append(fault_of(contents.Problem(label, "not-text")))
        return ""
    text = value or ""
    if len(text) > most:
        found.append(fault_of(contents.Problem(label, "too-long", str(most))))
    if required and not text.strip():
        found.append(fault_of(contents.Problem(label, "empty")))
    return text


def read_flag(given: Mapping[str, Any], name: str, found: list[FieldFault]) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        found.append(FieldFault(name, "not-a-flag", _("Write true or false.")))
        return False
    return value


def read_activity(request: HttpRequest, *, is_new: bool) -> ActivitySent:
    """Return what was sent to make an activity, or to change one.

    A new one must have a content without faults. Of a change the shape alone is looked at here;
    ``changed`` checks it with what it changes.

    Raises:
        Problem, Faults: see ``read_object``; 422 with every field that is wrong.
    """
    given = read_object(request, types=JSON_TYPES if is_new else PATCH_TYPES)
    found: list[FieldFault] = []
    check_names(given, ("content", "contact", "submit", "note"), found)
    content = given.get("content", None if is_new else {})
    sent = ActivitySent(
        given=content if isinstance(content, dict) else {},
        contact=read_contact(given, found),
        submit=read_flag(given, "submit", found),
        note=read_text(given, "note", found, most=NOTE_MOST),
    )
    if content is None and "content" not in given:
        found.append(fault_of(contents.Problem("content", "empty")))
    elif is_new:
        found += faults_in(content)
    else:
        found += [fault_of(item, "content") for item in contents.read_json(content)[1]]
    if found:
        raise Faults(found)
    return sent


def faults_in(given: Any) -> list[FieldFault]:
    """Return everything that is wrong in a content that was sent."""
    read, shape = contents.read_json(given)
    if shape and not isinstance(given, Mapping):
        return [fault_of(item, "content") for item in shape]
    return [fault_of(item, "content") for item in (*shape, *faults_beside(shape, read))]


def faults_beside(shape: list[contents.Problem], read: Content) -> list[contents.Problem]:
    """Return what is wrong in the values of a content, beside what is wrong in its shape.

    What has a wrong shape was left out, which is no fault of its own, and moves what stands behind
    it in its list.
    """
    out = {item.field.split(".")[0] for item in shape if item.code != "unknown-field"}
    values = contents.problems_of(read, known_codes())
    return [item for item in values if item.field.split(".")[0] not in out]


def changed(base: Content, given: Mapping[str, Any]) -> Content:
    """Return the content with the given fields in place of its own; ``None`` empties a field.

    Raises:
        Faults: 422, what would come out has something wrong in it.
    """
    merged = contents.to_json(base)
    for name, value in given.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = value
    if found := faults_in(merged):
        raise Faults(found)
    return contents.read_json(merged)[0]


def read_contact(given: Mapping[str, Any], found: list[FieldFault]) -> Contact | None:
    if "contact" not in given:
        return None
    contact = given["contact"]
    if contact is None:
        return Contact()
    if not isinstance(contact, dict):
        found.append(fault_of(contents.Problem("contact", "not-an-object")))
        return None
    inner: list[FieldFault] = []
    check_names(contact, ("name", "email", "phone"), inner)
    found += [
        FieldFault(f"contact.{item.field}", item.code, item.message, item.nearest) for item in inner
    ]
    read = Contact(
        name=read_text(contact, "name", found, most=contents.NAME_MOST, place="contact"),
        email=read_text(contact, "email", found, most=EMAIL_MOST, place="contact"),
        phone=read_text(contact, "phone", found, most=PHONE_MOST, place="contact"),
    )
    if read.email:
        try:
            validate_email(read.email)
        except ValidationError:
            found.append(
                FieldFault(
                    "contact.email",
                    "not-an-email",
                    _("This is no e-mail address. Write it whole: name@example.org."),
                )
            )
    return read


def read_note(request: HttpRequest) -> str:
    """Return the note that goes along with a submission, empty where there is none."""
    return read_only_text(request, "note", required=False)


def read_reason(request: HttpRequest) -> str:
    """Return why an entry is withdrawn."""
    return read_only_text(request, "reason", required=True)


def read_nothing(request: HttpRequest) -> None:
    """Make sure that nothing was sent, or an empty object."""
    check_size(request)
    if not request.body:
        return
    found: list[FieldFault] = []
    check_names(read_object(request), (), found)
    if found:
        raise Faults(found)


def read_only_text(request: HttpRequest, name: str, *, required: bool) -> str:
    given = read_object(request)
    found: list[FieldFault] = []
    check_names(given, (name,), found)
    text = read_text(given, name, found, most=NOTE_MOST, required=required)
    if found:
        raise Faults(found)
    return text


def read_follow_up(request: HttpRequest) -> FollowUpSent:
    """Return a follow-up report that was sent.

    Raises:
        Problem, Faults: see ``read_object``; 422 with every field that is wrong.
    """
    given = read_object(request)
    found: list[FieldFault] = []
    check_names(given, ("year", "text", "status", "language", "results"), found)
    year = given.get("year")
    if not is_year(year):
        found.append(fault_of(contents.Problem("year", "not-a-date", str(year)[:20])))
    text = read_text(given, "text", found, most=contents.TEXT_MOST, required=True)
    # What a report shares with an activity is read and checked as there.
    shared = {name: given[name] for name in ("status", "language", "results") if name in given}
    read, shape = contents.read_json({"title": "-", **shared})
    found += [fault_of(item) for item in (*shape, *faults_beside(shape, read))]
    if found:
        raise Faults(found)
    assert isinstance(year, int)  # noqa: S101 - checked above, in words
    results = contents.to_json(read).get("results", [])
    return FollowUpSent(year, text, read.status, read.language, results)


def is_year(value: Any) -> bool:
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return is_number and contents.EARLIEST_YEAR <= value <= contents.LATEST_YEAR
