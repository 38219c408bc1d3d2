"""How a paragraph opens: the words a resolution prints in italics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapporteur.analysis.asks.clauses import is_adverb, next_particle
from rapporteur.analysis.asks.lexicon import (
    BARE,
    COMPLEMENTS,
    EMOTIONS,
    GERUND,
    OTHER,
    PAST,
    STATES,
    THIRD,
    WELCOME,
    Verb,
    word_set,
)
from rapporteur.analysis.asks.words import Words

_LONGEST_ITALICS: Final = 12
_SPACE: Final = re.compile(r"\s+")
_PREAMBLE_ADJECTIVES: Final = word_set(
    "concerned alarmed guided convinced aware mindful conscious determined inspired deeply "
    "gravely disturbed dismayed encouraged resolved shocked cognizant desirous outraged "
    "troubled committed motivated bearing being having acting building believing considering "
    "seeking desiring wishing drawing keeping referring responding pursuing remaining "
    "continuing appalled saddened grateful hopeful anxious profoundly indignant informed"
)
_PARTICLES: Final = {
    ("looking", "forward"),
    ("look", "forward"),
    ("looks", "forward"),
    ("looked", "forward"),
    ("building", "on"),
    ("bearing", "in"),
    ("taking", "note"),
    ("take", "note"),
    ("takes", "note"),
    ("took", "note"),
    ("taking", "into"),
    ("takes", "into"),
    ("drawing", "attention"),
    ("draw", "attention"),
    ("draws", "attention"),
    ("drew", "attention"),
    ("pay", "tribute"),
    ("pays", "tribute"),
    ("paid", "tribute"),
    ("paying", "tribute"),
    ("keeping", "in"),
    ("appealing", "to"),
    ("calling", "upon"),
    ("calling", "on"),
    ("calling", "for"),
}
_SECOND_PARTICLES: Final = {("in", "mind"), ("into", "account"), ("into", "consideration")}
_AFTER_FURTHER: Final = word_set(
    "the that its their all with in upon to and those a an his her any each at by our these "
    "this on of for how as"
)
_AFTER: Final = word_set("also further again additionally moreover too")
_OUTRIGHT: Final = word_set("unequivocally unreservedly categorically wholeheartedly utterly")
_MANNER: Final = word_set("strongly firmly fully vigorously solemnly unanimously particularly")
_BEHIND: Final = _AFTER | _OUTRIGHT | _MANNER
_POSITIVE: Final = word_set(
    "appreciation gratitude satisfaction thanks congratulations admiration support welcome"
)


def from_italics(text: str, italics: Sequence[str]) -> str | None:
    """The words in italics with which the text begins, ``None`` if it begins in upright type.

    Neighbouring spans are one opening; a whole paragraph in italics is none.
    """
    rest = text.lstrip(' \t“"')
    parts: list[str] = []
    for span in italics:
        words = _SPACE.sub(" ", span).strip()
        if not words or len(parts) > _LONGEST_ITALICS or not rest.startswith(words):
            break
        parts.append(words)
        rest = rest[len(words) :]
        if not rest.startswith(" "):
            break
        rest = rest.lstrip(" ")
    opening = " ".join(parts).strip(" ,;:.")
    if not opening or len(opening.split()) > _LONGEST_ITALICS or not rest.strip(" .;:,"):
        return None
    if not any(map(_is_opening_word, opening.lower().split())):
        return None
    return opening


def _is_opening_word(word: str) -> bool:
    word = word.strip(",")
    return (
        word in THIRD
        or word in PAST
        or word in BARE
        or word in GERUND
        or word in _PREAMBLE_ADJECTIVES
    )


def opening_at(words: Words, first: int, verb: int, after: int) -> str:
    """The verb at ``verb`` with its adverbs from ``first`` on and its complement."""
    particle = (
        next_particle(words, verb) if words.low[verb].startswith(("call", "appeal")) else None
    )
    if particle is not None and "," in words.low[verb + 1 : particle]:
        # "We call, moreover, for": the aside is no part of the opening.
        return f"{words.span(first, verb + 1)} {words.words[particle]}"
    end = _opening_end(words, verb, after)
    return words.span(first, end).strip(" ,")


def _opening_end(words: Words, verb: int, after: int, *, joined: bool = False) -> int:
    low = words.low
    end = verb + 1
    pair = (low[verb], words.at(end))
    if pair in _PARTICLES:
        end += 1
        if (words.at(end - 1), words.at(end)) in _SECOND_PARTICLES:
            end += 1
    elif low[verb].startswith(("call", "appeal")):
        particle = next_particle(words, verb)
        if particle is not None and "," not in low[verb + 1 : particle]:
            end = particle + 1
    end = _past_adverbs(words, end, after)
    if low[verb] in {"remains", "remain", "is", "are", "being", "remaining"}:
        place = end
        while place < after and is_adverb(low[place]):
            place += 1
        if words.at(place) in STATES:
            return place + 1
        return end
    end = _emotions(words, end, after)
    end = _complement(words, verb, end, after)
    end = _past_adverbs(words, end, after)
    if words.at(end) == "and" and end + 1 < after and not joined:
        second = words.at(end + 1)
        for table in (THIRD, BARE, GERUND):
            if low[verb] in table and second in table and end == verb + 1:
                return _opening_end(words, end + 1, after, joined=True)
    return end


def _past_adverbs(words: Words, end: int, after: int) -> int:
    """Past "also" and "further", unless the latter belongs to a noun: "further efforts".

    An adverb of manner behind the verb ("condemns unequivocally", "supports fully the") counts
    too, where it cannot belong to the word after it.
    """
    while end < after and words.low[end] in _BEHIND:
        following = words.words[end + 1] if end + 1 < after else ""
        if words.low[end] == "further" and following.islower() and following not in _AFTER_FURTHER:
            break
        if words.low[end] in _MANNER and following not in _AFTER_FURTHER:
            break
        end += 1
    return end


def _emotions(words: Words, place: int, after: int) -> int:
    """Past "with appreciation", "with great concern and regret", "in the strongest terms"."""
    if words.at(place) == "with":
        index = place + 1
        reached = place
        while index < after and (
            words.low[index] in EMOTIONS or words.low[index] == "and" or is_adverb(words.low[index])
        ):
            if words.low[index] != "and":
                reached = index + 1
            index += 1
        return reached
    if (words.at(place), words.at(place + 1)) == ("in", "the") and words.at(place + 2) in {
        "strongest",
        "clearest",
    }:
        for index in range(place + 3, min(after, place + 6)):
            if words.low[index] == "terms":
                return index + 1
    return place


def _complement(words: Words, verb: int, place: int, after: int) -> int:
    """Past "its commitment", "deep concern", "its deep appreciation and gratitude"."""
    low = words.low
    index = place
    own = words.at(index) in {"its", "our", "their"}
    expressing = low[verb].startswith("express")
    if own:
        index += 1
    elif not expressing:
        return place
    reached = place
    limit = min(after, index + 8)
    while index < limit:
        word = low[index]
        if word in COMPLEMENTS:
            # The noun, and not an adjective before it, closes the complement.
            reached = index + 1 if word not in _DEGREES else reached
        elif word not in _FILLERS and not is_adverb(word) and word not in {"and", ","}:
            break
        index += 1
    return reached


_DEGREES: Final = word_set("best profound strong deep grave serious full")
_FILLERS: Final = word_set(
    "great sincere heartfelt utmost continued continuing unwavering firm steadfast strongest "
    "warmest previous particular urgent repeated special warm extreme clear deepest common "
    "enduring collective full renewed serious grave"
)


def kind_of(entry: Verb, opening: str) -> str:
    """The kind of a clause, from its verb and the words of its opening."""
    low = opening.lower()
    if entry.lemma in {"express", "extend", "convey", "hope"}:
        return WELCOME if any(word in _POSITIVE for word in low.split()) else OTHER
    if entry.lemma == "take":
        return entry.kind if " note" in low else OTHER
    if entry.lemma == "draw":
        return entry.kind if " attention" in low else OTHER
    if entry.lemma == "pay":
        return entry.kind if " tribute" in low else OTHER
    if entry.lemma == "call" and low.endswith("attention"):
        return "emphasise"
    return entry.kind


def opening_of_preamble(text: str, italics: Sequence[str] = ()) -> str:
    """The opening of a preambular paragraph: "Recalling also", "Taking note with satisfaction".

    The words in italics, or the participle with its adverb and complement; ``""`` where the
    paragraph begins otherwise ("We, the Ministers", "The General Assembly").
    """
    printed = from_italics(text, italics)
    if printed is not None:
        return printed
    words = Words(text[:600])
    first = 0
    while first < len(words) and words.words[first] in '“"«':
        first += 1
    verb = first
    while verb < len(words) and is_adverb(words.low[verb]) and verb - first < 4:
        verb += 1
    if words.at(verb) == "having":
        verb += 1
        while verb < len(words) and is_adverb(words.low[verb]) and verb - first < 6:
            verb += 1
        if not words.at(verb).endswith(("ed", "en", "ard", "ld", "et")):
            return ""
        return words.span(first, _opening_end(words, verb, len(words)))
    if words.at(verb) in GERUND or words.at(verb) in _PREAMBLE_ADJECTIVES:
        return words.span(first, _opening_end(words, verb, len(words))).strip(" ,")
    if verb == first and words.at(first).endswith("ing") and words.words[first][:1].isupper():
        return words.span(first, first + 1)
    for table in (THIRD, PAST):
        if words.at(verb) in table:
            return opening_at(words, first, verb, len(words))
    return ""
