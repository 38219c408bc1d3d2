"""The part of a text that answers a question, with what was asked for marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString

from rapporteur.search import words
from rapporteur.search.asked import Asked

# Characters of a fragment; longer texts are cut at words, with an ellipsis where they are.
FRAGMENT, BORDER = 280, 50
# A text is looked at no further than this, however long a record's text is.
LOOKED_AT = 40_000


# Letters that are one when they are folded, as a class of them; a word is looked for by its first
# letters, and then folded and stemmed.
FIRST_LETTERS = 3
SAME = {"е": "её"}


@lru_cache(maxsize=256)
def letter_class(letter: str) -> str:
    """Return the letters (as the inside of a class) that fold to one, in both cases."""
    same = same_letters().get(letter, letter)
    return "".join(re.escape(sign) for sign in dict.fromkeys(same + same.upper()))


@lru_cache(maxsize=1)
def same_letters() -> dict[str, str]:
    found: dict[str, str] = {letter: letter + other for letter, other in SAME.items()}
    for code in (
        *range(0x41, 0x5B),
        *range(0x61, 0x7B),
        *range(0xC0, 0x250),
        *range(0x1E00, 0x1F00),
    ):
        for base in words.fold(chr(code))[:1]:
            found[base] = found.get(base, "") + chr(code)
    return found


def common_start(forms: Sequence[str]) -> str:
    """Return the first letters that all forms of a word share."""
    start = ""
    for letters in zip(*forms, strict=False):
        if len(set(letters)) > 1 or len(start) == FIRST_LETTERS:
            break
        start += letters[0]
    return start


def candidates(wanted: Iterable[tuple[str, ...]]) -> re.Pattern[str] | None:
    """Return what may be one of the words: each given with its stems. ``None``: any word may.

    Arabic words begin with an article or particles; they are all looked at.
    """
    firsts: dict[str, None] = {}
    rests: dict[str, None] = {}
    for forms in wanted:
        start = common_start(forms)
        if not start or words.languages_of(start) == words.ARABIC:
            return None
        firsts[letter_class(start[0])] = None
        rests["".join(f"[{letter_class(letter)}]" for letter in start[1:])] = None
    if not firsts:
        return None
    inside = rf"(?:[^\W_{words.HAN}]|[{words.INSIDE}])*"
    return re.compile(f"[{''.join(firsts)}](?:{'|'.join(rests)}){inside}")


@dataclass(frozen=True)
class Marker:
    """What to mark: folded words, stems by language, Chinese runs."""

    words: frozenset[str]
    stems: frozenset[tuple[str, str]]
    runs: tuple[str, ...]
    pattern: re.Pattern[str] | None = None
    # A word is folded and stemmed once for a page, however often it stands in its texts.
    known: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, asked: Asked) -> Marker:
        plain: dict[str, tuple[str, ...]] = {}
        stems: set[tuple[str, str]] = set()
        runs: list[str] = []
        for clause in asked.wanted:
            for word in clause.words:
                if clause.han:
                    runs.append(word)
                    continue
                forms = [word]
                if not clause.exact and not word.isdigit():
                    for language in words.languages_of(word):
                        forms.append(words.stem(word, language))
                        stems.add((language, forms[-1]))
                plain[word] = tuple(forms)
        return cls(frozenset(plain), frozenset(stems), tuple(runs), candidates(plain.values()))

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return the places to mark, in order, none touching another."""
        found: list[tuple[int, int]] = []
        if self.runs:
            for match in words.HAN_RUN.finditer(text, 0, LOOKED_AT):
                found += self.han_spans(match.start(), match.group())
        if self.words:
            for match in (self.pattern or words.TOKEN).finditer(text, 0, LOOKED_AT):
                part, start = match.group(), match.start()
                if start and text[start - 1].isalnum() and not words.HAN_RUN.match(text[start - 1]):
                    continue
                wanted = self.known.get((part, language))
                if wanted is None:
                    wanted = self.known[part, language] = self.wants(part, language)
                if wanted:
                    found.append(match.span())
        return joined(found)

    def wants(self, part: str, language: str) -> bool:
        """Return whether a word of a text in this language is one that was asked for."""
        word = words.fold(part)
        return bool(word) and (
            word in self.words
            or (language in words.STEMMERS and (language, words.stem(word, language)) in self.stems)
        )

    def han_spans(self, start: int, run: str) -> Iterable[tuple[int, int]]:
        wanted = {pair for asked in self.runs for pair in words.pairs(asked)}
        for place in range(len(run)):
            if run[place] in wanted:
                yield start + place, start + place + 1
            elif run[place : place + 2] in wanted:
                yield start + place, start + place + 2


def joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, with those that overlap or touch made one."""
    result: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


def marked(text: str, spans: Iterable[tuple[int, int]]) -> SafeString:
    """Return the text escaped, with the spans in ``<mark>``."""
    parts: list[str] = []
    place = 0
    # The standard library's function: that of Django costs several times as much for a plain text.
    for start, end in spans:
        parts += [escape(text[place:start]), "<mark>", escape(text[start:end]), "</mark>"]
        place = end
    parts.append(escape(text[place:]))
    # Every piece of text was escaped one by one above; the marks are ours.
    return SafeString("".join(parts))


def title_of(text: str, language: str, marker: Marker) -> SafeString:
    return marked(text, marker.spans(text, language))


def fragment_of(text: str, language: str, marker: Marker) -> SafeString:
    """Return the stretch of the text with most that was asked for, or its beginning."""
    text = " ".join(text.split())
    spans = marker.spans(text, language)
    start, end = window(text, spans)
    inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
    piece = marked(text[start:end], inside)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    # The ellipses are ours, the rest was escaped.
    return SafeString(f"{before}{piece}{after}")


def window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Return where to cut a text: around the most marks, at the borders of words."""
    if len(text) <= FRAGMENT:
        return 0, len(text)
    reach = FRAGMENT - 2 * BORDER
    best, most, last = 0, 0, 0
    for first in range(len(spans)):
        while last < len(spans) and spans[last][1] - spans[first][0] <= reach:
            last += 1
        last = max(last, first + 1)
        if last - first > most:
            best, most = first, last - first
    start = max(0, spans[best][0] - BORDER) if spans else 0
    if start:
        space = text.find(" ", start, spans[best][0])
        start = space + 1 if space >= 0 else start
    end = min(len(text), start + FRAGMENT)
    if end < len(text):
        space = text.rfind(" ", end - BORDER, end)
        end = space if space > start else end
    return start, end
