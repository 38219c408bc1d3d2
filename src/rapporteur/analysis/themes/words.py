"""The words of many texts as one line of numbers, so that counting them is arithmetic.

A word is a run of letters, marks and digits, whatever its case; of Chinese, Japanese and Korean
writing in Han characters, each character is a word, as in ``analysis.classify.words``. Signs and
spaces only part words. Numbers are given in the order in which words appear: the same texts get
the same numbers in every process. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3134F))
# What ends a clause: no phrase reaches across it. An empty line does, the end of a line does not.
_STOPS = r"[.,;:!?()\[\]{}\"/|*•·…–—“”«»、。，；：！？（）「」『』《》؟،؛।]+|\n[ \t\r]*\n"
_ASCII = re.compile(rf"[A-Za-z0-9]+|{_STOPS}")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of texts. ``forms[number]`` is a word, its case folded; ``forms[0]`` is empty.

    ``line`` has the numbers of all words of all texts, and 0 wherever a clause or a text ends; text
    ``i`` is ``line[starts[i]:starts[i + 1]]``.
    """

    line: npt.NDArray[np.int32]
    starts: Numbers
    forms: list[str]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def texts(self) -> Numbers:
        """Return for each place of the line the text that it belongs to."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def part(self, chosen: Numbers) -> Words:
        """Return the words of some texts, in the order given; the numbers stay."""
        sizes = np.diff(self.starts)[chosen]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        places = np.repeat(self.starts[:-1][chosen] - starts[:-1], sizes) + np.arange(starts[-1])
        return Words(self.line[places], starts, self.forms)


class _Numbered(dict[str, int]):
    """The number of a word as it is written; a word that is new gets the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = [""]
        self._folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = 0
        # Signs that end a clause have no letter, mark or digit.
        if _is_word(word):
            form = folded(word)
            number = self._folded.setdefault(form, len(self.forms))
            if number == len(self.forms):
                self.forms.append(form)
        self[word] = number
        return number


def words_of(texts: Iterable[str]) -> Words:
    """Return the words of texts, in order. A text without a word has none."""
    numbered = _Numbered()
    line = array("i")
    starts = array("q", [0])
    for text in texts:
        found = (_ASCII if text.isascii() else _pattern()).findall(text)
        line.extend(map(numbered.__getitem__, found))
        line.append(0)
        starts.append(len(line))
    return Words(
        np.frombuffer(line, dtype=np.int32), np.frombuffer(starts, np.int64), numbered.forms
    )


def present_in(words: Words) -> list[int]:
    """Return the numbers of the words that stand in the line, rising."""
    here: list[int] = np.flatnonzero(np.bincount(words.line, minlength=len(words.forms))).tolist()
    return here


def spans_of(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word of a text, its case folded, and where it begins and ends; '' for a stop."""
    for match in (_ASCII if text.isascii() else _pattern()).finditer(text):
        word = match.group()
        yield (folded(word) if _is_word(word) else ""), match.start(), match.end()


def folded(word: str) -> str:
    """Return a word without its case, its letters composed; accents stay."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", word).casefold())


def is_han(form: str) -> bool:
    """Return whether a word is one Han character."""
    return len(form) == 1 and any(first <= ord(form) <= last for first, last in _HAN)


def joined(forms: Sequence[str]) -> str:
    """Return words as one phrase: a space between them, none between two Han characters."""
    made = forms[0]
    for before, form in pairwise(forms):
        made += form if is_han(before) and is_han(form) else f" {form}"
    return made


def _is_word(found: str) -> bool:
    sign = found[0]
    return sign.isalnum() or unicodedata.category(sign)[0] == "M"


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """Return what finds words of every script, and stops.

    Python's ``\\w`` has no marks: it would cut Hindi and vocalized Arabic into pieces.
    """
    ranges = "".join(_ranges())
    han = "".join(f"{chr(first)}-{chr(last)}" for first, last in _HAN)
    return re.compile(rf"[{han}]|[{ranges}]+|{_STOPS}")


def _ranges() -> Iterator[str]:
    """Yield the stretches of letters, marks and digits of all scripts but Han."""
    begun: int | None = None
    for code in range(0x20000):
        sign = chr(code)
        inside = (sign.isalnum() or unicodedata.category(sign)[0] == "M") and not is_han(sign)
        if inside and begun is None:
            begun = code
        elif not inside and begun is not None:
            yield f"{chr(begun)}-{chr(code - 1)}"
            begun = None
