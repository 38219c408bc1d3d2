"""The asks of one clause: who is asked to do what, and where in the text that stands."""

from __future__ import annotations

from bisect import bisect_right
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
from rapporteur.analysis.asks.clauses import Clause, is_adverb, is_connective, next_particle
from rapporteur.analysis.asks.lexicon import (
    ACTORS,
    AFTER_HEAD,
    ASKING_NOUNS,
    BARE,
    CONNECTIVE_THIRD,
    DECIDE,
    MODALS,
    PASSIVE,
    REMARKS,
    word_set,
)
from rapporteur.analysis.asks.words import Words, sentences


@dataclass(frozen=True, slots=True)
class Found:
    """An ask with the place of its verb, and the addressees' and the action's places."""

    place: int
    verb: str
    kind: str
    addressees: tuple[str, ...]
    first: int
    action_first: int
    action_after: int


def asks_of(words: Words, clause: Clause, is_name: IsName) -> list[Found]:
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
) -> Found | None:
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
    return asked(words, place, text, kind, lemma, first, after, for_something, is_name)


def asked(
    words: Words,
    place: int,
    verb: str,
    kind: str,
    lemma: str,
    first: int,
    after: int,
    for_something: bool,
    is_name: IsName,
) -> Found | None:
    """Who and what, from ``first`` to ``after``."""
    after = _clause_end(words, first, after)
    if words.at(first) == "that" and words.at(first + 1) not in AFTER_HEAD and not for_something:
        return _asked_that(words, place, verb, kind, lemma, first, after, is_name)
    for infinitive in find_infinitive(words, first, after):
        items = read_addressees(words, first, infinitive, is_name)
        if not items:
            continue
        if not _isasked(words, items, lemma, for_something, is_name):
            break
        return Found(place, verb, kind, texts(words, items), first, infinitive + 1, after)
    if lemma == "request":
        subject = subject_of_that(words, first, after, is_name)
        if subject is not None:
            items = read_addressees(words, first, subject[0], is_name)
            return Found(place, verb, kind, texts(words, items), first, subject[1], after)
    given = _given(words, lemma, first, after, is_name)
    if given is not None:
        return Found(place, verb, kind, given[0], first, given[1], after)
    end = _strip_end(words, first, after)
    if not for_something and lemma != "recommend":
        alone = _addressed_alone(words, first, end, after, lemma, is_name)
        if alone:
            return Found(place, verb, kind, alone, first, end, end)
    by = _owner(words, first, after, is_name) or _agent(words, lemma, first, after, is_name)
    if lemma == "recommend" and not by:
        return None
    return Found(place, verb, kind, by, first, first, after)


def _asked_that(
    words: Words,
    place: int,
    verb: str,
    kind: str,
    lemma: str,
    first: int,
    after: int,
    is_name: IsName,
) -> Found | None:
    start = _skip_between(words, first + 1, after)
    subject = subject_of_that(words, start, after, is_name)
    if subject is None:
        if lemma == "recommend":
            return None
        return Found(place, verb, kind, (), first, first + 1, after)
    end, action = subject
    if words.low[action] in MODALS:
        action += 1
    items = read_addressees(words, start, end, is_name)
    return Found(place, verb, kind, texts(words, items), first, action, after)


def _isasked(
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
    return words.low[item[1] - 1].endswith("s") or lemma != "encourage"


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


def _given(
    words: Words, lemma: str, first: int, after: int, is_name: IsName
) -> tuple[tuple[str, ...], int] | None:
    """Who and from where on what, in "entrusts X with Y" and "recommends to X the Y"."""
    if lemma in {"entrust", "task"}:
        start, ends = first, {"with"}
    elif lemma == "recommend" and words.at(first) == "to":
        start, ends = first + 1, {"the", "that", "a"}
    else:
        return None
    for index in range(start + 1, min(after, start + 40)):
        if words.low[index] in ends and is_actor(words, start, index, is_name):
            items = texts(words, read_addressees(words, start, index, is_name))
            return items, index + 1 if words.low[index] in {"with", "that"} else index
    return None


def _owner(words: Words, first: int, after: int, is_name: IsName) -> tuple[str, ...]:
    """Whose it is to do a thing: "encourages Member States’ further progress"."""
    for index in range(first, min(after, first + 6)):
        word = words.words[index]
        if word.endswith(("’", "’s", "'", "'s")) and len(word) > 2:
            name = words.span(first, index + 1).removesuffix("s") if word[-2] in "’'" else ""
            name = (name or words.span(first, index + 1)).rstrip("’'").removeprefix("the ")
            head = words.low[index].rstrip("s").rstrip("’'") if name else ""
            known = head in ACTORS or words.low[index].rstrip("’'") in ACTORS or is_name(name)
            return (name,) if known else ()
        if not (word[:1].isalpha()):
            return ()
    return ()


def _agent(words: Words, lemma: str, first: int, after: int, is_name: IsName) -> tuple[str, ...]:
    """Who is to do a thing asked for: "calls for immediate action by all States"."""
    for index in range(first + 1, min(after, first + 40)):
        low = words.low[index]
        if low == ",":
            return ()
        if low == "from" and lemma in {"invite", "request"}:
            pass
        elif low != "by" or words.at(index - 1).endswith(("ed", "en", "wn", "de", "ld", "ht")):
            continue
        end = index + 1
        while end < after and words.low[end] not in _AFTER_AGENT:
            # "use by States of the tool": the tool belongs to "use".
            if words.low[end] in {"of", "on"} and words.low[end - 1] in _AGENTS:
                break
            end += 1
        items = read_addressees(words, index + 1, end, is_name)
        if not items or words.at(index + 1).endswith("ing"):
            return ()
        return texts(words, items) if is_actor(words, *items[0], is_name) else ()
    return ()


_AGENTS: Final = word_set("states countries parties stakeholders governments organizations")
_AFTER_AGENT: Final = frozenset({",", ";", ".", ":", "to", "with", "for", "in"})


def _repeated_ask(words: Words, clause: Clause, is_name: IsName) -> Found | None:
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
    return asked(words, clause.verb, verb, kind, lemma, first, clause.after, for_something, is_name)


def _decided_asks(words: Words, clause: Clause, is_name: IsName) -> list[Found]:
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


def _obligations(words: Words, clause: Clause, that: int, is_name: IsName) -> list[Found]:
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
    return [Found(clause.verb, verb, DECIDE, texts(words, items), that, action + 1, after)]


def passive_asks(
    words: Words, clauses: list[Clause], asks: list[Found], is_name: IsName
) -> list[Found]:
    """ "States are strongly urged to refrain from …", in a sentence of its own or after "that"."""
    # Within what is asked of somebody, "are encouraged" is no ask of the organ.
    taken = bytearray(len(words))
    for ask in asks:
        taken[ask.place : ask.action_after] = b"\x01" * (ask.action_after - ask.place)
    places = [
        index
        for index, low in enumerate(words.low)
        if low in PASSIVE and not words.inside[index] and not taken[index]
    ]
    if not places:
        return []
    found: list[Found] = []
    stops = sorted([*(after for _, after in sentences(words)), *(item.left for item in clauses)])
    for number, index in enumerate(places):
        stop = stops[bisect_right(stops, index)]
        if number + 1 < len(places):
            stop = min(stop, places[number + 1])
        passive = _passive_ask(words, index, stop, is_name)
        if passive is not None:
            found.append(passive)
    return found


def _passive_ask(words: Words, index: int, stop: int, is_name: IsName) -> Found | None:
    be = index - 1
    while be >= 0 and is_adverb(words.low[be]):
        be -= 1
    if be < 1 or words.low[be] not in {"is", "are"}:
        return None
    verb = words.low[index]
    place = index + 1
    if verb == "called":
        if words.at(place) not in {"upon", "on"}:
            return None
        verb = f"called {words.low[place]}"
        place += 1
    if words.at(place) != "to":
        return None
    first = _subject_start(words, be)
    if first is None or not is_actor(words, first, be, is_name):
        return None
    items = texts(words, read_addressees(words, first, be, is_name))
    kind = PASSIVE[words.low[index]]
    after = _clause_end(words, place, stop)
    return Found(index, verb, kind, items, first, place + 1, max(after, place + 1))


def passive_opening(words: Words, place: int) -> str:
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


def trimmed_action(words: Words, first: int, after: int) -> str:
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
