"""The walk through a document's blocks: headings, paragraphs, items, notes, what closes it."""

from __future__ import annotations

import re

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.drafts import (
    Draft,
    HeadingDraft,
    NoteDraft,
    ParagraphDraft,
    Part,
)
from rapporteur.analysis.documents.front import Frame
from rapporteur.analysis.documents.headings import (
    Outline,
    annex_of,
    decimal_number,
    heading_like,
    is_all_italic,
    is_short,
    looks_titled,
)
from rapporteur.analysis.documents.inline import bare
from rapporteur.analysis.documents.labels import Label, read_labels
from rapporteur.analysis.documents.model import Kind
from rapporteur.analysis.documents.reading.joining import join
from rapporteur.analysis.documents.reading.text import ends, open_ended, starts_lower
from rapporteur.analysis.documents.verbs import (
    PREAMBULAR,
)

_REMARK = re.compile(r"Note: .{0,200}\b(?:footnotes?|websites|accessed)\b", re.S)
_ADDRESS = re.compile(r"<?(?:https?://|www\.)[^\s>]+>?[.;,]?")
ITEM_STYLES = frozenset({"paren-lower", "paren-roman", "paren-decimal", "lower"})
COMMA_END = re.compile(r",\W*\d{0,3}\W*$")
_FIRST_ITEM = re.compile(r"\s*(\((?:a|i)\))\s+(?=\S)")
_LOOK_AHEAD = 4
_SHORT = 60  # a heading that another stands below is no longer


class Walk:
    """Puts one file's blocks into a draft, in one pass."""

    def __init__(self, blocks: list[Block], frame: Frame, kind: Kind) -> None:
        self.kind = kind
        self.frame = frame
        self.draft = Draft(
            front=frame.front, contents=frame.contents, summary=frame.summary, remarks=frame.remarks
        )
        self.flow = [block for block in blocks[frame.start :] if block.role != "footnote"]
        self.blocks = blocks[frame.start :]
        self.outline = Outline()
        self.current: ParagraphDraft | None = None
        self.annex = ""
        self.expected = 1
        self.preamble = kind == "resolution" and frame.has_preamble
        self.union = frame.union
        self.opening = ""
        self.closed = False
        self.fresh_heading: HeadingDraft | None = None
        self.note_open = False
        self.after_note = False
        for block in blocks[: frame.start]:
            if block.role == "footnote":
                self._note(block)

    def run(self) -> Draft:
        place = 0
        for block in self.blocks:
            if block.role == "footnote":
                self._note(block)
                continue
            self._block(block, place)
            place += 1
        self.draft.headings = self.outline.all
        return self.draft

    # Notes

    def _note(self, block: Block) -> None:
        self.draft.notes.append(NoteDraft(block.number, block.text, block.line))
        self.note_open = True

    def _belongs_to_note(self, block: Block) -> bool:
        """Tell whether a block goes on with the last footnote, across a page or an empty line."""
        if not self.draft.notes or block.role != "text" or block.bullet:
            return False
        note = self.draft.notes[-1]
        if not note.text.strip():
            return True
        addresses = sum(len(found) for found in _ADDRESS.findall(block.text))
        if not addresses:
            return False
        at_rest = self.current is None or ends(self.current.last)
        if _ADDRESS.match(block.text):
            return at_rest or self.note_open
        return at_rest and starts_lower(block.text) and addresses * 2 >= len(block.text)

    # Blocks

    def _block(self, block: Block, place: int) -> None:
        text = block.text
        annex = annex_of(text) if block.role in ("text", "heading") else None
        if annex and self._opens_annex(annex, place):
            self._open_annex(annex, block)
            return
        if self._belongs_to_note(block):
            note = self.draft.notes[-1]
            note.text = join([note.text, text]).strip()
            return
        if _REMARK.match(text) or (block.bullet.startswith("*") and self._is_star_note(block)):
            self.draft.remarks.append((block.bullet, bare(text)))
            return
        self.after_note, self.note_open = self.note_open, False
        if self._special(block, place):
            return
        if block.role == "heading":
            if self._is_numbered_text(text):
                self._numbered(block, place)
            else:
                self._heading(block)
            return
        if block.role == "row":
            self._row(block)
            return
        if block.bullet:
            self._bullet(block)
            return
        self._text(block, place)

    def _special(self, block: Block, place: int) -> bool:
        """Place a block by the forms of one kind of document; ``False`` where it has none."""
        return False

    def _text(self, block: Block, place: int) -> None:
        labels = read_labels(block.text)
        if not labels:
            if self._is_plain_heading(block, place):
                self._heading(block)
            else:
                self._unlabelled(block)
            return
        label = self.outline.choose(labels)
        assert label is not None  # noqa: S101 - labels is not empty
        rest = block.text[label.end :]
        if label.style == "decimal":
            if self._is_numbered_heading(label, rest, place):
                self._heading(block, label)
            else:
                self._numbered(block, place, label)
        elif label.style in ITEM_STYLES:
            item = self._item_label(labels)
            if self._is_lettered_heading(block, rest, place):
                self._heading(block, label)
            else:
                self._item(block, item)
        elif self._is_labelled_heading(label, rest, block):
            self._heading(block, label)
        else:
            self._unlabelled(block)

    # Headings

    def _heading(self, block: Block, label: Label | None = None) -> None:
        if label is None:
            labels = read_labels(block.text)
            if (labels and block.text[labels[0].end :].strip()) or (
                labels and labels[0].style in ("roman", "upper", "word")
            ):
                label = self.outline.choose(labels)
        fresh = self.fresh_heading
        if (
            fresh is not None
            and self.current is None
            and label is None
            and not fresh.used
            and (fresh.title == fresh.element or fresh.title == fresh.annex)
            and (fresh.annex == fresh.element or fresh.element[:4] in ("Part", "Chap", "Sect"))
        ):
            self._retitle(fresh, bare(block.text))
            return
        self.current = None
        self.fresh_heading = self.outline.push(block.text, label, block.level)

    def _retitle(self, heading: HeadingDraft, title: str) -> None:
        """Give a heading that had only its label ("Annex I") the words of the next line."""
        heading.title = title
        heading.titles = (*heading.titles[:-1], title)
        heading.printed = f"{heading.printed} {title}"

    def _next(self, place: int, step: int = 1) -> Block | None:
        at = place + step
        return self.flow[at] if at < len(self.flow) else None

    def _next_number(self, place: int) -> int | None:
        """Return the next paragraph number, looking over headings that stand between."""
        for step in range(1, _LOOK_AHEAD + 1):
            block = self._next(place, step)
            if block is None:
                return None
            number = decimal_number(block)
            if number is not None:
                return number
            if not heading_like(block):
                return None
        return None

    def _at_rest(self) -> bool:
        """Tell whether nothing is left unfinished before this place."""
        current = self.current
        if current is None:
            return True
        if current.parts[-1].row:
            return True
        return ends(current.last) and not bare(current.last).endswith(":")

    def _is_numbered_text(self, text: str) -> bool:
        labels = read_labels(text)
        return bool(labels) and labels[0].style == "decimal" and len(text) > 200 and ends(text)

    def _is_numbered_heading(self, label: Label, rest: str, place: int) -> bool:
        """Tell "1. Implementation of themes" from a paragraph numbered 1."""
        if not is_short(rest, 160) or not looks_titled(rest):
            return False
        following = self._next_number(place)
        after = self._next(place)
        if after is not None and self._at_rest():
            below = read_labels(after.text)
            if below and below[0].style == "dotted" and below[0].printed == f"{label.value}.1":
                return True
        if self.kind == "narrative" and self.outline.counters.get("decimal") == label.value - 1:
            return following is None and self._at_rest()  # the chapters' own row
        if label.value == self.expected and (following is not None or self.kind != "narrative"):
            return following == label.value and self._at_rest()
        if following is None:
            return (
                after is not None
                and self._at_rest()
                and (after.role == "heading" or len(after.text) > 120)
                and not after.bullet
            )
        return self._at_rest() and following in (self.expected, self.expected + 1, 1)

    def _is_lettered_heading(self, block: Block, rest: str, place: int) -> bool:
        """Tell "(b) Internet governance" from an item of a list."""
        if not is_short(rest) or not looks_titled(rest) or not self._at_rest():
            return False
        listed = self.current is not None and self.current.parts[-1].label and not block.hint
        if listed and self.current and not bare(self.current.last).endswith((".", "!", "?")):
            return False  # an item of the list that is open: that one would end with a full stop
        following = self._next(place)
        if following is None:
            return False
        if self._next_number(place) is not None:
            return True
        if is_all_italic(rest) or block.hint:
            return True
        return heading_like(following) or (len(following.text) > 150 and ends(following.text))

    def _is_labelled_heading(self, label: Label, rest: str, block: Block) -> bool:
        if not rest.strip():
            return label.style in ("roman", "upper", "word") and self._at_rest()
        if label.style == "action-line":
            return len(rest) <= 200 and (not ends(rest) or rest.rstrip().endswith(":"))
        return (
            is_short(rest)
            and looks_titled(rest)
            and (self._at_rest() or label.style in ("roman", "word") or self.kind == "narrative")
        )

    def _is_plain_heading(self, block: Block, place: int) -> bool:
        """Tell a heading without a label from a short line of the text."""
        text = block.text
        if not heading_like(block) or COMMA_END.search(text):
            return False
        following = self._next(place)
        if block.hint and following is not None:
            return True
        if self.closed or not self._settled(block):
            return False
        if following is None or starts_lower(following.text):
            return False
        if self._next_number(place) is not None:
            return True
        if heading_like(following) and self.kind != "narrative":
            after = self._next(place, 2)
            return after is not None and (heading_like(after) or len(after.text) > 120)
        if self.kind == "narrative":
            return self._is_narrative_heading(text, following, place)
        return len(following.text) > 120 or following.text.rstrip().endswith(":")

    def _settled(self, block: Block) -> bool:
        if self._at_rest():
            return True
        current = self.current
        introduces = (
            current is not None
            and current.number is None
            and len(current.parts) == 1
            and len(current.last) < 120
            and bare(current.last).endswith(":")
        )
        if introduces:
            return True
        # In a text without numbers a line may simply lack its full stop.
        return self.kind == "narrative" and self.current is not None and not self.current.number

    def _is_narrative_heading(self, text: str, following: Block, place: int) -> bool:
        if following.role == "heading" or following.hint:
            return True
        if following.role == "row" or following.bullet:
            return len(text) <= 100 and following.bullet != ""
        if heading_like(following):
            if read_labels(following.text):
                return len(text) <= 100
            below = self._next(place, 2)
            return (
                max(len(text), len(following.text)) <= _SHORT
                and below is not None
                and below.role == "text"
                and not below.bullet
                and len(below.text) > _SHORT
                and ends(below.text)
            )
        return (
            len(text) <= 120 and len(following.text) > max(40, len(text)) and ends(following.text)
        )

    # Annexes

    def _opens_annex(self, annex: tuple[str, str], place: int) -> bool:
        """Tell an annex's heading from the word "annex" in a list or a table of contents."""
        if not self._at_rest() and self.kind != "narrative" and not self.closed:
            return False
        following = self._next(place)
        return following is not None and annex_of(following.text) is None

    def _open_annex(self, annex: tuple[str, str], block: Block) -> None:
        element, title = annex
        self.annex = element
        self.closed = False
        self.preamble = False
        self.union = False
        self.opening = ""
        self.current = None
        self.expected = 1
        heading = self.outline.push(title, None, 0, annex=element)
        heading.title = title or element
        heading.titles = (heading.title,)
        heading.printed = bare(block.text)
        self.fresh_heading = heading

    # Paragraphs

    def _begin(self, number: int | None, part: Part, block: Block) -> ParagraphDraft:
        heading = self.outline.current
        zone = "paragraph"
        if self.kind == "resolution" and not self.annex:
            zone = "preamble" if self.preamble else "operative"
        paragraph = ParagraphDraft(
            zone=zone,  # type: ignore[arg-type]
            number=number,
            heading=heading,
            parts=[part],
            line=block.line,
            annex=self.annex,
            opening=self.opening,
        )
        if heading is not None:
            for open_heading in self.outline.stack:
                open_heading.used = True
                if number is not None:
                    open_heading.numbers.append(number)
        self.draft.paragraphs.append(paragraph)
        self.current = paragraph
        return paragraph

    def _numbered(self, block: Block, place: int, label: Label | None = None) -> None:
        if label is None:
            label = read_labels(block.text)[0]
        rest = block.text[label.end :]
        inner = _FIRST_ITEM.match(rest)
        # "11. (a) Decides" is the number and its first item on one line.
        part = Part(inner.group(1), rest[inner.end() :]) if inner else Part("", rest)
        self._begin(label.value, part, block)
        self.expected = label.value + 1

    def _item_label(self, labels: tuple[Label, ...]) -> Label:
        """Choose between (i) after (h) and (i) before (ii), by the items before."""
        if len(labels) == 1 or self.current is None:
            return labels[0]
        for part in reversed(self.current.parts):
            if part.label:
                for label in labels:
                    before = read_labels(part.label + " x")
                    if any(b.style == label.style and b.value == label.value - 1 for b in before):
                        return label
        return labels[0]

    def _item(self, block: Block, label: Label) -> None:
        part = Part(bare(block.text[: label.end]), block.text[label.end :])
        if self.current is None or not self._takes_items():
            self._begin(None, part, block)
        else:
            self.current.parts.append(part)

    def _takes_items(self) -> bool:
        current = self.current
        if current is None:
            return False
        if self.kind != "narrative" or current.number is not None:
            return True
        return (
            bool(current.parts[-1].label)
            or not ends(current.last)
            or bare(current.last).endswith((":", ";"))
        )

    def _bullet(self, block: Block) -> None:
        labels = read_labels(block.text)
        if labels and labels[0].style in ITEM_STYLES:
            self._item(block, labels[0])
            return
        part = Part("•", block.text)
        current = self.current
        listed = current is not None and (
            current.number is not None
            or current.parts[-1].label != ""
            or bare(current.last).endswith(":")
        )
        if current is None or (not listed and ends(current.last)) or current.parts[-1].row:
            self._begin(None, part, block)
        elif listed:
            current.parts.append(part)
        else:
            self._begin(None, part, block)

    def _row(self, block: Block) -> None:
        part = Part("", block.text, row=True)
        if self.current is not None and (
            self.current.parts[-1].row or self.current.number is not None
        ):
            self.current.parts.append(part)
        else:
            self._begin(None, part, block)

    def _unlabelled(self, block: Block) -> None:
        """Place text that has no number: the rest of a paragraph, or a paragraph of its own."""
        current = self.current
        text = block.text
        if self.closed:
            self.draft.back.append(block)
            return
        if current is None or current.parts[-1].row:
            self._begin(None, Part("", text), block)
            return
        if self._runs_on(current, text):
            last = current.parts[-1]
            last.text = join([last.text, text])
        elif current.number is not None and self.kind != "narrative" and ends(current.last):
            current.parts.append(Part("", text))
        else:
            self._begin(None, Part("", text), block)

    def _runs_on(self, current: ParagraphDraft, text: str) -> bool:
        """Tell whether ``text`` finishes the sentence that the last paragraph left open."""
        if starts_lower(text):
            return True
        if ends(current.last):
            return False
        if bare(current.last).endswith(",") and (
            PREAMBULAR.match(text) or PREAMBULAR.match(current.last)
        ):
            return False
        if self.kind == "narrative":
            # A page's notes stand in the middle of a sentence; else the line may lack its stop.
            interrupted = self.after_note and ends(text) and not text.lstrip('“"(')[:1].isupper()
            return interrupted or open_ended(bare(current.last))
        return True

    def _is_star_note(self, block: Block) -> bool:
        return (self.current is None and not self.draft.paragraphs) or "eissued" in block.text[:20]
