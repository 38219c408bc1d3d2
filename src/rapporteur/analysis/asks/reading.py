"""Reads one operative paragraph, or one lettered item under it: what it says and what it asks.

An ask is a clause that requests, calls upon, urges, encourages, invites, instructs, demands or
recommends; also "reiterates its request to", "decides to request", "decides that States shall"
and "States are urged to". What the organ undertakes itself ("We commit to") is a decision, and no
ask of anybody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapporteur.analysis.asks.addressees import (
    IsName,
    find_infinitive,
    is_abstract,
    is_actor,
    read_addressees,
    subject_of_that,
    texts,
)
from rapporteur.analysis.asks.clauses import (
    Clause,
    find_clauses,
    is_adverb,
    is_connective,
    next_particle,
)
from rapporteur.analysis.asks.deadlines import find_deadline
from rapporteur.analysis.asks.lexicon import (
    AFTER_HEAD,
    ASKING_NOUNS,
    BARE,
    CONNECTIVE_THIRD,
    DECIDE,
    OTHER,
    PASSIVE,
    REMARKS,
    word_set,
)
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


@dataclass(frozen=True, slots=True)
class _Found:
    """An ask with the place of its verb, and the addressees' and the action's places."""

    place: int
    verb: str
    kind: str
    addressees: tuple[str, ...]
    first: int
    action_first: int
    action_after: int


def read_operative(text: str, *, names: Names, italics: Sequence[str] = ()) -> OperativeReading:
    """Read one operative paragraph.

    ``text`` is without its number, footnote marks and markup; ``italics`` are its spans in
    italics, in order. Never fails: a text without a verb of an organ has an empty opening, kind
    ``other`` and no asks.
    """
    return _read(text, names, italics, bare=False)


def read_subparagraph(
    chapeau: OperativeReading, text: str, *, names: Names, italics: Sequence[str] = ()
) -> OperativeReading:
    """Read one lettered item, which may go on from its chapeau.

    Under "Requests the Secretary-General:" the item "To submit …" asks it of the Secretary-General;
    "Encourages …" speaks for itself; under "We decide to:" the item "Invite …" asks, "Promote …"
    does not.
    """
    frame = chapeau.frame
    words = Words(text)
    if frame is not None and not _speaks_for_itself(words):
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
    found: list[_Found] = []
    for clause in clauses:
        found.extend(_asks_of(words, clause, is_name))
    found.extend(_passive_asks(words, clauses, is_name))
    found.sort(key=lambda item: item.place)
    if not clauses and found:
        opening = opening or _passive_opening(words, found[0].place)
        kind = found[0].kind
    asks = _complete(words, found)
    frame = _frame(words, found, asks)
    if frame is not None and not asks[-1].action:
        asks = asks[:-1]
    decides = bool(clauses) and clauses[-1].entry.kind == DECIDE and text.rstrip().endswith(":")
    return OperativeReading(opening, kind, tuple(asks), frame, decides)


def _may_ask(text: str) -> bool:
    """Whether a word that asks, or the beginning of one, stands anywhere in the text."""
    low = text.lower()
    return any(stem in low for stem in _ASKING_STEMS)


def _complete(words: Words, found: list[_Found]) -> list[Ask]:
    """The asks; one without an action shares that of the next ("Requests X and urges Y to")."""
    asks: list[Ask] = []
    action, deadline = "", None
    for item in reversed(found):
        own = _trimmed_action(words, item.action_first, item.action_after)
        if own or not action:
            action = own
            stretch = words.span(item.first, item.action_after)
            deadline = find_deadline(stretch, action=own)
        asks.append(Ask(item.verb, item.kind, item.addressees, action, deadline))
    asks.reverse()
    return asks


def _frame(words: Words, found: list[_Found], asks: list[Ask]) -> Frame | None:
    """What lettered items go on from: an ask that ends the text without an action, or at "to:"."""
    if not found:
        return None
    last, ask = found[-1], asks[-1]
    ends = words.text.rstrip()
    if ask.action and not ends.endswith((":", "—", "–")):
        return None
    if ask.action and not _opens_list(ask.action):
        return None
    if last.action_after < len(words) - 2:
        return None
    if not ask.addressees and not ask.action:
        return Frame(ask.verb, ask.kind, (), ask.deadline) if ends.endswith(":") else None
    return Frame(ask.verb, ask.kind, ask.addressees, ask.deadline)


_LIST_OPENINGS: Final = ("following", "the following", "to", "as follows", "inter alia", "that")


def _opens_list(action: str) -> bool:
    return action.rstrip(" :,").endswith(_LIST_OPENINGS)


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
        named = _asked(words, 0, frame.verb, frame.kind, "call", first, len(words), False, is_name)
        if named is not None and named.addressees:
            asks = _complete(words, [named])
            return OperativeReading("", frame.kind, tuple(asks), _frame(words, [named], asks))
    action = _trimmed_action(words, first, len(words))
    if not action:
        return OperativeReading("", frame.kind, (), frame)
    deadline = find_deadline(words.span(first, len(words)), action=action) or frame.deadline
    ask = Ask(frame.verb, frame.kind, frame.addressees, action, deadline)
    nested = frame if words.text.rstrip().endswith(":") else None
    return OperativeReading("", frame.kind, (ask,), nested)


# One clause


def _asks_of(words: Words, clause: Clause, is_name: IsName) -> list[_Found]:
    entry = clause.entry
    if entry.asks:
        found = _ask(words, clause.verb, clause.after, entry.kind, entry.lemma, is_name)
        return [found] if found is not None else []
    if entry.kind == "reaffirm":
        found = _repeated_ask(words, clause, is_name)
        return [found] if found is not None else []
    if entry.kind == DECIDE:
        return _decided_asks(words, clause, is_name)
    return []


def _ask(
    words: Words, verb: int, after: int, kind: str, lemma: str, is_name: IsName
) -> _Found | None:
    """The ask of the verb at ``verb``, whose clause ends at ``after``."""
    first = verb + 1
    text = words.low[verb]
    for_something = False
    if lemma in {"call", "appeal"}:
        particle = next_particle(words, verb)
        if particle is None or particle >= after or words.low[particle] == "attention":
            return None
        text = f"{text} {words.low[particle]}"
        for_something = words.low[particle] == "for"
        first = particle + 1
    first = _skip_between(words, first, after)
    place = verb
    return _asked(words, place, text, kind, lemma, first, after, for_something, is_name)


def _asked(
    words: Words,
    place: int,
    verb: str,
    kind: str,
    lemma: str,
    first: int,
    after: int,
    for_something: bool,
    is_name: IsName,
) -> _Found | None:
    """Who and what, from ``first`` to ``after``."""
    after = _clause_end(words, first, after)
    if words.at(first) == "that" and words.at(first + 1) not in AFTER_HEAD and not for_something:
        return _asked_that(words, place, verb, kind, lemma, first, after, is_name)
    for infinitive in find_infinitive(words, first, after):
        items = read_addressees(words, first, infinitive, is_name)
        if not items:
            continue
        if not _is_asked(words, items, lemma, for_something, is_name):
            break
        return _Found(place, verb, kind, texts(words, items), first, infinitive + 1, after)
    if lemma == "request":
        subject = subject_of_that(words, first, after, is_name)
        if subject is not None:
            items = read_addressees(words, first, subject[0], is_name)
            return _Found(place, verb, kind, texts(words, items), first, subject[1], after)
    end = _strip_end(words, first, after)
    if not for_something and lemma != "recommend":
        alone = _addressed_alone(words, first, end, after, lemma, is_name)
        if alone:
            return _Found(place, verb, kind, alone, first, end, end)
    by = _agent(words, first, after, is_name)
    if lemma == "recommend" and not by:
        return None
    return _Found(place, verb, kind, by, first, first, after)


def _asked_that(
    words: Words,
    place: int,
    verb: str,
    kind: str,
    lemma: str,
    first: int,
    after: int,
    is_name: IsName,
) -> _Found | None:
    start = _skip_between(words, first + 1, after)
    subject = subject_of_that(words, start, after, is_name)
    if subject is None:
        if lemma == "recommend":
            return None
        return _Found(place, verb, kind, (), first, first + 1, after)
    end, action = subject
    items = read_addressees(words, start, end, is_name)
    return _Found(place, verb, kind, texts(words, items), first, action, after)


def _is_asked(
    words: Words,
    items: tuple[tuple[int, int], ...],
    lemma: str,
    for_something: bool,
    is_name: IsName,
) -> bool:
    """Whether the noun phrase before the infinitive is who is asked, not a thing wished for."""
    item = items[0]
    if is_actor(words, *item, is_name):
        return True
    if for_something or lemma == "recommend" or any(is_abstract(words, *each) for each in items):
        return False
    if words.words[item[0]][:1].isupper():
        return True
    first = item[0]
    while first < item[1] and words.low[first] in {"all", "the", "those"}:
        first += 1
    # An unknown noun: people are asked in the plural ("entrepreneurs").
    return words.low[item[1] - 1].endswith("s") or lemma in {"request", "call", "instruct"}


def _addressed_alone(
    words: Words, first: int, end: int, after: int, lemma: str, is_name: IsName
) -> tuple[str, ...]:
    """Addressees with nothing asked of them yet: "Requests the Secretary-General:"."""
    closing = words.at(after - 1) == ":" or after >= len(words) or words.at(after) in {"and", ","}
    if not closing or first >= end or (lemma in {"encourage", "demand"} and end - first > 40):
        return ()
    items = read_addressees(words, first, end, is_name)
    if not items:
        return ()
    # A name unknown to us may be a country: "Calls upon Utopia:".
    named = words.words[items[0][0]][:1].isupper() and lemma != "encourage"
    if not named and not is_actor(words, *items[0], is_name):
        return ()
    # "Invites contributions by States" is a thing asked for; here the whole must be who is asked.
    if any(words.low[index] in {"by", "that"} for index in range(first, end)):
        return ()
    return texts(words, items)


def _agent(words: Words, first: int, after: int, is_name: IsName) -> tuple[str, ...]:
    """Who is to do a thing asked for: "calls for immediate action by all States"."""
    for index in range(first + 1, min(after, first + 40)):
        low = words.low[index]
        if low == ",":
            return ()
        if low != "by" or words.at(index - 1).endswith(("ed", "en", "wn", "de", "ld", "ht")):
            continue
        end = index + 1
        while end < after and words.low[end] not in _AFTER_AGENT:
            # "use by States of the tool": the tool belongs to "use".
            if words.low[end] == "of" and words.low[end - 1] in _AGENTS:
                break
            end += 1
        items = read_addressees(words, index + 1, end, is_name)
        if not items or words.at(index + 1).endswith("ing"):
            return ()
        return texts(words, items) if is_actor(words, *items[0], is_name) else ()
    return ()


_AGENTS: Final = word_set("states countries parties stakeholders governments organizations")
_AFTER_AGENT: Final = frozenset({",", ";", ".", ":", "to", "with", "for", "in"})


def _repeated_ask(words: Words, clause: Clause, is_name: IsName) -> _Found | None:
    """ "Reiterates its request to the Secretary-General to …": an ask made again."""
    index = clause.verb + 1
    while index < clause.after and is_adverb(words.low[index]):
        index += 1
    if words.at(index) not in {"its", "our", "their", "the"}:
        return None
    limit = min(clause.after, index + 5)
    while index < limit and words.low[index] not in ASKING_NOUNS:
        if "’" in words.low[index] or "'" in words.low[index]:
            return None
        index += 1
    if index >= limit:
        return None
    noun = words.low[index]
    place = index + 1
    for_something = False
    particle = words.at(place)
    if particle in {"to", "upon", "on", "for"}:
        for_something = particle == "for"
        place += 1
    elif particle != "that":
        return None
    verb = words.span(clause.verb, index + 1).lower()
    first = _skip_between(words, place, clause.after)
    kind = ASKING_NOUNS[noun]
    lemma = {"demand": "demand", "demands": "demand"}.get(noun, "request")
    return _asked(
        words, clause.verb, verb, kind, lemma, first, clause.after, for_something, is_name
    )


def _decided_asks(words: Words, clause: Clause, is_name: IsName) -> list[_Found]:
    """ "Decides to request X to …", "resolves to instruct", "Decides that X shall …"."""
    first = _skip_between(words, clause.verb + 1, clause.after)
    if words.at(first) == "that":
        return _obligations(words, clause, first, is_name)
    if words.at(first) != "to":
        return []
    places = [
        index + 1
        for index in range(first, clause.after)
        if words.low[index] == "to"
        and not words.inside[index]
        and (index == first or words.at(index - 1) in {"and", ","})
    ]
    found = []
    asking = [
        (place, BARE[words.low[place]])
        for place in (_past_adverbs(words, place) for place in places)
        if words.at(place) in BARE and BARE[words.low[place]].asks
    ]
    for number, (place, entry) in enumerate(asking):
        end = asking[number + 1][0] - 1 if number + 1 < len(asking) else clause.after
        ask = _ask(words, place, end, entry.kind, entry.lemma, is_name)
        if ask is not None:
            found.append(ask)
    return found


def _obligations(words: Words, clause: Clause, that: int, is_name: IsName) -> list[_Found]:
    start = _skip_between(words, that + 1, clause.after)
    subject = subject_of_that(words, start, clause.after, is_name)
    if subject is None:
        return []
    end, action = subject
    if words.at(action) not in {"shall", "must"} or words.at(action + 1) in {"be", "have"}:
        return []
    items = read_addressees(words, start, end, is_name)
    after = _clause_end(words, that, clause.after)
    verb = words.low[clause.verb]
    return [_Found(clause.verb, verb, DECIDE, texts(words, items), that, action + 1, after)]


def _passive_asks(words: Words, clauses: list[Clause], is_name: IsName) -> list[_Found]:
    """ "States are strongly urged to refrain from …", in a sentence of its own or after "that"."""
    found = []
    for index, low in enumerate(words.low):
        if low not in PASSIVE or words.inside[index]:
            continue
        be = index - 1
        while be >= 0 and (is_adverb(words.low[be]) or words.low[be] in {"also", "further"}):
            be -= 1
        if be < 1 or words.low[be] not in {"is", "are"}:
            continue
        place = index + 1
        verb = low
        if low == "called":
            if words.at(place) not in {"upon", "on"}:
                continue
            verb = f"called {words.low[place]}"
            place += 1
        if words.at(place) != "to":
            continue
        first = _subject_start(words, be)
        if first is None or not is_actor(words, first, be, is_name):
            continue
        after = next(
            (clause.left for clause in clauses if clause.left > place), _sentence_end(words, place)
        )
        items = texts(words, read_addressees(words, first, be, is_name))
        after = _clause_end(words, place, min(after, _sentence_end(words, place)))
        found.append(_Found(index, verb, PASSIVE[low], items, first, place + 1, after))
    return found


def _passive_opening(words: Words, place: int) -> str:
    first = place
    while first > 0 and is_adverb(words.low[first - 1]):
        first -= 1
    return words.span(first, place + 1)


_SUBJECT_LIMIT: Final = 60


def _subject_start(words: Words, be: int) -> int | None:
    """Where the subject of the "are" at ``be`` begins: after "that", a comma before it, a stop."""
    for index in range(be - 1, max(-1, be - _SUBJECT_LIMIT), -1):
        low = words.low[index]
        if low in {"which", "who"}:
            return None
        if low in {"that", ".", ";", ":"} or (low == "," and index < be - 1):
            return index + 1
    return 0 if be <= _SUBJECT_LIMIT else None


def _sentence_end(words: Words, place: int) -> int:
    for index in range(place, len(words)):
        if words.words[index] == "." and not words.inside[index]:
            return index
    return len(words)


# Places


def _past_adverbs(words: Words, index: int) -> int:
    while is_adverb(words.at(index)):
        index += 1
    return index


def _skip_between(words: Words, first: int, after: int) -> int:
    """Past adverbs and asides between the verb and its object: ", in this regard,", "also"."""
    index = first
    while index < after:
        low = words.low[index]
        if low == "," or (is_adverb(low) and not _qualifies(words, index)):
            index += 1
        elif (low, words.at(index + 1)) == ("in", "particular"):
            index += 2
        elif is_connective(words, index):
            index += 3
        else:
            break
    return index


def _qualifies(words: Words, index: int) -> bool:
    """Whether "further" or an adverb belongs to the thing asked for: "further efforts"."""
    if words.low[index] in {"also", "again", "once", "therefore", "accordingly"}:
        return False
    return words.at(index + 1) not in {"the", "all", ",", "that", "its", "upon", "in", "those"}


def _clause_end(words: Words, first: int, after: int) -> int:
    """Where what is asked ends: at a semicolon that begins another matter, else ``after``."""
    for index in range(first, after):
        if words.words[index] == ";" and not words.inside[index]:
            following = words.at(index + 1)
            if following == "and":
                following = words.at(index + 2)
            if following not in {"to", "by", "including", "in"}:
                return index
    return after


def _strip_end(words: Words, first: int, after: int) -> int:
    while after > first:
        low = words.low[after - 1]
        if low in {",", ";", ":", ".", "and", "therefore", "accordingly", "thus"}:
            after -= 1
        elif low in CONNECTIVE_THIRD and is_connective(words, after - 3) and after - 3 >= first:
            after -= 3
        else:
            break
    return after


def _trimmed_action(words: Words, first: int, after: int) -> str:
    """What is asked, without closing punctuation and without the organ's remarks after it."""
    end = _strip_end(words, first, after)
    for index in range(first + 1, end):
        if words.words[index] != "," or words.inside[index]:
            continue
        following = index + 1
        if words.at(following) in {"while", "and"}:
            following += 1
        if words.at(following) in REMARKS and not _is_asked_gerund(words, first):
            end = index
            break
    return words.span(first, end).strip(" ,;:.")


def _is_asked_gerund(words: Words, first: int) -> bool:
    return words.at(first).endswith("ing")


# Names


def _name_test(names: Names) -> IsName:
    spellings, places = names.by_spelling, names.places

    def is_name(text: str) -> bool:
        return text in spellings or text in places

    return is_name
