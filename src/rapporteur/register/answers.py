"""What a version says, field by field in words: for checking one's answers and for the desk."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from rapporteur.register.changes import words_of
from rapporteur.register.choices import GivenBy
from rapporteur.register.content import CODE_LISTS, LIST_CLASSES, Content
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.register.presenting import direction_of
from rapporteur.register.queries.reading import Names, names_in
from rapporteur.register.searchables import language_labels

# Shown as written, with its line ends.
TEXTS = ("title", "description", "success_story")


@dataclass(frozen=True)
class Line:
    """One value of a field in words. ``suggested``: the platform proposed it."""

    words: str
    language: str = ""
    direction: str = "auto"
    suggested: bool = False


@dataclass(frozen=True)
class Answer:
    """One field: its name in words and its values; none: nothing was said."""

    field: str
    label: Any
    lines: tuple[Line, ...]
    is_text: bool = False


def answers_of(content: Content, fields: tuple[str, ...], names: Names) -> list[Answer]:
    """Return what a content says in these fields, in words. Asks the database nothing."""
    return [
        Answer(name, FIELD_LABELS[name], lines_of(content, name, names), is_text=name in TEXTS)
        for name in fields
        if name not in ("organization_slug", "given")
    ]


def lines_of(content: Content, name: str, names: Names) -> tuple[Line, ...]:
    value = getattr(content, name)
    if not value:
        return ()
    if name in TEXTS:
        return (Line(value, content.language, direction_of(content.language)),)
    if name == "translations":
        return tuple(
            Line(
                f"{language_labels([code])[code]}: {row.title or row.description[:80]}",
                code,
                direction_of(code),
            )
            for code, row in value.items()
        )
    if name in CODE_LISTS:
        suggested = GivenBy.SUGGESTION
        return tuple(
            Line(words_of(name, code, names), suggested=content.given.get(code) == suggested)
            for code in value
        )
    if name in LIST_CLASSES:
        return tuple(Line(words_of(name, asdict(row), names)) for row in value)
    return (Line(words_of(name, value, names)),)


def all_answers(content: Content, fields: tuple[str, ...]) -> list[Answer]:
    """As ``answers_of``, with the names read. Three queries."""
    return answers_of(content, fields, names_in([content]))
