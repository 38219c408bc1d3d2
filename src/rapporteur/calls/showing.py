"""Answers in words: what a question asks and what was answered, for pages and files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from rapporteur.calls.questionnaire import Kind, Question, Questionnaire, is_given
from rapporteur.calls.questionnaire.model import Texts
from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept


@dataclass(frozen=True)
class Codes:
    """Names of countries (by ISO 3166-1 alpha-3) and concepts (by code) that answers bear."""

    countries: Mapping[str, str]
    concepts: Mapping[str, str]


@dataclass(frozen=True)
class Shown:
    """One question with its answer.

    ``lines`` are the answer in words, empty where nothing was answered; ``is_text`` marks
    somebody's own words. ``table`` is a matrix's: (row, its cells in the order of ``columns``).
    """

    name: str
    label: str
    kind: str
    lines: tuple[str, ...]
    is_text: bool
    columns: tuple[str, ...] = ()
    table: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.lines or self.table)


def text_of(questionnaire: Questionnaire, texts: Texts) -> str:
    """Return a text of the questionnaire in the reader's language, or as it is there."""
    return questionnaire.text(texts, get_language() or "en")


def codes_for(questionnaire: Questionnaire, answers: Iterable[Mapping[str, Any]]) -> Codes:
    """Return the names that these answers need. At most two queries."""
    countries: set[str] = set()
    concepts: set[str] = set()
    wanted = {Kind.COUNTRY: countries, Kind.CONCEPTS: concepts}
    asked = [question for question in questionnaire.questions() if question.kind in wanted]
    for answer in answers:
        for question in asked:
            value = answer.get(question.name)
            values = value if isinstance(value, list) else [value]
            wanted[question.kind].update(item for item in values if isinstance(item, str))
    return Codes(
        countries={
            country.iso3: country.name for country in Country.objects.filter(iso3__in=countries)
        }
        if countries
        else {},
        concepts={
            concept.code: f"{concept.code} {concept.name}"
            for concept in Concept.objects.filter(code__in=concepts)
        }
        if concepts
        else {},
    )


def shown_answer(
    questionnaire: Questionnaire, question: Question, value: Any, codes: Codes
) -> Shown:
    """Return one question with its answer in words."""
    columns: tuple[str, ...] = ()
    table: tuple[tuple[str, tuple[str, ...]], ...] = ()
    lines: tuple[str, ...] = ()
    if question.kind is Kind.MATRIX and isinstance(value, Mapping):
        columns = tuple(text_of(questionnaire, column.label) for column in question.columns)
        table = tuple(
            (
                text_of(questionnaire, row.label),
                tuple(
                    " ".join(words_of(questionnaire, column, cells.get(column.name), codes))
                    for column in question.columns
                ),
            )
            for row in question.rows
            if isinstance(cells := value.get(row.name), Mapping) and is_given(cells)
        )
    elif is_given(value):
        values: Sequence[Any] = value if isinstance(value, list) else [value]
        lines = tuple(
            word for item in values for word in words_of(questionnaire, question, item, codes)
        )
    return Shown(
        name=question.name,
        label=text_of(questionnaire, question.label),
        kind=question.kind,
        lines=lines,
        is_text=question.kind is Kind.LONG_TEXT or question.kind is Kind.SHORT_TEXT,
        columns=columns,
        table=table,
    )


def words_of(
    questionnaire: Questionnaire, question: Question, value: Any, codes: Codes
) -> tuple[str, ...]:
    """Return one value in words; none where there is no value."""
    if not is_given(value):
        return ()
    if question.kind in (Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE):
        for choice in question.choices:
            if choice.name == value:
                return (text_of(questionnaire, choice.label),)
    if question.kind is Kind.COUNTRY:
        return (codes.countries.get(str(value), str(value)),)
    if question.kind is Kind.CONCEPTS:
        return (codes.concepts.get(str(value), str(value)),)
    if isinstance(value, Mapping):  # an organization or a file
        return (str(value.get("name") or value.get("slug") or ""),)
    if question.kind is Kind.NUMBER and question.unit:
        return (f"{value} {text_of(questionnaire, question.unit)}",)
    return (str(value),)


@dataclass(frozen=True)
class ShownSection:
    name: str
    title: str
    answers: tuple[Shown, ...]


def shown_sections(
    questionnaire: Questionnaire,
    answers: Mapping[str, Any],
    *,
    names: Iterable[str] | None = None,
    but: Iterable[str] = (),
) -> list[ShownSection]:
    """Return the questions section by section with their answers; of ``names`` only, where given.

    Notes are left out, and questions in ``but``. At most two queries.
    """
    codes = codes_for(questionnaire, [answers])
    wanted = None if names is None else set(names)
    left_out = set(but)
    return [
        ShownSection(
            name=section.name,
            title=text_of(questionnaire, section.label),
            answers=tuple(
                shown_answer(questionnaire, question, answers.get(question.name), codes)
                for question in section.questions
                if question.kind is not Kind.NOTE
                and question.name not in left_out
                and (wanted is None or question.name in wanted)
            ),
        )
        for section in questionnaire.sections
    ]
