"""The parser: a file's bytes to a document's parts. Pure: no database, no file access."""

from __future__ import annotations

import re

from rapporteur.analysis.documents.assemble import Assembler, sections_of
from rapporteur.analysis.documents.blocks import Block, Source, join_labels
from rapporteur.analysis.documents.contributors import find_contributors
from rapporteur.analysis.documents.drafts import Draft
from rapporteur.analysis.documents.footnotes import read_footnotes
from rapporteur.analysis.documents.front import enacting_place, frame
from rapporteur.analysis.documents.inline import bare, plain, words_only
from rapporteur.analysis.documents.kinds import detect_kind, require_document, require_prose
from rapporteur.analysis.documents.metadata import (
    Masthead,
    language_of,
    read_masthead,
    words_of,
)
from rapporteur.analysis.documents.model import (
    DocumentFacts,
    Kind,
    NotADocument,
    ParsedDocument,
    ParseWarning,
    Remark,
)
from rapporteur.analysis.documents.numbering import check_numbers, give_anchors
from rapporteur.analysis.documents.reading import read
from rapporteur.analysis.documents.resolution import walk
from rapporteur.analysis.names import Names
from rapporteur.analysis.organizations import defined_acronyms

KINDS = ("auto", "report", "resolution", "narrative")
_PERIOD = re.compile(
    r"\b(?:in|during|for|of|throughout) (?:the (?:calendar )?year )?((?:19"
    r"|20)\d\d)\b(?! (?:to|and|–))"
)


def parse_document(
    data: bytes, *, file_name: str = "", kind: str = "auto", names: Names | None = None
) -> ParsedDocument:
    """Return the parts of a UN document: sections, paragraphs, footnotes, asks and figures.

    ``data`` is the file, as text (extracted from PDF or not), Markdown, HTML, DOCX or PDF; its
    content decides which. ``file_name`` is for messages alone: nothing is read from it. ``kind``
    is ``auto`` or one of report, resolution, narrative. ``names`` are the organizations and places
    that are known; none are needed.

    Raises:
        NotADocument: the file is empty, is no text, or is no UN document.
        ValueError: ``kind`` is none of the four.
    """
    if kind not in KINDS:
        raise ValueError(f"Not a kind of document: {kind!r}. Expected one of {', '.join(KINDS)}.")
    known = names if names is not None else Names()
    source = read(data)
    return parse_blocks(source, kind=kind, names=known)


def parse_blocks(source: Source, *, kind: str, names: Names) -> ParsedDocument:
    """Return the parts of a document that a reader has made into blocks."""
    blocks = join_labels(source.blocks)
    whole = words_only("\n".join(block.text for block in blocks))
    if not whole.strip():
        raise NotADocument("The file holds no text.")
    if source.raw is not None:
        require_prose(source.raw)
    if enacting_place(blocks) is None:
        require_document(whole)
    warnings = list(source.warnings)
    decided, guessed = detect_kind(blocks) if kind == "auto" else (_kind(kind), False)
    draft = walk(blocks, frame(blocks, decided), decided)
    if decided == "resolution" and not any(p.zone == "operative" for p in draft.paragraphs):
        warnings.append(ParseWarning("no-operative-paragraph", "No operative paragraph was found."))
    if guessed:
        warnings.append(
            ParseWarning(
                "kind-guessed",
                f"This is none of the kinds of document that are known; it was read as "
                f"a {decided}.",
            )
        )
    give_anchors(draft.paragraphs)
    masthead = read_masthead(
        draft, decided, names, given_title=source.title, page_lines=source.furniture
    )
    return _document(draft, decided, masthead, whole, source, names, warnings)


def _kind(word: str) -> Kind:
    if word == "report":
        return "report"
    return "resolution" if word == "resolution" else "narrative"


def _document(
    draft: Draft,
    kind: Kind,
    masthead: Masthead,
    whole: str,
    source: Source,
    names: Names,
    warnings: list[ParseWarning],
) -> ParsedDocument:
    summary = "\n".join(bare(block.text) for block in draft.summary) or None
    defined = defined_acronyms(whole)
    assembler = Assembler(names, defined, _period_year(summary, draft, masthead, kind))
    footnotes, unmatched = read_footnotes(draft, _marks_elsewhere(draft))
    paragraphs = tuple(
        assembler.paragraph(item) for item in draft.paragraphs if item.zone == "paragraph"
    )
    preamble = tuple(
        assembler.preambular(item, index)
        for index, item in enumerate(
            (item for item in draft.paragraphs if item.zone == "preamble"), start=1
        )
    )
    operative = tuple(
        assembler.operative(item) for item in draft.paragraphs if item.zone == "operative"
    )
    warnings += check_numbers(draft.paragraphs)
    warnings += unmatched
    warnings += _left_over(draft, source)
    contributors = (
        find_contributors(paragraphs, footnotes, defined, names) if kind == "report" else ()
    )
    counted = [bare(part.text) for item in draft.paragraphs for part in item.parts]
    counted += [heading.title for heading in draft.headings]
    counted += [note.text for note in footnotes]
    counted += [summary or ""]
    facts = DocumentFacts(
        kind=kind,
        title=masthead.title,
        symbol=masthead.symbol,
        bodies=masthead.bodies,
        date=masthead.date,
        session=masthead.session,
        agenda_item=masthead.agenda_item,
        language=language_of(whole) or source.language,
        summary=summary,
        words=words_of(counted),
        masthead=masthead.lines,
        closing=tuple(bare(block.text) for block in draft.back),
        contents=tuple(bare(block.text) for block in draft.contents),
        remarks=tuple(Remark(sign, text) for sign, text in draft.remarks),
    )
    return ParsedDocument(
        document=facts,
        contributors=contributors,
        sections=sections_of(draft.headings, draft),
        paragraphs=paragraphs,
        preamble=preamble,
        operative=operative,
        footnotes=tuple(footnotes),
        warnings=tuple(warnings),
    )


def _marks_elsewhere(draft: Draft) -> list[int]:
    """Return the footnote marks that stand outside paragraphs: in the title, a heading, the end."""
    found: list[int] = []
    outside: list[Block] = [*draft.front, *draft.summary, *draft.back]
    for block in outside:
        found.extend(plain(block.text).footnotes)
    for heading in draft.headings:
        found.extend(heading.footnotes)
    return found


def _period_year(summary: str | None, draft: Draft, masthead: Masthead, kind: Kind) -> int | None:
    """Return the year that a report covers: the one it says, else the one before its date.

    Source: the Secretary-General's reports on the Summit are dated in the first months of a year
    and cover the year before.
    """
    if kind != "report":
        return None
    first = draft.paragraphs[0].parts[0].text if draft.paragraphs else ""
    for text in (summary or "", first):
        found = _PERIOD.search(text)
        if found:
            return int(found.group(1))
    if masthead.date is None:
        return None
    year, month = int(masthead.date[:4]), int(masthead.date[5:7])
    return year - 1 if month <= 6 else year


def _left_over(draft: Draft, source: Source) -> list[ParseWarning]:
    """Return warnings for text that is in no paragraph and in no other part of the document."""
    warnings: list[ParseWarning] = []
    if source.furniture:
        lines = list(dict.fromkeys(source.furniture))
        warnings.append(
            ParseWarning(
                "page-furniture",
                f"{len(source.furniture)} lines were read as running headers, footers "
                f"or page numbers.",
                text="\n".join(lines),
            )
        )
    return warnings
