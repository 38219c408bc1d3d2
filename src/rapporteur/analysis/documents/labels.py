"""The labels that UN documents print before headings, paragraphs and their items.

Source of the order: the United Nations Editorial Manual (headings: I., A., 1., (a), (i);
paragraphs: 1., items (a), (i)).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapporteur.analysis.documents.inline import ITALIC_OPEN

# From the outermost inwards. A heading without a label is inside all of them.
RANKS = {
    "word": 1.0,
    "roman": 2.0,
    "upper": 3.0,
    "decimal": 4.0,
    "dotted": 4.0,
    "lower": 4.5,
    "paren-lower": 5.0,
    "paren-decimal": 5.5,
    "paren-roman": 6.0,
    "plain": 9.0,
    "action-line": 9.5,
}

_ROMAN = re.compile(r"(?=[IVXLC])(?:X[CL]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

_LABEL = re.compile(
    rf"""[\s{ITALIC_OPEN}]*(?:
      (?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})\.?[ \t]+(?=\D)
    | (?P<decimal>\d{{1,3}})(?:[ ](?:bis|ter)|[ ](?=[.)][ \t]))?[.)](?:[ \t]+|(?=[^\W\d]|$))
    | (?P<tab>\d{{1,3}})\.?[ ]?\t[ ]*
    | \((?P<paren_decimal>\d{{1,2}})\)[ \t]*
    | \((?P<paren>[a-z]{{1,4}}|[A-Z])\)[ \t]*
    | (?P<lower>[a-z])[.)][ \t]+
    | (?P<word>(?:Part|Chapter|Section|Title|Objective|Action|Article|Theme|Goal|Target|Pillar)
        [ ](?:\d{{1,3}}|[IVXLC]{{1,6}}|[A-Z](?=[.:])))(?:[.:][ \t]*|[ ]?[-–—][ \t]+|$)
    | (?P<upper>[IVXLC]{{1,7}}|[A-Z])\.(?:[ \t]+|$)
    )""",
    re.VERBOSE,
)
_ACTION_LINE = re.compile(
    rf"[\s{ITALIC_OPEN}]*(?:WSIS )?(?:Action lines? )?(C ?(?:\d{{1,2}}))(?:\.(?=\s)|:"
    rf"|\s*[-–—])[ \t]*"
)
_BULLET = re.compile(r"\s*(?:[·•▪◦‣●○∙-]|[–—](?=\s)|o(?=\t)|\*{1,3}(?=[ \t])|\+(?=[ \t]))[ \t]*")


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label. ``value`` counts from 1; ``end`` is where the words after it begin."""

    style: str
    printed: str
    value: int
    end: int


def read_labels(text: str) -> tuple[Label, ...]:
    """Return what the start of ``text`` may be labelled as; nothing when it has no label.

    ``I.`` and ``C.`` can be a Roman number or a letter, ``(i)`` and ``(c)`` likewise: then both
    readings come back, the Roman one first when the letter is I, V or X.
    """
    match = _LABEL.match(text)
    if match is None:
        action = _ACTION_LINE.match(text)
        if action is None:
            return ()
        printed = action.group(1).replace(" ", "")
        return (Label("action-line", printed, int(printed[1:]), action.end()),)
    style, printed, end = match.lastgroup or "", match.group(match.lastgroup or 0), match.end()
    if style in ("decimal", "tab"):
        return (Label("decimal", printed, int(printed), end),)
    if style == "dotted":
        return (Label("dotted", printed, int(printed.rsplit(".", 1)[-1]), end),)
    if style == "paren_decimal":
        return (Label("paren-decimal", f"({printed})", int(printed), end),)
    if style == "word":
        return (Label("word", printed, _word_value(printed), end),)
    if style == "lower":
        return (Label("lower", printed, ord(printed) - 96, end),)
    if style == "paren":
        return _letter_readings(printed, f"({printed})", end, "paren-roman", "paren-lower")
    return _letter_readings(printed, printed, end, "roman", "upper")


def _letter_readings(
    letters: str, printed: str, end: int, roman_style: str, letter_style: str
) -> tuple[Label, ...]:
    upper = letters.upper()
    readings = []
    if _ROMAN.fullmatch(upper):
        readings.append(Label(roman_style, printed, roman_value(upper), end))
    if len(letters) == 1:
        readings.append(Label(letter_style, printed, ord(upper) - 64, end))
    elif len(set(letters)) == 1 and not readings:  # (aa) after (z)
        readings.append(Label(letter_style, printed, 26 + ord(upper[0]) - 64, end))
    if len(readings) == 2 and upper not in "IVX":
        readings.reverse()
    return tuple(readings)


def roman_value(numeral: str) -> int:
    """Return the value of a Roman number in capitals: 4 for ``IV``."""
    total, highest = 0, 0
    for letter in reversed(numeral):
        value = _ROMAN_VALUES[letter]
        total += value if value >= highest else -value
        highest = max(highest, value)
    return total


def _word_value(printed: str) -> int:
    last = printed.rsplit(" ", 1)[-1]
    if last.isdigit():
        return int(last)
    return roman_value(last) if _ROMAN.fullmatch(last) else ord(last[0]) - 64


def bullet_end(text: str) -> int:
    """Return where the words after a list mark begin; 0 when the text starts with none."""
    match = _BULLET.match(text)
    if match is None or match.end() == len(text):
        return 0
    mark = match.group().strip()
    if mark in ("-", "–", "—") and not match.group()[-1:].isspace():
        return 0
    return match.end()
