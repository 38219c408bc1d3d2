"""Lines that belong to the page, not to the text: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter

from rapporteur.analysis.documents.inline import MARK_OPEN

_PAGE_NUMBER = re.compile(
    r"^(?:(?:page|p\.)\s*)?[-–—|\[]?\s?(\d{1,4})(?:\s?/\s?\d{1,4}| of \d{1,4})?\s?[-–—|\]]?$", re.I
)
_PRINTER = re.compile(
    r"^(?:"
    r"\d{2}-\d{4,5}(?:\s?\([A-Z]\))?(?:\s+\d{1,4}/\d{1,4})?(?:\s+\d{6})*"  # 24-01234 (E)  1/17
    r"|\d{1,4}/\d{1,4}\s+\d{2}-\d{4,5}(?:\s?\([A-Z]\))?"
    r"|GE\.\d{2}-\d{4,5}(?:\s+\([A-Z]\))?(?:\s+\d{1,4})?"
    r"|\d{1,4}\s+GE\.\d{2}-\d{4,5}"
    r"|\*[\d\s]{6,20}\*"
    r"|(?:Please )?recycle(?:\s*[♲♻\uf000-\uf0ff]+)?"
    r"|/?\.\.\.|\(continued\)"
    r")$",
    re.I,
)
_SYMBOL = re.compile(
    r"^(?:(?:A|E|S|TD|CEB|DP|ECE|CRC|HRC|WSIS|UNEP|ST)[-/][A-Z0-9./()‑–-]*\d[A-Za-z0-9./()‑–-]*\s?){1,2}$"
)
_MASTHEAD = 15  # a symbol within so many lines of the start is the document's own
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"[ \t]{2,}")


def is_printers_line(line: str) -> bool:
    """Tell whether a line is a job number, with its page or not, or the printer's bar code."""
    return _PRINTER.match(_SPACES.sub(" ", line.strip())) is not None


def furniture(lines: list[str]) -> set[int]:
    """Return the places of the lines that are page furniture.

    Page numbers, job numbers and bar codes are known by their form; a document symbol or a
    running title by standing again and again beside them or beside a form feed.
    """
    stripped = [_SPACES.sub(" ", line.strip()) for line in lines]
    breaks = {place for place, line in enumerate(stripped) if line == "\x0c"}
    found: set[int] = set()
    numbers: list[tuple[int, int]] = []
    symbols: dict[str, list[int]] = {}
    for place, line in enumerate(stripped):
        if not line or len(line) > 60:
            continue
        if line[0].isdigit() or line[0] in "PpGg*-–—|[/.(rR":
            if _PRINTER.match(line):
                found.add(place)
                continue
            number = _PAGE_NUMBER.match(line)
            if number and not lines[place].startswith("\t"):
                numbers.append((place, int(number.group(1))))
        elif line[0] in "AESTDCHWU" and ("/" in line or "-" in line) and _SYMBOL.match(line):
            symbols.setdefault(line, []).append(place)
    found |= _page_numbers(numbers, stripped)
    found |= breaks
    for places in symbols.values():
        if len(places) >= 3:
            found.update(places[places[0] < _MASTHEAD :])
    found |= _header_symbols(symbols, stripped, found)
    if found:
        found |= _running_titles(stripped, found)
    return found


def _header_symbols(symbols: dict[str, list[int]], lines: list[str], found: set[int]) -> set[int]:
    """Return the lines with a document symbol that stand directly beside other page furniture.

    One in the masthead, where a symbol is first given, is none.
    """
    places = {place for group in symbols.values() for place in group if place not in found}
    filled = [place for place, line in enumerate(lines) if line]
    order = {place: at for at, place in enumerate(filled)}
    result: set[int] = set()
    for place in places:
        if place < _MASTHEAD:
            continue
        for step in (-1, 1):
            at = order[place] + step
            while 0 <= at < len(filled) and filled[at] in places and abs(at - order[place]) < 4:
                at += step
            if 0 <= at < len(filled) and filled[at] in found:
                result.add(place)
    return result


def _page_numbers(numbers: list[tuple[int, int]], lines: list[str]) -> set[int]:
    """Keep the figures alone on a line that count upwards through the text."""
    kept: set[int] = set()
    last = 0
    for place, number in numbers:
        if last < number <= last + 4:
            kept.add(place)
            last = number
    return (
        kept
        if len(kept) >= 2 or any(lines[place] == "\x0c" for place in range(len(lines)))
        else set()
    )


def _may_run(line: str) -> bool:
    """Tell whether a line may be a running title: no note, no address, no finished sentence."""
    return line[0] != MARK_OPEN and "http" not in line and not line.endswith((".", ";"))


def _running_titles(lines: list[str], found: set[int]) -> set[int]:
    """Return lines of one wording that stand beside page furniture again and again: each time
    it comes, or three times and more often than not."""
    beside: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for place in sorted(found):
        for step in (-1, 1):
            near, seen = place + step, 0
            while 0 <= near < len(lines) and seen < 2 and abs(near - place) <= 6:
                line = lines[near]
                if line and near not in found:
                    seen += 1
                    own = near < _MASTHEAD and _SYMBOL.match(line)
                    if len(line) <= 150 and _may_run(line) and not own:
                        wording = _DIGITS.sub("#", line)
                        if near not in places.setdefault(wording, []):
                            places[wording].append(near)
                            beside[wording] += 1
                near += step
    everywhere = Counter(_DIGITS.sub("#", line) for line in lines if line and len(line) <= 150)
    result: set[int] = set()
    for wording, count in beside.items():
        if (count >= 3 and count >= everywhere[wording] * 0.75) or (
            count >= 2 and count == everywhere[wording]
        ):
            result.update(places[wording])
    return result
