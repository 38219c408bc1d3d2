"""Rows of a survey as questions: types, limits, choices, tables; what has no place is reported."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyxform import aliases, constants

from rapporteur.calls.questionnaire.checking import FILE_TYPES
from rapporteur.calls.questionnaire.model import SETTINGS, Choice, Kind, Question
from rapporteur.calls.questionnaire.xlsform.constraints import read_constraint
from rapporteur.calls.questionnaire.xlsform.reports import Report
from rapporteur.calls.questionnaire.xlsform.sheets import OURS, FormRow
from rapporteur.calls.questionnaire.xlsform.trees import Group, type_of

TYPES = {
    "text": Kind.SHORT_TEXT,
    "string": Kind.SHORT_TEXT,
    "add text prompt": Kind.SHORT_TEXT,
    "note": Kind.NOTE,
    "add note prompt": Kind.NOTE,
    "integer": Kind.NUMBER,
    "int": Kind.NUMBER,
    "add integer prompt": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "add decimal prompt": Kind.NUMBER,
    "date": Kind.DATE,
    "add date prompt": Kind.DATE,
    "file": Kind.FILE,
    "add file prompt": Kind.FILE,
    "image": Kind.FILE,
    "photo": Kind.FILE,
    "add image prompt": Kind.FILE,
    "add photo prompt": Kind.FILE,
}
PICTURES = frozenset({"image", "photo", "add image prompt", "add photo prompt"})
WHOLE = frozenset({"integer", "int", "add integer prompt"})
# The kinds that stand in ``rapporteur::kind``, by the kind of the type beside it.
OUR_KINDS = {
    Kind.SHORT_TEXT: (
        Kind.SHORT_TEXT,
        Kind.LONG_TEXT,
        Kind.ORGANIZATION,
        Kind.COUNTRY,
        Kind.CONCEPTS,
    ),
    Kind.SINGLE_CHOICE: (Kind.SINGLE_CHOICE,),
    Kind.MULTIPLE_CHOICE: (Kind.MULTIPLE_CHOICE,),
    Kind.NUMBER: (Kind.NUMBER,),
    Kind.DATE: (Kind.DATE,),
    Kind.FILE: (Kind.FILE,),
    Kind.NOTE: (Kind.NOTE,),
}
SELECTS = sorted(
    (name for name, kind in aliases.select.items() if name not in aliases.select_from_file),
    key=len,
    reverse=True,
)
MATRIX, MATRIX_ROW = "matrix", "matrix-row"
LONG = "multiline"


class QuestionReader:
    """Makes questions of rows, and notes what of them was not taken."""

    # Columns that are read, and columns of XLSForm that say something a questionnaire has not.
    COLUMNS = frozenset(
        {
            "type", "name", "label", "hint", "required", "relevant", "constraint", "appearance",
            "jr:constraintMsg", "rapporteur::kind", "rapporteur::scheme",
            "rapporteur::many", "rapporteur::at_most", "rapporteur::types",
            "rapporteur::megabytes_at_most", "rapporteur::required", "rapporteur::unit",
        }
    )  # fmt: skip
    FEATURES = frozenset(
        {
            "calculate", "default", "readonly", "trigger", "choice_filter", "jr:count",
            "parameters", "guidance_hint", "image", "big-image", "audio", "video", "media",
            "jr:requiredmsg", "jr:requiredMsg", "rows", "autoplay", "disabled",
        }
    )  # fmt: skip

    def __init__(self, report: Report, lists: dict[str, tuple[Choice, ...]]) -> None:
        self.report = report
        self.lists = lists
        self.used: set[str] = set()

    def report_unused_lists(self) -> None:
        for name in self.lists:
            if name not in self.used:
                self.report.add("choices", 0, "list_name", name, "unused-list")

    def _tell(self, row: FormRow, column: str, value: str, code: str, **details: Any) -> None:
        printed = row.printed.get(column, column)
        self.report.add("survey", row.number, printed, value, code, **details)

    def taken(self, parts: Iterable[FormRow | Group], condition: str = "") -> list[Question]:
        """Return the questions of rows and groups, in order; inner groups lose their headings.

        ``condition`` is what the enclosing inner groups are shown on.
        """
        made: list[Question] = []
        for part in parts:
            if isinstance(part, FormRow):
                question = self._question(part, condition)
            elif self.is_matrix(part):
                question = self._matrix(part, condition)
            else:
                row = part.row or FormRow(0)
                self._tell(row, "type", row.get("name"), "nested-group")
                self.report_features(row, group=True)
                made += self.taken(part.parts, joined(condition, row.get("relevant")))
                continue
            if question is not None:
                made.append(question)
        return made

    @staticmethod
    def is_matrix(group: Group) -> bool:
        """Return whether a group is a table of ours."""
        return group.row is not None and group.row.get("rapporteur::kind").lower() == MATRIX

    def report_features(self, row: FormRow, *, group: bool = False) -> None:
        """Report what a row says that questions do not have."""
        for name in row.cells:
            if name in self.FEATURES or name.split("::")[0] in self.FEATURES:
                if name == "readonly" and type_of(row) == "note":
                    continue
                feature = row.printed[name]
                self._tell(row, name, row.get(name), "feature", feature=feature)
        if group:
            for name in ("required", "constraint"):
                if row.get(name):
                    self._tell(row, name, row.get(name), "feature", feature=row.printed[name])
            if row.get("appearance"):
                self._tell(row, "appearance", row.get("appearance"), "look")
        if "jr:constraintMsg" in row.texts and not row.get("rapporteur::kind"):
            message = next(iter(row.texts["jr:constraintMsg"].values()))
            self._tell(row, "jr:constraintMsg", message, "message")

    def _question(self, row: FormRow, condition: str) -> Question | None:
        kind, values = self._kind(row)
        if kind is None:
            return None
        self.report_features(row)
        kind = self._our_kind(row, kind)
        self._look(row, kind)
        limits = read_constraint(row.get("constraint"), kind, whole=values.get("whole", False))
        for left in limits.left:
            self._tell(row, "constraint", left, "constraint")
        values |= limits.limits | self._settings(row, kind)
        if kind is Kind.FILE and "types" not in values:
            values["types"] = ("jpg", "png") if type_of(row) in PICTURES else FILE_TYPES
        if "unit" in SETTINGS[kind]:
            values["unit"] = row.texts.get("rapporteur::unit", {})
        elif "rapporteur::unit" in row.texts:
            unit = next(iter(row.texts["rapporteur::unit"].values()))
            self._tell(row, "rapporteur::unit", unit, "setting")
        return Question(
            name=row.get("name"),
            kind=kind,
            label=row.texts.get("label", {}),
            hint=row.texts.get("hint", {}),
            required=self._required(row, "required"),
            relevant=joined(condition, row.get("relevant")),
            **values,
        )

    def _kind(self, row: FormRow) -> tuple[Kind | None, dict[str, Any]]:
        """Return the kind that a row's type is, ``None`` where it is none of ours."""
        printed = type_of(row)
        if not printed:
            value = row.get("name") or next(iter(row.cells.values()), "")
            self._tell(row, "type", value, "no-type")
            return None, {}
        if printed in TYPES:
            return TYPES[printed], {"whole": True} if printed in WHOLE else {}
        for name in SELECTS:
            if not printed.startswith(f"{name} "):
                continue
            select = aliases.select[name]
            if select not in (constants.SELECT_ONE, constants.SELECT_ALL_THAT_APPLY):
                break
            named = " ".join(row.get("type").split())[len(name) + 1 :].strip()
            for ending in (" or_other", " or specify other", " or other"):
                if named.lower().endswith(ending):
                    named = named[: -len(ending)].strip()
                    self._tell(row, "type", row.get("type"), "or-other")
            one = select == constants.SELECT_ONE
            kind = Kind.SINGLE_CHOICE if one else Kind.MULTIPLE_CHOICE
            return kind, {"choices": self._choices(row, named)}
        self._tell(row, "type", row.get("type"), "type")
        return None, {}

    def _choices(self, row: FormRow, named: str) -> tuple[Choice, ...]:
        if named not in self.lists:
            self._tell(row, "type", row.get("type"), "no-list", list=named[:80])
            return ()
        self.used.add(named)
        return self.lists[named]

    def _our_kind(self, row: FormRow, kind: Kind) -> Kind:
        """Return the kind that our column says, where it fits the type; else the type's."""
        value = row.get("rapporteur::kind").lower()
        if value:
            for ours in OUR_KINDS[kind]:
                if value == ours:
                    return ours
            self._tell(row, "rapporteur::kind", value, "kind")
        if kind is Kind.SHORT_TEXT and LONG in row.get("appearance").split():
            return Kind.LONG_TEXT
        return kind

    def _look(self, row: FormRow, kind: Kind) -> None:
        looks = row.get("appearance").split()
        left = [look for look in looks if not (look == LONG and kind is Kind.LONG_TEXT)]
        if left:
            self._tell(row, "appearance", " ".join(left), "look")

    def _settings(self, row: FormRow, kind: Kind) -> dict[str, Any]:
        """Return the settings that stand in our columns."""
        values: dict[str, Any] = {}
        for name in ("scheme", "many", "at_most", "types", "megabytes_at_most"):
            column = f"{OURS}::{name}"
            text = row.get(column)
            if not text:
                continue
            value = self._setting(name, text)
            if value is None or name not in SETTINGS[kind]:
                self._tell(row, column, text, "setting")
            else:
                values[name] = value
        if row.get("rapporteur::required"):
            self._tell(row, "rapporteur::required", row.get("rapporteur::required"), "setting")
        return values

    @staticmethod
    def _setting(name: str, text: str) -> Any:
        if name == "scheme":
            return text
        if name == "many":
            return aliases.yes_no.get(text)
        if name == "types":
            return tuple(dict.fromkeys(text.lower().replace(",", " ").split()))
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

    def _required(self, row: FormRow, column: str) -> bool:
        text = row.get(column)
        if not text or text in aliases.yes_no:
            return bool(text) and aliases.yes_no[text]
        self._tell(row, column, text, "required")
        return False

    def _matrix(self, group: Group, condition: str) -> Question | None:
        row = group.row or FormRow(0)
        self.report_features(row, group=True)
        rows: list[Choice] = []
        columns: list[tuple[Question, ...]] = []
        for part in group.parts:
            inner = part.row if isinstance(part, Group) else None
            if inner is None or not isinstance(part, Group):
                self._tell(row, "name", row.get("name"), "matrix")
                return None
            self.report_features(inner, group=True)
            rows.append(Choice(inner.get("name"), inner.texts.get("label", {})))
            told = len(self.report.found)
            columns.append(tuple(self.taken(part.parts)))
            if len(columns) > 1:
                # What the first row told of its columns need not be told of every row.
                del self.report.found[told:]
        if any(other != columns[0] for other in columns):
            self._tell(row, "name", row.get("name"), "matrix")
            return None
        return Question(
            name=row.get("name"),
            kind=Kind.MATRIX,
            label=row.texts.get("label", {}),
            hint=row.texts.get("hint", {}),
            required=self._required(row, "rapporteur::required"),
            relevant=joined(condition, row.get("relevant")),
            rows=tuple(rows),
            columns=columns[0] if columns else (),
        )


def joined(first: str, second: str) -> str:
    """Return the condition that holds when both do."""
    if first and second:
        return f"({first}) and ({second})"
    return first or second
