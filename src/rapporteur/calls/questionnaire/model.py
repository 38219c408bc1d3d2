"""What a questionnaire is made of: sections, questions, choices, limits. Values only.

Every text that people read is a mapping from a language code to the text in it. Names are what
answers, conditions and XLSForm call a thing; they never change and are not shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

# The languages of a questionnaire, in the order of the site's.
LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
RIGHT_TO_LEFT = frozenset({"ar"})

Texts = Mapping[str, str]
Number = int | float


class Kind(StrEnum):
    """What is asked for, and so what an answer is (``docs/reference/questionnaires.md``)."""

    SHORT_TEXT = "short-text"
    LONG_TEXT = "long-text"
    SINGLE_CHOICE = "single-choice"
    MULTIPLE_CHOICE = "multiple-choice"
    NUMBER = "number"
    DATE = "date"
    ORGANIZATION = "organization"
    COUNTRY = "country"
    CONCEPTS = "concepts"
    FILE = "file"
    MATRIX = "matrix"
    NOTE = "note"


TEXT_KINDS = frozenset({Kind.SHORT_TEXT, Kind.LONG_TEXT})
CHOICE_KINDS = frozenset({Kind.SINGLE_CHOICE, Kind.MULTIPLE_CHOICE})
# What a column of a matrix may ask for.
CELL_KINDS = (Kind.SHORT_TEXT, Kind.LONG_TEXT, Kind.SINGLE_CHOICE, Kind.NUMBER, Kind.DATE)

# The settings that a question of a kind may have, beside name, label, hint, required, relevant.
SETTINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SHORT_TEXT: ("words_at_most",),
    Kind.LONG_TEXT: ("words_at_most",),
    Kind.SINGLE_CHOICE: ("choices",),
    Kind.MULTIPLE_CHOICE: ("choices", "at_most"),
    Kind.NUMBER: ("whole", "minimum", "maximum", "unit"),
    Kind.DATE: ("earliest", "latest"),
    Kind.ORGANIZATION: ("many", "at_most"),
    Kind.COUNTRY: ("many", "at_most"),
    Kind.CONCEPTS: ("scheme", "many", "at_most"),
    Kind.FILE: ("types", "megabytes_at_most", "many", "at_most"),
    Kind.MATRIX: ("rows", "columns"),
    Kind.NOTE: (),
}
ALL_SETTINGS = tuple(dict.fromkeys(name for names in SETTINGS.values() for name in names))


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose, or one row of a matrix."""

    name: str
    label: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question; also one column of a matrix.

    ``relevant`` is the XLSForm expression on which it is shown (``""``: always). ``words_at_most``
    counts as ``words.count_words`` does. ``unit`` is what a number counts, in words. ``earliest``
    and ``latest`` are ISO dates, included. ``scheme`` is the code of a concept scheme. ``many``:
    several values are allowed, ``at_most`` so many of them. ``types`` are endings of files without
    a dot. ``rows`` and ``columns`` are a matrix's. ``None``, ``""`` and ``()``: no such limit.
    """

    name: str
    kind: Kind
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    required: bool = False
    relevant: str = ""
    choices: tuple[Choice, ...] = ()
    words_at_most: int | None = None
    whole: bool = False
    minimum: Number | None = None
    maximum: Number | None = None
    unit: Texts = field(default_factory=dict)
    earliest: str = ""
    latest: str = ""
    scheme: str = ""
    many: bool = False
    at_most: int | None = None
    types: tuple[str, ...] = ()
    megabytes_at_most: int | None = None
    rows: tuple[Choice, ...] = ()
    columns: tuple[Question, ...] = ()

    @property
    def takes_several(self) -> bool:
        """Whether an answer is a list of values."""
        return self.kind is Kind.MULTIPLE_CHOICE or self.many

    @property
    def settings(self) -> tuple[str, ...]:
        """The names of the settings that it has, whether or not its kind may have them."""
        return tuple(name for name in ALL_SETTINGS if is_set(getattr(self, name)))


def is_set(value: object) -> bool:
    """Return whether a setting says something: 0 does, what is empty or ``False`` does not."""
    return value is not None and value is not False and value not in ("", (), {})


@dataclass(frozen=True, slots=True)
class Section:
    """Questions under one heading. ``relevant`` is as a question's."""

    name: str
    label: Texts = field(default_factory=dict)
    hint: Texts = field(default_factory=dict)
    relevant: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """A whole questionnaire. ``name`` and ``version`` are XLSForm's form_id and version."""

    name: str
    version: str = ""
    languages: tuple[str, ...] = ()
    default_language: str = ""
    title: Texts = field(default_factory=dict)
    sections: tuple[Section, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Yield every question, in printed order."""
        for section in self.sections:
            yield from section.questions

    def question(self, name: str) -> Question | None:
        """Return the question of a name, ``None`` where there is none."""
        return next((item for item in self.questions() if item.name == name), None)

    def text(self, texts: Texts, language: str) -> str:
        """Return a text in a language, else in the default language, else in any, else ``""``."""
        found = texts.get(language) or texts.get(self.default_language)
        return found or next((text for text in texts.values() if text), "")
