"""What could not be taken from an XLSForm: where it stands, what it is, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rapporteur.calls.questionnaire.messages import message_of

SHOWN_AT_MOST = 200


@dataclass(frozen=True, slots=True)
class NotTaken:
    """One thing of the workbook that the questionnaire does not have.

    ``row`` counts as the sheet does (the header is row 1; 0: the sheet or a whole column),
    ``column`` is the header as printed, ``value`` the beginning of what stands there.
    """

    sheet: str
    row: int
    column: str
    value: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What was not taken, and what to do, in the active language."""
        return message_of(MESSAGES, self.code, {"value": self.value, **self.details})


class Report:
    """What was not taken so far."""

    def __init__(self) -> None:
        self.found: list[NotTaken] = []

    def add(self, sheet: str, row: int, column: str, value: str, code: str, **details: Any) -> None:
        shown = value if len(value) <= SHOWN_AT_MOST else value[: SHOWN_AT_MOST - 1] + "…"
        self.found.append(NotTaken(sheet, row, column, shown, code, details))


MESSAGES: Mapping[str, Promise | str] = {
    "sheet": _("This sheet is not read."),
    "column": _("This column is not read; %(count)s of its cells hold something."),
    "repeated-column": _("There is a second column of this name; it is not read."),
    "language": _("“%(value)s” is none of the site's languages; the column is not read."),
    "language-assumed": _("The column names no language; its texts were taken as “%(language)s”."),
    "two-texts": _("The column without a language says something else; it was left out."),
    "outside": _("The cell stands beside the columns that have a header; it is not read."),
    "formula-error": _("The cell holds the error of a formula. Mend it, and give the file again."),
    "too-many-rows": _("Rows from this one on are not read: a form has at most %(limit)s."),
    "no-survey": _("The workbook has no sheet “survey”, so there are no questions in it."),
    "type": _("Questions of the type “%(value)s” are not taken; the question was left out."),
    "no-type": _("The row has no type, and was left out."),
    "or-other": _(
        "“or_other” is not taken: the choices stand without it. Add a choice and a question."
    ),
    "repeat": _("Repeats are not taken; the group and everything in it was left out."),
    "in-repeat": _("The question stands in a repeat, and was left out."),
    "nested-group": _(
        "A group in a group: its questions were taken without its heading, on its condition."
    ),
    "too-deep": _("Groups stand too deep in each other; this one was left out."),
    "unclosed": _("The group has no end. Its questions were taken."),
    "unopened": _("This end belongs to no group."),
    "wrong-end": _("This end does not fit what was begun last."),
    "no-group": _(
        "Questions outside groups were put into a section of their own, under the form's title."
    ),
    "feature": _("“%(feature)s” is not taken."),
    "look": _("The look “%(value)s” is not taken; the question is shown in the site's way."),
    "required": _("“Required” on a condition is not taken; the question is not required."),
    "constraint": _("This limit is not taken: %(value)s"),
    "message": _("Messages of limits are not taken; the site has its own."),
    "kind": _("“%(value)s” is no kind of question that fits the type; the type was taken."),
    "setting": _("“%(value)s” is no value for this column; it was left out."),
    "matrix": _(
        "The table's rows do not all have the same columns in the same order; it was left out."
    ),
    "no-list": _("The sheet “choices” has no list “%(list)s”; the question has no choices."),
    "unused-list": _("No question uses the list “%(value)s”; it was left out."),
    "no-choice-name": _("The choice has no name, and was left out."),
    "second-row": _("The sheet “settings” has one row of values; this one is not read."),
    "no-form-id": _("The form has no form_id; it was named “%(name)s”."),
    "condition": _("The condition was taken as it stands, but it cannot be used: mend it."),
    "pyxform": _("Other programs would refuse this form: %(value)s"),
}
