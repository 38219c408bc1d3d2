"""Plain text and Markdown to blocks.

One reader for both: text extracted from PDF carries Markdown here and there, and Markdown written
by hand is often only text. Lines are joined into blocks by what stands at their start, by empty
lines, and by whether the text was broken into lines at all.
"""

from __future__ import annotations

import re

from rapporteur.analysis.documents.blocks import Block, Source
from rapporteur.analysis.documents.inline import (
    ITALIC_CLOSE,
    ITALIC_OPEN,
    MARK_CLOSE,
    MARK_OPEN,
    MARK_START,
    NOTE_GOES_ON,
    emphasis,
)
from rapporteur.analysis.documents.labels import bullet_end, read_labels
from rapporteur.analysis.documents.reading.clean import clean
from rapporteur.analysis.documents.reading.furniture import furniture
from rapporteur.analysis.documents.reading.joining import join, words_of_lines
from rapporteur.analysis.documents.verbs import ENACTING, PREAMBULAR, UNION_NUMBER

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_RULE = re.compile(r"(?:[-–—*_=~][ \t]*){3,}$")
_SETEXT = re.compile(r"=+$|-+$")
_TABLE_RULE = re.compile(r"\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?$")
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_ANCHOR = "\ue009"
_TERMINAL = tuple(".;:!?")
_CLOSERS = "”’\"')]»" + ITALIC_CLOSE
_OPEN_WORDS = re.compile(
    r"\b(?:the|a|an|of|on|in|to|for|and|or|by|with|from|at|its|their|as|that|which|is|are|was|be"
    r"|de|la|le|les|des|du|et|y|del|el|los)$"
)
_BOLD_OPENS = re.compile(r"(?:^|(?<=[\s(“\"]))\*\*(?=[^\s*])")
_BOLD_CLOSES = re.compile(r"(?<=[^\s*])\*\*(?![^\W_])")
# The Union's resolutions print the verb alone on its line: "considering", "resolves".
VERB_LINE = re.compile(
    rf"[{ITALIC_OPEN}*_]*(?:(?:and|also|further) )?(?:considering|recalling|recognizing|recognising"
    r"|noting|bearing in mind|emphasizing|emphasising|conscious|mindful|aware|reaffirming"
    r"|taking into account|taking into consideration|taking note|having|welcoming|acknowledging"
    r"|convinced|concerned|affirming|stressing|observing|understanding|underlining|highlighting"
    r"|resolves|decides|instructs|invites|requests|urges|encourages|calls upon|calls on|appeals"
    r"|recommends|authorizes|charges|notes|declares|expresses)\b[^.;:\n]{0,160}$"
)
_UNDER_VERB = re.compile(r"(?:that|to|its)\b")
_LOWER_START = re.compile(rf"[{ITALIC_OPEN}“‘\"'(\[]*[a-zà-öø-ÿа-я]")
_LIST_NUMBER = re.compile(r"[ \t]{0,12}\d{1,3}[.)]?$")
# What begins a line of its own in a masthead or below a resolution, however lines are joined.
_FORMAL = re.compile(
    r"\[(?:on the (?:recommendation|report)|without reference|adopted)\b|\d{1,4}/\d{1,4}[A-Z]?\.\s"
    r"|(?:Resolution|Decision) adopted by|Distr\.:?\s|Agenda item \d|Item \d|Original: [A-Z]"
    r"|(?:Report|Note) (?:of|by) the (?:Secretary|secretariat)|Summary$"
    r"|\d{1,4}(?:st|nd|rd|th) (?:plenary )?meeting\b|(?:[A-Z][a-z-]+|\d{4}) session$"
)
_FORMAL_STARTS = frozenset("[0123456789ABDEFINORSTHW")
_LABEL_ALONE = re.compile(
    r"(?:[·•▪◦‣●○∙*–—-]|o|\d{1,3}\.\s*\([a-z]\)|C\d{1,2}:?|\(?[A-Za-z0-9]{1,4}[.):/]{0,2}|\d{1,4}/\d{1,4}\.?|\[?\d{1,3}\]?:?"
    rf"|{MARK_OPEN}\d+{MARK_CLOSE}|(?:Part|Section|Chapter|Annex|Objective) \w{{1,4}}[.:]?)\s*$"
)
_CODE_AT_END = re.compile(r"\(C\d{1,2}\)\W*$")
_CODE_ALONE = re.compile(r"\(C\d{1,2}\)\W*$")
_NEXT_NUMBER = re.compile(r"(\d{1,3})\.\s")
_TRAILING_MARKS = re.compile(f"(?:\\s*{MARK_OPEN}\\d*{MARK_CLOSE})+$")
_INDENT = 3  # a paragraph's first line stands at least so many columns further in
_NO_INDENT = 1_000
_TABS = re.compile(r"[ ]*\t\s*")
_STARTS = frozenset("(·•▪◦‣●○∙-–—*+#|\ue000\ue009")


def read_text(text: str) -> Source:
    """Return the blocks of plain text or Markdown."""
    return blocks_of_lines(clean(text).split("\n"))


def ends(text: str) -> bool:
    """Tell whether a text is finished: its last character closes a sentence or a clause."""
    end = text.rstrip()
    while end:
        last = end[-1]
        if last in _TERMINAL:
            return True
        if last in _CLOSERS or last.isspace():
            end = end[:-1]
        elif last == MARK_CLOSE:
            end = end[: end.rfind(MARK_OPEN)].rstrip() if MARK_OPEN in end else end[:-1]
        else:
            return False
    return False


def blocks_of_lines(lines: list[str]) -> Source:
    """Return the blocks of lines that another reader has cleaned and marked."""
    left_out = furniture(lines)
    removed = [lines[place].strip() for place in sorted(left_out) if lines[place].strip("\x0c \t")]
    return Source(blocks=_blocks(lines, left_out), furniture=removed)


def open_ended(text: str) -> bool:
    """Tell whether a text breaks off at a word that needs another: "the", "of", a comma."""
    end = text.rstrip()
    return end.endswith(",") or _OPEN_WORDS.search(end) is not None


def starts_lower(text: str) -> bool:
    """Tell whether a text begins in the middle of a sentence."""
    return _LOWER_START.match(text) is not None


def wrap_width(lines: list[str]) -> int:
    """Return the width at which the text was broken into lines; 0 when it was not.

    A text is broken when most of its letters stand in lines of 30 to 130 characters that are
    followed by another.
    """
    lengths = sorted(len(line) for line in lines if len(line) > 30)
    if not lengths:
        return 0
    total = sum(lengths)
    long = sum(length for length in lengths if length > 135)
    if long > total * 0.4:
        return 0
    short = [length for length in lengths if length <= 135]
    return short[int(len(short) * 0.85)] if short else 0


class _Builder:
    """Joins lines into blocks."""

    def __init__(self, width: int, words: frozenset[str] | None = None) -> None:
        self.width = width
        self.words = words
        self.blocks: list[Block] = []
        self.parts: list[str] = []
        self.block: Block | None = None
        self.body: Block | None = None  # the last that is no footnote
        self.bold_open = False
        self.gap = True
        self.expected = self.other_row = 1
        # Where lines begin: the open block's first, the last, and the usual one after a first.
        self.first_indent = self.last_indent = 0
        self.rest_indent = _NO_INDENT

    def close(self) -> None:
        block = self.block
        if block is None:
            return
        self.block = None
        self.bold_open = False
        text = join(self.parts, self.words)
        self.parts = []
        text = emphasis(text).strip()
        if not text and block.role != "footnote":
            return
        block.text = text
        self.blocks.append(block)
        if block.role != "footnote":
            self.body = block

    def open(self, text: str, place: int, **what: object) -> None:
        self.close()
        self.block = Block(text="", line=place, gap=self.gap, **what)  # type: ignore[arg-type]
        self.parts = [text]
        self.gap = False

    def add(self, text: str) -> None:
        self.parts.append(text)

    def count(self, value: int) -> None:
        """Go on with the row of paragraphs, or with another (headings, a list) between them."""
        if value != self.expected and value in (1, self.other_row):
            self.other_row = value + 1
        else:
            self.expected = value + 1


def _blocks(lines: list[str], left_out: set[int]) -> list[Block]:
    kept = [line for at, line in enumerate(lines) if at not in left_out]
    builder = _Builder(wrap_width(kept), words_of_lines(kept))
    cells = _tables(lines)
    rows = _tabbed_rows(lines)
    in_fence = False
    for place, raw in enumerate(lines):
        if place in left_out:
            block = builder.block
            if block is not None and block.role == "footnote" and ends(builder.parts[-1]):
                builder.close()  # the page ends, and the note with it
            continue
        line = raw.rstrip()
        stripped = line.lstrip()
        if not stripped:
            if place in cells:
                builder.gap = True
                continue
            builder.close()
            builder.gap = True
            continue
        if stripped.startswith(("```", "~~~")):
            in_fence = not in_fence
            builder.close()
            continue
        if stripped[0] == ">":
            stripped = _QUOTE.sub("", stripped)
            if not stripped:
                builder.close()
                continue
        if len(stripped) >= 3 and stripped[0] in "-–—*_=~" and _RULE.match(stripped):
            block = builder.block
            if (
                block is not None
                and _SETEXT.match(stripped)
                and len(builder.parts) <= 2
                and not builder.gap
            ):
                block.role, block.level = "heading", 1 if stripped[0] == "=" else 2
            builder.close()
            builder.gap = True
            continue
        if place in cells and not (stripped[0] == MARK_OPEN and MARK_START.match(stripped)):
            _cell(builder, stripped, line, place + 1)
            continue
        if place in rows:
            builder.open(_TABS.sub(" | ", stripped), place + 1, role="row")
            builder.close()
            continue
        following = lines[place + 1].lstrip() if place + 1 < len(lines) else ""
        _line(builder, stripped, line, place + 1, following)
    builder.close()
    return builder.blocks


def _tables(lines: list[str]) -> set[int]:
    """Return the places of lines in tables whose cells start with a tab, one to a line.

    A table is three such lines or more, with at most four others between two of them; the lines
    between belong to it, and so do those that follow the last up to an empty line.
    """
    found: set[int] = set()
    starts = [
        place
        for place, line in enumerate(lines)
        if line[:1] == "\t" and line.strip() and not _is_listed(line)
    ]
    group: list[int] = []
    for start in [*starts, len(lines) + 10]:
        if group and start - group[-1] > 5:
            if len(group) >= 3:
                end = group[-1]
                while end + 1 < len(lines) and lines[end + 1].strip():
                    end += 1
                found.update(range(group[0], end + 1))
            group = []
        group.append(start)
    return found


def _is_listed(line: str) -> bool:
    """Tell whether a line after its tab is an item of a list: "(a)", a tab, words."""
    cells = line.split("\t", 2)
    return len(cells) == 3 and _LABEL_ALONE.match(cells[1]) is not None


def _cell(builder: _Builder, stripped: str, line: str, number: int) -> None:
    """Add a line of such a table: a tab begins a cell, an empty line before it a row."""
    block = builder.block
    stripped = stripped.replace(_ANCHOR, "").strip()
    if not stripped:
        return
    starts = line[0] == "\t"
    if block is None or block.role != "row" or (starts and builder.gap):
        builder.open(stripped, number, role="row")
    elif starts:
        builder.add("| " + stripped)
    else:
        builder.add(stripped)
    builder.gap = False


def _line(builder: _Builder, stripped: str, line: str, number: int, following: str) -> None:
    """Put one line that has words into the block that is open, or into a new one."""
    if stripped[0] == NOTE_GOES_ON:
        stripped = stripped[1:].lstrip()
        if builder.block is not None and builder.block.role == "footnote":
            builder.add(stripped)
            return
    hint = _ANCHOR in stripped
    if hint:
        stripped = stripped.replace(_ANCHOR, "").strip()
        if not stripped:
            return
    if stripped[0] == "#":
        heading = _HEADING.match(stripped)
        if heading and heading.group(2).strip():
            builder.open(
                heading.group(2).strip(), number, role="heading", level=len(heading.group(1))
            )
            return
    if stripped[0] == "|":
        _row(builder, stripped, number)
        return
    if stripped[0] == MARK_OPEN:
        note = MARK_START.match(stripped)
        if note:
            figure = int(note.group(1))
            builder.open(stripped[note.end() :], number, role="footnote", number=figure)
            return
    indent = len(line) - len(line.lstrip())
    if (
        _continues(builder, stripped, hint)
        and not _is_heading_line(builder, stripped, following)
        and not _is_first_line(builder, stripped, indent)
    ):
        builder.add(stripped)
        if indent <= builder.first_indent - _INDENT:
            builder.rest_indent = indent
    else:
        builder.first_indent = indent
        bullet = bullet_end(stripped) if stripped[0] in _STARTS or stripped.startswith("o\t") else 0
        if bullet:
            builder.open(stripped[bullet:], number, bullet=stripped[:bullet].strip(), hint=hint)
        else:
            if stripped[0].isdigit():
                labels = read_labels(stripped)
                if labels and labels[0].style == "decimal":
                    builder.count(labels[0].value)
            builder.open(stripped, number, hint=hint)
    builder.last_indent = indent
    if "*" in stripped:
        _follow_emphasis(builder, stripped)


def _tabbed_rows(lines: list[str]) -> set[int]:
    """Return the places of lines that are rows of a table, two together at least."""
    tabbed = {
        place for place, line in enumerate(lines) if "\t" in line and _is_tabbed(line.strip())
    }
    return {
        place
        for place in tabbed
        if place - 1 in tabbed
        or place + 1 in tabbed
        or (place - 2 in tabbed and not lines[place - 1].strip())
        or (place + 2 in tabbed and not lines[place + 1].strip())
    }


def _is_tabbed(line: str) -> bool:
    """Tell whether a line is a row of a table whose cells stand between tabs."""
    first, _, rest = line.partition("\t")
    return bool(rest.strip()) and not _LABEL_ALONE.match(first) and not line.startswith("#")


def _is_heading_line(builder: _Builder, line: str, following: str) -> bool:
    """Tell a heading that stands between two paragraphs without an empty line.

    It follows a finished sentence or a heading with its action line's code, is short and open, and
    the next paragraph's number stands below it.
    """
    if builder.width == 0 or len(line) > builder.width * 0.95 or ends(line) or starts_lower(line):
        return False
    last = builder.parts[-1]
    if not ends(last) and not _CODE_AT_END.search(last):
        return False
    number = _NEXT_NUMBER.match(following)
    return number is not None and int(number.group(1)) in (builder.expected, builder.expected + 1)


def _is_first_line(builder: _Builder, line: str, indent: int) -> bool:
    """Tell a paragraph's first line by its indent, where first lines stand further in."""
    return (
        indent >= builder.rest_indent + _INDENT
        and abs(indent - builder.first_indent) <= 1
        and builder.width > 0
        and not starts_lower(line)
        and builder.block is not None
        and builder.block.role == "text"
    )


def _follow_emphasis(builder: _Builder, line: str) -> None:
    """Keep the block open while bold or italics that began it run over lines."""
    if "**" in line:
        opened = len(_BOLD_OPENS.findall(line)) + builder.bold_open
        builder.bold_open = opened > len(_BOLD_CLOSES.findall(line))
    elif line.count("*") == 1:
        builder.bold_open = line[0] == "*" and line[1:2] not in (" ", "\t")


def _row(builder: _Builder, stripped: str, number: int) -> None:
    if _TABLE_RULE.match(stripped):
        return
    cells = [cell.strip() for cell in stripped.strip("|").split("|")]
    text = " | ".join(cell for cell in cells if cell)
    if text:
        builder.open(text, number, role="row")
        builder.close()


def _continues(builder: _Builder, line: str, hint: bool) -> bool:
    """Tell whether ``line`` goes on with the block that is open."""
    block = builder.block
    if block is None:
        return False
    if block.role == "heading":
        # Markdown headings end with their line, unless the words plainly run on.
        last = builder.parts[-1]
        if read_labels(line) or ends(last):
            return False
        broken = builder.width > 0 and len(last) > builder.width * 0.8
        return broken or starts_lower(line) or bool(_OPEN_WORDS.search(last))
    if builder.bold_open:
        return True
    last = _TRAILING_MARKS.sub("", builder.parts[-1].rstrip())
    if hint:
        return False
    if line[0] in _STARTS or line[:1].isdigit() or line[1:2] in ".)":
        if bullet_end(line) and not (
            line[0] in "-–—" and not ends(last) and starts_lower(line[1:].lstrip())
        ):
            return False
        labels = read_labels(line)
        if labels and _opens_here(builder, labels[0].style, labels[0].value, last):
            return False
    elif (
        read_labels(line)
        and not starts_lower(line)
        and (ends(last) or len(last) < builder.width * 0.7)
    ):
        return False
    if block.role == "footnote":
        return _note_continues(builder, last, line)
    if _is_under_verb(builder, last, line):
        return False
    if _LIST_NUMBER.match(last):
        return True
    if _CODE_ALONE.match(line):
        return True
    if line[0] in _FORMAL_STARTS and (
        (_FORMAL.match(line) and not (line[0].isdigit() and _breaks_off(builder, last)))
        or (line.endswith(",") and len(line) < 200 and ENACTING.match(line))
    ):
        return False
    if (ends(last) or last.endswith(",")) and (VERB_LINE.match(line) or PREAMBULAR.match(line)):
        return False
    if last.endswith(",") or _OPEN_WORDS.search(last):
        return not (builder.width == 0 and last.endswith(",") and not starts_lower(line))
    if last.endswith(("-", "\u2010")) and last[-2:-1].isalpha():
        return True
    lower = starts_lower(line)
    if builder.width == 0:
        return lower and not ends(last)
    if len(last) < builder.width * 0.72:
        if ends(last):
            return False
        if lower:
            return True
        return len(builder.parts) > 1 and len(line) > builder.width * 0.3 and len(last) > 45
    return True


def _is_under_verb(builder: _Builder, last: str, line: str) -> bool:
    """Tell what the Union's resolutions print below a verb: "that …", "2 to …"."""
    if line[0].isdigit():
        return UNION_NUMBER.match(line) is not None and (ends(last) or last.endswith(","))
    alone = len(builder.parts) == 1 and len(last) < 60 and starts_lower(last)
    return alone and _UNDER_VERB.match(line) is not None and VERB_LINE.match(last) is not None


def _breaks_off(builder: _Builder, last: str) -> bool:
    """Tell whether a line is full and its sentence goes on, as "resolution" before "2006/46." """
    return 0 < builder.width * 0.8 < len(last) and not ends(last) and not last.endswith("]")


def _note_continues(builder: _Builder, last: str, line: str) -> bool:
    """Tell whether a line goes on with a footnote, and not with the text after it."""
    if line.startswith(("http", "<http", "www.")) or not last:
        return True
    closed = last.endswith((".", ".>", ".”", ".)"))
    body = builder.body
    if (
        not open_ended(last)
        and not last.endswith((";", ":", "-"))
        and body is not None
        and starts_lower(line)
        and not ends(body.text)
    ):
        return False
    if builder.width == 0:
        return not closed and (starts_lower(line) or last.endswith((";", ",")))
    return not (closed and len(last) < builder.width * 0.72 and not starts_lower(line))


def _opens_here(builder: _Builder, style: str, value: int, last: str) -> bool:
    """Tell whether a label at a line's start opens a block, and is not a number in the text.

    After a finished line it does. After an unfinished one it must be the next in its row.
    """
    if style == "decimal":
        short = len(last) < max(40, builder.width * 0.6)
        if ends(last) or short or value in (builder.expected, builder.other_row):
            builder.count(value)
            return True
        return False
    if style in ("paren-lower", "paren-roman", "paren-decimal", "lower"):
        limit = builder.width * 0.6 or 200
        return ends(last) or last.endswith((",", " and", " or")) or len(last) < limit
    return ends(last) or len(last) < builder.width * 0.7
