"""Reads one operative paragraph, or one lettered item under it: what it says and what it asks.

An ask is a clause that requests, calls upon, urges, encourages, invites, instructs, demands or
recommends; also "reiterates its request to", "decides to request", "decides that States shall"
and "States are urged to". What the organ undertakes itself ("We commit to") is a decision, and no
ask of anybody else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapporteur.analysis.asks.addressees import IsName, is_infinitive
from rapporteur.analysis.asks.asking import (
    Found,
    asked,
    asks_of,
    passive_asks,
    passive_opening,
    trimmed_action,
)
from rapporteur.analysis.asks.clauses import Clause, find_clauses
from rapporteur.analysis.asks.deadlines import find_deadline
from rapporteur.analysis.asks.lexicon import DECIDE, OTHER
from rapporteur.analysis.asks.openings import from_italics, kind_of, opening_at
from rapporteur.analysis.asks.words import Words
from rapporteur.analysis.documents.model import Ask
from rapporteur.analysis.names import Names


@dataclass(frozen=True, slots=True)
class Frame:
    """An ask whose action is left to the lettered items: "Requests the Secretary-General:"."""

    verb: str
    kind: str
    addressees: tuple[str, ...]
    deadline: str | None
    anything: bool
    """Whether every item goes on with it; else only those that begin with "To"."""


@dataclass(frozen=True, slots=True)
class OperativeReading:
    """What a paragraph says.

    ``opening`` is the words in italics or the verb with its adverb and complement, ``""`` when
    the paragraph has neither; ``kind`` that of the opening; ``asks`` in text order. ``frame`` is
    what its lettered items go on from; ``decides`` says that they complete a decision ("We decide
    to:"), so that an item may begin with a verb of its own.
    """

    opening: str
    kind: str
    asks: tuple[Ask, ...]
    frame: Frame | None = None
    decides: bool = False


def read_operative(text: str, *, names: Names, italics: Sequence[str] = ()) -> OperativeReading:
    """Read one operative paragraph.

    ``text`` is without its number, footnote marks and markup; ``italics`` are its spans in
    italics, in order. Never fails: a text without a verb of an organ has an empty opening, kind
    ``other`` and no asks.
    """
    return _read(_plain(text), names, italics, bare=False)


def read_subparagraph(
    chapeau: OperativeReading, text: str, *, names: Names, italics: Sequence[str] = ()
) -> OperativeReading:
    """Read one lettered item, which may go on from its chapeau.

    Under "Requests the Secretary-General:" the item "To submit …" asks it of the Secretary-General;
    "Encourages …" speaks for itself; under "We decide to:" the item "Invite …" asks, "Promote …"
    does not.
    """
    frame = chapeau.frame
    text = _plain(text)
    words = Words(text)
    if frame is not None and _goes_on(words, frame) and not _speaks_for_itself(words):
        return _read_continued(words, frame, _name_test(names))
    reading = _read(text, names, italics, bare=chapeau.decides or not chapeau.asks)
    if frame is not None and reading.frame is None and not reading.asks:
        return OperativeReading(reading.opening, reading.kind, (), frame, chapeau.decides)
    return reading


_ASKING_STEMS: Final = (
    "request",
    "call",
    "urge",
    "encourag",
    "invit",
    "shall",
    "must",
    "recommend",
    "appeal",
    "demand",
    "instruct",
    "direct",
    "ask",
    "entrust",
    "exhort",
    " task",
    "implore",
)
_BEGINNING: Final = 400


def _read(text: str, names: Names, italics: Sequence[str], *, bare: bool) -> OperativeReading:
    is_name = _name_test(names)
    words = Words(text[:_BEGINNING])
    clauses: list[Clause] = []
    if len(text) > _BEGINNING and not text.rstrip().endswith(":") and not _may_ask(text):
        # Without a word that asks, the beginning says all there is to say.
        clauses = find_clauses(words, bare=bare)
    if not clauses:
        words = Words(text)
        clauses = find_clauses(words, bare=bare)
    printed = from_italics(text, italics)
    opening, kind = printed or "", OTHER
    if clauses:
        first = clauses[0]
        own = opening_at(words, first.first, first.verb, len(words))
        kind = kind_of(first.entry, own)
        opening = printed or own
    found: list[Found] = []
    for clause in clauses:
        found.extend(asks_of(words, clause, is_name))
    found.extend(passive_asks(words, clauses, found, is_name))
    found.sort(key=lambda item: item.place)
    if not clauses and found:
        opening = opening or passive_opening(words, found[0].place)
        kind = found[0].kind
    asks = _complete(words, found)
    frame = _frame(words, found, asks)
    if frame is not None and not asks[-1].action:
        asks = asks[:-1]
    decides = bool(clauses) and clauses[-1].entry.kind == DECIDE and text.rstrip().endswith(":")
    return OperativeReading(opening, kind, tuple(asks), frame, decides)


def _plain(text: str) -> str:
    """The text with plain spaces for those that hold words together."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def _may_ask(text: str) -> bool:
    """Whether a word that asks, or the beginning of one, stands anywhere in the text."""
    low = text.lower()
    return any(stem in low for stem in _ASKING_STEMS)


def _complete(words: Words, found: list[Found]) -> list[Ask]:
    """The asks; one without an action shares that of the next ("Requests X and urges Y to")."""
    asks: list[Ask] = []
    action, deadline = "", None
    for item in reversed(found):
        own = trimmed_action(words, item.action_first, item.action_after)
        if own or not action:
            action = own
            stretch = words.span(item.first, item.action_after)
            deadline = find_deadline(stretch, action=own)
        asks.append(Ask(item.verb, item.kind, item.addressees, action, deadline))
    asks.reverse()
    return asks


def _frame(words: Words, found: list[Found], asks: list[Ask]) -> Frame | None:
    """What lettered items go on from: the ask that ends the text, if it leaves something open."""
    if not found or found[-1].action_after < len(words) - 2:
        return None
    return _left_open(words.text, asks[-1])


def _left_open(text: str, ask: Ask) -> Frame | None:
    """The frame that an ask leaves to the items below it; ``None`` when it is complete."""
    closes = text.rstrip()
    announces = closes.endswith((":", "—", "–"))
    if not ask.action:
        whole = bool(ask.addressees) or announces
        return Frame(ask.verb, ask.kind, ask.addressees, ask.deadline, True) if whole else None
    if not announces or _PART.search(_ASIDES.sub("", closes.rstrip(" :—–"))):
        return None
    anything = _opens_list(ask.action, closes)
    return Frame(ask.verb, ask.kind, ask.addressees, ask.deadline, anything)


_LIST_OPENING: Final = re.compile(
    r"(?:\b(?:to|that|as follows)|"
    r"\bthe following(?! (?:areas|elements|issues|topics|objectives|purposes|aims|fields))"
    r"\b[^,;:]{0,80})$"
)
_ASIDES: Final = re.compile(r",? ?(?:inter alia|as appropriate|among others?|for example),?$")
# "including in the following areas:" leads to parts of what is asked, not to further asks.
_PART: Final = re.compile(r"\b(?:areas|elements|issues|topics|objectives|purposes|aims|those who)$")


def _opens_list(action: str, text: str) -> bool:
    """Whether an action that is there goes on in the items: at "to:", "the following:", "and:"."""
    words = text.rstrip(" :—–")
    if words.endswith((" and", " therefore")):
        return True
    return _LIST_OPENING.search(_ASIDES.sub("", action).rstrip(" ,")) is not None


def _goes_on(words: Words, frame: Frame) -> bool:
    """Whether the item is a thing asked, not a manner ("Ensuring …") of what was asked above."""
    if words.at(0) == "to":
        return is_infinitive(words, 0, len(words))
    return frame.anything


def _speaks_for_itself(words: Words) -> bool:
    """Whether the item begins with a verb of the organ in the present: "Encourages …"."""
    clauses = find_clauses(words)
    return (
        bool(clauses) and clauses[0].sentence == 0 and clauses[0].style in {"third", "past", "we"}
    )


def _read_continued(words: Words, frame: Frame, is_name: IsName) -> OperativeReading:
    first = 0
    while first < len(words) and words.low[first] in {",", "and", "“"}:
        first += 1
    if words.at(first) in {"to", "that"}:
        first += 1
    if not frame.addressees:
        named = asked(words, 0, frame.verb, frame.kind, "call", first, len(words), False, is_name)
        if named is not None and named.addressees:
            asks = _complete(words, [named])
            return OperativeReading("", frame.kind, tuple(asks), _frame(words, [named], asks))
    action = trimmed_action(words, first, len(words))
    if not action:
        return OperativeReading("", frame.kind, (), frame)
    deadline = find_deadline(words.span(first, len(words)), action=action) or frame.deadline
    ask = Ask(frame.verb, frame.kind, frame.addressees, action, deadline)
    return OperativeReading("", frame.kind, (ask,), _left_open(words.text, ask))


def _name_test(names: Names) -> IsName:
    spellings, places = names.by_spelling, names.places

    def is_name(text: str) -> bool:
        return text in spellings or text in places

    return is_name
