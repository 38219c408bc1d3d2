"""Write a questionnaire as an XLSForm that pyxform converts and ``reading`` reads back equal."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import override

from rapporteur.calls.questionnaire.limits import limits_in_words
from rapporteur.calls.questionnaire.model import (
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
    Texts,
)
from rapporteur.calls.questionnaire.workbooks import put_text
from rapporteur.calls.questionnaire.xlsform.constraints import constraint_of
from rapporteur.calls.questionnaire.xlsform.languages import language_header

TYPES = {
    Kind.SHORT_TEXT: "text",
    Kind.LONG_TEXT: "text",
    Kind.DATE: "date",
    Kind.ORGANIZATION: "text",
    Kind.COUNTRY: "text",
    Kind.CONCEPTS: "text",
    Kind.FILE: "file",
    Kind.NOTE: "note",
}
# Columns of one cell, in the order in which they are written, between and after texts.
PLAIN = (
    "required", "relevant", "appearance", "constraint", "rapporteur::kind", "rapporteur::scheme",
    "rapporteur::many", "rapporteur::at_most", "rapporteur::types",
    "rapporteur::megabytes_at_most", "rapporteur::required",
)  # fmt: skip
Record = dict[str, str]


def write_xlsform(questionnaire: Questionnaire) -> bytes:
    """Return a questionnaire without problems (``problems_of``) as an XLSForm workbook."""
    from openpyxl import Workbook

    writer = _Writer(questionnaire)
    survey = list(writer.survey())
    workbook = Workbook()
    workbook.properties.creator = ""
    workbook.remove(workbook.active)
    texts = [
        f"{name}::{language_header(code)}" for name in ("label", "hint") for code in writer.codes
    ]
    more = [
        f"{name}::{language_header(code)}"
        for name in ("constraint_message", "rapporteur::unit")
        for code in writer.codes
    ]
    columns = ["type", "name", *texts, *PLAIN, *more]
    used = {name for record in survey for name in record}
    always = {"type", "name", *texts[: len(writer.codes)]}
    _fill(workbook, "survey", [name for name in columns if name in used | always], survey)
    labels = texts[: len(writer.codes)]
    _fill(workbook, "choices", ["list_name", "name", *labels], writer.choices)
    settings = writer.settings()
    _fill(workbook, "settings", list(settings), [settings])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class _Writer:
    """Makes the rows of the sheets."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.codes = questionnaire.languages
        self.choices: list[Record] = []
        self.lists: dict[str, str] = {}

    def texts(self, name: str, texts: Texts) -> Record:
        return {
            f"{name}::{language_header(code)}": texts[code]
            for code in self.codes
            if texts.get(code)
        }

    def settings(self) -> Record:
        form = self.questionnaire
        return {
            "form_title": form.title.get(form.default_language, ""),
            "form_id": form.name,
            "version": form.version,
            "default_language": language_header(form.default_language),
            **self.texts("rapporteur::title", form.title),
        }

    def survey(self) -> Iterator[Record]:
        for section in self.questionnaire.sections:
            yield self.headed("begin group", section)
            for question in section.questions:
                if question.kind is Kind.MATRIX:
                    yield from self.matrix(question)
                else:
                    yield self.question(question, question.name)
            yield {"type": "end group"}

    def headed(self, kind: str, part: Section | Question | Choice) -> Record:
        record = {"type": kind, "name": part.name, **self.texts("label", part.label)}
        if not isinstance(part, Choice):
            record |= self.texts("hint", part.hint)
            if part.relevant:
                record["relevant"] = part.relevant
        return record

    def matrix(self, question: Question) -> Iterator[Record]:
        """A table is a group of groups, one a row, each with the columns as questions."""
        record = self.headed("begin group", question) | {"rapporteur::kind": "matrix"}
        if question.required:
            record["rapporteur::required"] = "yes"
        yield record
        for row in question.rows:
            yield self.headed("begin group", row) | {"rapporteur::kind": "matrix-row"}
            for column in question.columns:
                yield self.question(column, f"{question.name}_{column.name}")
            yield {"type": "end group"}
        yield {"type": "end group"}

    def question(self, question: Question, list_name: str) -> Record:
        record = self.headed(self.type_of(question, list_name), question)
        record["rapporteur::kind"] = str(question.kind)
        if question.kind is Kind.LONG_TEXT:
            record["appearance"] = "multiline"
        if question.required:
            record["required"] = "yes"
        constraint = constraint_of(question)
        if constraint:
            record["constraint"] = constraint
            record |= self.texts("constraint_message", self.messages(question))
        record |= self.texts("rapporteur::unit", question.unit)
        settings: Mapping[str, Any] = {
            "scheme": question.scheme,
            "many": "yes" if question.many else "",
            # XLSForm itself says how many choices of a list may be chosen.
            "at_most": "" if question.kind is Kind.MULTIPLE_CHOICE else question.at_most or "",
            "types": " ".join(question.types),
            "megabytes_at_most": question.megabytes_at_most or "",
        }
        return record | {
            f"rapporteur::{name}": str(value) for name, value in settings.items() if value != ""
        }

    def messages(self, question: Question) -> dict[str, str]:
        """Return the limits in words, by language."""
        said = {}
        for code in self.codes:
            with override(code):
                said[code] = " ".join(limits_in_words(question))
        return said

    def type_of(self, question: Question, list_name: str) -> str:
        if question.kind is Kind.SINGLE_CHOICE:
            return f"select_one {self.list_of(question.choices, list_name)}"
        if question.kind is Kind.MULTIPLE_CHOICE:
            return f"select_multiple {self.list_of(question.choices, list_name)}"
        if question.kind is Kind.NUMBER:
            return "integer" if question.whole else "decimal"
        return TYPES[question.kind]

    def list_of(self, choices: tuple[Choice, ...], name: str) -> str:
        """Return the name of the list of these choices; equal lists are written once."""
        key = json.dumps([(choice.name, dict(choice.label)) for choice in choices])
        if key not in self.lists:
            while name in self.lists.values():
                name += "_"
            self.lists[key] = name
            for choice in choices:
                labels = self.texts("label", choice.label)
                self.choices.append({"list_name": name, "name": choice.name, **labels})
        return self.lists[key]


def _fill(workbook: Any, name: str, columns: list[str], records: list[Record]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = workbook.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, column in enumerate(columns, 1):
        put_text(sheet, 1, number, column).font = Font(bold=True)
        wide = column.startswith(("label", "hint"))
        sheet.column_dimensions[get_column_letter(number)].width = 48 if wide else 22
        for row, record in enumerate(records, 2):
            put_text(sheet, row, number, record.get(column, ""))
