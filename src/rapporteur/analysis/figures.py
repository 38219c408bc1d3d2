"""Figures: the quantities that a paragraph states, with unit, subject and year.

What counts: shares ("67 per cent"), sums of money, and things counted ("over 15 000 entries",
"eight questions"). What does not: durations and ages, dates, years and ordinals, symbols and the
numbers of paragraphs, goals, resolutions and versions, and "one".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapporteur.analysis.documents.model import Figure, FigureValue

QUOTE_LIMIT = 160
_SUBJECT_LIMIT = 90


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
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
_CURRENCIES = {
    "$": "USD", "US$": "USD", "USD": "USD", "€": "EUR", "EUR": "EUR", "£": "GBP", "GBP": "GBP",
    "CHF": "CHF", "¥": "JPY", "JPY": "JPY", "CAD": "CAD", "A$": "AUD", "AUD": "AUD", "CNY": "CNY",
    "INR": "INR", "₹": "INR", "NOK": "NOK", "SEK": "SEK", "DKK": "DKK", "R$": "BRL", "SAR": "SAR",
}  # fmt: skip
_CURRENCY_WORDS = {
    "dollars": "USD", "United States dollars": "USD", "US dollars": "USD", "euros": "EUR",
    "pounds sterling": "GBP", "Swiss francs": "CHF", "yen": "JPY", "yuan": "CNY", "rupees": "INR",
    "USD": "USD", "EUR": "EUR", "CHF": "CHF", "GBP": "GBP",
}  # fmt: skip


def _spelled(word: str) -> str:
    return f"[{word[0].upper()}{word[0]}]{word[1:]}"


_WORD_NUMBER = (
    r"(?:(?:"
    + "|".join(map(_spelled, _TENS))
    + r")(?:[- ](?:"
    + "|".join(list(_ONES)[:9])
    + r"))?|"
    r"(?:" + "|".join(map(_spelled, sorted(_ONES, key=len, reverse=True))) + r")|a dozen)"
)
_SIGN = r"(?:US\$|A\$|R\$|[$€£¥₹]|(?:USD|EUR|GBP|CHF|JPY|CAD|AUD|CNY|INR|NOK|SEK|DKK|SAR)(?=[ \d]))"
_DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?(?!\d))"
_MAGNITUDE = r"(?:hundred(?: thousand)?|thousand|million|billion|trillion|bn\b)"
_NUMBER = re.compile(
    rf"(?P<number>{_DIGITS})(?:[ -](?P<magnitude>{_MAGNITUDE}))?(?P<plus> ?\+)?", re.IGNORECASE
)
# Both scans begin with a class of characters, which the engine looks for quickly.
_DIGIT = re.compile(r"[0-9]")
_SIGN_BEFORE = re.compile(rf"{_SIGN} ?$")
_SPELLED = re.compile(
    rf"[\s(“–—-](?P<words>{_WORD_NUMBER})(?:[ -](?P<wordmagnitude>{_MAGNITUDE}))?(?![\w])"
)
_SPELLED_FIRST = re.compile(
    rf"(?P<words>{_WORD_NUMBER})(?:[ -](?P<wordmagnitude>{_MAGNITUDE}))?(?![\w])"
)
_SECOND = re.compile(
    rf"(?P<joint> ?[–-] ?| to | and )(?P<sign>{_SIGN} ?)?(?P<number>{_DIGITS})"
    rf"(?:[ -](?P<magnitude>{_MAGNITUDE}))?(?P<plus>\+)?(?![\w/])(?!\.\d)",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?:[ -]?(?:per[ -]cent|percent)(?!\w)|\s?%)(?! points)", re.IGNORECASE)
_POINTS = re.compile(r"(?: percentage points?|\s?(?:per cent|%) points)\b")
_CURRENCY_AFTER = re.compile(
    r" (?:of )?(" + "|".join(sorted(_CURRENCY_WORDS, key=len, reverse=True)) + r")\b"
)
_MEASURE = re.compile(
    r" ?([kMGT]bit/s|[kMGT]bps|[kMGTP]B(?:/s)?|[KMGT]?Hz|km2|km²|km|kWh|[kMGT]W(?:h)?|°C|kg|Mt|Gt"
    r"|(?:metric )?ton(?:ne)?s?(?: of)?|hectares|square kilometres|kilometres|megabits per second"
    r"|gigabytes|terawatt-hours)(?![\w])"
)
_FRACTION = re.compile(
    r"\b(?P<fraction>(?:two|one|a)[ -]thirds?|(?:three|one|a)[ -]quarters?|(?:one[ -])?half"
    r"|two[ -]fifths|three[ -]fifths|four[ -]fifths|one[ -]fifth|a fifth)"
    r" (?:of )?(?=(?:the|all|those|these|its|their|our|countries|people|women|respondents|"
    r"households|economies|States|Governments)\b)(?!of the year)",
    re.IGNORECASE,
)
_SHARES = {
    "third": 100 / 3, "thirds": 200 / 3, "quarter": 25.0, "quarters": 75.0, "half": 50.0,
    "fifth": 20.0, "fifths": 20.0,
}  # fmt: skip
_RATIO = re.compile(
    r"\b(one|two|three|\d{1,2})(?: out of (?:every )?| in (?:every )?)"
    r"(two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) "
    r"(?=[a-z]+(?:s|people|women|men|children)\b)",
    re.IGNORECASE,
)
_RATIO_CUE = re.compile(
    r" (?:in|out of) (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) "
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)? (?:and \d+ |to \d+ )?(?:of )?{_MONTH}\b")
_MONTH_BEFORE = re.compile(rf"{_MONTH}\s$")
_YEAR = re.compile(r"(?<![\w/–-])(?:19|20)\d\d(?![\w/%]|[,.]\d| \d{3}\b)")
_YEAR_AHEAD = re.compile(
    r"[^.;,:()]{0,45}?\b(?:in|by|of|at|during|as of)"
    r"(?: the)?(?: (?:end|beginning|start|middle|course|year|first half|second half|first quarter"
    rf"|{_MONTH}))?(?: of)?(?: {_MONTH})? \(?((?:19|20)\d\d)(?![\w/%–-]|[,.]\d| Agenda)"
)
_YEAR_BEHIND = re.compile(
    r"\b(?:in|by the end of|at the end of) ((?:19|20)\d\d)(?![\w/%–-]|[,.]\d)"
)
_BRACKETED_YEAR = re.compile(r"[^.;:()]{0,40}\(((?:19|20)\d\d)\)")
_PRESENT = re.compile(r"[^.;:]{0,40}\b(?:at present|currently|today|now)\b")
_CUE = re.compile(
    r"\b(?:over|more than|some|about|nearly|almost|approximately|around|at least|up to|just under"
    r"|just over|an estimated|estimated|roughly|less than|fewer than|under|only|exceeding|exceeded"
    r"|surpassed|surpassing|reached|reaching|total of|than|all|the|these|those|of|by|to|and|with)"
    r"\s$",
    re.IGNORECASE,
)
_STRONG_CUE = re.compile(
    r"\b(?:over|more than|some|about|nearly|almost|approximately|around|at least|up to|just under"
    r"|just over|estimated|roughly|exceeding|exceeded|surpassed|surpassing|reached|total of)\s$",
    re.IGNORECASE,
)
# What is numbered, not counted: "paragraph 12", "SDG 4", "Playbook 2.0", "aged 15".
_NUMBERED = re.compile(
    r"\b(?:paragraphs?|paras?\.?|articles?|art\.|sections?|sect\.|chapters?|parts?|annex(?:es)?"
    r"|appendix|tables?|figures?|fig\.|box(?:es)?|goals?|targets?|SDGs?|items?|resolutions?"
    r"|decisions?|rules?|regulations?|principles?|action lines?|lines?|phases?|steps?|versions?"
    r"|v\.|nos?\.|number|vol\.|volumes?|issue|pages?|pp?\.|column|levels?|category|question"
    r"|questions|recommendations?|session|sessions|tracks?|Agenda|COVID|Rev\.|Add\.|Corr\.|Modified"
    r"|Group of|Study Group|Study Groups|ages?|aged|under|article|Directive|Pillar|Objective"
    r"|objectives?|commitments?|footnotes?|note|notes|indicators?|Act of|IPv|Office|Horizon|Vision"
    r"|Strategy|Industry|Web|Playbook|Toolkit|Plan|Recommendation|Protocol|Series|Day|Windows)\s$",
    re.IGNORECASE,
)
_NOUN_WORD = re.compile(r",?\s+([^\W\d][\w’'/&-]*)|\s+(\d[\w-]*)")
_ASIDE = re.compile(r" \([^()]{1,40}\)(?= [a-z])")
_LISTED = re.compile(r"\d{1,2}\.?\s+[A-Z]")
_PARAGRAPH_YEAR = re.compile(r"[^.:]{0,50}?\b((?:19|20)\d\d)\b[^.:]{0,12}:")
# "introduced in 2004, …": the year of something else.
_PAST_EVENT = re.compile(
    r"\b(?:since|introduced|launched|established|founded|adopted|published|created|released"
    r"|inception|formed|Agenda|from)(?: back)?(?: in| on| of)?(?: the)?(?: \d{1,2})?"
    r"(?: [A-Z][a-z]+)?\s$"
)
_NOT_COUNTED = frozenset({"per cent", "percentage points", *_CURRENCIES.values()})
_COMPARED = re.compile(r"The (?:comparable|corresponding|equivalent) ")
_DURATIONS = _words("""
    year years year-old month months day days week weeks hour hours minute minutes second seconds
    decade decades century centuries anniversary annum times time o'clock
""")
_STOPS = _words("""
    of in on at by from for with to which who whom that was were is are have has had will would
    can could may should than as including during since until after before between through under
    over per via also been be being into within without among across upon according held took
    where when while if because but nor so yet then there these those this they it he she we its
    their his her our took made was not only most including such like plus versus
""")
_PASSED_OVER = _words("""
    more less fewer additional different other new further such of the these those our its their
    all and consecutive separate
""")
_NOT_UNITS = _words("""
    whereas this thus is was has its plus across versus always perhaps towards besides
    business process access progress less address series works includes provides serves comprises
    represents covers supports estimates states shows reaches remains continues indicates means
    exceeds totals brings involves requires ensures offers enables helps aims focuses
""")
_IRREGULAR = _words("""
    people women men children persons youth staff data media economies countries police personnel
    criteria phenomena fora alumni teeth feet aircraft cattle fish
""")
_COMPOUNDS = _words("""
    action post data Member member working study dynamic expert study pilot focus advocacy mobile
    country task prize case
""")
_CLAUSE = re.compile(r"[.;!?]\s|\n|[–—]")
_BOUNDARY_BEFORE = re.compile(r"(?:[.;!?]\s|\n|: |, )")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number read from the text: its place, its value, and the currency before it."""

    start: int
    end: int
    value: FigureValue
    currency: str | None
    in_words: bool
    plus: bool
    large: bool


def find_figures(text: str, *, period_year: int | None = None) -> list[Figure]:
    """Return the figures of a paragraph, in text order.

    ``value`` is in base units ("5.4 billion" is 5400000000), a pair for a range ("between 10 and
    20", "53 to 67 per cent"); whole numbers are ``int``. ``unit`` is ``per cent``, an ISO 4217 code
    for money, a measure as printed ("Mbit/s"), or the noun counted. ``year`` is the year that the
    sentence names for the figure, else ``period_year``. ``quote`` is verbatim, at most 160
    characters.
    """
    figures: list[tuple[int, Figure]] = []
    done = 0
    year: int | None = None
    counted: tuple[int, str] | None = None
    if " half" in text or "third" in text or "quarter" in text or "fifth" in text or "alf " in text:
        figures.extend(_fractions(text, period_year))
    ratios = list(_ratios(text, period_year))
    figures.extend(ratios)
    taken = [start for start, _ in ratios]
    for amount in _amounts(text):
        if amount.start < done or any(abs(amount.start - start) < 14 for start in taken):
            continue
        read = _unit(text, amount, counted)
        if read is None:
            continue
        unit, unit_start, unit_end = read
        done = amount.end
        counted = (done, unit)
        year = _year(text, amount.start, max(amount.end, unit_start), period_year, year)
        figures.append(
            (
                amount.start,
                Figure(
                    value=amount.value,
                    unit=unit,
                    subject=_subject(text, amount.start, unit_start, unit_end, unit),
                    year=year,
                    quote=_quote(text, amount.start, max(unit_end, amount.end)),
                ),
            )
        )
    if len(figures) > 1:
        figures.sort(key=lambda item: item[0])
    return [figure for _, figure in figures]


def _amounts(text: str) -> Iterator[_Amount]:
    """Yield the numbers of the text that may be quantities, in text order."""
    spelled = [
        _Amount(match.start("words"), match.end(), value, None, True, False, large)
        for match, value, large in _spelled_amounts(text)
    ]
    spelled.reverse()
    position = 0
    while True:
        digit = _DIGIT.search(text, position)
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
    for match in ([first] if first else []) + list(_SPELLED.finditer(text)):
        words, magnitude = match["words"], match["wordmagnitude"]
        if words in {"one", "One"} and not magnitude and not _PERCENT.match(text, match.end()):
            continue
        yield match, _word_value(words) * _magnitude(magnitude), magnitude is not None


def _amount(text: str, match: re.Match[str]) -> _Amount | None:
    """Return the quantity that ``match`` may be; ``None`` for a part of a word or symbol."""
    start, end = match.span()
    sign = _SIGN_BEFORE.search(text, max(0, start - 5), start)
    begin = sign.start() if sign else start
    before = text[begin - 1 : begin]
    if before and (before.isalnum() or before in "_./+#°–−-"):
        return None
    following = text[end : end + 2]
    if following[:1].isalpha() and not match["magnitude"] and not _MEASURE.match(text, end):
        return None
    if following[:1] in {"/", "°"} and not _MEASURE.match(text, end):
        return None
    if following[:1] == "." and following[1:2].isalnum():
        return None
    if following[:1] == "-" and following[1:2].isalpha() and not _PERCENT.match(text, end):
        return None
    number = match["number"]
    low: float = _digits(number) * _magnitude(match["magnitude"])
    value: FigureValue = _whole(low)
    large = bool(match["magnitude"]) or (not number.isdigit() and "." not in number)
    second = _SECOND.match(text, end)
    if second and _is_range(text, match, second):
        factor = _magnitude(second["magnitude"])
        high = _digits(second["number"]) * factor
        if not match["magnitude"]:
            low = _digits(number) * factor
        if low < high:
            value = (_whole(low), _whole(high))
            end = second.end()
            large = large or factor > 1
    currency = _CURRENCIES.get(sign.group().strip()) if sign else None
    return _Amount(begin, end, value, currency, False, bool(match["plus"]), large)


def _is_range(text: str, first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether "53 to 67", "10–20" or "between 10 and 20" is one figure with two ends."""
    joint = second["joint"].strip()
    before = text[max(0, first.start() - 12) : first.start()].lower()
    if joint == "and":
        return before.endswith("between ")
    return not (_is_year(first["number"]) and _is_year(second["number"]))


def _unit(
    text: str, amount: _Amount, previous: tuple[int, str] | None
) -> tuple[str, int, int] | None:
    """Return the unit and where it stands; ``None`` when the number counts nothing.

    ``previous`` is the end and the unit of the figure before this one.
    """
    start, end = amount.start, amount.end
    percent = _PERCENT.match(text, end)
    if percent:
        return "per cent", percent.end(), percent.end()
    points = _POINTS.match(text, end)
    if points:
        return "percentage points", points.end(), points.end()
    if amount.currency:
        return amount.currency, end, end
    money = _CURRENCY_AFTER.match(text, end)
    if money:
        return _CURRENCY_WORDS[money.group(1)], money.end(), money.end()
    before = text[max(0, start - 30) : start]
    if _MONTH_AFTER.match(text, end) or _MONTH_BEFORE.search(before):
        return None
    measure = None if amount.in_words else _MEASURE.match(text, end)
    if measure:
        return measure.group(1).removesuffix(" of"), measure.end(), measure.end()
    if not amount.in_words and (
        _NUMBERED.search(before) or (start == 0 and _LISTED.match(text) and not amount.plus)
    ):
        return None
    value = amount.value
    like_a_year = isinstance(value, int) and 1900 <= value <= 2100 and text[start:end].isdigit()
    if like_a_year and not (amount.plus or _STRONG_CUE.search(before)):
        return None
    return _noun(text, amount, before, previous)


def _noun(
    text: str, amount: _Amount, before: str, previous: tuple[int, str] | None
) -> tuple[str, int, int] | None:
    """Return the noun counted, behind the number or (for large numbers) before it."""
    position = amount.end
    aside = _ASIDE.match(text, position)
    if aside:
        position = aside.end()
    words: list[tuple[str, int, int]] = []
    passed = False
    for _ in range(8):
        match = _NOUN_WORD.match(text, position)
        if match is None:
            break
        word = match.group(1)
        if word is None:
            if not passed:  # "31 of the 40 members"
                break
            position = match.end()
            continue
        lowered = word.lower()
        first = match.start(1)
        if text[position] == "," and not words:
            break
        if lowered in _DURATIONS or lowered.startswith(("year-", "month-", "day-")):
            return None
        if not words and lowered in _PASSED_OVER:
            passed = passed or lowered == "of"
            position = match.end()
            continue
        if lowered in _STOPS:
            break
        words.append((word, first, match.end()))
        position = match.end()
        if _is_plural(word) and word != "Nations":
            return _with_compound(text, words)
    if amount.in_words:
        return None
    if amount.plus and words:
        return words[0]
    same_sentence = previous is not None and ". " not in text[previous[0] : amount.start]
    if amount.large and previous and same_sentence and previous[1] not in _NOT_COUNTED:
        # "2.6 billion people are offline, of whom 1.8 billion live in rural areas".
        return previous[1], amount.end, amount.end
    noun = None
    if amount.large or _STRONG_CUE.search(before):
        noun = _noun_before(text, amount.start)
    if noun:
        return noun, amount.end, amount.end
    return words[0] if words and amount.large else None


def _is_plural(word: str) -> bool:
    lowered = word.lower().replace("’", "'")
    if lowered in _IRREGULAR:
        return True
    if word in _NOT_UNITS or lowered.endswith(("ss", "'s", "us", "is")):
        return False
    return lowered.endswith("s") and (len(lowered) > 3 or (len(word) > 2 and word[:-1].isupper()))


def _with_compound(text: str, words: list[tuple[str, int, int]]) -> tuple[str, int, int]:
    """Return the noun with the words that make one term with it ("Member States")."""
    first = len(words) - 1
    noun = words[-1][0]
    while first > 0:
        previous = words[first - 1][0]
        titled = noun[0].isupper() and previous[0].isupper() and not previous.isupper()
        if titled or (first == len(words) - 1 and previous in _COMPOUNDS):
            first -= 1
        else:
            break
    start, end = words[first][1], words[-1][2]
    return text[start:end], start, end


_BEFORE_WORD = re.compile(r"[^\W\d][\w’'-]*")


def _noun_before(text: str, start: int) -> str | None:
    """Return the plural noun nearest before a large number that nothing follows."""
    begin = max(0, start - 120)
    window = text[begin:start]
    cut = max(window.rfind(". "), window.rfind("; "))
    window = window[cut + 1 :]
    number_of = window.rfind("number of ")
    if number_of >= 0:
        for match in _BEFORE_WORD.finditer(window, number_of + 10):
            if _is_plural(match.group()):
                return match.group()
    nouns = [m.group() for m in _BEFORE_WORD.finditer(window) if _is_plural(m.group())]
    return nouns[-1] if nouns else None


def _fractions(text: str, period_year: int | None) -> Iterator[tuple[int, Figure]]:
    for match in _FRACTION.finditer(text):
        printed = match["fraction"].lower().replace("-", " ").split()
        if text[max(0, match.start() - 8) : match.start()].lower().endswith(("first ", "second ")):
            continue
        share = _SHARES[printed[-1]]
        if printed[-1] == "fifths":
            share *= _ONES[printed[0]]
        yield (
            match.start(),
            Figure(
                value=_whole(round(share, 2)),
                unit="per cent",
                subject=_subject(text, match.start(), match.end(), match.end(), "per cent"),
                year=_year(text, match.start(), match.end(), period_year),
                quote=_quote(text, match.start(), match.end()),
            ),
        )


def _ratios(text: str, period_year: int | None) -> Iterator[tuple[int, Figure]]:
    if not _RATIO_CUE.search(text):
        return
    for match in _RATIO.finditer(text):
        part, whole = (_word_value(group) for group in match.groups())
        if part >= whole or not whole:
            continue
        yield (
            match.start(),
            Figure(
                value=_whole(round(100 * part / whole, 2)),
                unit="per cent",
                subject=_subject(text, match.start(), match.end(), match.end(), "per cent"),
                year=_year(text, match.start(), match.end(), period_year),
                quote=_quote(text, match.start(), match.end()),
            ),
        )


def _subject(text: str, start: int, unit_start: int, unit_end: int, unit: str) -> str:
    """Return what the figure is about: the words behind it, or before it when none follow."""
    stop = _CLAUSE.search(text, unit_end)
    clause_end = stop.start() if stop else len(text)
    behind = text[unit_start:clause_end].strip(" ,.;:()")
    behind = _cut_at_comma(behind)
    if behind.lower().startswith("of "):
        behind = behind[3:]
    if (
        text.startswith((",", ")"), unit_end)
        or len(behind) < 4
        or behind.lower().startswith(("in 2", "in 1", "by 2", "to ", "compared", "at present"))
    ):
        begin = 0
        for match in _BOUNDARY_BEFORE.finditer(text, max(0, start - 200), start):
            begin = match.end()
        ahead = text[max(begin, start - 200) : start].strip(" ,.;:(")
        behind = ahead or behind or unit
    return _shortened(behind, _SUBJECT_LIMIT)


def _cut_at_comma(phrase: str) -> str:
    comma = phrase.find(", ")
    return phrase[:comma] if comma > 12 else phrase


def _shortened(phrase: str, limit: int) -> str:
    if len(phrase) <= limit:
        return phrase
    cut = phrase.rfind(" ", 0, limit + 1)
    return phrase[: cut if cut > 0 else limit].rstrip(" ,;:(")


def _year(
    text: str, start: int, end: int, period_year: int | None, previous: int | None = None
) -> int | None:
    """Return the year the sentence names for the figure: behind it, else before it.

    Without one, the year that heads the paragraph ("Prizes 2021: …") holds, else the period's. A
    "comparable figure" holds for the same year as the figure before it (``previous``).
    """
    ahead = _YEAR_AHEAD.match(text, end)
    if ahead and not _DIGIT.search(text, end, ahead.start(1)):
        return int(ahead.group(1))
    bracketed = _BRACKETED_YEAR.match(text, end)
    if bracketed and not _DIGIT.search(text, end, bracketed.start(1)):
        return int(bracketed.group(1))
    if _PRESENT.match(text, end):
        return period_year
    begin = max(0, start - 250)
    sentence = max(text.rfind(". ", begin, start) + 1, text.rfind("\n", begin, start) + 1, begin)
    named: int | None = None
    for match in _YEAR.finditer(text, sentence, start):
        if (
            text.startswith(" Agenda", match.end())
            or text[match.start() - 1 : match.start()] == "+"
        ):
            continue
        if _PAST_EVENT.search(text, max(sentence, match.start() - 40), match.start()):
            continue
        named = int(match.group())
    if named is not None:
        return named
    for match in _YEAR_BEHIND.finditer(text, end, _sentence_end(text, end)):
        if not _PAST_EVENT.search(text, max(end, match.start(1) - 40), match.start(1)):
            return int(match.group(1))
    if previous is not None and _COMPARED.match(text[sentence:start].lstrip()):
        return previous
    heading = _PARAGRAPH_YEAR.match(text)
    if heading and heading.end() <= start:
        return int(heading.group(1))
    return period_year


def _sentence_end(text: str, position: int) -> int:
    stop = _CLAUSE.search(text, position, position + 180)
    return stop.start() if stop else min(len(text), position + 180)


def _quote(text: str, start: int, end: int) -> str:
    """Return the sentence around the figure, or as much of it as 160 characters hold."""
    begin = max(0, start - QUOTE_LIMIT)
    for match in _CLAUSE.finditer(text, begin, start):
        begin = match.end()
    if begin and begin == max(0, start - QUOTE_LIMIT):
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else start
    stop = _CLAUSE.search(text, end)
    finish = stop.start() + (1 if stop.group()[0] in ".;!?" else 0) if stop else len(text)
    if finish - begin > QUOTE_LIMIT:
        # Keep the figure: give what stands behind it first claim to half the room.
        room = QUOTE_LIMIT - min(QUOTE_LIMIT, end - start)
        tail = min(finish - end, max(room // 2, room - (start - begin)))
        head = min(start - begin, room - tail)
        if start - head > begin:
            space = text.find(" ", start - head, start)
            begin = space + 1 if space >= 0 else start
        limit = min(begin + QUOTE_LIMIT, finish)
        if limit < finish:
            space = text.rfind(" ", end, limit + 1)
            limit = space if space > 0 else min(max(end, begin + 1), limit)
        finish = limit
    return text[begin:finish].strip()[:QUOTE_LIMIT]


def _digits(number: str) -> float | int:
    plain = number.replace(",", "").replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if "." in plain:
        return float(plain)
    return int(plain) if len(plain) < 25 else float(plain)


def _whole(value: float | int) -> float | int:
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


def _word_value(words: str) -> int:
    lowered = words.lower()
    if lowered.isdigit():
        return int(lowered)
    if lowered == "a dozen":
        return 12
    return sum(_TENS.get(part) or _ONES.get(part, 0) for part in re.split(r"[- ]", lowered))


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and number[:2] in {"19", "20"}
