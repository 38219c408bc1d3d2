"""What stands around a figure: its subject, its year and its quotation."""

import re

from rapporteur.analysis.figures.numbers import DIGIT
from rapporteur.analysis.figures.units import MONTH

QUOTE_LIMIT = 160
_SUBJECT_LIMIT = 90
# Characters looked through to either side: no sentence of a report is much longer.
_REACH = 250
_YEAR = re.compile(r"(?<![\w/–-])(?:19|20)\d\d(?![\w/%]|[,.]\d| \d{3}\b)")
_YEAR_AHEAD = re.compile(
    r"[^.;,:()]{0,80}?\b(?:in|by|of|at|during|as of)"
    r"(?: the)?(?: (?:end|beginning|start|middle|course|year|first half|second half|first quarter"
    rf"|{MONTH}))?(?: of)?(?: {MONTH})? \(?((?:19|20)\d\d)(?![\w/%–-]|[,.]\d| Agenda)"
)
_YEAR_BEHIND = re.compile(
    r"\b(?:in|during|at the end of|by the end of|in the (?:first|second) half of"
    rf"|in {MONTH}) ((?:19|20)\d\d)(?![\w/%–-]|[,.]\d)"
)
_BRACKETED_YEAR = re.compile(r"[^.;:()]{0,40}\(((?:19|20)\d\d)\)")
_PRESENT = re.compile(r"[^.,;:\d]{0,40}\b(?:at present|currently|today|now)\b")
_LINE_YEAR = re.compile(r"[^.:]{0,50}?\b((?:19|20)\d\d)\b[^.:]{0,12}:")
# "introduced in 2004, …": the year of something else.
_PAST_EVENT = re.compile(
    r"\b(?:since|introduced|launched|established|founded|adopted|published|created|released"
    r"|inception|formed|Agenda|from|by(?: the end of)?)(?: back)?(?: in| on| of)?"
    r"(?: the)?(?: \d{1,2})?(?: [A-Z][a-z]+)?\s$"
)
# "10 per cent, as compared to 3 per cent in 2005": the year of the other figure.
_COMPARISON = re.compile(r"\b(?:compared|up from|down from|against|versus|than) ")
_COMPARED = re.compile(r"The (?:comparable|corresponding|equivalent) ")
_CLAUSE = re.compile(r"[.;!?]\s|\n|[–—]")
_BOUNDARY_BEFORE = re.compile(r"(?:[.;!?]\s|\n|: |, )")


def subject_of(text: str, start: int, unit_start: int, unit_end: int, unit: str) -> str:
    """Return what the figure is about: the words behind it, or before it when none follow."""
    stop = _CLAUSE.search(text, unit_end, unit_end + _REACH)
    clause_end = stop.start() if stop else min(len(text), unit_end + _REACH)
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


def year_of(
    text: str,
    start: int,
    end: int,
    period_year: int | None,
    *,
    line: int = 0,
    previous: int | None = None,
) -> int | None:
    """Return the year the sentence names for the figure: behind it, else before it.

    Without one, the year that heads the line ("Prizes 2021: …") holds, else the period's. ``line``
    is where the figure's line begins. A "comparable figure" holds for the same year as the figure
    before it (``previous``).
    """
    ahead = _YEAR_AHEAD.match(text, end)
    if ahead and not DIGIT.search(text, end, ahead.start(1)):
        return int(ahead.group(1))
    bracketed = _BRACKETED_YEAR.match(text, end)
    if bracketed and not DIGIT.search(text, end, bracketed.start(1)):
        return int(bracketed.group(1))
    if _PRESENT.match(text, end):
        return period_year
    begin = max(0, start - _REACH)
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
        if _COMPARISON.search(text, end, match.start()):
            break
        if not _PAST_EVENT.search(text, max(end, match.start(1) - 40), match.start(1)):
            return int(match.group(1))
    if previous is not None and _COMPARED.match(text[sentence:start].lstrip()):
        return previous
    heading = _LINE_YEAR.match(text, line)
    if heading and heading.end() <= start:
        return int(heading.group(1))
    return period_year


def _sentence_end(text: str, position: int) -> int:
    stop = _CLAUSE.search(text, position, position + 180)
    return stop.start() if stop else min(len(text), position + 180)


def quote_of(text: str, start: int, end: int) -> str:
    """Return the sentence around the figure, or as much of it as 160 characters hold."""
    begin = max(0, start - QUOTE_LIMIT)
    for match in _CLAUSE.finditer(text, begin, start):
        begin = match.end()
    if begin and begin == max(0, start - QUOTE_LIMIT):
        space = text.find(" ", begin, start)
        begin = space + 1 if space >= 0 else start
    stop = _CLAUSE.search(text, end, end + _REACH)
    finish = min(len(text), end + _REACH)
    if stop:
        finish = stop.start() + (1 if stop.group()[0] in ".;!?" else 0)
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
