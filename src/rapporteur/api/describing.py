"""The description of the API as a page shows it: chapters of operations, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, gettext_noop

# The chapters' names, which the operations give as tags.
CHAPTERS = (
    gettext_noop("Activities"),
    gettext_noop("Writing"),
    gettext_noop("Vocabularies"),
    gettext_noop("Directory"),
    gettext_noop("Documents"),
)


@dataclass(frozen=True)
class Parameter:
    """``place`` is where it stands: path, query or header; ``kind`` what is written there."""

    name: str
    place: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True)
class Answer:
    status: str
    about: str
    holds: str


@dataclass(frozen=True)
class Operation:
    anchor: str
    method: str
    path: str
    summary: str
    about: str
    needs_token: bool
    parameters: tuple[Parameter, ...]
    fields: tuple[Parameter, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Chapter:
    title: str
    operations: tuple[Operation, ...]


def chapters_of(document: Mapping[str, Any]) -> list[Chapter]:
    """Return the operations of an OpenAPI document by their first tag, in its order."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, described in methods.items():
            operation = operation_of(document, path, method, described)
            found.setdefault(described["tags"][0], []).append(operation)
    return [Chapter(gettext(tag), tuple(rows)) for tag, rows in found.items()]


def operation_of(
    document: Mapping[str, Any], path: str, method: str, described: Mapping[str, Any]
) -> Operation:
    return Operation(
        anchor=described["operationId"],
        method=method.upper(),
        path=path,
        summary=words(described["summary"]),
        about=words(described.get("description", "")),
        needs_token={} not in described["security"],
        parameters=tuple(parameter_of(item) for item in described["parameters"]),
        fields=tuple(fields_of(document, described)),
        answers=tuple(
            answer_of(document, status, item) for status, item in described["responses"].items()
        ),
    )


def words(text: str) -> str:
    """Return a text of the description in the reader's language, where it is translated."""
    return gettext(text) if text else ""


def parameter_of(item: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=item["name"],
        place=item["in"],
        kind=kind_of(item["schema"]),
        required=item["required"],
        about=words(item.get("description", "")),
    )


def fields_of(document: Mapping[str, Any], described: Mapping[str, Any]) -> list[Parameter]:
    """Return the fields of the body, those of its content too."""
    if "requestBody" not in described:
        return []
    media = next(iter(described["requestBody"]["content"].values()))
    schema = resolved(document, media["schema"])
    found = []
    for name, field in schema["properties"].items():
        found.append(field_of(name, field, name in schema["required"]))
        if field.get("type") == "object":
            inner = field["properties"].items()
            found += [
                field_of(f"{name}.{part}", held, part in field["required"]) for part, held in inner
            ]
    return found


def field_of(name: str, field: Mapping[str, Any], required: bool) -> Parameter:
    return Parameter(name, "body", kind_of(field), required, words(field.get("description", "")))


def resolved(document: Mapping[str, Any], held: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a reference of the document leads to; what is none stays."""
    while "$ref" in held:
        found: Any = document
        for part in held["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        held = found
    return held


def kind_of(schema: Mapping[str, Any]) -> str:
    """Return the kind of a value as JSON Schema calls it; what is missing says nothing."""
    kinds = schema.get("type")
    if kinds is None:
        parts = [kind_of(part) for part in schema.get("anyOf", ()) if part.get("type") != "null"]
        return " / ".join(part for part in parts if part)
    named = [kinds] if isinstance(kinds, str) else [kind for kind in kinds if kind != "null"]
    return " / ".join(str(schema.get("format") or kind) for kind in named)


def answer_of(document: Mapping[str, Any], status: str, item: Mapping[str, Any]) -> Answer:
    held = resolved(document, item)
    schema: Mapping[str, Any] = {}
    for media in held.get("content", {}).values():
        schema = media["schema"]
    name = schema.get("$ref", "").rpartition("/")[2].removesuffix("Shape")
    return Answer(str(status), words(held["description"]), name)
