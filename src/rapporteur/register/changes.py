"""What changed between two versions, in words: for the versions' pages and the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rapporteur.register.choices import ActivityKind, ActivityStatus, Coverage, GivenBy, ResultKind
from rapporteur.register.comparing import Change, Mark, Piece, Shape, compare
from rapporteur.register.content import SCHEME_OF, Content
from rapporteur.register.errors import FIELD_LABELS
from rapporteur.register.presenting import direction_of, partial_date
from rapporteur.register.queries.reading import Names, names_in
from rapporteur.register.searchables import language_labels

CHOICES: dict[str, Any] = {"kind": ActivityKind, "status": ActivityStatus, "coverage": Coverage}


@dataclass(frozen=True)
class ShownPiece:
    """A piece in words; ``gone`` and ``new`` say which side alone has it."""

    words: str
    gone: bool
    new: bool


@dataclass(frozen=True)
class ShownChange:
    """One field that differs: its name in words, and the pieces of both sides.

    ``is_list``: one piece per line. ``language`` and ``direction`` are those of the texts.
    """

    label: str
    is_list: bool
    before: tuple[ShownPiece, ...]
    after: tuple[ShownPiece, ...]
    language_before: str = ""
    language_after: str = ""
    direction_before: str = "auto"
    direction_after: str = "auto"


def changes_between(before: Content, after: Content) -> list[ShownChange]:
    """Return what differs between two contents, in words. Three queries, or none."""
    found = compare(before, after)
    if not found:
        return []
    names = names_in([before, after])
    return [shown(change, before, after, names) for change in found]


def shown(change: Change, before: Content, after: Content, names: Names) -> ShownChange:
    languages = ("", "")
    if change.name == "translations":
        code = change.field.split(".")[1]
        languages = (code, code)
    elif change.shape == Shape.TEXT:
        languages = (before.language, after.language)
    return ShownChange(
        label=label_of(change),
        is_list=change.shape == Shape.LIST,
        before=in_words(change, change.before, names),
        after=in_words(change, change.after, names),
        language_before=languages[0],
        language_after=languages[1],
        direction_before=direction_of(languages[0]),
        direction_after=direction_of(languages[1]),
    )


def label_of(change: Change) -> str:
    if change.name == "organization_slug":
        return _("Organization in the directory")
    if change.name != "translations":
        return str(FIELD_LABELS.get(change.name, change.name))
    _field, code, part = change.field.split(".")
    return _("%(field)s in another language: %(language)s") % {
        "field": FIELD_LABELS[part],
        "language": language_labels([code])[code],
    }


def in_words(change: Change, pieces: Sequence[Piece], names: Names) -> tuple[ShownPiece, ...]:
    return tuple(
        ShownPiece(
            words_of(change.name, piece.value, names),
            gone=piece.mark == Mark.GONE,
            new=piece.mark == Mark.NEW,
        )
        for piece in pieces
    )


def words_of(field: str, value: Any, names: Names) -> str:
    """Return a piece's value in words; a code that nobody knows any more stays a code."""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if field in SCHEME_OF or field == "stakeholder_group":
        concept = names.concepts.get(value)
        return f"{value} {concept.name}" if concept and field in CODED else name_or(concept, value)
    if field == "countries":
        return name_or(names.countries.get(value), value)
    if field == "organization_slug":
        found = names.organizations.get(value)
        return found.display_name if found else str(value)
    if field == "language":
        return language_labels([value])[value]
    if field in ("starts", "ends"):
        return partial_date(value)
    if field == "given":
        code, giver = value
        label = GivenBy(giver).label if giver in GivenBy.values else giver
        return f"{code}: {label}"
    if isinstance(value, dict):
        return part_in_words(field, value)
    return str(value)


# Vocabularies whose codes people know.
CODED = ("action_lines", "sdgs", "compact")


def name_or(record: Any, code: str) -> str:
    return record.name if record is not None else code


def part_in_words(field: str, value: dict[str, Any]) -> str:
    if field == "partners":
        return str(value["name"])
    if field == "links":
        return " ".join(part for part in (value["label"], value["url"]) if part)
    kind = dict(ResultKind.choices).get(value["kind"], value["kind"])
    figure = " ".join(part for part in (value["value"], value["unit"]) if part)
    year = str(value["year"]) if value["year"] else ""
    return " · ".join(part for part in (str(kind), value["text"], figure, year) if part)
