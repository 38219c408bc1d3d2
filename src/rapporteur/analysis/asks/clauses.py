"""Where the organ's own verbs stand in a paragraph.

A paragraph is a chain of clauses of one subject, the organ: "Welcomes …, and in this regard
encourages …". Each clause begins with a verb in the form of the paragraph's style:

- ``third``: "Requests", or after the organ's name, "The Security Council requests";
- ``past``: "Requested", in decisions and reports;
- ``we``: "We request", the form of outcome documents;
- ``bare``: "Request", in lettered items under "We decide to:";
- ``infinitive``: "To request", in lettered items under "Decides:".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from rapporteur.analysis.asks.lexicon import (
    ADVERBS,
    BARE,
    CONNECTIVE_FIRST,
    CONNECTIVE_SECOND,
    CONNECTIVE_THIRD,
    MODALS,
    ONLY_FIRST,
    PAST,
    SPEAKERS,
    STATES,
    THIRD,
    Verb,
    word_set,
)
from rapporteur.analysis.asks.words import PUNCTUATION, Words, sentences

_FORMS: Final = {
    "third": THIRD,
    "loose": THIRD,
    "past": PAST,
    "we": BARE,
    "bare": BARE,
    "infinitive": BARE,
}
_NOUN_BEFORE: Final = word_set(
    "the a an its their his her our of to for all any no these those such this that previous "
    "repeated from by with relevant own"
)
_NOT_OBJECT: Final = word_set(
    "for of from made in received contained issued and or by between concerning regarding was "
    "were is are has have had"
)
_NO_SUBJECT_AFTER: Final = word_set(
    "that which as what if where because than who whom how when although since whether whereby "
    "why until before after"
)
_NOT_OBJECT_OF_TO: Final = word_set("the a an its their all")
_OF_CALL: Final = frozenset({"upon", "on", "for", "attention"})
_OF_APPEAL: Final = frozenset({"to", "for"})
_LOOK_BACK: Final = 12
_SUBJECT_WORDS: Final = 14


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of the organ.

    ``left`` is the first word of what joins it to the clause before ("and in this regard"),
    ``first`` that of its adverbs, ``verb`` the place of the verb; ``after`` is where the next
    clause or the sentence ends it. ``style`` is one of the five above.
    """

    left: int
    first: int
    verb: int
    after: int
    entry: Verb
    style: str
    sentence: int


def is_adverb(word: str) -> bool:
    """Whether a word may stand between the subject or "and" and the organ's verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in BARE)


def find_clauses(words: Words, *, bare: bool = False) -> list[Clause]:
    """The clauses of the organ in text order; none where nothing of the kind is said.

    ``bare`` says that the text is a lettered item whose chapeau leaves the verb to it.
    """
    found: list[Clause] = []
    for number, (first, after) in enumerate(sentences(words)):
        starts = _sentence_clauses(words, first, after, number, bare=bare and number == 0)
        for index, clause in enumerate(starts):
            end = starts[index + 1].left if index + 1 < len(starts) else after
            found.append(
                Clause(
                    left=clause.left,
                    first=clause.first,
                    verb=clause.verb,
                    after=max(end, clause.verb + 1),
                    entry=clause.entry,
                    style=clause.style,
                    sentence=number,
                )
            )
    return found


def _sentence_clauses(
    words: Words, first: int, after: int, number: int, *, bare: bool
) -> list[Clause]:
    found: list[Clause] = []
    opening = _opening(words, first, after, bare=bare)
    style = ""
    index = first
    if opening is not None:
        verb, begin, style = opening
        entry = _entry(words, verb, style)
        if entry is not None:
            found.append(Clause(first, begin, verb, after, entry, style, number))
            index = verb + 1
    elif bare:
        style = "bare"
    else:
        # "Consistent with paragraph 2, requests", "The Conference, recalling its decision, invites"
        style = "loose"
    last = found[-1].verb if found else first
    embedded = infinitive = False
    while index < after:
        word = words.low[index]
        if words.inside[index]:
            index += 1
            continue
        if word == "we":
            clause = _after_we(words, first, index, after, number)
            if clause is not None:
                found.append(clause)
                last, style, embedded, infinitive = clause.verb, "we", False, False
                index = clause.verb + 1
                continue
            if style == "loose" and words.at(_skip_adverbs(words, index + 1, after)) in MODALS:
                # "We will adopt measures and call upon States to": an undertaking, then an ask.
                last, style, embedded, infinitive = index, "we", False, True
        elif style and word in _FORMS[style]:
            clause = _coordinated(
                words, last, index, after, style, number, embedded=embedded, infinitive=infinitive
            )
            if clause is not None:
                found.append(clause)
                last, style, embedded, infinitive = index, clause.style, False, False
        elif word == "to":
            infinitive = infinitive or words.at(index + 1) not in _NOT_OBJECT_OF_TO
        elif word in {"which", "who", "that"}:
            embedded = True
        elif word == ";":
            embedded = False
        index += 1
    return found


def _opening(words: Words, first: int, after: int, *, bare: bool) -> tuple[int, int, str] | None:
    """The verb with which the sentence begins: its place, its adverbs' place, its style."""
    begin = _skip_connectives(words, first, after)
    verb = _skip_adverbs(words, begin, after)
    word = words.at(verb)
    if verb >= after:
        return None
    for style in ("third", "past"):
        if word in _FORMS[style] and words.words[verb] != word.upper():
            return verb, begin, style
    if word == "to" and bare:
        verb = _skip_adverbs(words, verb + 1, after)
        if words.at(verb) in BARE:
            return verb, verb, "infinitive"
        return None
    if word in BARE and (bare or words.words[begin][:1].isupper()) and _takes_object(words, verb):
        return verb, begin, "bare"
    if word in {"the", "this"}:
        return _after_speaker(words, verb, after)
    return None


def _after_speaker(words: Words, first: int, after: int) -> tuple[int, int, str] | None:
    """The verb after the organ's own name: "The Security Council strongly condemns"."""
    index = first + 1
    limit = min(after, first + _SUBJECT_WORDS)
    spoken = False
    while index < limit:
        word = words.words[index]
        if word[:1].isupper():
            spoken = spoken or words.low[index] in SPEAKERS
        elif words.low[index] not in {"of", "the", "and", "on", "for"}:
            break
        index += 1
    if not spoken:
        return None
    begin = _skip_connectives(words, index, after)
    verb = _skip_adverbs(words, begin, after)
    word = words.at(verb)
    for style in ("third", "past"):
        if verb < after and word in _FORMS[style]:
            return verb, begin, style
    return None


def _after_we(words: Words, first: int, index: int, after: int, number: int) -> Clause | None:
    """The clause whose subject is the "we" at ``index``, unless it is a dependent one."""
    before = index - 1
    while before >= first and (words.at(before) == "," or is_adverb(words.at(before))):
        before -= 1
    if before >= first and before == index - 1 and words.at(before) in _NO_SUBJECT_AFTER:
        return None
    begin = _skip_connectives(words, index + 1, after)
    verb = _skip_adverbs(words, begin, after)
    if verb >= after:
        return None
    word = words.at(verb)
    if word in MODALS:
        return None
    entry = _entry(words, verb, "we")
    if entry is None:
        return None
    left = _left(words, first, index)
    return Clause(left, begin, verb, after, entry, "we", number)


def _coordinated(
    words: Words,
    last: int,
    index: int,
    after: int,
    style: str,
    number: int,
    *,
    embedded: bool,
    infinitive: bool,
) -> Clause | None:
    """The clause that the verb at ``index`` begins after "and", a comma or a semicolon."""
    entry = _entry(words, index, style)
    if entry is None or (entry.lemma in ONLY_FIRST and not _phrase(words, index)):
        return None
    begin = index
    while begin - 1 > last and is_adverb(words.at(begin - 1)):
        begin -= 1
    left = _left(words, last + 1, begin)
    joint = frozenset(words.low[left:begin]) & {",", ";", "and", "but", "or"}
    direct = index == last + 2 and words.at(index - 1) in {"and", "or"}
    if direct:
        return Clause(left, begin, index, after, entry, style, number)
    if not joint or words.at(begin - 1) in _NOUN_BEFORE or not _takes_object(words, index):
        return None
    comma = bool(joint & {",", ";"})
    if style == "loose":
        if not comma or not entry.asks or embedded:
            return None
        return Clause(left, begin, index, after, entry, "third", number)
    if style == "third":
        if not comma and embedded and not entry.asks:
            return None
        return Clause(left, begin, index, after, entry, style, number)
    if style == "past":
        sure = comma or (entry.asks and _addressed(words, index))
        if ("and" in joint and sure) or ";" in joint:
            return Clause(left, begin, index, after, entry, style, number)
        return None
    if "and" not in joint and ";" not in joint:
        return None
    if not comma:
        # "to promote X and encourage Y": the second verb is of the same infinitive.
        if not entry.asks or not _addressed(words, index):
            return None
        if infinitive and not _surely_organs(words, last, index, entry):
            return None
    elif not entry.asks and infinitive:
        return None
    return Clause(left, begin, index, after, entry, style, number)


def _entry(words: Words, index: int, style: str) -> Verb | None:
    """The verb at ``index``, if the words beside it let it be one."""
    word = words.at(index)
    entry = _FORMS[style].get(word)
    if entry is None:
        return None
    if entry.lemma == "be":
        return entry if _is_state(words, index) else None
    if entry.lemma in {"call", "appeal"} and entry.kind == "call":
        particle = next_particle(words, index)
        return entry if particle is not None else None
    return entry


def _is_state(words: Words, index: int) -> bool:
    """ "We are deeply concerned" opens; "We are at a time of change" does not."""
    place = index + 1
    while is_adverb(words.at(place)):
        place += 1
    return words.at(place) in STATES


def next_particle(words: Words, index: int) -> int | None:
    """Where the "upon", "on", "for", "to" or "attention" of "calls" or "appeals" stands."""
    place = index + 1
    limit = min(len(words), index + _LOOK_BACK)
    particles = _OF_APPEAL if words.low[index].startswith("appeal") else _OF_CALL
    while place < limit:
        word = words.low[place]
        if word in particles:
            if word in {"on", "for", "to"} and is_connective(words, place):
                place += 3
                continue
            return place
        if word == "in" and is_connective(words, place):
            place += 3
            continue
        if word != "," and not is_adverb(word):
            return None
        place += 1
    return None


def _phrase(words: Words, index: int) -> bool:
    """A verb too common to end a clause, in a phrase that makes it certain."""
    word, following = words.at(index), words.at(index + 1)
    return (word[:3], following) in {
        ("tak", "note"),
        ("too", "note"),
        ("loo", "forward"),
        ("dra", "attention"),
        ("dre", "attention"),
        ("pay", "tribute"),
        ("pai", "tribute"),
    }


def _takes_object(words: Words, index: int) -> bool:
    """Whether what follows lets the word be a verb and no noun ("requests for assistance")."""
    following = words.at(index + 1)
    if following in {"upon", "on", "attention", "forward", "note", "tribute"}:
        return True
    lemma = words.at(index)
    if following in {"for", "to"}:
        return lemma.startswith(("call", "appeal", "agree", "decide", "commit", "resolve", "plead"))
    if following == ",":
        return words.at(index + 2) not in {"and", "or"} and not words.inside[index]
    if following in {"“", '"'} or is_connective(words, index + 1):
        return True
    if following == "and":
        return words.at(index + 2) in _FORMS["third"]
    return following not in _NOT_OBJECT and following not in PUNCTUATION


def _surely_organs(words: Words, last: int, index: int, entry: Verb) -> bool:
    """After an infinitive, what only the organ says: "and request", "and encourage them to"."""
    following = words.at(index + 1)
    if entry.kind == "request" or entry.lemma == "call" or following in {"it", "them"}:
        return True
    # The same addressee again: "Urge the Secretary-General to … and encourage the
    # Secretary-General to".
    again = words.words[index + 1 : index + 3]
    return len(again) == 2 and again == words.words[last + 1 : last + 3]


def _addressed(words: Words, index: int) -> bool:
    """Whether "to" or "that" follows before the next comma: somebody is asked."""
    for place in range(index + 1, min(len(words), index + 40)):
        word = words.low[place]
        if word in {"to", "that"}:
            return True
        if word in {";", "."}:
            return False
    return False


def _skip_adverbs(words: Words, index: int, after: int) -> int:
    while index < after and (
        is_adverb(words.low[index])
        or (words.low[index] == "and" and is_adverb(words.at(index + 1)) and index + 2 < after)
    ):
        index += 1
    return index


def _skip_connectives(words: Words, index: int, after: int) -> int:
    """Past "Further,", "In this regard,", ", therefore," and the like, up to the verb's adverbs."""
    while index < after:
        if is_connective(words, index):
            index += 3
        elif words.low[index] in {",", "and"} or words.words[index] in '“"«':
            index += 1
        elif is_adverb(words.low[index]) and words.at(index + 1) == ",":
            index += 2
        else:
            break
    return index


def is_connective(words: Words, index: int) -> bool:
    """Whether "in this regard", "to that end" or the like begins at ``index``."""
    return (
        words.at(index) in CONNECTIVE_FIRST
        and words.at(index + 1) in CONNECTIVE_SECOND
        and words.at(index + 2) in CONNECTIVE_THIRD
    )


def _left(words: Words, first: int, index: int) -> int:
    """Where what joins a clause to the one before begins: ", and in this regard"."""
    left = index
    while left > first:
        word = words.low[left - 1]
        if word in {",", ";", "and", "but"} or is_adverb(word):
            left -= 1
        elif left - 3 >= first and is_connective(words, left - 3):
            left -= 3
        else:
            break
    return left
