"""Joining lines that belong together, and the words that a line's end broke."""

from __future__ import annotations

import re

_HYPHENS = ("-", "\u2010")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What stands before a hyphen without being a word of its own, as a rule.
_PREFIXES = frozenset({
    "anti", "co", "cross", "cyber", "extra", "inter", "intra", "macro", "micro", "multi", "non",
    "post", "pre", "quasi", "semi", "socio", "sub", "super", "trans", "ultra",
})  # fmt: skip


def join(parts: list[str], words: frozenset[str]) -> str:
    """Join the lines of a block, mending words and addresses that the line's end broke."""
    if len(parts) == 1:
        return parts[0]
    out = parts[0].rstrip()
    pieces = [out]
    for part in parts[1:]:
        part = part.strip()
        before = pieces[-1]
        if before.endswith(_HYPHENS) and before[-2:-1].isalpha() and part[:1].isalpha():
            if before.endswith("\u2010") or (
                part[:1].islower() and not _is_compound(before, part, words)
            ):
                pieces[-1] = before[:-1]  # a word broken by a hyphen that only ends the line
            elif not part[:1].islower():
                part = f" {part}"
            pieces.append(part)
        elif before.endswith("/") and not part[:1].isspace() and "http" in before[-200:]:
            pieces.append(part)  # an address broken at its slash
        else:
            pieces.append(" " + part)
    return "".join(pieces)


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
    return (left in words or left in _PREFIXES or len(left) <= 2) and right_part in words


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
    return frozenset(words)
