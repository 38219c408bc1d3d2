"""Words for what is wrong in a file, a row or a cell: what, and how to mend it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from rapporteur.analysis.tables.rows import Unreadable
from rapporteur.register.content import EARLIEST_YEAR, LATEST_YEAR
from rapporteur.register.importing.periods import UnknownWord


def unknown_words(name: str, error: UnknownWord) -> str:
    """Return what is said of a word that is no value of a field, with the nearest that are."""
    sentences = {
        "action_line": _(
            "“%(word)s” is no action line. Write a code from C1 to C11, C7.1 to C7.8."
        ),
        "sdg": _("“%(word)s” is no goal or target. Write a number from 1 to 17, or such as 4.1."),
        "country": _("“%(word)s” is no country, region or “Global”. Write its name or ISO code."),
        "region": _("“%(word)s” is no region of the register."),
        "compact": _("“%(word)s” is no objective of the Global Digital Compact."),
        "target_group": _("“%(word)s” is no target group of the register."),
        "language": _("“%(word)s” is no language. Write its code in two letters, such as fr."),
        "kind": _("“%(word)s” is no kind of activity."),
        "status": _("“%(word)s” is no status of an activity."),
        "entity_type": _("“%(word)s” is no stakeholder group."),
        "coverage": _("“%(word)s” does not say where the activity takes place."),
    }
    year = _(
        "“%(word)s” is no year between %(first)s and %(last)s. Write 2019, 2015-2018 or 2019-05-31."
    )
    said = sentences.get(name, year) % {
        "word": error.word[:80],
        "first": EARLIEST_YEAR,
        "last": LATEST_YEAR,
    }
    if error.near:
        return f"{said} " + _("Nearest: %(values)s.") % {"values": ", ".join(error.near)}
    return said


def fault_words(code: str, details: Mapping[str, Any]) -> str:
    """Return what is said of a fault that reading the file found in a row."""
    sentences = {
        "too-many-cells": _(
            "The row has %(cells)s cells, the header %(columns)s. Put a cell that holds the "
            "separator in double quotes."
        ),
        "too-few-cells": _(
            "The row has %(cells)s cells, the header %(columns)s. Perhaps the file was cut here."
        ),
        "empty-row": _("The row is empty. Take it out, or fill in its title."),
        "not-text": _(
            "The cell holds bytes that are no text. Save the file again as UTF-8, and give that."
        ),
        "broken-line": _("The line is no JSON object that can be read. Mend it, or take it out."),
        "not-an-object": _("The line is JSON, and no object. Write {…} with named fields."),
        "repeated-key": _("The line names one field twice; one of its values would be lost."),
        "formula-error": _("The cell shows an error of the spreadsheet. Mend its formula."),
        "too-long": _("The cell is too long."),
        "no-title": _("The title is missing; every row needs one."),
        "same-row": _("Another row of this file has the same id and says something else."),
        "withdrawn": _(
            "The activity was withdrawn from the register. Put it back there first, or leave the "
            "row out."
        ),
        "merged": _("The activity was merged into another. Leave the row out, or change that one."),
        "edited": _(
            "The activity was changed on this site since the last import. Compare the two on its "
            "page, or leave the row out."
        ),
        "other-activity": _(
            "This id belongs to another activity of the same source (“%(title)s”). Give the "
            "file's source another name, or mend the id."
        ),
        "moved-on": _(
            "The activity has changed since this export (version %(exported)s, now %(now)s). "
            "Export it again and make the change there."
        ),
    }
    return sentences[code] % dict(details) if details else sentences[code]


def cell_words(kind: str) -> str:
    """Return what is said of a cell of an own export that is no value of its column's kind."""
    sentences = {
        "integer": _("This is no whole number. Leave the cell as it was exported."),
        "moment": _("This is no moment in time. Leave the cell as it was exported."),
        "json": _("This is no JSON. Leave the cell as it was exported, or mend its JSON."),
        "number": _("The cell is empty. Leave it as it was exported."),
    }
    return sentences.get(kind) or _("This is no value of the column.")


def unreadable_words(error: Unreadable) -> str:
    """Return why a file cannot be read as a table, and what to do."""
    details = dict(error.details)
    if isinstance(details.get("limit"), int) and error.code in ("bomb", "long-line"):
        details["limit"] = filesizeformat(details["limit"])
    if "names" in details:
        details["names"] = ", ".join(details["names"])
    sentences = {
        "absent": _("The file is not there, or may not be read."),
        "empty": _("The file is empty. Choose the file that holds the rows."),
        "binary": _("The file is no table. Give CSV, XLSX or JSON lines."),
        "document": _("The file is no table. Give CSV, XLSX or JSON lines."),
        "web-page": _("The file is a web page or XML. Give CSV, XLSX or JSON lines."),
        "encrypted": _("The workbook is protected by a password. Save it without one."),
        "old-workbook": _(
            "The workbook is in the old form (XLS) or protected by a password. Save it as XLSX "
            "without a password."
        ),
        "archive": _("The file is an archive, and no workbook. Give the file that is in it."),
        "broken-archive": _("The workbook is damaged. Save it again as XLSX, and give that."),
        "broken-workbook": _("The workbook cannot be read. Save it again as XLSX, and give that."),
        "bomb": _(
            "The file unpacks to far more than it should (more than %(limit)s), and was left."
        ),
        "entities": _(
            "The workbook holds definitions that no spreadsheet writes. Save it again as XLSX."
        ),
        "too-large": _(
            "The sheet reaches to row %(rows)s and column %(columns)s, which is more than is read. "
            "Delete what is empty at its end, or give CSV."
        ),
        "no-sheet": _("The workbook has no sheet “%(value)s”. It has: %(names)s."),
        "encoding": _("The file is no text. Save it as UTF-8, and give that."),
        "broken-quotes": _(
            "Row %(row)s has a double quote that does not close, or one too many. Nothing after it "
            "can be read."
        ),
        "runaway-quote": _(
            "Row %(row)s has a cell that is too long: perhaps a double quote does not close."
        ),
        "repeated-column": _("Two columns are called “%(value)s”. Give each its own name."),
        "no-header": _("The first row names no column. Write the columns' names there."),
        "too-many-columns": _("The table has more than %(limit)s columns."),
        "json-array": _("The file is one JSON list. Write one object a line, without the list."),
        "no-object": _("No line of the file is a JSON object. Write one object a line."),
        "broken-gzip": _("The packed file is damaged or cut off. Pack it again."),
        "long-line": _("Line %(row)s is longer than %(limit)s, which is more than is read."),
        "no-title-column": _(
            "No column of the file is the title. The file has: %(columns)s. Name one “title”, or "
            "give a mapping."
        ),
        "absent-columns": _(
            "The file has no column that the mapping reads as the title (%(columns)s)."
        ),
    }
    return sentences[error.code] % details if details else sentences[error.code]


def note_words(code: str, **details: Any) -> str:
    """Return a note on how the file was read."""
    sentences = {
        "read-as-windows-1252": _("The file is not in UTF-8; it was read as Windows-1252."),
        "broken-utf-8": _("The file holds bytes that are no text."),
        "other-sheets": _("The workbook has other sheets; only one was read."),
        "unread": _("Columns that were not read: %(columns)s."),
        "absent": _("Columns of the mapping that the file does not have: %(columns)s."),
    }
    return sentences[code] % details if details else sentences[code]
