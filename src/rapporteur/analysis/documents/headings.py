"""Which blocks are headings, and how deep they stand."""

from __future__ import annotations

import re

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.concepts import concepts_of_heading
from rapporteur.analysis.documents.drafts import HeadingDraft
from rapporteur.analysis.documents.inline import ITALIC_CLOSE, ITALIC_OPEN, bare, plain
from rapporteur.analysis.documents.labels import RANKS, Label, read_labels
from rapporteur.analysis.documents.reading.text import ends, starts_lower

ANNEX = re.compile(
    rf"[{ITALIC_OPEN}\s\[]*(?P<word>annex|appendix|enclosure|attachment|annexe|anexo|приложение)"
    rf"(?:\s+(?P<number>[IVXLC]{{1,6}}|\d{{1,2}}|[A-Z]))?[\s{ITALIC_CLOSE}\]*]*"
    r"(?:[:.–—-]\s*(?P<title>\S.*)?)?$",
    re.I | re.S,
)
CONTENTS = re.compile(r"(?:table of )?contents$|sommaire$|índice$|table des matières$", re.I)
CONTENTS_ENTRY = re.compile(r"(?:\.\s?){4,}|\s{3,}\d{1,3}(?:[–-]\d{1,3})?$|…{2,}|\t\d{1,3}$")
SUMMARY = re.compile(r"(?:executive )?summary:?$|résumé$|resumen$|резюме$|摘要$|الموجز$", re.I)
_OUTERMOST = frozenset(
    {
        "introduction", "follow-up and review", "follow-up", "conclusion", "conclusions",
        "conclusions and recommendations", "the way forward", "the road ahead", "findings",
        "findings and suggestions", "recommendations", "closing",
    }
)  # fmt: skip
_OUTERMOST_RANK = 0.9
_MAX_HEADING = 260
_MAX_PLAIN = 180
_CAPITAL = re.compile(rf"[{ITALIC_OPEN}“‘\"'(¿¡\[]*[^\W_a-zà-öø-ÿа-я]")


class Outline:
    """The headings above the place where the walk is."""

    def __init__(self) -> None:
        self.stack: list[HeadingDraft] = []
        self.all: list[HeadingDraft] = []
        self.counters: dict[str, int] = {}
        self.words: dict[str, float] = {}

    @property
    def current(self) -> HeadingDraft | None:
        return self.stack[-1] if self.stack else None

    def choose(self, labels: tuple[Label, ...]) -> Label | None:
        """Choose among the readings of a label the one that goes on with an open row."""
        if len(labels) < 2:
            return labels[0] if labels else None
        for label in labels:
            if self._last(label.style) == label.value - 1 and label.value > 1:
                return label
        for label in labels:
            if label.value == 1:
                return label
        return labels[0]

    def _last(self, style: str) -> int | None:
        return self.counters.get(style)

    def push(self, text: str, label: Label | None, level: int, *, annex: str = "") -> HeadingDraft:
        """Open a heading: close those it ends, and return it with its whole path."""
        words = plain(text[label.end :] if label else text)
        title = words.text.rstrip(" :") if not words.text.endswith("::") else words.text
        style = label.style if label else "plain"
        element = label.printed if label else title
        rank = self._rank(label, title, level)
        key = (-1.0, 0.0) if annex else (float(level), rank)
        if annex:
            element = annex
            self.stack.clear()
            self.counters.clear()
        while self.stack and self._closes(self.stack[-1], key, level):
            self.stack.pop()
        self._count(style, label)
        above = self.stack[-1] if self.stack else None
        concepts = concepts_of_heading(plain(text).text) or (
            concepts_of_heading(title) if label else ()
        )
        heading = HeadingDraft(
            key=key,
            element=element,
            title=title or element,
            path=(*(above.path if above else ()), element),
            titles=(*(above.titles if above else ()), title or element),
            concepts=concepts or (above.concepts if above else ()),
            printed=plain(text).text,
            annex=annex or (above.annex if above else ""),
            footnotes=words.footnotes,
        )
        self.stack.append(heading)
        self.all.append(heading)
        return heading

    def _rank(self, label: Label | None, title: str, level: int) -> float:
        if label is None:
            outermost = (
                not level
                and title.lower() in _OUTERMOST
                and not any(_is_chapter(above) for above in self.stack)
            )
            opens = title.lower() == "introduction" and not level and not self.stack
            return _OUTERMOST_RANK if outermost or opens else RANKS["plain"]
        if label.style == "word":
            word = label.printed.split(" ")[0].lower()
            return self.words.setdefault(word, 1.0 + len(self.words) * 0.1)
        if label.style == "dotted":
            return RANKS["dotted"] + 0.1 * label.printed.count(".")
        return RANKS[label.style]

    def _closes(self, top: HeadingDraft, key: tuple[float, float], level: int) -> bool:
        """Tell whether a heading of ``key`` ends the one at the top.

        Where one of the two has no level of its own, their labels alone decide.
        """
        if top.key[0] < 0:
            return key[0] < 0
        if top.key[1] == RANKS["action-line"] and key[1] == RANKS["plain"] and not level:
            return top.used  # only a heading directly below "C7: ICT applications" is part of it
        if (level == 0) != (top.key[0] == 0.0):
            if level == 0:
                return False if key[1] >= RANKS["plain"] else top.key[1] >= key[1]
            return top.key[1] >= key[1] or key[1] >= RANKS["plain"]
        if top.key[1] == _OUTERMOST_RANK and not level:
            return key[1] != RANKS["plain"]
        return top.key >= key

    def _count(self, style: str, label: Label | None) -> None:
        rank = RANKS[style]
        for other in [
            name for name in self.counters if RANKS[name] > rank and rank < RANKS["plain"]
        ]:
            del self.counters[other]
        if label is not None:
            self.counters[style] = label.value


def _is_chapter(heading: HeadingDraft) -> bool:
    """Tell whether a heading is a numbered chapter, to which a closing section may belong."""
    return RANKS["roman"] <= heading.key[1] <= RANKS["upper"] or heading.element.startswith(
        ("Part ", "Section ", "Chapter ")
    )


def is_short(text: str, limit: int = _MAX_HEADING) -> bool:
    """Tell whether a text has a heading's length and does not end like a sentence."""
    return len(text) <= limit and not ends(text)


def looks_titled(text: str) -> bool:
    """Tell whether a text begins as a heading does: with a capital, a figure or another script."""
    return bool(text) and (_CAPITAL.match(text) is not None) and not starts_lower(text)


def is_all_italic(text: str) -> bool:
    """Tell whether all of a text stands in italics."""
    stripped = text.strip()
    return (
        stripped.startswith(ITALIC_OPEN)
        and stripped.endswith(ITALIC_CLOSE)
        and stripped.count(ITALIC_OPEN) == 1
    )


def heading_like(block: Block) -> bool:
    """Tell whether a block could be a heading by its own looks, wherever it stands."""
    if block.role == "heading":
        return True
    if block.role != "text" or block.bullet:
        return False
    text = block.text
    if len(text) > _MAX_HEADING:
        return False
    labels = read_labels(text)
    rest = text[labels[0].end :] if labels else text
    if not rest.strip():
        return bool(labels) and labels[0].style in ("roman", "upper", "word")
    if labels and labels[0].style == "action-line":
        return len(text) <= _MAX_HEADING and (not ends(rest) or rest.rstrip().endswith(":"))
    limit = _MAX_HEADING if labels else _MAX_PLAIN
    return is_short(rest, limit) and looks_titled(rest)


def decimal_number(block: Block) -> int | None:
    """Return the number that a block starts with, as a paragraph does."""
    if block.role not in ("text", "heading"):
        return None
    labels = read_labels(block.text)
    return labels[0].value if labels and labels[0].style == "decimal" else None


def annex_of(text: str) -> tuple[str, str] | None:
    """Return ``("annex I", title)`` when a text is an annex's heading; the title may be empty."""
    if len(text) > 300:
        return None
    match = ANNEX.match(text)
    if match is None:
        return None
    word = match.group("word").lower()
    number = (match.group("number") or "").upper()
    title = bare(match.group("title") or "")
    if ends(title) and len(title) > 120:
        return None
    return (f"{word} {number}" if number else word, title)
