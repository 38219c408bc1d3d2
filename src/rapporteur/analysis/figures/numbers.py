"""Numbers in running text: digits, words, ranges, and the currency signs before them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from rapporteur.analysis.documents.model import FigureValue

_ONES = {
    "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_MAGNITUDES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 1_000_000,
    "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "bn": 1_000_000_000,
}
CURRENCIES = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "CHF": "CHF", "¥": "JPY", "JPY": "JPY", "CAD": "CAD", "A$": "AUD", "AUD": "AUD", "CNY": "CNY",
    "INR": "INR", "₹": "INR", "NOK": "NOK", "SEK": "SEK", "DKK": "DKK", "R$": "BRL", "SAR": "SAR",
}  # fmt: skip


# By first letter, so that most words are passed over at once.
_WORD_NUMBER = (
    r"(?:(?:[Tt](?:wenty|hirty)|[Ff](?:orty|ifty)|[Ss](?:ixty|eventy)|[Ee]ighty|[Nn]inety)"
    r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?"
    r"|[Tt](?:welve|hirteen|hree|wo|en)|[Ff](?:ourteen|ifteen|our|ive)"
    r"|[Ss](?:ixteen|eventeen|ix|even)|[Ee](?:ighteen|leven|ight)|[Nn](?:ineteen|ine)|[Oo]ne"
    r"|a dozen|(?<!half )a(?= (?:hundred|thousand|million|billion)\b))"
)
_SIGN = r"(?:US\$|A\$|R\$|[$€£¥₹]|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|CNY|INR|NOK|SEK|DKK|SAR)(?=[ \d]))"
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?!\d))"
_MAGNITUDE = r"(?:hundred(?: thousand)?|thousand|million|billion|trillion|bn\b)"
_NUMBER = re.compile(
    rf"(?P<number>{_DIGITS})(?:[ -](?P<magnitude>{_MAGNITUDE}))?(?P<plus> ?\+)?", re.IGNORECASE
)
# Both scans begin with a class of characters, which the engine looks for quickly.
DIGIT = re.compile(r"[0-9]")
# The last letters of the signs and codes of currencies.
_SIGN_ENDS = frozenset("$€£¥₹DRPFYKN")
_SIGN_BEFORE = re.compile(rf"{_SIGN} ?$")
_SIGN_LEFT = re.compile(r"(?:(?:us|a|r)?[$€£¥₹]|usd|eur|gbp|chf) ?$")
_SPELLED = re.compile(
    rf"[\s(“–—-](?=[TtFfSsEeNnOoa])(?P<words>{_WORD_NUMBER})"
    rf"(?:[ -](?P<wordmagnitude>{_MAGNITUDE}))?(?![\w])"
)
_SPELLED_FIRST = re.compile(
    rf"(?P<words>{_WORD_NUMBER})(?:[ -](?P<wordmagnitude>{_MAGNITUDE}))?(?![\w])"
)
_RATIO_AHEAD = re.compile(r" (?:in|out of) ")
_SECOND = re.compile(
    rf"(?P<joint> ?[–-] ?| to | and )(?P<sign>{_SIGN} ?)?(?P<number>{_DIGITS})"
    rf"(?:[ -](?P<magnitude>{_MAGNITUDE}))?(?P<plus>\+)?(?![\w/])(?!\.\d)",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(?:[ -]?(?:per[ -]cent|percent)(?!\w)|\s?%)(?! points)", re.IGNORECASE)
# "from 1.5 to 1.3 per cent": two figures, where a rise would be a range.
FALLING = re.compile(rf" to {_DIGITS}(?=[ -]?(?:per[ -]cent|percent)(?!\w)|\s?%)(?! points)", re.I)
MEASURE = re.compile(
    r" ?([kMGT]bit/s|[kMGT]bps|[kMGTP]B(?:/s)?|[KMGT]?Hz|km2|km²|km|kWh|[kMGT]W(?:h)?|°C|kg|Mt|Gt"
    r"|(?:metric )?ton(?:ne)?s?(?: of)?|hectares|square kilometres|kilometres|megabits per second"
    r"|gigabytes|terawatt-hours|degrees Celsius)(?![\w])"
)
_AFTER_YEAR = frozenset(",.;:)]\n")
# Longer numbers are no quantities that a report states, but identifiers or rubbish.
_MOST_DIGITS = 24


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read from the text: its place, its value, and the currency before it.

    ``plus`` is a printed "+"; ``large`` says that it is written as a large number is ("9 billion",
    "15 000").
    """

    start: int
    end: int
    value: FigureValue
    currency: str | None
    in_words: bool
    plus: bool
    large: bool


def amounts(text: str) -> Iterator[Amount]:
    """Yield the numbers of the text that may be quantities, in text order."""
    spelled = [
        Amount(match.start("words"), match.end(), value, None, True, False, large)
        for match, value, large in _spelled_amounts(text)
    ]
    spelled.reverse()
    position = 0
    while True:
        digit = DIGIT.search(text, position)
        start = digit.start() if digit else len(text)
        while spelled and spelled[-1].start < start:
            yield spelled.pop()
        if digit is None:
            return
        match = _NUMBER.match(text, start)
        position = match.end() if match else start + 1
        amount = _amount(text, match) if match else None
        if amount:
            yield amount
            position = amount.end


def _spelled_amounts(text: str) -> Iterator[tuple[re.Match[str], int, bool]]:
    first = _SPELLED_FIRST.match(text)
    rest = _SPELLED.finditer(text, first.end() if first else 0)
    for match in chain([first] if first else [], rest):
        words, magnitude = match["words"], match["wordmagnitude"]
        # "one" counts only in "one per cent" and in "one in four".
        alone = words in {"one", "One"} and not magnitude
        if alone and not (
            _RATIO_AHEAD.match(text, match.end()) or PERCENT.match(text, match.end())
        ):
            continue
        yield match, word_value(words) * _magnitude(magnitude), magnitude is not None


def _amount(text: str, match: re.Match[str]) -> Amount | None:
    """Return the quantity that ``match`` may be; ``None`` for a part of a word or symbol."""
    start, end = match.span()
    number = match["number"]
    if _is_year(number) and text[end : end + 1] in _AFTER_YEAR:
        return None
    last = text[start - 1 : start]
    if last == " ":
        last = text[start - 2 : start - 1]
    sign = None
    if last in _SIGN_ENDS:
        sign = _SIGN_BEFORE.search(text, max(0, start - 5), start)
    begin = sign.start() if sign else start
    before = text[begin - 1 : begin]
    if before and (before.isalnum() or before in "_./+#°–−-"):
        return None
    following = text[end : end + 2]
    if following[:1].isalpha() and not match["magnitude"] and not MEASURE.match(text, end):
        return None
    if following[:1] in {"/", "°"} and not MEASURE.match(text, end):
        return None
    if following[:1] == "." and following[1:2].isalnum():
        return None
    if following[:1] == "-" and following[1:2].isalpha() and not PERCENT.match(text, end):
        return None
    if len(number) > _MOST_DIGITS:
        return None
    low: float = _digits(number) * _magnitude(match["magnitude"])
    value: FigureValue = whole(low)
    large = bool(match["magnitude"]) or (not number.isdigit() and "." not in number)
    second = _SECOND.match(text, end)
    if second and len(second["number"]) <= _MOST_DIGITS and _is_range(text, match, second):
        factor = _magnitude(second["magnitude"])
        high = _digits(second["number"]) * factor
        if not match["magnitude"]:
            low = _digits(number) * factor
        if low < high:
            value = (whole(low), whole(high))
            end = second.end()
            large = large or factor > 1
    currency = CURRENCIES.get(sign.group().strip()) if sign else None
    return Amount(begin, end, value, currency, False, bool(match["plus"]), large)


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether "53 to 67", "10–20" or "between 10 and 20" is one figure with two ends."""
    joint = second["joint"].strip()
    before = text[max(0, first.start() - 13) : first.start()].lower()
    before = _SIGN_LEFT.sub("", before)
    if joint == "and":
        return before.endswith("between ")
    return not (_is_year(first["number"]) and _is_year(second["number"]))


def _digits(number: str) -> float | int:
    plain = number.replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if "." in plain:
        return float(plain)
    return int(plain)


def whole(value: float | int) -> float | int:
    """Return a whole number as ``int``; others without the noise of binary fractions."""
    if isinstance(value, int):
        return value
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _magnitude(words: str | None) -> int:
    factor = 1
    for word in (words or "").lower().split():
        factor *= _MAGNITUDES.get(word, 1)
    return factor


def word_value(words: str) -> int:
    lowered = words.lower()
    if lowered.isdigit():
        return int(lowered)
    if lowered == "a dozen":
        return 12
    return sum(_TENS.get(part) or _ONES.get(part, 0) for part in re.split(r"[- ]", lowered))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number[:2] in {"19", "20"}
