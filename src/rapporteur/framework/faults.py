"""Words for what is wrong in a data file: one sentence for each code of ``analysis.tables``."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from rapporteur.analysis.tables import RowFault
from rapporteur.common.refusals import Fault, FaultyInput

WORDS = {
    "absent": gettext_lazy("The file is not there."),
    "unreadable": gettext_lazy("The file is not CSV in UTF-8."),
    "no-column": gettext_lazy("The column is missing."),
    "unknown-column": gettext_lazy("The column is not known. Take it out or mend its name."),
    "too-many-cells": gettext_lazy("The row has more cells than the header: “%(value)s”."),
    "too-long": gettext_lazy("The cell is too long. It begins: “%(value)s”."),
    "empty": gettext_lazy("The cell is empty and must not be."),
    "repeated": gettext_lazy("“%(value)s” stands here a second time."),
    "not-a-link": gettext_lazy("“%(value)s” is not an address of the web (https://…)."),
    "not-a-date": gettext_lazy("“%(value)s” is not a date. Expected a form like 2015-12-16."),
    "not-a-number": gettext_lazy("“%(value)s” is not a whole number."),
    "not-allowed": gettext_lazy("“%(value)s” is not one of the values of this column."),
    "unknown": gettext_lazy("“%(value)s” is not known."),
    "taken": gettext_lazy("“%(value)s” is already a name of another organization."),
    "circular": gettext_lazy("“%(value)s” leads back to this row."),
}


def as_fault(found: RowFault) -> Fault:
    """Return one fault in words: the place is the file, row and column."""
    if found.column and found.row:
        place = _("%(file)s, row %(row)s, column “%(column)s”")
    elif found.row:
        place = _("%(file)s, row %(row)s")
    else:
        place = _("%(file)s")
    names = {"file": found.file, "row": found.row, "column": found.column}
    return Fault(place % names, str(WORDS[found.code]) % {"value": found.value[:80]})


def refuse_faulty(faults: Sequence[RowFault]) -> None:
    """Raise ``FaultyInput`` with every fault, by file and row; do nothing when there is none."""
    if not faults:
        return
    ordered = sorted(faults, key=lambda fault: (fault.file, fault.row, fault.column))
    message = ngettext_lazy(
        "The data files have %(count)s fault. Nothing was loaded; mend it and load again.",
        "The data files have %(count)s faults. Nothing was loaded; mend them and load again.",
        len(ordered),
    ) % {"count": len(ordered)}
    raise FaultyInput(message, tuple(as_fault(fault) for fault in ordered))
