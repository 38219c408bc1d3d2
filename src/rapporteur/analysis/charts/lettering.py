"""Text in a chart: safe signs, how wide it will be, where it breaks, which way it runs.

Widths are estimates from the kind of sign, never measured with a font: a host's fonts must not
change where things stand.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")
# Signs that would turn the rest of a line around, and those that XML refuses.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff]+"
)
_RTL_SIGN = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_TO_RIGHT, _TO_LEFT, _FIRST_STRONG, _END = "\u2066", "\u2067", "\u2068", "\u2069"
_NARROW, _WIDE_CAPITALS = (
    frozenset("iljtfrI.,:;'|!()[]· \u00a0\u202f"),
    frozenset("mwMWЖШЩЮжшщю@%—"),
)
ELLIPSIS = "…"


def direction_of(language: str) -> str:
    """Return ``rtl`` or ``ltr`` for a language code such as ``ar`` or ``zh-hans``."""
    return "rtl" if language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


# Names of countries and years come again with every picture.
@lru_cache(maxsize=20_000)
def clean(text: str) -> str:
    """Return one line of text without control signs, blanks in a row made one."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def isolated(text: str, direction: str) -> str:
    """Return the text so that it reads rightly within the drawing, which runs left to right.

    In a chart that runs right to left, a text with Arabic in it is laid out from the right, codes
    and figures in it included, and so is a range of figures. A text of other letters keeps its
    own direction.
    """
    arabic = bool(_RTL_SIGN.search(text))
    if direction == "rtl":
        to_left = arabic or not any(sign.isalpha() for sign in text)
        return f"{_TO_LEFT if to_left else _TO_RIGHT}{text}{_END}"
    return f"{_FIRST_STRONG}{text}{_END}" if arabic else text


@lru_cache(maxsize=20_000)
def width(text: str, size: float) -> float:
    """Return about how wide the text will be, in the unit of ``size``; rather too wide."""
    total = 0.0
    for sign in text:
        if unicodedata.combining(sign):
            continue
        if unicodedata.east_asian_width(sign) in "WF":
            total += 1.0
        elif sign in _NARROW:
            total += 0.34
        elif sign in _WIDE_CAPITALS:
            total += 0.9
        elif sign.isupper():
            total += 0.68
        elif _RTL_SIGN.match(sign):
            total += 0.5
        else:
            total += 0.56
    return total * size


def shortened(text: str, size: float, limit: float) -> str:
    """Return the text, or as much of it as fits with an ellipsis."""
    if width(text, size) <= limit:
        return text
    kept = text
    while kept and width(kept + ELLIPSIS, size) > limit:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def lines(text: str, size: float, limit: float, most: int = 2) -> list[str]:
    """Return the text broken into at most ``most`` lines; what does not fit ends in an ellipsis.

    Breaks stand at blanks; a text without blanks (Chinese) breaks between signs.
    """
    broken: list[str] = []
    rest = text
    while rest and len(broken) < most - 1 and width(rest, size) > limit:
        fits = _fitting(rest, size, limit)
        blank = rest.rfind(" ", 0, fits + 1)
        between_signs = unicodedata.east_asian_width(rest[fits]) in "WF"
        cut = blank if blank > 0 and not between_signs else max(fits, 1)
        broken.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*broken, shortened(rest, size, limit)] if rest or not broken else broken


def _fitting(text: str, size: float, limit: float) -> int:
    """Return how many signs of the text fit."""
    total = 0.0
    for place, sign in enumerate(text):
        total += width(sign, size)
        if total > limit:
            return place
    return len(text)
