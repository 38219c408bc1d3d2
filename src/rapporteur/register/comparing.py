"""What changed from one content to another: word by word in texts, item by item in lists.

Pure: two ``Content`` go in, the fields that differ come out, in the order of ``Content``. Codes
stay codes; who shows them finds their names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from rapporteur.register.content import CODE_LISTS, FIELD_NAMES, LIST_CLASSES, Content

LONG_TEXTS = ("title", "description", "success_story")
# A word with the blanks after it; a sign of a script that writes no blanks stands alone.
_WORDS = re.compile(
    r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]\s*|"
    r"[^\s\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+\s*|\s+"
)
# A sentence or a line, with the blanks after it.
_SENTENCES = re.compile(r".+?(?:[.!?;。！？؟]+\s+|[。！？]|\n\s*|$)|\s+", re.DOTALL)
# Pairs of equal tokens that are looked at; texts with more are taken as wholly replaced.
MOST_PAIRS = 200_000


class Mark(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Shape(StrEnum):
    """How the pieces of a change stand: one after another in a text, one per line, or alone."""

    TEXT = "text"
    LIST = "list"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, or one item of a list; in a text, the pieces joined are the text.

    ``value`` is the text; of an item, its code (codes, countries), its words (technologies), or its
    fields (partners, results, links).
    """

    mark: Mark
    value: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs. ``field`` is its name; ``translations.fr.title`` within those.

    ``before`` and ``after`` hold what stood and what stands; one of them is empty where the field
    was filled or emptied.
    """

    field: str
    shape: Shape
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def name(self) -> str:
        """The field's own name, without the language and part of a translation."""
        return self.field.partition(".")[0]


def compare(before: Content, after: Content) -> tuple[Change, ...]:
    """Return the fields that differ, in the order of ``Content``. Empty: nothing differs.

    The field ``given`` (who gave the labels) differs by code: its pieces hold (code, giver).
    """
    return tuple(changes(before, after))


def changes(before: Content, after: Content) -> Iterator[Change]:
    for name in FIELD_NAMES:
        old, new = getattr(before, name), getattr(after, name)
        if old == new:
            continue
        if name in LONG_TEXTS:
            yield text_change(name, old, new)
        elif name in CODE_LISTS:
            yield list_change(name, list(old), list(new))
        elif name in LIST_CLASSES:
            yield list_change(name, [asdict(item) for item in old], [asdict(item) for item in new])
        elif name == "translations":
            yield from translation_changes(before, after)
        elif name == "given":
            yield list_change(name, sorted(old.items()), sorted(new.items()))
        else:
            yield value_change(name, old, new)


def translation_changes(before: Content, after: Content) -> Iterator[Change]:
    for code in sorted({*before.translations, *after.translations}):
        old, new = before.translations.get(code), after.translations.get(code)
        for part in ("title", "description"):
            was, now = getattr(old, part, ""), getattr(new, part, "")
            if was != now:
                yield text_change(f"translations.{code}.{part}", was, now)


def value_change(name: str, old: str, new: str) -> Change:
    return Change(
        name,
        Shape.VALUE,
        (Piece(Mark.GONE, old),) if old else (),
        (Piece(Mark.NEW, new),) if new else (),
    )


def list_change(name: str, old: Sequence[Any], new: Sequence[Any]) -> Change:
    """Return the change of a list: each item that is on one side only is marked."""
    return Change(
        name,
        Shape.LIST,
        tuple(Piece(Mark.SAME if item in new else Mark.GONE, item) for item in old),
        tuple(Piece(Mark.SAME if item in old else Mark.NEW, item) for item in new),
    )


def text_change(name: str, old: str, new: str) -> Change:
    before, after = compare_texts(old, new)
    return Change(name, Shape.TEXT, before, after)


def compare_texts(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both texts in pieces, what they share marked as such, to the word.

    Sentences are matched first, then the words within those that differ. Time and memory stay
    bounded for hostile texts: what repeats itself too often is shown as replaced.
    """
    before: list[Piece] = []
    after: list[Piece] = []
    for same, left, right in matched(_SENTENCES.findall(old), _SENTENCES.findall(new)):
        if same:
            add(before, Mark.SAME, left)
            add(after, Mark.SAME, right)
            continue
        for alike, was, now in matched(_WORDS.findall(left), _WORDS.findall(right)):
            add(before, Mark.SAME if alike else Mark.GONE, was)
            add(after, Mark.SAME if alike else Mark.NEW, now)
    return tuple(before), tuple(after)


def matched(old: list[str], new: list[str]) -> Iterator[tuple[bool, str, str]]:
    """Yield (same, old text, new text) of each run of tokens, in order."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    if first:
        yield True, "".join(old[:first]), "".join(new[:first])
    middle_old, middle_new = old[first : len(old) - last], new[first : len(new) - last]
    if pairs(middle_old, middle_new) > MOST_PAIRS:
        yield False, "".join(middle_old), "".join(middle_new)
    elif middle_old or middle_new:
        matcher = SequenceMatcher(None, middle_old, middle_new, autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            yield tag == "equal", "".join(middle_old[i:j]), "".join(middle_new[k:m])
    if last:
        yield True, "".join(old[-last:]), "".join(new[-last:])


def pairs(old: list[str], new: list[str]) -> int:
    """Return how many pairs of equal tokens there are: what a comparison costs."""
    counts = Counter(new)
    return sum(times * counts[token] for token, times in Counter(old).items())


def add(pieces: list[Piece], mark: Mark, text: str) -> None:
    """Append a piece, joined to the one before it where that has the same mark."""
    if not text:
        return
    if pieces and pieces[-1].mark == mark:
        text = pieces.pop().value + text
    pieces.append(Piece(mark, text))
