"""Figures: the quantities that a paragraph states, with unit, subject and year.

What counts: shares ("67 per cent"), sums of money, and things counted ("over 15 000 entries",
"eight questions"). What does not: durations and ages, dates, years and ordinals, symbols and the
numbers of paragraphs, goals, resolutions and versions, and "one".
"""

import re
from collections.abc import Iterator

from rapporteur.analysis.documents.model import Figure
from rapporteur.analysis.figures.context import quote_of, subject_of, year_of
from rapporteur.analysis.figures.numbers import amounts, whole, word_value
from rapporteur.analysis.figures.units import unit_of

__all__ = ["find_figures"]

_FRACTION = re.compile(
    r"\b(?P<fraction>(?:two|one|a)[ -]thirds?|(?:three|one|a)[ -]quarters?|(?:one[ -])?half"
    r"|two[ -]fifths|three[ -]fifths|four[ -]fifths|(?:one|a)[ -](?:fifth|tenth))"
    r"(?: of (?=[A-Za-z])| (?=(?:the|all|those|these|its|their|our)\b))"
    r"(?!(?:the|a|an|all|that|this|each|every|last)? ?"
    r"(?:year|century|decade|day|hour|month|week)s?\b)",
    re.IGNORECASE,
)
_SHARES = {
    "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0, "quarters": 75.0, "half": 50.0,
    "fifth": 20.0, "fifths": 20.0, "tenth": 10.0,
}  # fmt: skip
_RATIO = re.compile(
    r"(one|two|three|\d{1,2})(?: out of (?:every )?| in (?:every )?)"
    r"(two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) "
    r"(?=(?:[a-z]+s|people|women|men|children)\b)",
    re.IGNORECASE,
)
_SHARE_CUES = ("half", "Half", "third", "quarter", "fifth", "tenth")


def find_figures(text: str, *, period_year: int | None = None) -> list[Figure]:
    """Return the figures of a paragraph, in text order.

    ``value`` is in base units ("5.4 billion" is 5400000000), a pair for a range ("between 10 and
    20", "53 to 67 per cent"); whole numbers are ``int``. Shares in words are per cent ("two
    thirds of countries" is 66.67, "one in four" 25). ``unit`` is ``per cent``, an ISO 4217 code
    for money, a measure as printed ("Mbit/s"), or the noun counted. ``year`` is the year that the
    sentence names for the figure, else ``period_year``. ``quote`` is verbatim, at most 160
    characters.
    """
    figures: list[Figure] = []
    shares = list(_shares(text)) if any(cue in text for cue in _SHARE_CUES) else []
    shares.reverse()
    year: int | None = None
    counted: tuple[int, str] | None = None
    done = line = line_end = 0
    for amount in amounts(text):
        while shares and shares[-1][0].start() <= amount.start:
            match, share = shares.pop()
            figures.append(_share(text, match, share, period_year))
            done = match.end()
        if amount.start < done:
            continue
        ratio = _RATIO.match(text, amount.start)
        if ratio:
            part, total = (word_value(group) for group in ratio.groups())
            if part < total:
                figures.append(_share(text, ratio, 100 * part / total, period_year))
                done = ratio.end()
                continue
        read = unit_of(text, amount, counted)
        if read is None:
            continue
        unit, unit_start, unit_end = read
        while 0 <= line_end < amount.start:
            line = line_end
            line_end = text.find("\n", line_end) + 1 or -1
        year = year_of(
            text,
            amount.start,
            max(amount.end, unit_start),
            period_year,
            line=line,
            previous=year,
        )
        counted = (amount.end, unit)
        figures.append(
            Figure(
                value=amount.value,
                unit=unit,
                subject=subject_of(text, amount.start, unit_start, unit_end, unit),
                year=year,
                quote=quote_of(text, amount.start, max(unit_end, amount.end)),
            )
        )
    figures.extend(_share(text, match, share, period_year) for match, share in reversed(shares))
    return figures


def _shares(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Yield the shares in words with their per cent: "two thirds of", "a quarter of"."""
    for match in _FRACTION.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()].lower()
        if before.endswith(("first ", "second ")):
            continue
        words = match["fraction"].lower().replace("-", " ").split()
        share = _SHARES[words[-1]]
        if words[-1] == "fifths":
            share *= word_value(words[0])
        yield match, share


def _share(text: str, match: re.Match[str], share: float, period_year: int | None) -> Figure:
    start, end = match.span()
    return Figure(
        value=whole(round(share, 2)),
        unit="per cent",
        subject=subject_of(text, start, end, end, "per cent"),
        year=year_of(text, start, end, period_year),
        quote=quote_of(text, start, end),
    )
