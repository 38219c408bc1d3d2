"""Limits as XLSForm constraints, and constraints as limits where they say no more than that."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from rapporteur.calls.questionnaire.answers import LARGEST, is_day
from rapporteur.calls.questionnaire.model import TEXT_KINDS, Kind, Number, Question

# So many words, told by the blanks between them: the common way to say it in XLSForm.
WORDS = r"regex(., '^\s*(\S+\s+){{0,{most}}}\S*\s*$')"
WORDS_READ = re.compile(
    r"""regex\(\s*\.\s*,\s*(?P<quote>['"])\^?(?:\\s\*)?\(\??:?\\S\+\\s[+*]\)\{0,(?P<most>\d{1,6})\}"""
    r"""(?:\\S[*+])?(?:\\s\*)?\$?(?P=quote)\s*\)"""
)
NUMBER = r"-?\d{1,15}(?:\.\d{1,10})?"
LIMIT_READ = re.compile(rf"\.\s*(?P<sign><=|>=|<|>)\s*(?P<number>{NUMBER})")
REVERSED = re.compile(rf"(?P<number>{NUMBER})\s*(?P<sign><=|>=|<|>)\s*\.")
DATE_READ = re.compile(r"""\.\s*(?P<sign><=|>=)\s*date\(\s*(['"])(?P<day>[0-9-]{10})\2\s*\)""")
COUNT_READ = re.compile(r"count-selected\(\s*\.\s*\)\s*(?P<sign><=|<)\s*(?P<count>\d{1,6})")
AND, OR = re.compile(r"\sand\s"), re.compile(r"\sor\b")
LONGEST = 2000
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def as_written(number: Number) -> str:
    """Return a number as constraints have it: no exponent, no needless zeros."""
    from decimal import Decimal

    return format(Decimal(repr(number)), "f")


def constraint_of(question: Question) -> str:
    """Return the constraint that says a question's limits, ``""`` where XLSForm has none to say."""
    parts: list[str] = []
    if question.words_at_most is not None:
        parts.append(WORDS.format(most=question.words_at_most - 1))
    if question.minimum is not None:
        parts.append(f". >= {as_written(question.minimum)}")
    if question.maximum is not None:
        parts.append(f". <= {as_written(question.maximum)}")
    if question.earliest:
        parts.append(f". >= date('{question.earliest}')")
    if question.latest:
        parts.append(f". <= date('{question.latest}')")
    if question.kind is Kind.MULTIPLE_CHOICE and question.at_most is not None:
        parts.append(f"count-selected(.) <= {question.at_most}")
    return " and ".join(parts)


@dataclass
class ReadLimits:
    """The limits that a constraint says, by the names of the model, and what else it says."""

    limits: dict[str, Any] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def read_constraint(text: str, kind: Kind, *, whole: bool) -> ReadLimits:
    """Return what a constraint says for a question of a kind. Nothing of it is dropped."""
    read = ReadLimits()
    if len(text) > LONGEST:
        read.left.append(text)
        return read
    for part in _conjuncts(text):
        limit = _limit(part, kind, whole=whole)
        if limit is None or limit[0] in read.limits:
            read.left.append(part)
        else:
            read.limits[limit[0]] = limit[1]
    return read


def _limit(part: str, kind: Kind, *, whole: bool) -> tuple[str, Any] | None:
    if kind in TEXT_KINDS and (match := WORDS_READ.fullmatch(part)):
        return "words_at_most", int(match["most"]) + 1
    if kind is Kind.MULTIPLE_CHOICE and (match := COUNT_READ.fullmatch(part)):
        return "at_most", int(match["count"]) - (match["sign"] == "<")
    if kind is Kind.DATE and (match := DATE_READ.fullmatch(part)) and is_day(match["day"]):
        return ("earliest" if match["sign"] == ">=" else "latest"), match["day"]
    if kind is Kind.NUMBER:
        return _number_limit(part, whole=whole)
    return None


def _number_limit(part: str, *, whole: bool) -> tuple[str, Number] | None:
    match = LIMIT_READ.fullmatch(part)
    sign = match["sign"] if match else ""
    if match is None:
        match = REVERSED.fullmatch(part)
        sign = MIRRORED[match["sign"]] if match else ""
    if match is None:
        return None
    number: Number = float(match["number"]) if "." in match["number"] else int(match["number"])
    if not abs(number) < LARGEST:
        return None
    if sign in ("<", ">"):
        # Of whole numbers "less than 10" is "9 at most"; of others there is no such number.
        if not whole or number != int(number):
            return None
        number = int(number) + (1 if sign == ">" else -1)
    return ("minimum" if sign.startswith(">") else "maximum"), number


def _conjuncts(text: str) -> list[str]:
    """Return the parts that ``and`` joins at the top, without parentheses around the whole."""
    text = _unwrapped(text.strip())
    parts: list[str] = []
    depth, quote, start, at = 0, "", 0, 0
    while at < len(text):
        sign = text[at]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
        elif depth == 0 and OR.match(text, at):
            return [text]  # not all of the parts hold at once
        elif depth == 0 and AND.match(text, at):
            parts.append(text[start:at].strip())
            at += 4
            start = at
            continue
        at += 1
    parts.append(text[start:].strip())
    return [unwrapped for part in parts if (unwrapped := _unwrapped(part))]


def _unwrapped(text: str) -> str:
    """Return a text without the parentheses that enclose all of it."""
    while text.startswith("(") and text.endswith(")"):
        depth = 0
        for at, sign in enumerate(text):
            depth += (sign == "(") - (sign == ")")
            if depth == 0 and at < len(text) - 1:
                return text
        text = text[1:-1].strip()
    return text
