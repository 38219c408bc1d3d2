"""Numbers of a chart: written as the language writes them, axis marks, and the map's classes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, format_decimal, format_percent

# Arabic charts use Latin digits, as the United Nations' Arabic tables do.
_DIGITS = "latn"
_COMPACT_FROM = 1_000_000


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """Return Babel's locale of a code such as ``zh-hans``; English where Babel has none."""
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")


# Counts come again and again; Babel takes longer over one than the rest of a row.
@lru_cache(maxsize=20_000)
def written(value: float, language: str, *, percent: bool = False) -> str:
    """Return the number grouped as the language groups it, at most one place with ``percent``.

    ``percent`` values run from 0 to 100.
    """
    locale = locale_of(language)
    if percent:
        pattern = locale.percent_formats[None].pattern.replace("#,##0", "#,##0.#")
        return format_percent(value / 100, format=pattern, locale=locale, numbering_system=_DIGITS)
    return format_decimal(value, locale=locale, numbering_system=_DIGITS)


def short(value: float, language: str, *, percent: bool = False) -> str:
    """Return the number for an axis: from a million on in the language's short form ("2M")."""
    if percent or abs(value) < _COMPACT_FROM:
        return written(value, language, percent=percent)
    return format_compact_decimal(
        value,
        format_type="short",
        locale=locale_of(language),
        fraction_digits=1,
        numbering_system=_DIGITS,
    )


def checked(value: float | None, where: str) -> float | None:
    """Return the value; raise ``ValueError`` unless it is ``None`` or a finite number from 0 on."""
    if value is None or (value.__class__ is float and 0 <= value < math.inf):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError(f"Not a number: {value!r} at {where}.")
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"Not a count or a share: {value!r} at {where}. Expected 0 or more.")
    return value


def marks(highest: float, most: int = 4) -> list[float]:
    """Return axis marks from 0 to at least ``highest``, in steps of 1, 2 or 5 times a power of ten.

    Whole steps where the highest value is 1 or more; ``most`` is the largest number of steps.
    """
    if highest <= 0:
        return [0, 1]
    power = 10.0 ** math.floor(math.log10(highest / most))
    step = next(
        power * factor for factor in (1, 2, 5, 10) if power * factor * most >= highest * (1 - 1e-9)
    )
    if highest >= 1:
        step = max(1.0, step)
    count = max(1, math.ceil(highest / step - 1e-9))
    found = [round(step * place, 12) for place in range(count + 1)]
    return [int(mark) if mark == int(mark) else mark for mark in found]


def classes(values: Iterable[float], most: int = 5) -> list[float]:
    """Return the lower ends of at most ``most`` classes for the values above 0, lowest first.

    Counts by country are skewed: the ends go up as 1, 2, 5, 10 … or 1, 3, 10, 30 … or 1, 10,
    100 …, the finest that needs no more classes. Whole values up to ``most`` are a class each.
    """
    above = sorted({value for value in values if value > 0})
    if not above:
        return []
    lowest, highest = above[0], above[-1]
    if highest <= most and all(value == int(value) for value in above):
        return [float(place) for place in range(int(lowest), int(highest) + 1)]
    for factors in ((1, 2, 5), (1, 3), (1,)):
        ends = _ends(lowest, highest, factors)
        if len(ends) <= most:
            return ends
    span = math.ceil((math.log10(highest) - math.floor(math.log10(lowest))) / most)
    start = math.floor(math.log10(lowest))
    return [10.0 ** (start + span * place) for place in range(most)]


def _ends(lowest: float, highest: float, factors: tuple[int, ...]) -> list[float]:
    """Return the ends between the values, the first at or under the lowest."""
    ends: list[float] = []
    power = math.floor(math.log10(lowest))
    while True:
        for factor in factors:
            # From a text: 3 * 10 ** -1 is no 0.3 in binary.
            end = float(f"{factor}e{power}")
            if end > highest:
                return ends
            if end <= lowest:
                ends = [end]
            else:
                ends.append(end)
        power += 1
