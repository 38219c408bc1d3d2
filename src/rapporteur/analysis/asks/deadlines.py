"""By when, or how often: the text's own words."""

from __future__ import annotations

import re
from typing import Final

_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_ORDINAL: Final = (
    r"(?:[a-z-]*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|teenth|tieth|hundredth)|\d+(?:st|nd|rd|th)|next|forthcoming|upcoming|following|"
    r"subsequent|current|present|future|regular|annual|substantive|respective)"
)
_COUNT: Final = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|eighteen|twenty|"
    r"twenty-four|thirty|forty-five|sixty|ninety|second|other|alternate|single|third)"
)
_UNIT: Final = r"(?:days?|weeks?|months?|years?|hours?)"
_SESSION_PREPOSITION: Final = (
    r"(?:(?:by )?(?:no|not) later than|prior to|in time for|in advance of|ahead of|"
    r"for (?:consideration|its consideration|their consideration|discussion|adoption) "
    r"(?:at|during|by)|starting (?:at|from|with)|beginning (?:at|from|with|in)|at or before|"
    r"at the latest (?:at|during|by)|by|before|at|during|until|for|in|throughout)"
)
_SESSION: Final = (
    rf"{_SESSION_PREPOSITION} (?:(?:the|its|their|each|every|any|a|an|all|one|both|main part of|"
    r"first part of|second part of|beginning of|end of|start of|conclusion of|course of|high-level "
    r"segment of|resumed|first|second|part|of|[a-z]+ week of) ){0,7}"
    rf"(?:(?:{_ORDINAL}|(?:19|20)\d\d) )(?:(?:and|to|through|or|{_ORDINAL}|(?:19|20)\d\d) ){{0,5}}"
    r"(?:(?:resumed|regular|annual|special|substantive|organizational|plenary|emergency|ordinary|"
    r"biennial|high-level|review|intersessional|inter-sessional|session and) ){0,4}"
    r"(?:sessions?|meetings?|Meetings?|Conference)\b"
    r"(?: of the [A-Z][\w’-]+(?: (?:(?:of|on|for|the|and|to) ){0,3}[A-Z][\w’-]+)*)?"
    rf"(?:,? (?:to be held )?in (?:{_MONTH} )?(?:19|20)\d\d\b)?"
)
_DATE: Final = (
    r"(?:no later than|not later than|at the latest by|on or before|before|by|until|prior to|"
    r"by no later than|as of|starting from|starting in|starting|beginning in|"
    r"from(?= (?:\d{1,2} )?[A-Z]))"
    r"(?: the)?(?: (?:target date|end|beginning|middle|start|first half|second half|first quarter|"
    r"last quarter|third quarter|second quarter) of)?(?: the)?(?: year)?(?: mid-| early | late )?"
    rf" ?(?:\d{{1,2}} )?(?:{_MONTH} )?(?:19|20)\d\d\b(?: at the latest)?"
)
_END_OF: Final = (
    r"(?:by|before|at|until|no later than|not later than) the (?:end|beginning|close|conclusion|"
    rf"start) of (?:the|its|their|his|her|this) (?:{_ORDINAL} )?"
    r"(?:year|month|biennium|decade|session|mandate|term|budget period|financial period|period)\b"
)
_WITHIN: Final = (
    r"(?:no later than|not later than|not more than|within|in)"
    r"(?: the next| a period of| a maximum of| the coming| the following)?"
    rf" {_COUNT}(?: \(\d+\))? "
    rf"(?:working |calendar |business )?{_UNIT}\b(?:[’'])?"
    r"(?: (?:of|after|from|following|prior to|before)(?: (?:the|its|their|this|such|any))?"
    r" [\w’-]+(?: (?:of|by)(?: (?:the|this|its))?(?: present)? [\w’-]+)?)?"
)
_BASIS: Final = (
    r"(?:on|in) an? (?:more )?(?:(?:regular|annual|yearly|monthly|quarterly|biennial|triennial|"
    r"periodic|periodical|semi-annual|biannual|weekly|daily|bimonthly|quadrennial|continuous|"
    r"continuing|ongoing|rolling|systematic and regular)(?: and |, )?){1,4} ?basis"
)
_EVERY: Final = (
    rf"(?:once |twice |at least once |at least )?(?:every|each) (?:{_COUNT} )?"
    r"(?:days?|weeks?|months?|years?|sessions?|biennium|quarter)\b|"
    rf"at {_COUNT}-(?:year|month|week|day)(?:ly)? intervals|at regular intervals|"
    r"(?:at least )?(?:once|twice|three times) (?:a|per|every) (?:year|month|session|biennium)"
)
_ADVERB: Final = (
    r"(?:annually|biennially|triennially|quarterly|monthly|yearly|periodically|regularly|biannually|"
    r"quadrennially|semi-annually)(?! (?:\w+ed|[a-z]+ing)\b)"
)
_SOON: Final = (
    r"as soon as (?:possible|practicable|feasible)|as early as possible|"
    r"at the earliest (?:possible )?(?:opportunity|date|time)|at an early date|"
    r"without (?:any )?(?:further |undue )?delay"
)
_TAIL: Final = (
    r"(?:,? and (?:annually|biennially|periodically|regularly|every [\w-]+ \w+) thereafter)?"
)
_DEADLINE: Final = re.compile(
    rf"\b(?:(?:{_END_OF}(?: of the [A-Z][\w’-]+(?: [A-Z][\w’-]+)*)?|{_SESSION}|{_DATE}|{_WITHIN}|"
    rf"{_BASIS}|{_EVERY}|{_ADVERB}|{_SOON})){_TAIL}",
)
_IN_YEAR: Final = re.compile(
    rf"\bin (?:the (?:first|second) half of |early |late |mid-)?(?:{_MONTH} )?20\d\d\b"
)
_PERIODIC_REPORT: Final = re.compile(
    r"(?:continue to |also )?(?:submit|provide|present|prepare|report|issue|publish|brief|transmit)"
    r"\b[^,;]{0,80}? an? (annual|biennial|quarterly|monthly|yearly|triennial|quadrennial|biannual|"
    r"semi-annual)(?: [\w-]+){0,2} (?:reports?|updates?|briefings?|letters?)\b"
)
_TIMED: Final = re.compile(
    r"^(?:continue to |also )?(?:submit|provide|present|prepare|report|hold|convene|organi[sz]e|"
    r"host|"
    r"conduct|undertake|launch|complete|conclude|review|consider|finali[sz]e|publish|issue|update|"
    r"appoint|transmit|establish)\b"
)
_PAST_EVENT: Final = re.compile(
    r"\b(?:adopted|held|made|endorsed|established|submitted|presented|considered|agreed|taken|"
    r"contained|requested|decided|approved|launched|convened|organized|issued|recommended|"
    r"discussed|reached|concluded|signed|proclaimed|issued|undertaken|reported|set out|called for|"
    r"welcomed|gathered|concluded|resolution \d+/\d+|be held|hold|took place|take place)"
    r"(?: (?:by|in)(?: [\w’-]+){1,8}?)?,? $"
)
# Without one of these there is nothing to look for.
_SIGNS: Final = (
    "session",
    " 20",
    " 19",
    "eeting",
    "Conference",
    "basis",
    "nnual",
    "iennial",
    "arterly",
    "onthly",
    "yearly",
    "iodically",
    "egular",
    "every",
    "each ",
    "twice",
    "times",
    "days",
    "weeks",
    "month",
    "year",
    "hours",
    "biennium",
    "decade",
    "mandate",
    "soon",
    "earl",
    "delay",
    "interval",
)
_QUOTED: Final = 300
_LOOK_BACK: Final = 110
_JOINED: Final = frozenset({", ", " and ", ", and ", " ", ", as well as "})


def find_deadline(text: str, *, action: str = "") -> str | None:
    """The first date, session or periodicity in what is asked, in its own words.

    ``text`` runs from the verb to the end of the ask, ``action`` is what is asked. Words that date
    something past ("adopted at its seventieth session") are left out. Sessions and years that
    follow one another are one deadline. ``None`` when nothing is said.
    """
    if not any(sign in text for sign in _SIGNS):
        return None
    places = [match.span() for match in _DEADLINE.finditer(text)]
    if _TIMED.match(action):
        taken = {begin for begin, _ in places}
        years = (match.span() for match in _IN_YEAR.finditer(text))
        places = sorted([*places, *(span for span in years if span[0] not in taken)])
    found: tuple[int, int] | None = None
    for begin, end in places:
        if found is None:
            before = text[max(0, begin - _QUOTED) : begin]
            quoted = before.rfind("“") > before.rfind("”")
            if not quoted and not _is_past(text, begin):
                found = (begin, end)
        elif begin < found[1] or text[found[1] : begin] in _JOINED:
            found = (found[0], max(found[1], end))
        else:
            break
    if found is not None:
        begin, end = found
        year = _IN_YEAR.match(text, end + 2) if text[end : end + 2] == ", " else None
        return text[begin : year.end() if year else end].strip(" ,")
    periodic = _PERIODIC_REPORT.match(action)
    return periodic[1] if periodic else None


def _is_past(text: str, place: int) -> bool:
    return _PAST_EVENT.search(text[max(0, place - _LOOK_BACK) : place]) is not None
