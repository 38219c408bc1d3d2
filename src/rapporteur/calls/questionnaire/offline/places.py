"""The places of a form where answers are typed, and the keys by which they are found again.

A key is ``question`` for a place that takes a whole answer, ``question=choice`` for a box to tick,
``question/row/column`` for a cell of a matrix (with ``=choice`` for a box in it). Names hold
neither ``=`` nor ``/``, so keys are read back without doubt.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rapporteur.calls.questionnaire.model import (
    CHOICE_KINDS,
    Kind,
    Question,
    Questionnaire,
    Texts,
)

# So many options stand as boxes to tick; more are written, one a line.
TICKS_MOST = 40
# Kinds without a place: a note asks nothing, a file is sent beside the form.
PLACELESS = frozenset({Kind.NOTE, Kind.FILE})
COUNTRIES = "countries"
# What a tag of Word holds at most, and a bookmark's name.
TAG_MOST, BOOKMARK_MOST = 64, 40


@dataclass(frozen=True)
class CodeNames:
    """The names of codes that a form offers and reads: by scheme, code and language.

    Countries stand under ``countries``. Where a scheme is not named, codes are typed and read.
    """

    names: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)

    def of(self, question: Question) -> Mapping[str, Texts]:
        """Return the codes and names that a question draws from; none for choices and others."""
        if question.kind is Kind.COUNTRY:
            return self.names.get(COUNTRIES, {})
        return self.names.get(question.scheme, {}) if question.kind is Kind.CONCEPTS else {}


@dataclass(frozen=True, slots=True)
class Option:
    """One value that may be chosen."""

    value: str
    label: Texts


@dataclass(frozen=True, slots=True)
class Place:
    """Where a whole answer or a cell of a matrix is given: the question, row and column."""

    root: Question
    question: Question
    row: str = ""

    @property
    def key(self) -> str:
        """The key of the whole place."""
        if not self.row:
            return self.root.name
        return f"{self.root.name}/{self.row}/{self.question.name}"

    def tick_key(self, value: str) -> str:
        """Return the key of the box of one value."""
        return f"{self.key}={value}"


def options_of(question: Question, names: CodeNames) -> tuple[Option, ...]:
    """Return what may be chosen, in printed order; empty where the answer is typed."""
    if question.kind in CHOICE_KINDS:
        return tuple(Option(choice.name, choice.label) for choice in question.choices)
    return tuple(Option(code, texts) for code, texts in names.of(question).items())


def is_ticked(question: Question, names: CodeNames) -> bool:
    """Return whether each value has a box of its own: choices, and short vocabularies."""
    count = len(options_of(question, names))
    return question.kind in CHOICE_KINDS or 0 < count <= TICKS_MOST


def places_of(questionnaire: Questionnaire) -> Iterator[Place]:
    """Yield every place of a form, in printed order."""
    for question in questionnaire.questions():
        if question.kind is Kind.MATRIX:
            for row in question.rows:
                for column in question.columns:
                    yield Place(question, column, row.name)
        elif question.kind not in PLACELESS:
            yield Place(question, question)


def keys_of(questionnaire: Questionnaire, names: CodeNames) -> Iterator[str]:
    """Yield every key that a form of the questionnaire may carry."""
    for place in places_of(questionnaire):
        yield place.key
        for option in options_of(place.question, names):
            yield place.tick_key(option.value)


def tag_of(key: str) -> str:
    """Return the tag of a content control: the key itself, a digest where that is too long."""
    return key if len(key) <= TAG_MOST else f"~{_digest(key)}"


def bookmark_of(key: str) -> str:
    """Return the name of the bookmark that says the same where content controls are lost."""
    return f"r_{_digest(key)}"[:BOOKMARK_MOST]


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:38]


def root_of(key: str) -> str:
    """Return the name of the question that a key belongs to."""
    return key.partition("=")[0].partition("/")[0]
