"""When: the years and dates that a source prints; and addresses, and words for nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from rapporteur.register.content import EARLIEST_YEAR, LATEST_YEAR
from rapporteur.register.importing.synonyms import NOTHING

YEAR = re.compile(r"(?<!\d)(\d{4})(?!\d)")
SPAN = re.compile(r"(\d{4})\s*(?:[-–—/]|to|until|à|a|al|до|至|إلى)\s*(\d{2}|\d{4})")
PARTIAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
STAMP = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}.*")
DAY_FIRST = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})")
# Beside years, a period may say these and no more.
PERIOD_WORDS = frozenset(
    (
        *("since", "from", "until", "till", "to", "in", "year", "years", "of", "the", "and"),
        *("ongoing", "present", "now", "today", "current", "date", "end", "start", "started"),
        *("began", "beginning", "q1", "q2", "q3", "q4", "january", "february", "march", "april"),
        *("may", "june", "july", "august", "september", "october", "november", "december"),
        *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
        *("depuis", "en", "cours", "desde", "actualidad"),
    )
)
HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}(?::\d+)?(?:[/?#].*)?", re.I)


class UnknownWord(ValueError):
    """A word that means no allowed value. ``near``: the nearest allowed ones, in words."""

    def __init__(self, word: str, near: Sequence[str] = ()) -> None:
        super().__init__(word)
        self.word, self.near = word, tuple(near)


def says_nothing(word: str) -> bool:
    """Return whether a word says that nothing is known. ``NA`` says so nowhere: it is a country."""
    return word.strip().casefold() in NOTHING


def period_of(cell: str) -> tuple[str, str]:
    """Return (start, end) as partial dates: a year, a span of years, a date as far as it is known.

    ``2019`` is the start alone; ``2015-2018`` both; ``since 2015`` the start.

    Raises:
        UnknownWord: it says something else, or a year that cannot be.
    """
    text = " ".join(unicodedata.normalize("NFKC", cell).split())
    if not text or says_nothing(text):
        return "", ""
    if PARTIAL.fullmatch(text):
        if len(text) == 7 and not 1 <= int(text[5:]) <= 12:
            first, last = int(text[:4]), int(text[:2] + text[5:])
            return str(_year(first, cell)), str(_year(last, cell))
        _year(int(text[:4]), cell)
        return text, ""
    stamp = STAMP.fullmatch(text)
    if stamp is not None:
        _year(int(stamp[1][:4]), cell)
        return stamp[1], ""
    day = DAY_FIRST.fullmatch(text)
    if day is not None:
        return _turned(day, cell), ""
    return _span(text, cell)


def _span(text: str, cell: str) -> tuple[str, str]:
    span = SPAN.fullmatch(text.casefold())
    if span is not None:
        first = int(span[1])
        last = int(span[2]) if len(span[2]) == 4 else first // 100 * 100 + int(span[2])
        _year(first, cell)
        _year(last, cell)
        if last < first:
            raise UnknownWord(cell, (f"{last}-{first}",))
        return str(first), str(last)
    years = [int(year) for year in YEAR.findall(text)]
    rest = re.findall(r"[^\W_]+", YEAR.sub(" ", text).casefold())
    if not years or len(years) > 2:
        raise UnknownWord(cell)
    if any(word not in PERIOD_WORDS and not re.fullmatch(r"\d{1,2}", word) for word in rest):
        raise UnknownWord(cell, [str(year) for year in years])
    for year in years:
        _year(year, cell)
    if len(years) == 1:
        return str(years[0]), ""
    return str(min(years)), str(max(years))


def _turned(match: re.Match[str], cell: str) -> str:
    """Return ``31.12.2019`` as ``2019-12-31``, ``12/2019`` as ``2019-12``."""
    year = _year(int(match[3]), cell)
    month = int(match[2])
    if match[1] is None:
        if not 1 <= month <= 12:
            raise UnknownWord(cell, (str(year),))
        return f"{year}-{month:02d}"
    day = int(match[1])
    if day > 12 and 1 <= month <= 12 and day <= 31:
        return f"{year}-{month:02d}-{day:02d}"
    if month > 12 and 1 <= day <= 12 and month <= 31:
        return f"{year}-{day:02d}-{month:02d}"
    if 1 <= day <= 12 and 1 <= month <= 12:
        # Which is the month cannot be told: the year alone is known.
        return str(year) if day != month else f"{year}-{month:02d}-{day:02d}"
    raise UnknownWord(cell, (str(year),))


def _year(year: int, cell: str) -> int:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise UnknownWord(cell)
    return year


def link_of(text: str) -> str:
    """Return an address; one without ``https://`` that begins with a host gets it."""
    link = text.strip()
    if "://" not in link and HOST.fullmatch(link):
        return f"https://{link}"
    return link
