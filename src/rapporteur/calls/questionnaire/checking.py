"""What is wrong in a questionnaire, before it can be used: names, texts, conditions, limits.

The checks also make sure that ``xlsform.write_xlsform`` can write it: what is without a problem
here, pyxform converts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.calls.questionnaire.answers import is_day
from rapporteur.calls.questionnaire.conditions import BadCondition, parse_condition
from rapporteur.calls.questionnaire.conditions.parsing import FUNCTIONS, NAME
from rapporteur.calls.questionnaire.messages import PROBLEM_MESSAGES, message_of
from rapporteur.calls.questionnaire.model import (
    CELL_KINDS,
    CHOICE_KINDS,
    LANGUAGES,
    SETTINGS,
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
    Texts,
)
from rapporteur.common.texts import refused_signs, sign_name

NAME_MOST, CHOICE_NAME_MOST, VERSION_MOST = 64, 64, 40
TITLE_MOST, LABEL_MOST, HINT_MOST, UNIT_MOST = 300, 2000, 5000, 60
SECTIONS_MOST, QUESTIONS_MOST, CHOICES_MOST, ROWS_MOST, COLUMNS_MOST = 50, 300, 300, 60, 8
WORDS_MOST, MEGABYTES_MOST, VALUES_MOST = 20_000, 100, 300
# Endings of the files that calls take.
FILE_TYPES = (
    "pdf", "docx", "odt", "txt", "xlsx", "ods", "csv", "pptx", "odp", "jpg", "png",
)  # fmt: skip
QUESTION_NAME = re.compile(NAME)
FORM_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
CHOICE_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.:-]*")
SCHEME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# Names that XForms has for its own parts, whatever the case.
RESERVED = frozenset({"meta", "data"})
# Answers that are a table or a file say nothing that a condition could compare.
NOT_COMPARABLE = frozenset({Kind.MATRIX, Kind.FILE, Kind.NOTE})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a questionnaire.

    ``place`` is a path of names: ``progress/label/fr``, ``progress/choices/yes/label/fr``; a
    thing without a name stands as its number (``#3``); ``""`` is the whole. ``details`` are what
    the words for ``code`` need.
    """

    place: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in the active language."""
        return message_of(PROBLEM_MESSAGES, self.code, self.details)


def problems_of(questionnaire: Questionnaire) -> list[Problem]:
    """Return everything that is wrong in a questionnaire; it is fit for use where that is nothing.

    That the codes of concept schemes are known is not looked at: no vocabulary is at hand here.
    """
    return [
        *_whole(questionnaire),
        *_names(questionnaire),
        *_sections(questionnaire),
        *_conditions(questionnaire),
    ]


def _place(*parts: str) -> str:
    return "/".join(filter(None, parts))


def _called(name: str, number: int) -> str:
    return name[:80] or f"#{number}"


def _whole(questionnaire: Questionnaire) -> Iterator[Problem]:
    languages = questionnaire.languages
    name = questionnaire.name
    if not name:
        yield Problem("name", "no-name")
    elif not FORM_NAME.fullmatch(name) or len(name) > NAME_MOST:
        yield Problem("name", "bad-name", {"name": name[:80], "limit": NAME_MOST})
    version = questionnaire.version
    if len(version) > VERSION_MOST or not version.isprintable():
        yield Problem("version", "bad-version", {"limit": VERSION_MOST})
    if not languages:
        yield Problem("languages", "no-language")
    for language in languages:
        if language not in LANGUAGES:
            details = {"language": language[:40], "languages": ", ".join(LANGUAGES)}
            yield Problem("languages", "unknown-language", details)
    for language in sorted({item for item in languages if languages.count(item) > 1}):
        yield Problem("languages", "duplicate-name", {"name": language[:80]})
    if languages and questionnaire.default_language not in languages:
        details = {"language": questionnaire.default_language[:40]}
        yield Problem("default_language", "bad-default-language", details)
    yield from _texts(questionnaire, "title", questionnaire.title, TITLE_MOST)
    sections, questions = len(questionnaire.sections), sum(1 for _ in questionnaire.questions())
    if not questions:
        yield Problem("", "no-questions")
    if sections > SECTIONS_MOST:
        yield Problem("", "too-many-sections", {"count": sections, "limit": SECTIONS_MOST})
    if questions > QUESTIONS_MOST:
        yield Problem("", "too-many-questions", {"count": questions, "limit": QUESTIONS_MOST})


def _names(questionnaire: Questionnaire) -> Iterator[Problem]:
    """Names of sections, questions and parts of tables: XLSForm has one room for all of them."""
    met: set[str] = set()
    inner: list[tuple[str, str]] = []
    for number, section in enumerate(questionnaire.sections, 1):
        yield from _name(section.name, _called(section.name, number), met)
        for place, question in enumerate(section.questions, 1):
            called = _called(question.name, place)
            yield from _name(question.name, called, met)
            if question.kind is Kind.MATRIX:
                for part, items in (("rows", question.rows), ("columns", question.columns)):
                    seen: set[str] = set()
                    named: tuple[Choice | Question, ...] = items
                    for count, item in enumerate(named, 1):
                        path = _place(called, part, _called(item.name, count))
                        yield from _name(item.name, path, seen)
                        inner.append((item.name, path))
    for name, path in inner:
        if name.lower() in met:
            yield Problem(path, "duplicate-name", {"name": name[:80]})


def _name(name: str, place: str, met: set[str]) -> Iterator[Problem]:
    if not name:
        yield Problem(place, "no-name")
        return
    if not QUESTION_NAME.fullmatch(name) or len(name) > NAME_MOST:
        yield Problem(place, "bad-name", {"name": name[:80], "limit": NAME_MOST})
    if name.lower() in RESERVED or name.lower().startswith("xml"):
        yield Problem(place, "reserved-name", {"name": name[:80]})
    if name.lower() in met:
        yield Problem(place, "duplicate-name", {"name": name[:80]})
    met.add(name.lower())


def _texts(
    questionnaire: Questionnaire,
    place: str,
    texts: Texts,
    most: int,
    *,
    missing: str = "missing-label",
    needed: bool = True,
) -> Iterator[Problem]:
    """Yield what is wrong in texts by language; not needed ones are given in all or in none."""
    if needed or texts:
        for language in questionnaire.languages:
            if not texts.get(language, "").strip():
                yield Problem(_place(place, language), missing, {"language": language[:40]})
    for language, text in texts.items():
        here = _place(place, language[:40])
        if language not in questionnaire.languages:
            yield Problem(here, "extra-language", {"language": language[:40]})
        if len(text) > most:
            yield Problem(here, "too-long", {"count": len(text), "limit": most})
        refused = refused_signs(text) if not text.isprintable() else []
        if refused:
            details = {"signs": ", ".join(map(sign_name, refused[:5]))}
            yield Problem(here, "signs", details)
        if "${" in text:
            yield Problem(here, "placeholder")


def _sections(questionnaire: Questionnaire) -> Iterator[Problem]:
    for number, section in enumerate(questionnaire.sections, 1):
        called = _called(section.name, number)
        yield from _headed(questionnaire, called, section)
        for place, question in enumerate(section.questions, 1):
            yield from _question(questionnaire, _called(question.name, place), question)


def _headed(
    questionnaire: Questionnaire, place: str, headed: Section | Question
) -> Iterator[Problem]:
    yield from _texts(questionnaire, _place(place, "label"), headed.label, LABEL_MOST)
    hint = _place(place, "hint")
    yield from _texts(
        questionnaire, hint, headed.hint, HINT_MOST, missing="missing-hint", needed=False
    )


def _question(questionnaire: Questionnaire, place: str, question: Question) -> Iterator[Problem]:
    yield from _headed(questionnaire, place, question)
    kind = question.kind
    for setting in question.settings:
        if setting not in SETTINGS[kind]:
            details = {"kind": str(kind), "setting": setting}
            yield Problem(_place(place, setting), "not-of-kind", details)
    if kind is Kind.NOTE and question.required:
        yield Problem(_place(place, "required"), "required-note")
    if kind in CHOICE_KINDS:
        if not question.choices:
            yield Problem(_place(place, "choices"), "no-choices")
        choices = _place(place, "choices")
        yield from _choices(questionnaire, choices, question.choices)
    if kind is Kind.MATRIX:
        yield from _matrix(questionnaire, place, question)
    if question.unit:
        unit = _place(place, "unit")
        yield from _texts(questionnaire, unit, question.unit, UNIT_MOST, missing="missing-unit")
    yield from _limits(place, question)


def _choices(
    questionnaire: Questionnaire, place: str, choices: Sequence[Choice]
) -> Iterator[Problem]:
    if len(choices) > CHOICES_MOST:
        yield Problem(place, "too-many-choices", {"count": len(choices), "limit": CHOICES_MOST})
    met: set[str] = set()
    for number, choice in enumerate(choices, 1):
        here = _place(place, _called(choice.name, number))
        if not choice.name:
            yield Problem(here, "no-name")
        elif not CHOICE_NAME.fullmatch(choice.name) or len(choice.name) > CHOICE_NAME_MOST:
            details = {"name": choice.name[:80], "limit": CHOICE_NAME_MOST}
            yield Problem(here, "bad-choice-name", details)
        if choice.name.lower() in met:
            yield Problem(here, "duplicate-name", {"name": choice.name[:80]})
        met.add(choice.name.lower())
        yield from _texts(questionnaire, _place(here, "label"), choice.label, LABEL_MOST)
    yield from _same_labels(questionnaire, place, choices)


def _same_labels(
    questionnaire: Questionnaire, place: str, choices: Iterable[Choice]
) -> Iterator[Problem]:
    """Two choices that read alike could not be told apart, least of all in a filled form."""
    met: set[tuple[str, str]] = set()
    for choice in choices:
        for language in dict.fromkeys(questionnaire.languages):
            text = choice.label.get(language, "").strip()
            key = (language, text.casefold())
            if text and key in met:
                details = {"label": text[:80], "language": language}
                yield Problem(_place(place, choice.name, "label", language), "same-label", details)
            met.add(key)


def _matrix(questionnaire: Questionnaire, place: str, question: Question) -> Iterator[Problem]:
    rows, columns = question.rows, question.columns
    if not rows:
        yield Problem(_place(place, "rows"), "no-rows")
    if not columns:
        yield Problem(_place(place, "columns"), "no-columns")
    if len(rows) > ROWS_MOST:
        details = {"count": len(rows), "limit": ROWS_MOST}
        yield Problem(_place(place, "rows"), "too-many-rows", details)
    if len(columns) > COLUMNS_MOST:
        details = {"count": len(columns), "limit": COLUMNS_MOST}
        yield Problem(_place(place, "columns"), "too-many-columns", details)
    for number, row in enumerate(rows, 1):
        here = _place(place, "rows", _called(row.name, number))
        yield from _texts(questionnaire, _place(here, "label"), row.label, LABEL_MOST)
    yield from _same_labels(questionnaire, _place(place, "rows"), rows)
    for number, column in enumerate(columns, 1):
        here = _place(place, "columns", _called(column.name, number))
        if column.kind not in CELL_KINDS:
            kinds = {"kind": str(column.kind), "kinds": ", ".join(CELL_KINDS)}
            yield Problem(_place(here, "kind"), "column-kind", kinds)
            continue
        if column.relevant:
            yield Problem(_place(here, "relevant"), "column-condition")
        yield from _question(questionnaire, here, column)


def _limits(place: str, question: Question) -> Iterator[Problem]:
    for name, most in (
        ("words_at_most", WORDS_MOST),
        ("megabytes_at_most", MEGABYTES_MOST),
        ("at_most", VALUES_MOST),
    ):
        value = getattr(question, name)
        if value is not None and not 1 <= value <= most:
            details = {"value": value, "least": 1, "most": most}
            yield Problem(_place(place, name), "bad-limit", details)
    if question.at_most is not None:
        here = _place(place, "at_most")
        if not question.takes_several:
            yield Problem(here, "limit-without-many")
        elif question.choices and question.at_most > len(question.choices):
            details = {"value": question.at_most, "count": len(question.choices)}
            yield Problem(here, "limit-beyond-choices", details)
    least, most_of = question.minimum, question.maximum
    if least is not None and most_of is not None and least > most_of:
        yield Problem(
            _place(place, "minimum"), "limits-contradict", {"least": least, "most": most_of}
        )
    for name, limit in (("minimum", least), ("maximum", most_of)):
        if question.whole and limit is not None and limit != int(limit):
            yield Problem(_place(place, name), "limit-not-whole", {"value": limit})
    for name, day in (("earliest", question.earliest), ("latest", question.latest)):
        if day and not is_day(day):
            yield Problem(_place(place, name), "bad-date", {"value": day[:40]})
    if question.earliest and question.latest and question.earliest > question.latest:
        days = {"least": question.earliest[:40], "most": question.latest[:40]}
        yield Problem(_place(place, "earliest"), "limits-contradict", days)
    if question.kind is Kind.CONCEPTS:
        if not question.scheme:
            yield Problem(_place(place, "scheme"), "no-scheme")
        elif not SCHEME.fullmatch(question.scheme) or len(question.scheme) > NAME_MOST:
            yield Problem(_place(place, "scheme"), "bad-scheme", {"scheme": question.scheme[:80]})
    if question.kind is Kind.FILE and not question.types:
        yield Problem(_place(place, "types"), "no-types")
    for ending in question.types:
        if ending not in FILE_TYPES:
            details = {"value": ending[:40], "types": ", ".join(FILE_TYPES)}
            yield Problem(_place(place, "types"), "bad-type", details)


def _conditions(questionnaire: Questionnaire) -> Iterator[Problem]:
    every = {question.name: question for question in questionnaire.questions()}
    earlier: set[str] = set()
    for number, section in enumerate(questionnaire.sections, 1):
        here = _called(section.name, number)
        yield from _condition(section.relevant, here, "", every, earlier)
        for place, question in enumerate(section.questions, 1):
            here = _called(question.name, place)
            yield from _condition(question.relevant, here, question.name, every, earlier)
            earlier.add(question.name)


def _condition(
    text: str, place: str, own: str, every: Mapping[str, Question], earlier: set[str]
) -> Iterator[Problem]:
    if not text:
        return
    here = _place(place, "relevant")
    try:
        condition = parse_condition(text)
    except BadCondition as error:
        details = {
            "at": error.at + 1,
            "found": error.found,
            "functions": ", ".join(FUNCTIONS),
        }
        yield Problem(here, f"condition-{error.code}", details)
        return
    for name in condition.questions:
        if name == own:
            yield Problem(here, "condition-own-name")
        elif name not in every:
            yield Problem(here, "condition-unknown-name", {"name": name[:80]})
        elif name not in earlier:
            yield Problem(here, "condition-later-name", {"name": name[:80]})
        elif every[name].kind in NOT_COMPARABLE:
            details = {"name": name[:80], "kind": str(every[name].kind)}
            yield Problem(here, "condition-not-comparable", details)
    for name, value in condition.choices:
        asked = every.get(name)
        if asked is None or asked.kind not in CHOICE_KINDS or not value:
            continue
        # Several values stand as one text, which only ``selected`` takes apart.
        if value not in {choice.name for choice in asked.choices}:
            details = {"name": name[:80], "choice": value[:80]}
            yield Problem(here, "condition-unknown-choice", details)
