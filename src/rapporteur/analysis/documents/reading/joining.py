"""Joining lines that belong together, and the words that a line's end broke."""

from __future__ import annotations

import re

_HYPHENS = ("-", "\u2010")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What stands before a hyphen without being a word of its own.
_PREFIXES = frozenset({
    "anti", "co", "extra", "inter", "intra", "macro", "micro", "post", "pre", "quasi", "semi",
    "sub", "super", "trans", "ultra",
})  # fmt: skip
# The same, where the hyphen is nearly always part of the word.
_HYPHENATED = frozenset({"cross", "cyber", "e", "multi", "non", "self", "socio", "well"})
_OF_ADDRESS = re.compile(
    r"[^\s/_=%]{0,80}[/_=%]|\S{0,80}\.(?:pdf|html?|aspx?|php)\b|[a-z0-9]{1,40}-[a-z0-9-]{1,80}[.;]?$"
    r"|[a-z0-9]{1,40}-[a-z0-9-]{1,80}[.;] "
)
_HANGING = frozenset({"and", "or", "to", "et", "y", "o"})  # "middle- and low-income"


def join(parts: list[str], words: frozenset[str] | None = None) -> str:
    """Join the lines of a block, mending words and addresses that the line's end broke.

    ``words`` are those of the document, if they are known: without them a hyphen stays.
    """
    if len(parts) == 1:
        return parts[0]
    pieces = [parts[0].rstrip()]
    address = False  # the line before ends inside an address that the line's end may have broken
    for line in parts[1:]:
        part = line.strip()
        before = pieces[-1]
        address = (address and " " not in before) or _ends_in_address(before)
        if address and (before.endswith(("-", "/")) or _goes_on(before, part)):
            pieces.append(part)
        elif before.endswith(_HYPHENS) and before[-2:-1].isalpha() and part[:1].isalpha():
            first = _FIRST_WORD.match(part)
            if first is not None and first.group() in _HANGING:
                pieces.append(f" {part}")
                continue
            broken = before.endswith("\u2010") or (
                part[:1].islower() and words is not None and not _is_compound(before, part, words)
            )
            if broken:
                pieces[-1] = before[:-1]
            pieces.append(part)
        else:
            pieces.append(f" {part}")
            address = False
    return "".join(pieces)


def _goes_on(before: str, part: str) -> bool:
    """Tell whether a line goes on with the address at the end of the line before."""
    return before[-1] not in ".,;:)>" and _OF_ADDRESS.match(part) is not None


def _ends_in_address(line: str) -> bool:
    last = line.rsplit(" ", 1)[-1]
    return "://" in last or last.startswith("www.")


def _is_compound(before: str, part: str, words: frozenset[str]) -> bool:
    """Tell a compound broken at its hyphen from a word broken anywhere, by the document's words."""
    first = _LAST_WORD.search(before)
    second = _FIRST_WORD.match(part)
    if first is None or second is None:
        return True
    left, right = first.group(1).lower(), second.group().lower()
    whole, right_part = left + right, right.split("-")[0]
    if f"{left}-{right}" in words:
        return True
    if whole in words or whole.split("-")[0] in words:
        return False
    if left in _HYPHENATED:
        return True
    return (left in words or left in _PREFIXES) and right_part in words


def words_of_lines(lines: list[str]) -> frozenset[str]:
    """Return the document's words, compounds too, where any line ends with a hyphen.

    The two halves that such a line end makes are not counted.
    """
    if not any(line.endswith(_HYPHENS) for line in lines):
        return frozenset()
    words: set[str] = set()
    broken = False
    for line in lines:
        found = _WORD.findall(line.lower())
        if not found:
            continue
        if broken:
            del found[0]
        broken = line.endswith(_HYPHENS)
        words.update(found[:-1] if broken else found)
    words.update([part for word in words if "-" in word for part in word.split("-")])
    return frozenset(words)
