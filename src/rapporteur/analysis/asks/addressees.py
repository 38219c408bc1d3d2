"""Who is asked: from the verb to the infinitive, as worded, one by one.

"Governments, the private sector and civil society, within their mandates, to work" names three.
A name keeps its "and" ("Economic and Social Council"), adjectives share their noun ("technical
and academic communities"), nouns that lean on one modifier stay together ("United Nations
agencies, funds and programmes"). The leading article is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from rapporteur.analysis.asks.lexicon import (
    ABSTRACT,
    ABSTRACT_ENDINGS,
    ACTORS,
    ADJECTIVES,
    ADVERBIAL,
    AFTER_HEAD,
    BASE_VERBS,
    DEPENDENT,
    DETERMINERS,
    INFINITIVE_ALTHOUGH,
    LISTING_NOUNS,
    LISTING_WORDS,
    MODALS,
    NAMING,
    NOT_INFINITIVE,
    NOT_INFINITIVE_ENDINGS,
    TAKES_INFINITIVE,
    word_set,
)
from rapporteur.analysis.asks.words import Words

IsName = Callable[[str], bool]

# The longest list of addressees read, in words.
_FARTHEST: Final = 300
_JOINTS: Final = frozenset({"and", "or", "and/or"})
_MOVABLE: Final = word_set("not also further jointly immediately urgently fully even")
# What may follow a name without a comma and is no part of it.
_TRAILING: Final = re.compile(
    r" (?:within|in (?:accordance|consultation|cooperation|collaboration|coordination|partnership|"
    r"conjunction|line) with|in (?:close|his|her|its|their)|through|upon request|as (?:appropriate|"
    r"applicable|necessary|the|outlined|set|stated|requested|mandated)|at (?:its|their)|when|where|"
    r"if|(?:once )?again|also|under its|with a view|in the (?:framework|context) of|during|"
    r"to the extent|including|contained in|set out in|established by)(?![^ ])"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """Words ``first`` to ``after`` between two commas; ``joined`` after "and" or "as well as"."""

    first: int
    after: int
    joined: bool


def find_infinitive(words: Words, first: int, after: int) -> list[int]:
    """The places of every "to" that may begin what is asked, in text order."""
    found = []
    for index in range(first, min(after, first + _FARTHEST)):
        if words.low[index] != "to" or words.inside[index] or index == first:
            continue
        before = words.at(index - 1)
        if before in TAKES_INFINITIVE or before in _JOINTS:
            continue
        if is_infinitive(words, index, after):
            found.append(index)
    return found


def is_infinitive(words: Words, index: int, after: int) -> bool:
    """Whether the "to" at ``index`` is followed by a verb."""
    place = index + 1
    while place < after and (
        words.low[place] in _MOVABLE
        or (words.low[place].endswith("ly") and _adverb(words, place))
        or (words.low[place] in {"and", "more"} and words.at(place + 1).endswith("ly"))
    ):
        place += 1
    if place < after and words.low[place] == ",":
        return True
    if place >= after:
        return False
    if words.low[place] == ":":
        return True
    word = words.words[place]
    low = words.low[place]
    if not low[0].isalpha() or word[0].isupper() or low in NOT_INFINITIVE:
        return False
    if low.endswith("ed") and low not in {"need", "proceed", "exceed", "succeed", "feed", "heed"}:
        return low in {"speed", "embed", "shed"}
    return low in INFINITIVE_ALTHOUGH or not low.endswith(NOT_INFINITIVE_ENDINGS)


def _adverb(words: Words, place: int) -> bool:
    return words.low[place] not in {"apply", "comply", "supply", "reply", "rely", "multiply"}


def head_of(words: Words, first: int, after: int) -> str:
    """The head noun of the noun phrase, lower case: "entities" of "the entities of the system"."""
    return words.at(_head_place(words, first, after))


def _head_place(words: Words, first: int, after: int) -> int:
    index = first
    while index < after and words.low[index] in {"all", "of", "the", "those", "both", "each"}:
        if words.low[index] == "those" and words.at(index + 1) in AFTER_HEAD:
            return index
        index += 1
    start = index
    while index < after:
        low = words.low[index]
        ends = low in AFTER_HEAD or words.inside[index]
        ends = ends or (
            index > start
            and low.endswith("ing")
            and words.words[index].islower()
            and (words.low[index - 1].endswith("s") or words.low[index - 1] in ACTORS)
        )
        if ends and index > start:
            break
        index += 1
    place = max(index - 1, first)
    # "Working Party 5": the number is not the head.
    return place - 1 if place > first and words.low[place].isdigit() else place


def is_actor(words: Words, first: int, after: int, is_name: IsName) -> bool:
    """Whether the noun phrase is somebody who can be asked."""
    if first >= after:
        return False
    place = _head_place(words, first, after)
    head = words.at(place)
    if head in ACTORS or head.replace("\u2011", "-") in ACTORS:
        return True
    if words.at(place - 1) in _JOINTS and place - 2 >= first and words.low[place - 2] in ACTORS:
        # "organizations and arrangements"
        return True
    if is_name(_clean(words, first, after)):
        return True
    word = words.words[place]
    # An acronym, or the last word of a name with its kind before: "Security Council Committee".
    return len(word) > 1 and word.isupper() and word.isalpha()


def is_abstract(words: Words, first: int, after: int) -> bool:
    """Whether the noun phrase is a thing done rather than one who does: "further efforts"."""
    head = head_of(words, first, after)
    if head in ACTORS:
        return False
    place = _head_place(words, first, after)
    if words.words[place][:1].isupper():
        return False
    return head in ABSTRACT or head.endswith(ABSTRACT_ENDINGS)


def read_addressees(
    words: Words, first: int, after: int, is_name: IsName
) -> tuple[tuple[int, int], ...]:
    """The noun phrases from ``first`` to ``after``, each as a pair of word indices."""
    items: list[tuple[int, int]] = []
    contiguous = False
    for begin, end, fresh in _nominal(words, first, after, is_name):
        parts = _split_joined(words, begin, end, is_name)
        for number, part in enumerate(parts):
            joins = contiguous if number == 0 else True
            if items and not _continues(words, part, is_name):
                continue
            if items and joins and _leans(words, part, items[-1]):
                items[-1] = (items[-1][0], part[1])
            else:
                items.append(part)
        contiguous = fresh
    return tuple(items)


def _continues(words: Words, part: tuple[int, int], is_name: IsName) -> bool:
    """Whether a further part of the list is somebody: no "supported by", no "paragraph 24"."""
    first, after = part
    low = words.low[first]
    if words.words[first][:1].isupper() and not low.endswith("ing"):
        return True
    if low in ADVERBIAL or low in AFTER_HEAD or low in BASE_VERBS:
        return False
    if is_actor(words, first, after, is_name):
        return True
    return words.at(_head_place(words, first, after)).endswith("s") and not is_abstract(
        words, first, after
    )


def texts(words: Words, items: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    """The addressees as worded, without the leading article, each once."""
    if len(items) > 1 and words.at(items[0][0]) == "both":
        # "both A and B", but "both sides" as it stands.
        items = ((items[0][0] + 1, items[0][1]), *items[1:])
    found = (_clean(words, first, after) for first, after in items)
    return tuple(dict.fromkeys(text for text in found if text))


def _clean(words: Words, first: int, after: int) -> str:
    while first < after and words.low[first] in DETERMINERS:
        first += 1
    while after > first and (
        words.low[after - 1] in _JOINTS
        or (words.low[after - 1].endswith("ly") and words.words[after - 1].islower())
    ):
        after -= 1
    text = words.span(first, after)
    trailing = _TRAILING.search(text)
    if trailing:
        text = text[: trailing.start()]
    return " ".join(text.split()).strip(" ,;:")


def _segments(words: Words, first: int, after: int) -> list[Segment]:
    found = []
    begin = first
    for index in range(first, after + 1):
        at_end = index == after
        if not at_end and (words.low[index] != "," or words.inside[index]):
            continue
        start, joined = begin, False
        while start < index and (
            words.low[start] in _JOINTS
            or (words.low[start], words.at(start + 1), words.at(start + 2)) == ("as", "well", "as")
        ):
            start += 1 if words.low[start] in _JOINTS else 3
            joined = True
        if start < index:
            found.append(Segment(start, index, joined))
        begin = index + 1
    return found


def _nominal(words: Words, first: int, after: int, is_name: IsName) -> list[tuple[int, int, bool]]:
    """The stretches that name somebody; the flag: the next one follows without anything between."""
    found: list[tuple[int, int, bool]] = []
    swallowing = ""  # "", "once" (this segment only) or "list" (it may run on)
    swallowed = 0
    open_first: int | None = None  # adjectives waiting for their noun
    for segment in _segments(words, first, after):
        begin, end = segment.first, segment.after
        low = words.low[begin]
        marker = _naming_marker(words, begin)
        if marker:
            begin += marker
            low = words.at(begin)
            if begin >= end or low in ADVERBIAL or not is_actor(words, begin, end, is_name):
                swallowing, swallowed = "list", 0
                _break(found)
                continue
            swallowing = ""
        elif low in {"which", "who", "that", "whose"} or (
            low in ADVERBIAL and not segment.joined and words.words[begin].islower()
        ):
            swallowing = "list" if _lists(words, begin, end) else "once"
            swallowed = 0
            _break(found)
            continue
        elif low in ADVERBIAL and words.words[begin].islower():
            _break(found)
            continue
        elif swallowing == "list" and not segment.joined:
            swallowed += 1
            continue
        elif swallowing == "list" and swallowed:
            swallowing = ""
            continue
        elif swallowing == "once" and not segment.joined and not _resumes(words, segment, is_name):
            swallowed += 1
            continue
        elif swallowing == "once" and swallowed and not _resumes(words, segment, is_name):
            continue
        swallowing = ""
        if open_first is not None:
            begin = open_first
            open_first = None
        if _only_adjectives(words, begin, end) and end < after:
            open_first = begin
            continue
        found.append((begin, end, True))
    return found


def _resumes(words: Words, segment: Segment, is_name: IsName) -> bool:
    """Whether the segment after an aside names somebody again."""
    return is_actor(words, segment.first, segment.after, is_name) or _only_adjectives(
        words, segment.first, segment.after
    )


def _break(found: list[tuple[int, int, bool]]) -> None:
    if found:
        first, after, _ = found[-1]
        found[-1] = (first, after, False)


def _naming_marker(words: Words, begin: int) -> int:
    """How many words of "including", "in particular", "especially" begin the segment."""
    low = words.low[begin]
    if low in NAMING:
        return 3 if words.at(begin + 1) == "but" else 1
    if (low, words.at(begin + 1)) in {("in", "particular"), ("such", "as")}:
        return 2
    return 0


def _lists(words: Words, begin: int, end: int) -> bool:
    """Whether the adverbial may be a list that runs over further commas."""
    low = words.low[begin]
    return low in LISTING_WORDS or (low in {"in", "as"} and words.at(begin + 1) in LISTING_NOUNS)


def _only_adjectives(words: Words, begin: int, end: int) -> bool:
    last = words.low[end - 1]
    return last in ADJECTIVES or (
        last.endswith(("-based", "-led", "-income", "-related")) and words.words[end - 1].islower()
    )


def _split_joined(words: Words, begin: int, end: int, is_name: IsName) -> list[tuple[int, int]]:
    """Part a stretch at each "and" that joins two who are asked."""
    if is_name(_clean(words, begin, end)):
        return [(begin, end)]
    parts = []
    start = begin
    index = begin + 1
    relative = False
    while index < end - 1:
        low = words.low[index]
        if low in {"that", "which", "who", "whose"} and index > start:
            relative = True
        after = index + 1
        joint = low in _JOINTS
        if (low, words.at(index + 1), words.at(index + 2)) == ("as", "well", "as"):
            joint, after = True, index + 3
        if joint and not words.inside[index] and after < end:
            left_ok = not _only_adjectives(words, start, index) and is_actor(
                words, start, index, is_name
            )
            right_ok = _right_is_own(words, after, end, is_name, relative=relative)
            if (left_ok and right_ok) or (
                not relative and _bare_plurals(words, start, index, after, end)
            ):
                parts.append((start, index))
                start = after
                relative = False
                index = after
                continue
        index += 1
    parts.append((start, end))
    return parts


def _right_is_own(words: Words, begin: int, end: int, is_name: IsName, *, relative: bool) -> bool:
    """Whether what follows "and" is somebody of its own."""
    stop = begin
    while stop < end and words.low[stop] not in _JOINTS:
        stop += 1
    if _only_adjectives(words, begin, stop):
        stop = end
    if words.low[begin] == "all" or (words.low[begin], words.at(begin + 1)) == ("any", "other"):
        return True
    if not is_actor(words, begin, stop, is_name):
        return False
    if relative:
        return words.low[begin] in {"the", "all", "other", "any"}
    return True


def _bare_plurals(words: Words, start: int, index: int, after: int, end: int) -> bool:
    """ "teachers and journalists": one plain plural each side."""
    if index - start > 2 or end - after != 1:
        return False
    left, right = words.words[index - 1], words.words[after]
    return left.islower() and right.islower() and left.endswith("s") and right.endswith("s")


def _leans(words: Words, part: tuple[int, int], before: tuple[int, int]) -> bool:
    """Whether the part is a plain noun that shares the modifiers of the one before."""
    first, after = part
    place = _head_place(words, first, after)
    if words.low[place] not in DEPENDENT or words.words[first][:1].isupper():
        return False
    plain = all(
        words.low[index] in {"specialized", "related", "subsidiary"}
        for index in range(first, place)
    )
    if after > place + 1 and (words.at(place + 1), words.at(place + 2)) != ("of", "the"):
        return False
    return plain and words.low[before[1] - 1] in DEPENDENT and before[1] - before[0] > 1


def subject_of_that(
    words: Words, first: int, after: int, is_name: IsName
) -> tuple[int, int] | None:
    """Where the subject of "that X submit" ends and its verb begins, or nothing.

    Returns the pair (after the subject, verb). The verb is the first bare form or "shall",
    "should", "be" after somebody who can be asked.
    """
    limit = min(after, first + 60)
    for index in range(first + 1, limit):
        low = words.low[index]
        if words.inside[index] or not (low in BASE_VERBS or low in MODALS):
            continue
        before = words.at(index - 1)
        if before == "to" or before in DETERMINERS or before in {"a", "of", "and", "in", "for"}:
            continue
        end = index
        if words.at(end - 1) == ",":
            end -= 1
        if is_actor(words, first, end, is_name):
            return end, index
    return None
