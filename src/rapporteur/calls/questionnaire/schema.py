"""The answers to a questionnaire as JSON Schema: an export, for programs that read open data.

Conditions are not told: an answer that is required on a condition is not required here, and codes
of vocabularies are texts. ``answers.faults_of`` is what decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rapporteur.calls.questionnaire.model import CHOICE_KINDS, Kind, Question, Questionnaire, Texts

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(questionnaire: Questionnaire, language: str = "") -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of answers, its titles in a language (or the default's)."""

    def text(texts: Texts) -> str:
        return questionnaire.text(texts, language)

    properties: dict[str, Any] = {}
    required: list[str] = []
    for section in questionnaire.sections:
        for question in section.questions:
            if question.kind is Kind.NOTE:
                continue
            properties[question.name] = _described(question, text)
            if question.required and not question.relevant and not section.relevant:
                required.append(question.name)
    return {
        "$schema": DRAFT,
        "$id": f"urn:rapporteur:questionnaire:{questionnaire.name}:{questionnaire.version}",
        "title": text(questionnaire.title),
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def _described(question: Question, text: Callable[[Texts], str]) -> dict[str, Any]:
    notes = [text(part) for part in (question.hint, question.unit) if part]
    described: dict[str, Any] = {"title": text(question.label)}
    if notes:
        described["description"] = "\n".join(notes)
    one = _value(question, text)
    if not question.takes_several:
        return described | one
    described |= {"type": "array", "uniqueItems": True, "items": one}
    if question.at_most is not None:
        described["maxItems"] = question.at_most
    return described


def _value(question: Question, text: Callable[[Texts], str]) -> dict[str, Any]:
    if question.kind in CHOICE_KINDS:
        choices = [{"const": item.name, "title": text(item.label)} for item in question.choices]
        return {"oneOf": choices}
    if question.kind is Kind.NUMBER:
        limits = {"minimum": question.minimum, "maximum": question.maximum}
        given = {name: value for name, value in limits.items() if value is not None}
        return {"type": "integer" if question.whole else "number", **given}
    if question.kind is Kind.MATRIX:
        columns = {column.name: _described(column, text) for column in question.columns}
        row = {"type": "object", "properties": columns, "additionalProperties": False}
        rows = {item.name: {"title": text(item.label), **row} for item in question.rows}
        return {"type": "object", "properties": rows, "additionalProperties": False}
    return dict(_PLAIN[question.kind])


_PLAIN: Mapping[Kind, Mapping[str, Any]] = {
    Kind.SHORT_TEXT: {"type": "string"},
    Kind.LONG_TEXT: {"type": "string"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.COUNTRY: {"type": "string", "pattern": "^[A-Z]{3}$"},
    Kind.CONCEPTS: {"type": "string"},
    Kind.ORGANIZATION: {
        "type": "object",
        "properties": {"name": {"type": "string"}, "slug": {"type": "string"}},
        "minProperties": 1,
        "additionalProperties": False,
    },
    Kind.FILE: {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "size": {"type": "integer", "minimum": 0},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        },
        "required": ["name", "size"],
        "additionalProperties": False,
    },
}
