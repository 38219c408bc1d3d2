"""A questionnaire as a workbook that can be printed, or filled without a connection.

Each row with a place for an answer has its key in the hidden first column, so that it is known
wherever it is moved; a matrix stands on a sheet of its own, the names of its columns in a hidden
first row. What may be chosen stands in lists; limits are checked while typing.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from rapporteur.calls.questionnaire.limits import limits_in_words
from rapporteur.calls.questionnaire.model import (
    RIGHT_TO_LEFT,
    Kind,
    Question,
    Questionnaire,
    Section,
)
from rapporteur.calls.questionnaire.offline import wording
from rapporteur.calls.questionnaire.offline.marks import mark_of
from rapporteur.calls.questionnaire.offline.places import (
    PLACELESS,
    CodeNames,
    Option,
    Place,
    is_ticked,
    options_of,
)
from rapporteur.calls.questionnaire.workbooks import escaped, put_text

# What stands before a key, and marks the column of answers.
SIGN, ANSWER, FIRST_KEY = "@", "@=", "key"
KEY_COLUMN, LABEL_COLUMN, ANSWER_COLUMN = 1, 2, 3
MARK_SHEET, LIST_SHEET = "rapporteur", "rapporteur-lists"
LABEL_WIDTH, ANSWER_WIDTH, CELL_WIDTH = 58, 58, 34
LONG_HEIGHT, LIST_HEIGHT, LINE_HEIGHT = 170, 64, 15.5
TALLEST = 400
# Excel's own limits on what a cell says when it is chosen.
PROMPT_TITLE, PROMPT_MOST = 32, 250
EDGE = Side(style="thin", color="666666")
BOX = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
YELLOW = PatternFill("solid", fgColor="FFF8DC")
BAND = PatternFill("solid", fgColor="DCE9F0")
FACE = "Arial"
PLAIN, BOLD = Font(name=FACE, size=10), Font(name=FACE, size=10, bold=True)
HEADING, TITLE = Font(name=FACE, size=13, bold=True), Font(name=FACE, size=16, bold=True)
GREY = Font(name=FACE, size=9, color="444444")


def write_offline_xlsx(
    questionnaire: Questionnaire, language: str, names: CodeNames | None = None
) -> bytes:
    """Return the form of a questionnaire in a language as a workbook.

    ``names`` are the codes that questions on countries and concepts offer.
    """
    with override(language):
        return _Writer(questionnaire, language, names or CodeNames()).workbook()


class _Writer:
    """Writes one form, in the active language."""

    def __init__(self, questionnaire: Questionnaire, language: str, names: CodeNames) -> None:
        self.form = questionnaire
        self.language = language
        self.names = names
        self.book = Workbook()
        self.book.remove(self.book.active)
        self.sheet = self.add_sheet(_("Form"))
        self.row = 0
        self.number = 0
        self.lists: list[tuple[str, ...]] = []
        self.tables: list[tuple[str, int, Question]] = []

    def text(self, texts: Any) -> str:
        return self.form.text(texts, self.language)

    def add_sheet(self, title: str) -> Worksheet:
        sheet: Worksheet = self.book.create_sheet(title[:31])
        sheet.sheet_view.rightToLeft = self.language in RIGHT_TO_LEFT
        sheet.sheet_view.showGridLines = False
        return sheet

    def workbook(self) -> bytes:
        self.head()
        for section in self.form.sections:
            self.section(section)
        self.finish(self.sheet, landscape=False)
        for title, number, question in self.tables:
            self.matrix(title, number, question)
        self.write_lists()
        self.write_mark()
        self.book.properties.creator = ""
        self.book.properties.title = self.text(self.form.title)
        stream = io.BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    def head(self) -> None:
        sheet = self.sheet
        sheet.column_dimensions["A"].hidden = True
        sheet.column_dimensions["B"].width = LABEL_WIDTH
        sheet.column_dimensions["C"].width = ANSWER_WIDTH
        self.next_row()
        put_text(sheet, 1, KEY_COLUMN, f"{SIGN}{FIRST_KEY}")
        put_text(sheet, 1, ANSWER_COLUMN, ANSWER)
        sheet.row_dimensions[1].hidden = True
        self.line(self.text(self.form.title), TITLE)
        self.line(wording.form_line(self.form), GREY)
        for sentence in wording.how_to_fill(boxes=False):
            self.line(sentence, PLAIN)

    def next_row(self) -> int:
        self.row += 1
        return self.row

    def line(self, text: str, font: Font, fill: PatternFill | None = None) -> None:
        """Write a line over both columns."""
        row = self.next_row()
        cell = put_text(self.sheet, row, LABEL_COLUMN, text)
        cell.font = font
        cell.alignment = self.aligned("center")
        self.sheet.merge_cells(
            start_row=row, end_row=row, start_column=LABEL_COLUMN, end_column=ANSWER_COLUMN
        )
        height = self.height_of(text, LABEL_WIDTH + ANSWER_WIDTH)
        self.sheet.row_dimensions[row].height = max(height, (font.size or 11) * 1.6)
        if fill is not None:
            for column in (LABEL_COLUMN, ANSWER_COLUMN):
                self.sheet.cell(row, column).fill = fill

    def aligned(self, vertical: str = "top") -> Alignment:
        """Return how texts stand: where their language begins, whatever sign comes first."""
        rtl = self.language in RIGHT_TO_LEFT
        side, order = ("right", 2) if rtl else ("left", 1)
        return Alignment(horizontal=side, readingOrder=order, vertical=vertical, wrap_text=True)

    @staticmethod
    def height_of(text: str, width: int) -> float:
        """Return the height in points that a text takes in a column of so many signs."""
        lines = 0
        for line in text.split("\n"):
            # Signs of Chinese are as wide as two others.
            signs = sum(2 if ord(sign) > 0x2E80 else 1 for sign in line)
            lines += max(1, -(-signs * 11 // (width * 10)))
        return min(TALLEST, LINE_HEIGHT * lines)

    def section(self, section: Section) -> None:
        self.line(self.text(section.label), HEADING, BAND)
        condition = wording.condition_in_words(section.relevant, self.form, self.language)
        for note in filter(None, (self.text(section.hint), condition)):
            self.line(note, GREY)
        for question in section.questions:
            self.question(question)

    def question(self, question: Question) -> None:
        label = self.text(question.label)
        notes = wording.notes_of(question, self.form, self.language)
        if question.kind is Kind.NOTE:
            for text in (label, *notes):
                self.line(text, PLAIN)
            return
        self.number += 1
        line = wording.question_line(self.number, question, label)
        if question.kind is Kind.MATRIX:
            number = len(self.tables) + 1
            title = wording.table_name(number)
            self.tables.append((title, self.number, question))
            notes.append(wording.table_line(title))
        place = Place(question, question)
        boxes = self.has_boxes(question)
        if not boxes and question.kind not in PLACELESS and not self.picked(question):
            notes.append(wording.typing_note(question, self.names))
        notes = [note for note in notes if note]
        if boxes or question.kind in PLACELESS or question.kind is Kind.MATRIX:
            self.line(line, BOLD)
            for note in notes:
                self.line(note, GREY)
            if boxes:
                self.boxes(place)
            return
        row = self.next_row()
        text = "\n".join((line, *notes))
        self.label(row, line, notes, is_question=True)
        self.answer_cell(self.sheet, row, ANSWER_COLUMN, question, place.key)
        put_text(self.sheet, row, KEY_COLUMN, f"{SIGN}{place.key}")
        height = LIST_HEIGHT if question.many else 0
        height = LONG_HEIGHT if question.kind is Kind.LONG_TEXT else height
        self.sheet.row_dimensions[row].height = max(
            height, self.height_of(text, LABEL_WIDTH) + LINE_HEIGHT
        )

    def has_boxes(self, question: Question) -> bool:
        """Return whether values are chosen by an x beside each: where several may be."""
        return question.takes_several and is_ticked(question, self.names)

    def picked(self, question: Question) -> bool:
        """Return whether the one value is chosen from a list."""
        return bool(options_of(question, self.names)) and not question.takes_several

    def label(
        self, row: int, text: str, notes: Sequence[str] = (), *, is_question: bool = False
    ) -> None:
        """Write what a row asks, and smaller below it what is to be kept to."""
        cell = put_text(self.sheet, row, LABEL_COLUMN, "\n".join((text, *notes)))
        cell.font = BOLD if is_question else PLAIN
        if notes:
            cell.value = CellRichText(
                TextBlock(InlineFont(rFont=FACE, sz=10, b=True), escaped(text)),
                TextBlock(
                    InlineFont(rFont=FACE, sz=9, color="444444"),
                    escaped("\n" + "\n".join(notes)),
                ),
            )
        cell.alignment = self.aligned()

    def boxes(self, place: Place) -> None:
        for option in options_of(place.question, self.names):
            row = self.next_row()
            text = wording.option_line(place.question, option, self.text(option.label))
            self.label(row, f"    {text}")
            self.sheet.row_dimensions[row].height = self.height_of(f"    {text}", LABEL_WIDTH)
            put_text(self.sheet, row, KEY_COLUMN, f"{SIGN}{place.tick_key(option.value)}")
            cell = self.open_cell(self.sheet, row, ANSWER_COLUMN)
            cell.alignment = Alignment(horizontal="center")
            self.validate(self.sheet, cell, type="list", formula1='"x"')

    def open_cell(self, sheet: Worksheet, row: int, column: int) -> Any:
        cell: Any = sheet.cell(row, column)
        cell.font, cell.fill, cell.border = PLAIN, YELLOW, BOX
        cell.protection = Protection(locked=False)
        cell.alignment = self.aligned()
        cell.number_format = "@"
        return cell

    def answer_cell(
        self, sheet: Worksheet, row: int, column: int, question: Question, key: str
    ) -> None:
        """Make a cell where an answer is typed, with what Excel checks of it."""
        cell = self.open_cell(sheet, row, column)
        options = options_of(question, self.names)
        if options and not question.takes_several:
            self.validate(sheet, cell, type="list", formula1=self.list_of(question, options))
        elif question.kind is Kind.NUMBER:
            cell.number_format = "0" if question.whole else "General"
            self.limit(sheet, cell, question, "whole" if question.whole else "decimal")
        elif question.kind is Kind.DATE:
            cell.number_format = "yyyy-mm-dd"
            self.limit(sheet, cell, question, "date")
        elif limits_in_words(question):
            self.validate(sheet, cell, said=question)

    def limit(self, sheet: Worksheet, cell: Any, question: Question, kind: str) -> None:
        if kind == "date":
            low, high = (_serial(day) for day in (question.earliest, question.latest))
            low = low or _serial("1900-03-01")
        else:
            low, high = (
                None if value is None else repr(value)
                for value in (question.minimum, question.maximum)
            )
        if low and high:
            bounds = {"operator": "between", "formula1": low, "formula2": high}
        elif high:
            bounds = {"operator": "lessThanOrEqual", "formula1": high}
        else:
            bounds = {"operator": "greaterThanOrEqual", "formula1": low or "-1E+15"}
        self.validate(sheet, cell, said=question, type=kind, **bounds)

    def validate(
        self, sheet: Worksheet, cell: Any, *, said: Question | None = None, **rule: Any
    ) -> None:
        """Add what the cell says and checks. Shown before typing, and again where it is broken."""
        made = DataValidation(allow_blank=True, **rule)
        words = " ".join(limits_in_words(said))[:PROMPT_MOST] if said is not None else ""
        if words:
            made.promptTitle = _("Limits")[:PROMPT_TITLE]
            made.prompt = made.error = words[:220]
            made.showInputMessage = True
        made.showErrorMessage = "type" in rule
        made.add(cell)
        sheet.add_data_validation(made)

    def list_of(self, question: Question, options: tuple[Option, ...]) -> str:
        """Return where the list of options stands; equal lists are written once."""
        texts = tuple(
            wording.option_line(question, option, self.text(option.label)) for option in options
        )
        if texts not in self.lists:
            self.lists.append(texts)
        letter = get_column_letter(self.lists.index(texts) + 1)
        return f"'{LIST_SHEET}'!${letter}$1:${letter}${len(texts)}"

    def matrix(self, title: str, number: int, question: Question) -> None:
        sheet = self.add_sheet(title)
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["B"].width = CELL_WIDTH
        line = wording.question_line(number, question, self.text(question.label))
        heading = put_text(sheet, 2, LABEL_COLUMN, line)
        heading.font = HEADING
        heading.alignment = Alignment(readingOrder=2 if self.language in RIGHT_TO_LEFT else 1)
        heights: list[float] = []
        for place, column in enumerate(question.columns, ANSWER_COLUMN):
            put_text(sheet, 1, place, f"{SIGN}{question.name}//{column.name}")
            sheet.column_dimensions[get_column_letter(place)].width = CELL_WIDTH
            head = [self.text(column.label), *wording.notes_of(column, self.form, self.language)]
            if column.required:
                head[0] = wording.column_line(head[0])
            cell = put_text(sheet, 3, place, "\n".join(head))
            cell.font, cell.fill, cell.border = BOLD, BAND, BOX
            heights.append(self.height_of("\n".join(head), CELL_WIDTH))
            cell.alignment = self.aligned()
        sheet.row_dimensions[3].height = max(heights, default=LINE_HEIGHT) + 4
        is_long = any(column.kind is Kind.LONG_TEXT for column in question.columns)
        for row, item in enumerate(question.rows, 4):
            put_text(sheet, row, KEY_COLUMN, f"{SIGN}{question.name}/{item.name}")
            cell = put_text(sheet, row, LABEL_COLUMN, self.text(item.label))
            cell.font, cell.border = PLAIN, BOX
            cell.alignment = self.aligned()
            for place, column in enumerate(question.columns, ANSWER_COLUMN):
                key = Place(question, column, item.name).key
                self.answer_cell(sheet, row, place, column, key)
            sheet.row_dimensions[row].height = 80 if is_long else 34
        sheet.freeze_panes = "C4"
        self.finish(sheet, landscape=True)
        sheet.print_title_rows = "2:3"

    def finish(self, sheet: Worksheet, *, landscape: bool) -> None:
        """Set what holds for a sheet as a whole: printing, and that only answers are typed."""
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.paperSize = 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        # An ampersand begins a code in headers and footers; doubled it is one.
        sheet.oddFooter.left.text = wording.form_line(self.form).replace("&", "&&")
        sheet.oddFooter.right.text = "&P / &N"
        sheet.protection.sheet = True
        sheet.protection.formatRows = sheet.protection.formatColumns = False

    def write_lists(self) -> None:
        sheet = self.book.create_sheet(LIST_SHEET)
        sheet.sheet_state = "hidden"
        for column, texts in enumerate(self.lists, 1):
            for row, text in enumerate(texts, 1):
                put_text(sheet, row, column, text)

    def write_mark(self) -> None:
        sheet = self.book.create_sheet(MARK_SHEET)
        sheet.sheet_state = "hidden"
        mark = mark_of(self.form, self.language, self.names)
        for row, (name, value) in enumerate(mark.as_properties().items(), 1):
            put_text(sheet, row, 1, name)
            put_text(sheet, row, 2, value)


def _serial(day: str) -> str | None:
    """Return the number of a day as workbooks count them; Excel knows none before 1900."""
    from datetime import date

    if not day:
        return None
    return str(max(1, (date.fromisoformat(day) - date(1899, 12, 30)).days))
