"""What people type into a form as a JSON value: numbers, dates, names of choices and codes."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Any

from rapporteur.calls.questionnaire.answers import is_day
from rapporteur.calls.questionnaire.model import CHOICE_KINDS, Kind, Question
from rapporteur.calls.questionnaire.offline.places import CodeNames, Option, options_of
from rapporteur.calls.questionnaire.storing import tidy

TICKED = frozenset("☒☑✓✔✗✘⊠■●×xXхХ✕✖🗹🗸🗷")
UNTICKED = frozenset("☐□○❏❑◻◯")
TICKED_WORDS = frozenset({"1", "yes", "true", "oui", "sí", "si", "да", "نعم", "是"})
SEPARATORS = str.maketrans({"٫": ".", "٬": ",", "،": ",", "，": ",", "．": ".", "−": "-", "–": "-"})
GROUPED = re.compile(r"(?<=\d)[\s'’_\u00a0\u202f](?=\d{3}(?!\d))")
PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,10})?")
COMMA_FRACTION = re.compile(r"[+-]?\d{1,15},\d{1,10}")
ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}([.,])\d{3}")
COMMA_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d{1,10})?")
POINT_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d{1,10})?|\.\d{3},\d{1,10})")
YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]00:00.*)?"
)
YEAR_LAST = re.compile(r"(\d{1,2})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{4})")
LINE = re.compile(r"[\n;；]")
COMMA = re.compile(r"[,،、，]")


class NotAValue(ValueError):
    """A text that is no value of a question. ``code`` says why, ``value`` is the part at fault."""

    def __init__(self, code: str, value: str) -> None:
        super().__init__(code, value)
        self.code, self.value = code, value


def is_ticked_mark(text: str) -> bool | None:
    """Return whether a mark in a box chooses it; ``None`` where that is not clear."""
    text = text.strip()
    if not text or text in UNTICKED:
        return False
    if text in TICKED or text.lower() in TICKED_WORDS:
        return True
    return None


def value_of(question: Question, value: Any, text: str, names: CodeNames) -> Any:
    """Return the answer that a typed value or a text is; the text is not blank.

    Raises:
        NotAValue: it is none of the question's kind.
    """
    text = tidy(text)
    if question.kind is Kind.NUMBER:
        return _number(question, value, text)
    if question.kind is Kind.DATE:
        return _date(value, text)
    if question.kind is Kind.ORGANIZATION:
        if not question.many:
            return {"name": " ".join(text.split())}
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return [{"name": line} for line in dict.fromkeys(lines) if line]
    if question.kind in CHOICE_KINDS or question.kind in (Kind.COUNTRY, Kind.CONCEPTS):
        options = options_of(question, names)
        if question.takes_several:
            return list(dict.fromkeys(_several(question, text, options)))
        return _chosen(question, text, options)
    return text


def _number(question: Question, value: Any, text: str) -> int | float:
    if isinstance(value, bool):
        raise NotAValue("not-a-number", text)
    if isinstance(value, int | float):
        return int(value) if value == value // 1 and abs(value) < 2**53 else value
    return parse_number(text, whole=question.whole)


def parse_number(text: str, *, whole: bool) -> int | float:
    """Return the number that a text writes: any digits, groups, a point or comma of fractions.

    ``1,250`` is a thousand where whole numbers are asked for; else nobody can tell.

    Raises:
        NotAValue: ``not-a-number``, ``ambiguous-number``.
    """
    plain = "".join(
        str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text
    ).translate(SEPARATORS)
    plain = GROUPED.sub("", plain.strip())
    group = ONE_GROUP.fullmatch(plain)
    if group and whole:
        plain = plain.replace(group[1], "")
    elif group and group[1] == ",":
        raise NotAValue("ambiguous-number", text)
    elif COMMA_GROUPS.fullmatch(plain):
        plain = plain.replace(",", "")
    elif POINT_GROUPS.fullmatch(plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif COMMA_FRACTION.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not PLAIN_NUMBER.fullmatch(plain):
        raise NotAValue("not-a-number", text)
    number = float(plain)
    return int(plain) if "." not in plain else number


def _date(value: Any, text: str) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    return parse_date(text)


def parse_date(text: str) -> str:
    """Return the ISO date that a text writes: the year first, or a day that cannot be a month.

    Raises:
        NotAValue: ``not-a-date``, ``ambiguous-date``.
    """
    plain = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
    plain = plain.strip()
    match = YEAR_FIRST.fullmatch(plain)
    if match:
        year, month, day = (int(part) for part in match.groups())
    else:
        match = YEAR_LAST.fullmatch(plain)
        if match is None:
            raise NotAValue("not-a-date", text)
        first, sign, second, year = int(match[1]), match[2], int(match[3]), int(match[4])
        # With points the day stands first everywhere; with others only where it shows.
        day, month = (second, first) if sign != "." and second > 12 else (first, second)
        if sign != "." and first <= 12 and second <= 12 and first != second:
            raise NotAValue("ambiguous-date", text)
    written = f"{year:04d}-{month:02d}-{day:02d}"
    if not is_day(written):
        raise NotAValue("not-a-date", text)
    return written


def _several(question: Question, text: str, options: tuple[Option, ...]) -> list[str]:
    chosen: list[str] = []
    for line in filter(str.strip, LINE.split(text)):
        try:
            chosen.append(_chosen(question, line, options))
        except NotAValue:
            parts = [part for part in COMMA.split(line) if part.strip()]
            if len(parts) < 2:
                raise
            chosen += [_chosen(question, part, options) for part in parts]
    return chosen


def _chosen(question: Question, text: str, options: tuple[Option, ...]) -> str:
    """Return the value that a text names, by its name or by its label in any language."""
    folded = folded_text(text)
    for option in options:
        if folded == folded_text(option.value):
            return option.value
    for option in options:
        for language, label in option.label.items():
            if folded in (folded_text(label), folded_text(listed(option, language))):
                return option.value
    if not options and re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9:._-]{0,63}", text.strip()):
        code = text.strip()
        return code.upper() if question.kind is Kind.COUNTRY else code
    raise NotAValue(
        "not-a-choice" if question.kind in CHOICE_KINDS else "unknown-code", text.strip()
    )


def listed(option: Option, language: str) -> str:
    """Return how an option stands in a list of a language: its label, with its code behind it."""
    return f"{option.label.get(language, '')} ({option.value})"


def folded_text(text: str) -> str:
    """Return a text as it is compared: blanks, case and forms of signs do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
