"""Cells that a spreadsheet would take for formulas: made harmless on the way out, exact again in.

A quote goes in front of every text that, after the quotes it already begins with, begins with a
sign of a formula. Taking one quote off the same texts is the exact reverse, also for a text that
itself begins with a quote and such a sign.
"""

from __future__ import annotations

import re

# A spreadsheet reads a cell that starts so as a formula; a quote in front keeps it text.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_SIGNS = "".join(re.escape(sign) for sign in FORMULA_STARTS)
_AT_RISK = re.compile(f"'*[{_SIGNS}]")
_NEUTRALISED = re.compile(f"'+[{_SIGNS}]")


def neutralise(value: str) -> str:
    """Return the cell with a quote in front where a spreadsheet would read a formula.

    A cell that begins with quotes and then such a sign gets one more, so that ``restore`` is exact.
    """
    return f"'{value}" if _AT_RISK.match(value) else value


def restore(value: str) -> str:
    """Return the text that ``neutralise`` was given. Only for files that it was used on."""
    return value[1:] if _NEUTRALISED.match(value) else value
