"""Finding the names of the directory in text: one dictionary look-up per capitalised word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapporteur.analysis.names import Names, Organization

_FIRST_WORD = re.compile(r"[^\W_]+")
_UN = re.compile(r"^(?:United Nations|UN) ")
# Letters that differ between spellings of one name; replaced one for one, so positions hold.
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "\u00a0": " ", "–": "-"})
_SPELLED_TWO_WAYS = (
    ("Organisation", "Organization"),
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Labour", "Labor"),
    ("High-level", "High-Level"),
)
# Words that UN style prints small inside a name: "the working group on enhanced cooperation".
_PRINTED_SMALL = ("Working Group", "Steering Committee", "Political Forum", "Task Force")


def flattened(text: str) -> str:
    """Return ``text`` with one apostrophe, hyphen and space; every position stays the same."""
    return text.translate(_SAME)


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way to write a known name. ``small``: the case of its letters does not matter."""

    text: str
    label: str
    small: bool


class KnownNames:
    """The directory's spellings, by first word, longest first."""

    def __init__(self, names: Names) -> None:
        spellings: dict[str, Spelling] = {}
        rows = [(text, organization) for text, organization in names.by_spelling.items()]
        for text, organization in rows:
            self._add(spellings, text, organization.label)
        for text, organization in rows:
            for variant in _variants(text, organization):
                self._add(spellings, variant, organization.label)
        self.labels = {key: spelling.label for key, spelling in spellings.items()}
        index: dict[str, list[Spelling]] = {}
        for spelling in spellings.values():
            first = _FIRST_WORD.match(spelling.text)
            if first:
                index.setdefault(first.group(), []).append(spelling)
                if spelling.small:
                    index.setdefault(first.group().capitalize(), []).append(spelling)
        self.by_first_word = {
            word: tuple(sorted(dict.fromkeys(found), key=lambda item: -len(item.text)))
            for word, found in index.items()
        }
        small_first = sorted(
            (word for word in self.by_first_word if not word[0].isupper()), key=len, reverse=True
        )
        alternatives = "|".join(map(re.escape, small_first))
        self._word = re.compile(
            r"(?<![\w@.&])(?:[A-ZÀ-ÖØ-ÞĀ-Ž][^\W_]*"
            + (rf"|(?:{alternatives})(?![^\W_])" if alternatives else "")
            + ")"
        )

    @staticmethod
    def _add(spellings: dict[str, Spelling], text: str, label: str) -> None:
        flat = flattened(" ".join(text.split()))
        if len(flat) < 2 or flat in spellings:
            return
        spellings[flat] = Spelling(flat, label, small=flat.count(" ") >= 2 and flat[0].isupper())

    def matches(self, flat: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and label of each known name in flattened text, none overlapping."""
        by_first_word = self.by_first_word
        position = 0
        lowered = ""
        for word in self._word.finditer(flat):
            start = word.start()
            if start < position:
                continue
            candidates = by_first_word.get(word.group())
            if candidates is None:
                continue
            for spelling in candidates:
                if not flat.startswith(spelling.text, start):
                    if not spelling.small:
                        continue
                    lowered = lowered or flat.lower()
                    if len(lowered) != len(flat) or not lowered.startswith(
                        spelling.text.lower(), start
                    ):
                        continue
                end = start + len(spelling.text)
                after = flat[end : end + 1]
                if after.isalnum() or after == "_":
                    continue
                yield start, end, spelling.label
                position = end
                break


def _variants(text: str, organization: Organization) -> Iterator[str]:
    """Other ways in which UN texts write the same name."""
    for one, other in _SPELLED_TWO_WAYS:
        if one in text:
            yield text.replace(one, other)
        if other in text:
            yield re.sub(rf"\b{other}\b", one, text)
    if text.startswith("UN-"):
        yield "UN " + text[3:]
    if " of the United Nations" not in text and text == organization.name and " " in text:
        bare = _UN.sub("", text)
        if bare == text and organization.kind.startswith("un-"):
            yield "United Nations " + text
        if organization.kind.startswith("un-"):
            yield "UN " + bare
    for phrase in _PRINTED_SMALL:
        if phrase in text and text.count(" ") >= 3:
            small = text.replace(phrase, phrase.lower())
            yield small
            if text.startswith(phrase):
                yield text.lower()


@lru_cache(maxsize=8)
def known_names(names: Names) -> KnownNames:
    """Return the index of ``names``, built once for each ``Names`` object."""
    return KnownNames(names)
