"""Read an XLSForm: what a questionnaire has is taken, the rest is reported with its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapporteur.analysis.languages import cheap_language_of
from rapporteur.calls.questionnaire.conditions import BadCondition, parse_condition
from rapporteur.calls.questionnaire.model import LANGUAGES, Choice, Question, Questionnaire, Section
from rapporteur.calls.questionnaire.workbooks import SheetCells, cell_text, open_workbook
from rapporteur.calls.questionnaire.xlsform.languages import language_of_header
from rapporteur.calls.questionnaire.xlsform.questions import QuestionReader
from rapporteur.calls.questionnaire.xlsform.reports import NotTaken, Report
from rapporteur.calls.questionnaire.xlsform.sheets import (
    FormRow,
    FormSheet,
    read_sheet,
    row_texts,
)
from rapporteur.calls.questionnaire.xlsform.trees import Group, grouped

SHEETS = ("survey", "choices", "settings")
SETTINGS_TAKEN = frozenset({"title", "id_string", "form_id", "version", "default_language"})
UNNAMED = "questionnaire"


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What an XLSForm holds, and what of it could not be taken.

    The questionnaire may have problems (``problems_of``): it is what the file says.
    """

    questionnaire: Questionnaire
    not_taken: tuple[NotTaken, ...]


def read_xlsform(data: bytes) -> ReadForm:
    """Return the questionnaire of an XLSForm (XLSX) and an exact report of what was not taken.

    Raises:
        FormRefused: the file is no workbook that is opened (``workbooks.open_workbook``).
    """
    cells = open_workbook(data)
    return _Reader(cells).read()


class _Reader:
    """Reads one workbook."""

    def __init__(self, workbook: list[SheetCells]) -> None:
        self.report = Report()
        self.workbook = workbook
        found: dict[str, FormSheet] = {}
        for cells in workbook:
            name = cells.name.strip().lower()
            if name in SHEETS and name not in found:
                found[name] = read_sheet(cells, name, self.report)
            elif any(any(row_texts(row)) for row in cells.rows):
                self.report.add(cells.name, 0, "", "", "sheet")
        if "survey" not in found:
            self.report.add("survey", 0, "", "", "no-survey")
        self.survey = found.get("survey", FormSheet("survey", [], []))
        self.choices = found.get("choices", FormSheet("choices", [], []))
        self.settings = found.get("settings", FormSheet("settings", [], []))

    def read(self) -> ReadForm:
        self._resolve_languages()
        questions = QuestionReader(self.report, self._lists())
        title = self._title()
        sections = self._sections(grouped(self.survey.rows, self.report), questions, title)
        questions.report_unused_lists()
        self._report_columns()
        self._check_conditions(sections)
        self._ask_pyxform()
        questionnaire = Questionnaire(
            name=self._form_id(),
            version=self._setting("version"),
            languages=self.languages,
            default_language=self.default,
            title=title,
            sections=sections,
        )
        order = {name: place for place, name in enumerate(SHEETS)}
        told = sorted(
            self.report.found, key=lambda item: (order.get(item.sheet, len(order)), item.row)
        )
        return ReadForm(questionnaire, tuple(told))

    def _setting(self, name: str) -> str:
        return self.settings.rows[0].get(name) if self.settings.rows else ""

    def _form_id(self) -> str:
        name = self._setting("id_string") or self._setting("form_id")
        if not name:
            self.report.add("settings", 0, "form_id", "", "no-form-id", name=UNNAMED)
        return name or UNNAMED

    def _title(self) -> dict[str, str]:
        row = self.settings.rows[0] if self.settings.rows else FormRow(0)
        title = {code: text for code, text in row.texts.get("title", {}).items() if code}
        plain = row.texts.get("title", {}).get("", "")
        if plain and title.setdefault(self.default, plain) != plain:
            self.report.add("settings", row.number, row.printed["title"], plain, "two-texts")
        return title

    def _resolve_languages(self) -> None:
        """Find the form's languages, and give texts without a language theirs."""
        sheets = (self.survey, self.choices, self.settings)
        named = list(dict.fromkeys(code for sheet in sheets for code in sheet.languages()))
        default = language_of_header(self._setting("default_language"))
        given = self._setting("default_language")
        if given and default is None and given.lower() != "default":
            self.report.add("settings", 2, "default_language", given, "setting")
        plain = [sheet for sheet in sheets[:2] if sheet.has_plain_texts()]
        if default is None and plain:
            default = _language_of(row for sheet in plain for row in sheet.rows)
            if not named or default not in named:
                self.report.add(plain[0].name, 1, "label", "", "language-assumed", language=default)
        elif default is None:
            default = named[0] if named else "en"
        if plain and default not in named:
            named.insert(0, default)
        self.default = default if default in named or not named else named[0]
        self.languages = tuple(named) or (self.default,)
        for sheet in sheets[:2]:
            for row in sheet.rows:
                for name, texts in row.texts.items():
                    text = texts.pop("", "")
                    if text and texts.setdefault(self.default, text) != text:
                        printed = row.printed[name].split("::")[0]
                        self.report.add(sheet.name, row.number, printed, text, "two-texts")

    def _lists(self) -> dict[str, tuple[Choice, ...]]:
        lists: dict[str, list[Choice]] = {}
        for row in self.choices.rows:
            named = row.get("list name") or row.get("list_name")
            if not named or not row.get("name"):
                self.report.add("choices", row.number, "name", named, "no-choice-name")
                continue
            choice = Choice(row.get("name"), row.texts.get("label", {}))
            lists.setdefault(named, []).append(choice)
        return {name: tuple(found) for name, found in lists.items()}

    def _sections(
        self, whole: Group, questions: QuestionReader, title: dict[str, str]
    ) -> tuple[Section, ...]:
        sections: list[Section] = []
        names = {row.get("name").lower() for row in self.survey.rows}
        loose: list[Question] = []

        def close_loose() -> None:
            if not loose:
                return
            number = next(n for n in range(1, 10_000) if f"section_{n}" not in names)
            names.add(f"section_{number}")
            sections.append(Section(f"section_{number}", title, questions=tuple(loose)))
            loose.clear()

        for part in whole.parts:
            row = part.row if isinstance(part, Group) else part
            if isinstance(part, Group) and row is not None and not questions.is_matrix(part):
                close_loose()
                sections.append(self._section(part, row, questions))
                continue
            made = questions.taken([part])
            if made and not loose and row is not None:
                self.report.add("survey", row.number, "name", row.get("name"), "no-group")
            loose += made
        close_loose()
        return tuple(sections)

    @staticmethod
    def _section(group: Group, row: FormRow, questions: QuestionReader) -> Section:
        questions.report_features(row, group=True)
        return Section(
            name=row.get("name"),
            label=row.texts.get("label", {}),
            hint=row.texts.get("hint", {}),
            relevant=row.get("relevant"),
            questions=tuple(questions.taken(group.parts)),
        )

    def _report_columns(self) -> None:
        """Report columns that are XLSForm's or somebody's own and that nothing here reads."""
        taken = {
            "survey": QuestionReader.COLUMNS,
            "choices": frozenset({"list name", "list_name", "name", "label"}),
            "settings": SETTINGS_TAKEN,
        }
        for sheet in (self.survey, self.choices, self.settings):
            for column in sheet.columns:
                is_feature = column.name.split("::")[0] in QuestionReader.FEATURES
                if column.name in taken[sheet.name] or (sheet is self.survey and is_feature):
                    continue  # features are told of row by row
                cells = [row for row in sheet.rows if row.get(column.name)]
                if cells:
                    value = cells[0].get(column.name)
                    self.report.add(
                        sheet.name, 1, column.printed, value, "column", count=len(cells)
                    )
        for row in self.settings.rows[1:]:
            value = next(iter(row.cells.values()), "")
            self.report.add("settings", row.number, "", value, "second-row")

    def _check_conditions(self, sections: tuple[Section, ...]) -> None:
        """Point at conditions that cannot be used: they stay, and are problems to be mended."""
        by_name = {row.get("name"): row for row in self.survey.rows}
        for section in sections:
            parts: tuple[Section | Question, ...] = (section, *section.questions)
            for part in parts:
                row = by_name.get(part.name)
                try:
                    if part.relevant:
                        parse_condition(part.relevant)
                except BadCondition:
                    number = row.number if row else 0
                    self.report.add("survey", number, "relevant", part.relevant, "condition")

    def _ask_pyxform(self) -> None:
        """Report what pyxform, and so every other program that uses it, says of the form."""
        from pyxform.xls2xform import convert

        sheets: dict[str, list[dict[str, str | None]]] = {}
        for cells in self.workbook:
            name = cells.name.strip().lower()
            if name in SHEETS:
                sheets[f"{name}_header"], sheets[name] = _as_dicts(cells)
        if not self.survey.rows:
            return
        try:
            convert(sheets, warnings=[], validate=False)
        except Exception as error:  # it fails in many ways on forms that are none
            told = re.sub(r"\s+", " ", str(error)) or type(error).__name__
            self.report.add("survey", 0, "", told, "pyxform")


def _as_dicts(cells: SheetCells) -> tuple[list[dict[str, str | None]], ...]:
    """Return a sheet as pyxform takes it: its headers, and its rows under them."""
    at = next((place for place, row in enumerate(cells.rows) if any(row_texts(row))), None)
    if at is None:
        return [], []
    headers = row_texts(cells.rows[at])
    rows: list[dict[str, str | None]] = []
    for row in cells.rows[at + 1 :]:
        texts = [cell_text(value).strip() for value in row]
        rows.append(
            {name: text for name, text in zip(headers, texts, strict=False) if name and text}
        )
    return [dict.fromkeys(filter(None, headers))], rows


def _language_of(rows: Iterable[FormRow]) -> str:
    """Return the language that most texts without one are in; English where they leave it open."""
    found: Counter[str] = Counter()
    for row in rows:
        text = row.texts.get("label", {}).get("", "")
        code = cheap_language_of(text) if text else None
        if code:
            found["zh-hans" if code == "zh" else code] += 1
    best = max(LANGUAGES, key=lambda code: found[code])
    return best if found[best] else "en"
