"""The part of a text that answers a question, with what was asked for marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape

from django.utils.safestring import SafeString

from rapporteur.search import words
from rapporteur.search.asked import Asked

# Characters of a fragment; longer texts are cut at words, with an ellipsis where they are.
FRAGMENT, BORDER = 280, 50
# A text is looked at no further than this, however long a record's text is.
LOOKED_AT = 40_000


# A word is looked for by its first letters, and then folded and stemmed. Stems of one word may end
# in other letters (use, using; policy, policies): the last ones are not looked for.
FEWEST_LETTERS, MOST_LETTERS, LAST_LETTERS = 3, 6, 2
REST_OF_WORD = re.compile(rf"(?:[^\W_{words.HAN}]|[{words.INSIDE}])*")


@cache
def plain_letters() -> dict[int, int]:
    """Return what ``plain`` writes in place of a letter: always one for one."""
    found = {code: ord(low) for code in range(0x10000) if len(low := chr(code).lower()) == 1}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        if base := words.fold(chr(code)):
            found[code] = ord(base[0])
    for upper_or_lower in "Ёё":
        found[ord(upper_or_lower)] = ord("е")
    return {code: low for code, low in found.items() if code != low}


def plain(text: str) -> str:
    """Return a text in small letters without their accents, each at its place."""
    return text.lower() if text.isascii() else text.translate(plain_letters())


@cache
def of_several() -> re.Pattern[str]:
    """Return the signs that are not one letter in ``plain`` (ß, œ, ﬁ; accents that stand apart)."""
    codes = (*range(0xC0, 0x250), *range(0x1E00, 0x1F00), *range(0xFB00, 0xFB07))
    several = "".join(chr(code) for code in codes if len(words.fold(chr(code))) > 1)
    return re.compile(f"[{several}{words.INSIDE}]")


def begins_word(before: str) -> bool:
    """Return whether a word may begin after this sign."""
    return not before.isalnum() or words.HAN_RUN.match(before) is not None


def common_start(forms: Sequence[str]) -> str:
    """Return the first letters that all forms of a word share, and its other forms do too."""
    first, last = min(forms), max(forms)
    shared = next((first[:at] for at in range(len(first)) if first[at] != last[at : at + 1]), first)
    if len(shared) <= FEWEST_LETTERS:
        return shared[: FEWEST_LETTERS - 1]
    return shared[: max(FEWEST_LETTERS, min(MOST_LETTERS, len(shared) - LAST_LETTERS))]


def starts_of(wanted: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return how one of the words begins, in a ``plain`` text: each is given with its stems.

    None: any word may be one. Arabic words begin with an article or particles; they are all
    looked at.
    """
    starts: dict[str, None] = {}
    for forms in wanted:
        start = common_start(forms)
        if not start or words.languages_of(start) == words.ARABIC:
            return ()
        starts[start] = None
    return tuple(starts)


@dataclass(frozen=True)
class Marker:
    """What to mark: folded words, stems by language, Chinese runs."""

    words: frozenset[str]
    stems: frozenset[tuple[str, str]]
    runs: tuple[str, ...]
    # How one of the words begins; none: any word may be one.
    starts: tuple[str, ...] = ()
    # A word is folded and stemmed once for a page, however often it stands in its texts.
    known: dict[tuple[str, str], bool] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, asked: Asked) -> Marker:
        forms: dict[str, tuple[str, ...]] = {}
        stems: set[tuple[str, str]] = set()
        runs: list[str] = []
        for clause in asked.wanted:
            for word in clause.words:
                if clause.han:
                    runs.append(word)
                    continue
                found = [word]
                if not clause.exact and not word.isdigit():
                    for language in words.languages_of(word):
                        found.append(words.stem(word, language))
                        stems.add((language, found[-1]))
                forms[word] = tuple(found)
        return cls(frozenset(forms), frozenset(stems), tuple(runs), starts_of(forms.values()))

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Return the places to mark, in order, none touching another."""
        found: list[tuple[int, int]] = []
        if self.runs:
            for match in words.HAN_RUN.finditer(text, 0, LOOKED_AT):
                found += self.han_spans(match.start(), match.group())
        if self.words:
            for start, end in self.words_in(text):
                part = text[start:end]
                wanted = self.known.get((part, language))
                if wanted is None:
                    wanted = self.known[part, language] = self.wants(part, language)
                if wanted:
                    found.append((start, end))
        return joined(found)

    def words_in(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the words stand that may be among those asked for."""
        if not self.starts or (not text.isascii() and of_several().search(text, 0, LOOKED_AT)):
            for match in words.TOKEN.finditer(text, 0, LOOKED_AT):
                yield match.span()
            return
        small = plain(text[:LOOKED_AT])
        for beginning in self.starts:
            # Looking for a fixed string costs a fraction of what a pattern does.
            start = small.find(beginning)
            while start >= 0:
                end = start + len(beginning)
                if not start or begins_word(text[start - 1]):
                    rest = REST_OF_WORD.match(text, end, LOOKED_AT)
                    end = rest.end() if rest else end
                    yield start, end
                start = small.find(beginning, end)

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
    if "\n" in text or "  " in text:
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
