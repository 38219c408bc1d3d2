"""What a number counts: per cent, a currency, a measure, or the noun behind it."""

import re

from rapporteur.analysis.figures.numbers import CURRENCIES, FALLING, MEASURE, PERCENT, Amount


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_CURRENCY_WORDS = {
    "dollars": "USD", "United States dollars": "USD", "US dollars": "USD", "euros": "EUR",
    "pounds sterling": "GBP", "Swiss francs": "CHF", "yen": "JPY", "yuan": "CNY", "rupees": "INR",
    "USD": "USD", "EUR": "EUR", "CHF": "CHF", "GBP": "GBP",
}  # fmt: skip
_POINTS = re.compile(r"(?: percentage points?|\s?(?:per cent|%) points)\b")
_CURRENCY_AFTER = re.compile(
    r" (?:of )?(" + "|".join(sorted(_CURRENCY_WORDS, key=len, reverse=True)) + r")\b"
)
MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_MONTH_AFTER = re.compile(rf"(?:st|nd|rd|th)? (?:and \d+ |to \d+ )?(?:of )?{MONTH}\b")
_MONTHS = frozenset(MONTH[3:-1].split("|"))
_STRONG_CUE = re.compile(
    r"\b(?:over|more than|some|about|nearly|almost|approximately|around|at least|up to|just under"
    r"|just over|estimated|roughly|exceeding|exceeded|surpassed|surpassing|reached|total of)\s$",
    re.IGNORECASE,
)
# What is numbered, not counted: "paragraph 12", "SDG 4", "Playbook 2.0", "aged 15".
_NUMBERED = _words("""
    paragraph paragraphs para paras para. paras. article articles art. section sections sect.
    chapter chapters part parts annex annexes appendix table tables figure figures fig. box boxes
    goal goals sdg sdgs item items resolution resolutions decision decisions rule rules regulation
    regulations principle line lines phase phases step version versions v. no. nos. number vol.
    volume volumes page pages p. pp. column category question recommendation recommendations agenda
    covid rev. add. corr. modified age ages aged directive pillar objective commitment commitments
    footnote footnotes indicator indicators ipv
""")
# Numbered only as titles: "Target 9", but "they target 9 countries".
_NUMBERED_TITLES = _words("""
    Target Targets Track Tracks Session Sessions Level Note Issue Step Steps Principles Objectives
    Questions Office Horizon Vision Strategy Industry Web Playbook Toolkit Plan Protocol Series Day
    Windows
""")
# "Group of 20", "Study Group 17".
_NUMBERED_GROUP = ("Group of ", "Study Group ", "Study Groups ", "Act of ")
_NOUN_WORD = re.compile(r",? +([^\W\d][\w’'/&-]*)| +(\d[\w-]*)")
_ASIDE = re.compile(r" \([^()]{1,40}\)(?= [a-z])")
# "3 Skills and Prizes: …": the number of a list item.
_LISTED = re.compile(r"\d{1,2}(?:\.\s|\s+[A-Z][^.;:]{0,90}:)")
_NOT_COUNTED = frozenset({"per cent", "percentage points", *CURRENCIES.values()})
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
    people women men children persons economies countries criteria phenomena fora alumni
""")
# One form for one and many; they also stand before the noun counted ("youth forums").
_INVARIABLE = _words("youth staff data media police personnel aircraft cattle fish")
_COMPOUNDS = _words("""
    action post data Member member working study dynamic expert study pilot focus advocacy mobile
    country task prize case
""")
_BEFORE_WORD = re.compile(r"[^\W\d][\w’'-]*")
_SENTENCE_REACH = 250


def unit_of(
    text: str, amount: Amount, previous: tuple[int, str] | None
) -> tuple[str, int, int] | None:
    """Return the unit and where it stands; ``None`` when the number counts nothing.

    ``previous`` is the end and the unit of the figure before this one.
    """
    start, end = amount.start, amount.end
    percent = PERCENT.match(text, end)
    if percent:
        return "per cent", percent.end(), percent.end()
    falling = FALLING.match(text, end)
    if falling and text[max(0, start - 5) : start].lower() == "from ":
        return "per cent", falling.end(), falling.end()
    points = _POINTS.match(text, end)
    if points:
        return "percentage points", points.end(), points.end()
    if amount.currency:
        return amount.currency, end, end
    money = _CURRENCY_AFTER.match(text, end)
    if money:
        return _CURRENCY_WORDS[money.group(1)], money.end(), money.end()
    before = text[max(0, start - 30) : start]
    words = before.split()
    last = words[-1] if words and before[-1].isspace() else ""
    if last in _MONTHS or _MONTH_AFTER.match(text, end):
        return None
    measure = None if amount.in_words else MEASURE.match(text, end)
    if measure:
        return measure.group(1).removesuffix(" of"), measure.end(), measure.end()
    if not amount.in_words and (
        last.lower() in _NUMBERED
        or last in _NUMBERED_TITLES
        or before.endswith(_NUMBERED_GROUP)
        or (start == 0 and not amount.plus and _LISTED.match(text))
    ):
        return None
    value = amount.value
    like_a_year = isinstance(value, int) and 1900 <= value <= 2100 and text[start:end].isdigit()
    if like_a_year and not (amount.plus or _STRONG_CUE.search(before)):
        return None
    return _noun(text, amount, before, previous)


def _noun(
    text: str, amount: Amount, before: str, previous: tuple[int, str] | None
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
    for number, (word, _, _) in enumerate(words):
        if word.lower() in _INVARIABLE:
            return _with_compound(text, words[: number + 1])
    if amount.in_words:
        return None
    if amount.plus and words:
        return words[0]
    if (
        amount.large
        and previous
        and previous[1] not in _NOT_COUNTED
        and amount.start - previous[0] < _SENTENCE_REACH
        and ". " not in text[previous[0] : amount.start]
    ):
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
