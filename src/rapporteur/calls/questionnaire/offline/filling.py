"""From what stands in the places of a filled form to answers, and to what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapporteur.calls.questionnaire.messages import message_of
from rapporteur.calls.questionnaire.model import Kind, Questionnaire
from rapporteur.calls.questionnaire.offline.marks import FormMark
from rapporteur.calls.questionnaire.offline.places import (
    CodeNames,
    Place,
    keys_of,
    options_of,
    places_of,
    root_of,
)
from rapporteur.calls.questionnaire.offline.values import NotAValue, is_ticked_mark, value_of

SHOWN_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in one place: its text, the typed value where the file has types, and where."""

    text: str
    where: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class NotRead:
    """One thing in a filled form that could not be read back.

    ``question`` is a name, ``""`` for the form as a whole or where it is not known; ``where`` is a
    place in the file, in words; ``text`` the beginning of what stands there.
    """

    question: str
    code: str
    where: str = ""
    text: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What could not be read and how to mend it, in the active language."""
        return message_of(MESSAGES, self.code, {"text": self.text, **self.details})


@dataclass(frozen=True, slots=True)
class Filled:
    """The answers of a filled form, and what of it could not be read back.

    Answers are as read: ``answers.faults_of`` says what is wrong in them. ``mark`` is ``None``
    where the file does not say which form it is.
    """

    answers: Mapping[str, Any]
    faults: tuple[NotRead, ...]
    mark: FormMark | None


def not_read(question: str, code: str, where: str, text: str, **details: Any) -> NotRead:
    """Return a fault that shows the beginning of a text."""
    shown = " ".join(text.split())
    shown = shown if len(shown) <= SHOWN_AT_MOST else shown[: SHOWN_AT_MOST - 1] + "…"
    return NotRead(question, code, where, shown, details)


def answers_from(
    questionnaire: Questionnaire, names: CodeNames, found: Mapping[str, list[Found]]
) -> tuple[dict[str, Any], list[NotRead]]:
    """Return the answers that the places hold, by question, and what could not be read.

    ``found`` is what stands under each key; a key that the questionnaire does not have is told of
    where something stands there.
    """
    reader = _Reader(questionnaire, names, found)
    for place in places_of(questionnaire):
        reader.take(place)
    reader.report_unknown()
    return reader.answers, reader.faults


class _Reader:
    def __init__(
        self, questionnaire: Questionnaire, names: CodeNames, found: Mapping[str, list[Found]]
    ) -> None:
        self.questionnaire = questionnaire
        self.names = names
        self.found = found
        self.answers: dict[str, Any] = {}
        self.faults: list[NotRead] = []
        self.missing: dict[str, list[Place]] = {}

    def take(self, place: Place) -> None:
        """Read one place into the answers."""
        options = options_of(place.question, self.names)
        boxes = {
            option.value: places
            for option in options
            if (places := self.found.get(place.tick_key(option.value)))
        }
        if boxes:
            self.take_boxes(place, boxes, [option.value for option in options])
        elif place.key in self.found:
            self.take_text(place)
        elif place.row and self.is_missing_row(place):
            return
        else:
            self.faults.append(NotRead(place.root.name, "place-missing", details=_cell(place)))

    def is_missing_row(self, place: Place) -> bool:
        """Return whether the whole row is missing: told of once, with its first column."""
        keys = [Place(place.root, column, place.row).key for column in place.root.columns]
        prefix = tuple(f"{key}=" for key in keys)
        if any(key in keys or key.startswith(prefix) for key in self.found):
            return False
        if place.question is place.root.columns[0]:
            fault = NotRead(place.root.name, "row-missing", details=_cell(place))
            self.faults.append(fault)
        return True

    def only(self, place: Place, found: Iterable[Found]) -> Found | None:
        """Return the one thing that stands in a place; two different ones are told of."""
        given = [item for item in found if item.text.strip()]
        if len({item.text.strip() for item in given}) > 1:
            for item in given:
                fault = not_read(place.root.name, "place-twice", item.where, item.text)
                self.faults.append(fault)
            return None
        return given[0] if given else None

    def take_text(self, place: Place) -> None:
        item = self.only(place, self.found[place.key])
        if item is None:
            return
        try:
            value = value_of(place.question, item.value, item.text, self.names)
        except NotAValue as error:
            fault = not_read(
                place.root.name, error.code, item.where, item.text, value=error.value[:80]
            )
            self.faults.append(fault)
            return
        self.put(place, value)

    def take_boxes(
        self, place: Place, boxes: Mapping[str, list[Found]], options: list[str]
    ) -> None:
        ticked: list[str] = []
        where = ""
        for value in options:
            places = boxes.get(value)
            if places is None:
                details = {"value": value}
                self.faults.append(NotRead(place.root.name, "choice-missing", details=details))
                continue
            marks = [is_ticked_mark(item.text) for item in places]
            for item, mark in zip(places, marks, strict=True):
                if mark is None:
                    fault = not_read(
                        place.root.name, "unclear-tick", item.where, item.text, value=value
                    )
                    self.faults.append(fault)
            if True in marks:
                ticked.append(value)
                where = places[0].where
        if place.question.takes_several:
            self.put(place, ticked)
        elif len(ticked) > 1:
            text = ", ".join(ticked)
            self.faults.append(not_read(place.root.name, "several-chosen", where, text))
        elif ticked:
            self.put(place, ticked[0])

    def put(self, place: Place, value: Any) -> None:
        if value in ("", []):
            return
        if place.row:
            rows = self.answers.setdefault(place.root.name, {})
            rows.setdefault(place.row, {})[place.question.name] = value
        else:
            self.answers[place.root.name] = value

    def report_unknown(self) -> None:
        """Tell of answers under keys that this questionnaire does not have."""
        known = set(keys_of(self.questionnaire, self.names))
        files = {item.name for item in self.questionnaire.questions() if item.kind is Kind.FILE}
        for key, places in self.found.items():
            if key in known:
                continue
            for item in places:
                mark = is_ticked_mark(item.text) if "=" in key else None
                if item.text.strip() and mark is not False and root_of(key) not in files:
                    fault = not_read("", "unknown-place", item.where, item.text, key=key[:80])
                    self.faults.append(fault)


def _cell(place: Place) -> dict[str, str]:
    return {"row": place.row, "column": place.question.name if place.row else ""}


MESSAGES: Mapping[str, Promise | str] = {
    "other-version": _(
        "The form was made of version “%(given)s”, and the questionnaire is now “%(expected)s”. "
        "Answers were read by the names of questions: look through them."
    ),
    "no-mark": _(
        "The file no longer says which form and version it is. Answers were read by the names of "
        "questions: look through them."
    ),
    "place-missing": _(
        "The file has no place for this answer any more. Fill it into the form as it was sent, or "
        "on the site."
    ),
    "row-missing": _(
        "The row “%(row)s” of the table is not in the file any more. Fill it into the form as it "
        "was sent, or on the site."
    ),
    "choice-missing": _(
        "The choice “%(value)s” is not in the file any more, and was taken as not chosen."
    ),
    "place-twice": _("The place stands twice in the file, with different answers. Leave one."),
    "unknown-place": _(
        "“%(text)s” answers “%(key)s”, which the questionnaire does not ask. Move it to where it "
        "belongs."
    ),
    "not-a-choice": _("“%(value)s” is none of the choices. Write it as the form has it."),
    "several-chosen": _("More than one is chosen (%(text)s), and only one can be. Leave one."),
    "unclear-tick": _(
        "It is not clear whether “%(text)s” chooses “%(value)s”. Write x, or leave it empty."
    ),
    "not-a-number": _("“%(value)s” is no number. Write digits alone, with a point: 1250.5."),
    "ambiguous-number": _(
        "“%(value)s” may be thousands or a fraction. Write it without a comma: 1250 or 1.25."
    ),
    "not-a-date": _("“%(value)s” is no date. Write it as 2026-05-31."),
    "ambiguous-date": _(
        "It is not clear which part of “%(value)s” is the month. Write 2026-05-31."
    ),
    "unknown-code": _("“%(value)s” is no code or name that is known here. Write it as listed."),
    "formula-error": _(
        "The cell holds the error of a formula (%(text)s). Write the answer itself."
    ),
    "text-outside": _(
        "“%(text)s” stands outside the places of answers, and was not read. Move it into one."
    ),
    "comment": _("“%(text)s” stands in a comment or note, and was not read. Move it into a place."),
    "picture": _("A picture stands here, and was not read. Send it as a file beside the form."),
}
