"""What is wrong in the answers to a questionnaire.

Answers are a mapping from a question's name to a JSON value; the value of each kind is described in
``docs/reference/questionnaires.md``. Pure: what is known of countries, concepts and organizations
is passed in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from rapporteur.calls.questionnaire.conditions import shown_questions
from rapporteur.calls.questionnaire.messages import ANSWER_MESSAGES, message_of
from rapporteur.calls.questionnaire.model import Kind, Question, Questionnaire
from rapporteur.calls.questionnaire.words import count_words
from rapporteur.common.texts import refused_signs, sign_name

SHORT_SIGNS, LONG_SIGNS, NAME_SIGNS = 1000, 200_000, 300
VALUES_AT_MOST = 300
# No answer is nested deeper than a cell of a matrix; what is, is wrong, and given.
DEEPEST = 4
LARGEST = 10**15
MEGABYTE = 1024 * 1024
SHA256 = re.compile(r"[0-9a-f]{64}")
# Of an answer that is kept and not counted only this matters: that it can be stored.
STORING = frozenset(
    {
        "not-text", "not-a-number", "not-a-list", "not-an-object", "not-a-file",
        "not-an-organization", "signs", "too-long", "too-many-values",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Known:
    """The codes that answers may name.

    ``countries`` are ISO 3166-1 alpha-3; ``concepts`` codes by scheme; ``organizations`` slugs.
    """

    countries: frozenset[str] = frozenset()
    concepts: Mapping[str, frozenset[str]] = field(default_factory=dict)
    organizations: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One thing wrong in one answer.

    ``place`` is where in the value: ``""`` the whole, ``2`` the third of a list, ``C7/progress`` a
    cell of a matrix (row and column). ``details`` are what the words for ``code`` need.
    """

    question: str
    code: str
    place: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in the active language."""
        return message_of(ANSWER_MESSAGES, self.code, self.details)


def is_given(value: Any, depth: int = 0) -> bool:
    """Return whether a value answers anything: blanks and empty lists do not, 0 does."""
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping | list | tuple) and depth < DEEPEST:
        inner = value.values() if isinstance(value, Mapping) else value
        return any(is_given(item, depth + 1) for item in inner)
    return value is not None


def faults_of(
    questionnaire: Questionnaire, answers: Mapping[str, Any], *, known: Known, final: bool
) -> list[AnswerFault]:
    """Return everything that is wrong in answers, in printed order.

    Answers that must be given are missed only when ``final``. The answer of a question that is not
    shown is not counted: of it only what could not be stored is told.
    """
    found: list[AnswerFault] = []
    shown = frozenset(shown_questions(questionnaire, answers))
    for question in questionnaire.questions():
        value = answers.get(question.name)
        if is_given(value):
            faults = faults_of_answer(question, value, known=known)
            found += [fault for fault in faults if question.name in shown or fault.code in STORING]
        elif final and question.required and question.name in shown:
            found.append(AnswerFault(question.name, "required"))
    names = {question.name for question in questionnaire.questions()}
    found += [
        AnswerFault(str(name)[:80], "unknown-question") for name in answers if name not in names
    ]
    return found


def counted_answers(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that count: given, to questions that are shown, in printed order."""
    shown = shown_questions(questionnaire, answers)
    return {name: answers[name] for name in shown if is_given(answers.get(name))}


def faults_of_answer(question: Question, value: Any, *, known: Known) -> Iterator[AnswerFault]:
    """Yield what is wrong in one given answer, wherever it stands."""

    def fault(code: str, place: str = "", **details: Any) -> AnswerFault:
        return AnswerFault(question.name, code, place, details)

    if question.kind is Kind.NOTE:
        yield fault("not-asked")
    elif question.kind is Kind.MATRIX:
        yield from _matrix(question, value, known, fault)
    elif question.takes_several:
        yield from _several(question, value, known, fault)
    else:
        yield from _single(question, value, "", known, fault)


Faulting = Callable[..., AnswerFault]


def _several(
    question: Question, value: Any, known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not isinstance(value, list | tuple):
        yield fault("not-a-list")
        return
    if len(value) > VALUES_AT_MOST:
        yield fault("too-many-values", limit=VALUES_AT_MOST)
        return
    if question.at_most is not None and len(value) > question.at_most:
        yield fault("too-many", limit=question.at_most, count=len(value))
    met: list[Any] = []
    for number, item in enumerate(value):
        yield from _single(question, item, str(number), known, fault)
        if item in met:
            yield fault("repeated", str(number), value=_shown(item))
        met.append(item)


def _matrix(question: Question, value: Any, known: Known, fault: Faulting) -> Iterator[AnswerFault]:
    if not isinstance(value, Mapping):
        yield fault("not-an-object")
        return
    rows = {row.name for row in question.rows}
    columns = {column.name: column for column in question.columns}
    for row, cells in value.items():
        if row not in rows:
            yield fault("unknown-row", str(row)[:80], value=_shown(row))
        elif not isinstance(cells, Mapping):
            yield fault("not-an-object", row)
        elif is_given(cells):
            for name in cells:
                if name not in columns:
                    yield fault("unknown-column", f"{row}/{str(name)[:80]}", value=_shown(name))
            for name, column in columns.items():
                cell, place = cells.get(name), f"{row}/{name}"
                if is_given(cell):
                    yield from _single(column, cell, place, known, fault)
                elif column.required:
                    yield fault("required-cell", place)


def _single(
    question: Question, value: Any, place: str, known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    yield from _CHECKS[question.kind](question, value, place, known, fault)


def _text(
    question: Question, value: Any, place: str, _known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    most = SHORT_SIGNS if question.kind is Kind.SHORT_TEXT else LONG_SIGNS
    if not isinstance(value, str):
        yield fault("not-text", place)
        return
    yield from _signs(value, place, most, fault)
    limit = question.words_at_most
    if limit is not None and len(value) <= most:
        count = count_words(value)
        if count > limit:
            yield fault("too-many-words", place, limit=limit, count=count)


def _signs(value: str, place: str, most: int, fault: Faulting) -> Iterator[AnswerFault]:
    if len(value) > most:
        yield fault("too-long", place, limit=most, count=len(value))
    elif not value.isprintable():
        refused = refused_signs(value)
        if refused:
            yield fault("signs", place, signs=", ".join(map(sign_name, refused[:5])))


def _choice(
    question: Question, value: Any, place: str, _known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not isinstance(value, str):
        yield fault("not-text", place)
    elif value not in {choice.name for choice in question.choices}:
        yield fault("not-a-choice", place, value=_shown(value))


def _number(
    question: Question, value: Any, place: str, _known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield fault("not-a-number", place, value=_shown(value))
        return
    if not abs(value) < LARGEST:  # so written, it takes what is no number, too
        yield fault("not-a-number", place, value=_shown(value))
        return
    if question.whole and value != int(value):
        yield fault("not-whole", place, value=_shown(value))
    if question.minimum is not None and value < question.minimum:
        yield fault("too-small", place, limit=question.minimum, value=_shown(value))
    if question.maximum is not None and value > question.maximum:
        yield fault("too-large", place, limit=question.maximum, value=_shown(value))


def _date(
    question: Question, value: Any, place: str, _known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not is_day(value):
        yield fault("not-a-date", place, value=_shown(value))
        return
    if question.earliest and value < question.earliest:
        yield fault("too-early", place, limit=question.earliest, value=value)
    if question.latest and value > question.latest:
        yield fault("too-late", place, limit=question.latest, value=value)


def is_day(value: Any) -> bool:
    """Return whether a value is a day of the calendar as ``2026-05-31``."""
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _organization(
    _question: Question, value: Any, place: str, known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if (
        not isinstance(value, Mapping)
        or not set(value) <= {"name", "slug"}
        or not all(isinstance(text, str) for text in value.values())
    ):
        yield fault("not-an-organization", place)
        return
    for text in value.values():
        yield from _signs(text, place, NAME_SIGNS, fault)
    slug = value.get("slug", "")
    if slug and slug not in known.organizations:
        yield fault("unknown-organization", place, value=_shown(slug))
    if not slug and not value.get("name", "").strip():
        yield fault("not-an-organization", place)


def _country(
    _question: Question, value: Any, place: str, known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not isinstance(value, str):
        yield fault("not-text", place)
    elif value not in known.countries:
        yield fault("unknown-country", place, value=_shown(value))


def _concept(
    question: Question, value: Any, place: str, known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not isinstance(value, str):
        yield fault("not-text", place)
    elif value not in known.concepts.get(question.scheme, frozenset()):
        yield fault("unknown-concept", place, value=_shown(value), scheme=question.scheme)


def _file(
    question: Question, value: Any, place: str, _known: Known, fault: Faulting
) -> Iterator[AnswerFault]:
    if not _is_file(value):
        yield fault("not-a-file", place)
        return
    name, size = value["name"], value["size"]
    yield from _signs(name, place, NAME_SIGNS, fault)
    ending = PurePosixPath(name).suffix.lower().lstrip(".")
    if question.types and ending not in question.types:
        yield fault("file-type", place, value=_shown(name), types=", ".join(question.types))
    most = question.megabytes_at_most
    if most is not None and size > most * MEGABYTE:
        yield fault("file-too-large", place, value=_shown(name), limit=most)


def _is_file(value: Any) -> bool:
    if not isinstance(value, Mapping) or not {"name", "size"} <= set(value) <= {
        "name", "size", "sha256",
    }:  # fmt: skip
        return False
    name, size, digest = value["name"], value["size"], value.get("sha256", "0" * 64)
    return (
        isinstance(name, str)
        and bool(name.strip())
        and isinstance(size, int)
        and not isinstance(size, bool)
        and size >= 0
        and isinstance(digest, str)
        and SHA256.fullmatch(digest) is not None
    )


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= 80 else text[:79] + "…"


_CHECKS: Mapping[Kind, Callable[..., Iterator[AnswerFault]]] = {
    Kind.SHORT_TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.SINGLE_CHOICE: _choice,
    Kind.MULTIPLE_CHOICE: _choice,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.ORGANIZATION: _organization,
    Kind.COUNTRY: _country,
    Kind.CONCEPTS: _concept,
    Kind.FILE: _file,
}
