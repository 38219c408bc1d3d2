"""From the draft to the document: what stands in each paragraph's text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapporteur.analysis.asks import (
    OperativeReading,
    opening_of_preamble,
    read_operative,
    read_subparagraph,
)
from rapporteur.analysis.documents.drafts import Draft, HeadingDraft, ParagraphDraft
from rapporteur.analysis.documents.footnotes import marks_of
from rapporteur.analysis.documents.inline import Inline, plain
from rapporteur.analysis.documents.model import (
    Operative,
    Paragraph,
    Preambular,
    Section,
    Statement,
    Subparagraph,
)
from rapporteur.analysis.documents.verbs import DECISION, DECISION_VERB
from rapporteur.analysis.figures import find_figures
from rapporteur.analysis.names import Names
from rapporteur.analysis.organizations import find_organizations, organizations_of_statements
from rapporteur.analysis.publications import find_publications
from rapporteur.analysis.statements import split_statements
from rapporteur.analysis.symbols import find_symbols
from rapporteur.analysis.urls import find_urls

_TYPED_ANGLES = re.compile(r"^[<(]|[>)]$")


class Assembler:
    """Looks into the texts of one document."""

    def __init__(self, names: Names, defined: Mapping[str, str], period_year: int | None) -> None:
        self.names = names
        self.defined = defined
        self.period_year = period_year

    def paragraph(self, draft: ParagraphDraft) -> Paragraph:
        inlines = [plain(part.text) for part in draft.parts]
        text = "\n".join(
            f"{part.label} {inline.text}" if part.label else inline.text
            for part, inline in zip(draft.parts, inlines, strict=True)
        )
        italics = [words for inline in inlines for words in inline.italics]
        statements = split_statements(text)
        organizations, each = organizations_of_statements(
            text, statements, self.names, defined=self.defined, titles=italics
        )
        heading = draft.heading
        return Paragraph(
            number=draft.number,
            section=heading.path if heading else (),
            titles=heading.titles if heading else (),
            concepts=heading.concepts if heading else (),
            text=text,
            anchor=draft.anchor,
            footnotes=tuple(marks_of(draft)),
            organizations=tuple(organizations),
            publications=tuple(find_publications(text, italics=italics)),
            symbols=tuple(find_symbols(text)),
            urls=_urls(text, inlines),
            statements=tuple(
                Statement(statement, tuple(named))
                for statement, named in zip(statements, each, strict=True)
            ),
            figures=tuple(find_figures(text, period_year=self.period_year)),
        )

    def preambular(self, draft: ParagraphDraft, index: int) -> Preambular:
        inlines = [plain(part.text) for part in draft.parts]
        text = "\n".join(
            f"{part.label} {inline.text}" if part.label else inline.text
            for part, inline in zip(draft.parts, inlines, strict=True)
        )
        italics = [words for inline in inlines for words in inline.italics]
        return Preambular(
            index=index,
            opening=draft.opening or opening_of_preamble(text, italics=italics) or "",
            text=text,
            symbols=tuple(find_symbols(text)),
            footnotes=tuple(marks_of(draft)),
            organizations=tuple(
                find_organizations(text, self.names, defined=self.defined, titles=italics)
            ),
        )

    def operative(self, draft: ParagraphDraft) -> Operative:
        inlines = [plain(part.text) for part in draft.parts]
        own = [
            inline.text for part, inline in zip(draft.parts, inlines, strict=True) if not part.label
        ]
        text = "\n".join(own)
        italics = inlines[0].italics if not draft.parts[0].label else ()
        reading = self._reading(draft, text, italics)
        subparagraphs = tuple(
            Subparagraph(
                part.label,
                inline.text,
                read_subparagraph(
                    reading, inline.text, names=self.names, italics=inline.italics
                ).asks,
            )
            for part, inline in zip(draft.parts, inlines, strict=True)
            if part.label
        )
        whole = "\n".join(inline.text for inline in inlines)
        titles = [words for inline in inlines for words in inline.italics]
        if titles and reading.opening and reading.opening.startswith(titles[0]):
            titles = titles[1:]
        heading = draft.heading
        if draft.opening and heading is not None and heading.title == draft.opening:
            path, names_above = heading.path[:-1], heading.titles[:-1]
        else:
            path = heading.path if heading else ()
            names_above = heading.titles if heading else ()
        return Operative(
            number=draft.number,
            section=(heading.title if heading else None),
            opening=reading.opening,
            kind=reading.kind,
            text=text,
            anchor=draft.anchor,
            path=path,
            titles=names_above,
            concepts=heading.concepts if heading else (),
            subparagraphs=subparagraphs,
            symbols=tuple(find_symbols(whole)),
            asks=reading.asks,
            footnotes=tuple(marks_of(draft)),
            organizations=tuple(
                find_organizations(whole, self.names, defined=self.defined, titles=titles)
            ),
            publications=tuple(find_publications(whole, italics=titles)),
            urls=_urls(whole, inlines),
            figures=tuple(find_figures(whole, period_year=None)),
        )

    def _reading(
        self, draft: ParagraphDraft, text: str, italics: tuple[str, ...]
    ) -> OperativeReading:
        """Read the asks; under a verb on a line of its own, the verb and the words together."""
        if not draft.opening:
            told = DECISION.match(text)
            took = DECISION_VERB.search(text, told.end()) if told else None
            if took is not None:
                text = text[took.start() :]
                text = text[:1].upper() + text[1:]
            return read_operative(text, names=self.names, italics=italics)
        verb = draft.opening[:1].upper() + draft.opening[1:]
        reading = read_operative(f"{verb} {text}", names=self.names)
        return OperativeReading(
            draft.opening, reading.kind, reading.asks, reading.frame, reading.decides
        )


def _urls(text: str, inlines: list[Inline]) -> tuple[str, ...]:
    links = [
        link for inline in inlines for link in inline.links if link.startswith(("http", "www."))
    ]
    return tuple(dict.fromkeys((*find_urls(text), *links)))


def sections_of(headings: list[HeadingDraft], draft: Draft) -> tuple[Section, ...]:
    """Return the headings as sections, in text order, with the numbers that they cover."""
    verbs = {paragraph.opening for paragraph in draft.paragraphs if paragraph.opening}
    return tuple(
        Section(
            path=heading.path,
            title=heading.title,
            first=heading.numbers[0] if heading.numbers else None,
            last=max(heading.numbers[0], *heading.numbers) if heading.numbers else None,
            concepts=heading.concepts,
            printed=heading.printed,
        )
        for heading in headings
        if heading.title not in verbs or heading.element != heading.title
    )
