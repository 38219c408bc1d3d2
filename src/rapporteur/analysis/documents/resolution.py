"""The walk through a resolution: preamble, operative paragraphs, what closes it."""

from __future__ import annotations

from rapporteur.analysis.documents.blocks import Block
from rapporteur.analysis.documents.body import COMMA_END, ITEM_STYLES, Walk
from rapporteur.analysis.documents.drafts import Draft, Part
from rapporteur.analysis.documents.front import Frame
from rapporteur.analysis.documents.headings import decimal_number, heading_like
from rapporteur.analysis.documents.inline import ITALIC_CLOSE, bare
from rapporteur.analysis.documents.labels import read_labels
from rapporteur.analysis.documents.model import Kind
from rapporteur.analysis.documents.reading.joining import join
from rapporteur.analysis.documents.reading.text import ends, starts_lower
from rapporteur.analysis.documents.verbs import (
    CLOSING,
    ENACTING,
    OPERATIVE,
    OPERATIVE_LINE,
    PREAMBULAR,
    PREAMBULAR_LINE,
    UNION_NUMBER,
    VOTE,
)


class ResolutionWalk(Walk):
    """Puts a resolution's or decision's blocks into a draft."""

    def _special(self, block: Block, place: int) -> bool:
        """Place a block by the forms of a resolution; ``False`` leaves it to the common rules."""
        if self.annex:
            return False
        text = block.text
        if self._is_closing(block):
            self.closed = True
            self.current = None
            self.draft.back.append(block)
            return True
        if self.closed and ENACTING.match(text) and block.role == "text":
            self.closed, self.preamble = False, True  # a page that goes on with the next resolution
            self.draft.back.append(block)
            return True
        if self.closed:
            self.draft.back.append(block)
            return True
        if block.role == "text" and ENACTING.match(text) and not self.draft.paragraphs:
            self.draft.front.append(block)
            return True
        if block.role == "text" and self._union_line(block):
            return True
        if self.union and self._union_paragraph(block):
            return True
        if not self.preamble and self._resumes_preamble(block):
            self.preamble = True
        if not self.preamble:
            if block.role == "text" and not block.bullet and self._is_unnumbered_operative(text):
                self._begin(None, Part("", text), block)
                return True
            return False
        return self._preambular(block, place)

    def _resumes_preamble(self, block: Block) -> bool:
        """Tell whether an outcome document's own preamble follows "Adopts the following"."""
        text = block.text.rstrip()
        if block.role != "text" or not text.endswith((",", ";")):
            return False
        if any(p.zone == "operative" and p.number is not None for p in self.draft.paragraphs):
            return False
        return bool(PREAMBULAR.match(text)) or text.startswith("We, ")

    def _is_closing(self, block: Block) -> bool:
        if block.role != "text" or not self.draft.paragraphs or self.annex:
            return False
        text = block.text
        if self.closed:
            return bool(CLOSING.match(text) or VOTE.match(text))
        return bool(CLOSING.match(text)) and len(text) < 400 and self._at_rest_loosely()

    def _at_rest_loosely(self) -> bool:
        return not self.preamble and (self.current is None or ends(self.current.last))

    def _is_unnumbered_operative(self, text: str) -> bool:
        if not OPERATIVE.match(text) or read_labels(text):
            return False
        current = self.current
        return current is None or (ends(current.last) and current.number is None)

    def _preambular(self, block: Block, place: int) -> bool:
        text = block.text
        if block.role == "heading":
            if self._is_numbered_text(text):
                self.preamble = False
                return False
            self._heading(block)
            return True
        if block.role == "row" or block.bullet:
            return False
        number = decimal_number(block)
        if number is not None:
            self.preamble = False
            self.current = None
            return False
        if OPERATIVE.match(text) and not PREAMBULAR.match(text):
            self.preamble = False
            self._begin(None, Part("", text), block)
            return True
        labels = read_labels(text)
        if labels and labels[0].style in ITEM_STYLES and self.current is not None:
            self._item(block, self._item_label(labels))
            return True
        finished = self.current is None or self.current.last.rstrip(f" {ITALIC_CLOSE}").endswith(
            (",", ";", ".", ":", "，", "،")
        )
        finished = finished or bool(self.current and bare(self.current.last).endswith((",", ";")))
        following = self._next(place)
        breaks_off = (
            PREAMBULAR.match(text) and following is not None and COMMA_END.search(following.text)
        )
        if (
            heading_like(block)
            and not COMMA_END.search(text)
            and finished
            and not breaks_off
            and self._next_number(place) is not None
        ):
            self._heading(block)
            return True
        runs_on = not PREAMBULAR.match(text) and (starts_lower(text) or not finished)
        if self.current is not None and runs_on:
            last = self.current.parts[-1]
            last.text = join([last.text, text])
            return True
        self._begin(None, Part("", text), block)
        return True

    def _union_line(self, block: Block) -> bool:
        """Read a line that is only a verb, as the Union's resolutions print it."""
        text = block.text
        if not text or len(text) > 260 or not starts_lower(text):
            return False
        if self.current is not None and not bare(self.current.last).endswith((".", ";", ",", ":")):
            return False
        words = bare(text).rstrip(",")
        if PREAMBULAR_LINE.match(text):
            self.preamble = True
        elif OPERATIVE_LINE.match(text) and (self.union or not self.draft.paragraphs):
            self.preamble = False
        else:
            return False
        self.union = True
        self.opening = words
        self.current = None
        self.expected = 1
        heading = self.outline.push(words, None, 0)
        heading.used = True
        self.fresh_heading = heading
        return True

    def _union_paragraph(self, block: Block) -> bool:
        """Read what stands under such a line: "a) that", "1 to hold", or unlabelled words."""
        text = block.text
        if block.role != "text" or not self.opening:
            return False
        labels = read_labels(text)
        number = UNION_NUMBER.match(text)
        if not self.preamble and (number or (labels and labels[0].style == "decimal")):
            end = number.end() if number else labels[0].end
            value = int(number.group(1)) if number else labels[0].value
            self._begin(value, Part("", text[end:]), block)
            return True
        if self.preamble and labels and labels[0].style in ("lower", "paren-lower", "paren-roman"):
            self._begin(None, Part(bare(text[: labels[0].end]), text[labels[0].end :]), block)
            return True
        if labels and self.current is not None and not self.preamble:
            label = labels[0]
            if label.style in ITEM_STYLES or label.style == "dotted":
                self.current.parts.append(Part(bare(text[: label.end]), text[label.end :]))
                return True
        if self.current is None:
            self._begin(None, Part("", text), block)
            return True
        if starts_lower(text) and not bare(self.current.last).endswith((".", ";")):
            last = self.current.parts[-1]
            last.text = join([last.text, text])
            return True
        return False


def walk(blocks: list[Block], frame: Frame, kind: Kind) -> Draft:
    """Put a file's blocks into headings, paragraphs with their parts, notes, and what is left."""
    walker = ResolutionWalk if kind == "resolution" else Walk
    return walker(blocks, frame, kind).run()
