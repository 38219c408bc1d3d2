"""Where a document's masthead ends and its text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.headings import (
    CONTENTS,
    CONTENTS_ENTRY,
    SUMMARY,
    annex_of,
    decimal_number,
    heading_like,
)
from rapporteur.analysis.documents.inline import ITALIC_OPEN, bare
from rapporteur.analysis.documents.labels import read_labels
from rapporteur.analysis.documents.model import Kind
from rapporteur.analysis.documents.reading.text import ends
from rapporteur.analysis.documents.verbs import (
    DECISION,
    ENACTING,
    OPERATIVE,
    OPERATIVE_LINE,
    PREAMBULAR,
    PREAMBULAR_LINE,
)

_LONG = 200
_SENTENCE = 45
_DATE = re.compile(
    r"(?:\w+, )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December) \d{4}$"
)
MASTHEAD = re.compile(
    r"(?:Distr\.?|Original|Language|Report of the|Note by the|Report by the|Prepared by"
    r"|Item \d|Agenda item"
    r"|Provisional agenda|United Nations$|General Assembly$|Economic and Social Council$"
    r"|Security Council$|Human Rights Council$|[\w-]+ session$|\d{4} session|Resolution adopted"
    r"|Decision adopted|\[(?:on|without|adopted)|(?:Adopted|adopted) )",
)
_STAR_NOTE = re.compile(r"\*{1,3}$")


@dataclass(slots=True)
class Frame:
    """The parts before the text, and the place (among all blocks) where the text starts."""

    start: int
    front: list[Block] = field(default_factory=list)
    contents: list[Block] = field(default_factory=list)
    summary: list[Block] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    has_preamble: bool = False
    union: bool = False


def frame(blocks: list[Block], kind: Kind) -> Frame:
    """Divide masthead, summary and table of contents from the text that follows."""
    if kind == "resolution":
        found = _resolution_start(blocks)
        if found is not None:
            return found
    start = _text_start(blocks, kind)
    return _front_parts(blocks, start)


def enacting_place(blocks: list[Block]) -> int | None:
    """Return the place of the formula that opens a resolution ("The General Assembly,")."""
    reach = min(len(blocks), 150)
    for place in range(reach):
        block = blocks[place]
        if block.role == "footnote" or len(block.text) > 260 or not ENACTING.match(block.text):
            continue
        seen = 0
        for following in blocks[place + 1 : place + 12]:
            if following.role == "footnote":
                continue
            seen += 1
            if seen > 5:
                break
            text = following.text
            if (
                PREAMBULAR.match(text)
                or OPERATIVE.match(text)
                or PREAMBULAR_LINE.match(text)
                or OPERATIVE_LINE.match(text)
                or _opens_operative(block, following)
                or text.startswith("We, ")
                or (not text[:1].isascii() and bool(text))
                or block.text.rstrip().endswith(",")
            ):
                return place
    return None


def _opens_operative(formula: Block, following: Block) -> bool:
    """Tell whether a numbered block is an operative paragraph, after a formula in any language."""
    if decimal_number(following) is None:
        return False
    rest = following.text[read_labels(following.text)[0].end :]
    if not formula.text.lstrip(ITALIC_OPEN).startswith("The "):
        return True
    return bool(OPERATIVE.match(rest)) or rest.startswith("We ")


def _resolution_start(blocks: list[Block]) -> Frame | None:
    place = enacting_place(blocks)
    if place is not None:
        found = _front_parts(blocks, place, keep_text=True)
        found.has_preamble = True
        return found
    for place, block in enumerate(blocks):
        if block.role == "footnote":
            continue
        text = block.text
        if PREAMBULAR.match(text) and text.rstrip().endswith((",", ";")):
            found = _front_parts(blocks, place, keep_text=True)
            found.has_preamble = True
            return found
        if PREAMBULAR_LINE.match(text):
            found = _front_parts(blocks, place, keep_text=True)
            found.has_preamble = found.union = True
            return found
        if DECISION.match(text):
            return _front_parts(blocks, place, keep_text=True)
        if decimal_number(block) is not None and read_labels(text)[0].end != len(text):
            return None
    return None


def _text_start(blocks: list[Block], kind: Kind) -> int:
    """Return the place of the first heading or paragraph of the text itself."""
    numbered = _first_numbered(blocks)
    prose = _first_prose(blocks)
    if kind == "narrative":
        places = [place for place in (numbered, prose) if place is not None]
        first = min(places) if places else None
    else:
        first = numbered if numbered is not None else prose
    if first is None:
        return _first_heading(blocks)
    return _back_over_headings(blocks, first)


def _first_numbered(blocks: list[Block]) -> int | None:
    fallback = None
    for place, block in enumerate(blocks):
        number = decimal_number(block)
        if number is None or CONTENTS_ENTRY.search(block.text):
            continue
        text = block.text
        if ends(text) or len(text) > 160:
            if number == 1:
                return place
            if fallback is None:
                fallback = place
    return fallback


def _first_prose(blocks: list[Block]) -> int | None:
    for place, block in enumerate(blocks):
        if block.role != "text" or not ends(block.text):
            continue
        below_heading = (
            place > 0
            and len(block.text) > _SENTENCE
            and heading_like(blocks[place - 1])
            and not is_masthead(blocks[place - 1])
            and not is_masthead(block)
        )
        if len(block.text) > 90 or below_heading:
            return place
    return None


def _first_heading(blocks: list[Block]) -> int:
    """Return where a text of short pieces starts: after its title."""
    for place, block in enumerate(blocks):
        if place and block.role == "heading" and block.level > 1:
            return place
    for place, block in enumerate(blocks):
        if block.role == "text" and ends(block.text) and not is_masthead(block):
            return place
    return len(blocks)


def is_masthead(block: Block) -> bool:
    """Tell whether a block is a line of the masthead: a body, a session, a date, an agenda item."""
    text = bare(block.text)
    return bool(MASTHEAD.match(text) or _DATE.match(text) or block.bullet.startswith("*"))


def _back_over_headings(blocks: list[Block], first: int) -> int:
    """Go back from the first paragraph over the headings that stand directly above it."""
    place, unlabelled = first, 0
    while place > 0:
        block = blocks[place - 1]
        if block.role == "footnote":
            if not any(heading_like(above) for above in blocks[max(0, place - 3) : place - 1]):
                break
            place -= 1
            continue
        text = bare(block.text)
        if (
            not heading_like(block)
            or is_masthead(block)
            or SUMMARY.match(text)
            or CONTENTS.match(text)
            or CONTENTS_ENTRY.search(block.text)
            or annex_of(text)
        ):
            break
        labels = read_labels(block.text)
        if labels:
            if not any(label.value == 1 or label.style == "word" for label in labels):
                break
        else:
            unlabelled += 1
            if unlabelled > 1 or (block.role == "heading" and block.level == 1):
                break
        place -= 1
    while place < first and blocks[place].role == "footnote":
        place += 1
    return place


def _front_parts(blocks: list[Block], start: int, *, keep_text: bool = False) -> Frame:
    """Sort what stands before ``start``; text that is no masthead moves the start up."""
    found = Frame(start=start)
    state = found.front
    for place in range(start):
        block = blocks[place]
        if block.role == "footnote":
            continue
        text = bare(block.text)
        if SUMMARY.match(text) and not keep_text:
            state = found.summary
            found.front.append(block)
            continue
        if CONTENTS.match(text):
            state = found.contents
            state.append(block)
            continue
        if block.bullet and _STAR_NOTE.match(block.bullet):
            found.remarks.append((block.bullet, text))
            continue
        prose = len(text) > _LONG and ends(text) and not CONTENTS_ENTRY.search(block.text)
        if prose and state is not found.summary and not keep_text:
            found.start = _back_over_headings(blocks, place)
            found.front = [b for b in found.front if b.line < blocks[found.start].line]
            return found
        state.append(block)
    return found
