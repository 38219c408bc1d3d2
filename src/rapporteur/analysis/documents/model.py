"""What a parsed document is made of: the JSON of ``rapporteur library parse``, as values.

Every class is frozen and knows its own JSON (``as_json``): lists, dictionaries, strings, numbers
and ``None``, nothing else. ``None`` (``null``) means that the document does not print the thing;
nothing is ever invented. Numbers of paragraphs and footnotes are the integers printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

Kind = Literal["report", "resolution", "narrative"]

# A figure's value: one number in base units, or the two ends of a range.
FigureValue = int | float | tuple[int | float, int | float]


class NotADocument(ValueError):
    """The file is empty, is not text, or is no UN document.

    The message is one line, written for the person who gave the file.
    """


@dataclass(frozen=True, slots=True)
class Figure:
    """One quantitative claim.

    ``value`` is in base units (5.4 billion is 5400000000), a pair for a range. ``unit`` is
    ``per cent``, ``USD`` or the noun counted. ``year`` is ``None`` when the text gives none and no
    period was passed. ``quote`` is verbatim, at most 160 characters.
    """

    value: FigureValue
    unit: str
    subject: str
    year: int | None
    quote: str

    def as_json(self) -> Json:
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "value": value,
            "unit": self.unit,
            "subject": self.subject,
            "year": self.year,
            "quote": self.quote,
        }


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a resolution asks of somebody.

    ``verb`` as printed, lower case; ``kind`` one of call, request, encourage, invite, recognise,
    note, reaffirm, recall, welcome, emphasise, decide, other; ``addressees`` as worded, empty when
    nobody is named; ``deadline`` in the text's words, periodicity too, else ``None``.
    """

    verb: str
    kind: str
    addressees: tuple[str, ...]
    action: str
    deadline: str | None = None

    def as_json(self) -> Json:
        return {
            "verb": self.verb,
            "kind": self.kind,
            "addressees": list(self.addressees),
            "action": self.action,
            "deadline": self.deadline,
        }


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a paragraph, or one clause between semicolons of a list."""

    text: str
    organizations: tuple[str, ...] = ()

    def as_json(self) -> Json:
        return {"text": self.text, "organizations": list(self.organizations)}


@dataclass(frozen=True, slots=True)
class Contributor:
    """An entity whose information a report is based on. ``acronym`` is ``None`` if it has none."""

    name: str
    acronym: str | None = None

    def as_json(self) -> Json:
        return {"name": self.name, "acronym": self.acronym}


@dataclass(frozen=True, slots=True)
class Section:
    """One heading: ``path`` from the outermost label down, and the paragraphs under it.

    A heading without a printed label stands in the path by its own words. ``first`` and ``last``
    are the paragraph numbers it covers, subsections included; ``None`` when it has no numbered
    paragraph. ``concepts`` is what the heading (or one above it) gives. ``printed`` is the heading
    as it stands, label and all.
    """

    path: tuple[str, ...]
    title: str
    first: int | None = None
    last: int | None = None
    concepts: tuple[str, ...] = ()
    printed: str = ""

    def as_json(self) -> Json:
        return {
            "path": list(self.path),
            "title": self.title,
            "printed": self.printed,
            "first": self.first,
            "last": self.last,
            "concepts": list(self.concepts),
        }


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a report, a narrative or an annex.

    ``number`` is the integer printed, ``None`` when none is. ``text`` has neither its number nor
    footnote marks; the lines of its lettered items are joined by line breaks. ``footnotes`` are
    the numbers of the marks in it, in order. ``anchor`` is its address within the document.
    """

    number: int | None
    section: tuple[str, ...]
    titles: tuple[str, ...]
    concepts: tuple[str, ...]
    text: str
    anchor: str
    footnotes: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "anchor": self.anchor,
            "section": list(self.section),
            "titles": list(self.titles),
            "concepts": list(self.concepts),
            "text": self.text,
            "footnotes": list(self.footnotes),
            "organizations": list(self.organizations),
            "publications": list(self.publications),
            "symbols": list(self.symbols),
            "urls": list(self.urls),
            "statements": [statement.as_json() for statement in self.statements],
            "figures": [figure.as_json() for figure in self.figures],
        }


@dataclass(frozen=True, slots=True)
class Preambular:
    """One preambular paragraph. ``index`` counts from 1; preambular paragraphs print no number."""

    index: int
    opening: str
    text: str
    symbols: tuple[str, ...] = ()
    footnotes: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()

    def as_json(self) -> Json:
        return {
            "index": self.index,
            "anchor": f"pp{self.index}",
            "opening": self.opening,
            "text": self.text,
            "symbols": list(self.symbols),
            "footnotes": list(self.footnotes),
            "organizations": list(self.organizations),
        }


@dataclass(frozen=True, slots=True)
class Subparagraph:
    """One lettered item of an operative paragraph; ``label`` as printed, ``(a)`` or ``(i)``."""

    label: str
    text: str
    asks: tuple[Ask, ...] = ()

    def as_json(self) -> Json:
        return {
            "label": self.label,
            "text": self.text,
            "asks": [ask.as_json() for ask in self.asks],
        }


@dataclass(frozen=True, slots=True)
class Operative:
    """One operative paragraph of a resolution or decision.

    ``section`` is the title of the nearest heading above it, ``None`` without one; ``path`` is the
    whole way down to it. ``text`` is the paragraph without its subparagraphs, whose texts stand in
    ``subparagraphs``.
    """

    number: int | None
    section: str | None
    opening: str
    kind: str
    text: str
    anchor: str
    path: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    subparagraphs: tuple[Subparagraph, ...] = ()
    symbols: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    footnotes: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()
    publications: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "anchor": self.anchor,
            "section": self.section,
            "path": list(self.path),
            "titles": list(self.titles),
            "concepts": list(self.concepts),
            "opening": self.opening,
            "kind": self.kind,
            "text": self.text,
            "subparagraphs": [item.as_json() for item in self.subparagraphs],
            "symbols": list(self.symbols),
            "asks": [ask.as_json() for ask in self.asks],
            "footnotes": list(self.footnotes),
            "organizations": list(self.organizations),
            "publications": list(self.publications),
            "urls": list(self.urls),
            "figures": [figure.as_json() for figure in self.figures],
        }


@dataclass(frozen=True, slots=True)
class Footnote:
    """One footnote; ``paragraph`` is the anchor of the paragraph that carries its mark, if any."""

    number: int | None
    text: str
    urls: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    paragraph: str | None = None

    def as_json(self) -> Json:
        return {
            "number": self.number,
            "text": self.text,
            "urls": list(self.urls),
            "symbols": list(self.symbols),
            "paragraph": self.paragraph,
        }


@dataclass(frozen=True, slots=True)
class ParseWarning:
    """Something a reader should look at. ``code`` is a fixed word, ``message`` a sentence.

    ``paragraph`` is the number of the paragraph concerned, ``line`` the line of the text as read
    (from 1), ``text`` the words that found no place; each is ``None`` when it does not apply.
    """

    code: str
    message: str
    paragraph: int | None = None
    line: int | None = None
    text: str | None = None

    def as_json(self) -> Json:
        return {
            "code": self.code,
            "message": self.message,
            "paragraph": self.paragraph,
            "line": self.line,
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Remark:
    """A note without a number, such as "* Reissued for technical reasons". ``sign`` "
    "may be empty."""

    sign: str
    text: str

    def as_json(self) -> Json:
        return {"sign": self.sign, "text": self.text}


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """The document itself.

    ``date`` is ISO 8601. ``words`` counts summary, headings, paragraphs and footnotes. ``masthead``
    is every line above the text, ``closing`` every line below a resolution's last paragraph (the
    meeting, the vote), ``contents`` a table of contents, ``remarks`` the notes without a number.
    """

    kind: Kind
    title: str | None = None
    symbol: str | None = None
    bodies: tuple[str, ...] = ()
    date: str | None = None
    session: str | None = None
    agenda_item: str | None = None
    language: str | None = None
    summary: str | None = None
    words: int = 0
    masthead: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def as_json(self) -> Json:
        return {
            "kind": self.kind,
            "title": self.title,
            "symbol": self.symbol,
            "bodies": list(self.bodies),
            "date": self.date,
            "session": self.session,
            "agenda_item": self.agenda_item,
            "language": self.language,
            "summary": self.summary,
            "words": self.words,
            "masthead": list(self.masthead),
            "closing": list(self.closing),
            "contents": list(self.contents),
            "remarks": [remark.as_json() for remark in self.remarks],
        }


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A whole document, in text order throughout."""

    document: DocumentFacts
    contributors: tuple[Contributor, ...] = ()
    sections: tuple[Section, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    preamble: tuple[Preambular, ...] = ()
    operative: tuple[Operative, ...] = ()
    footnotes: tuple[Footnote, ...] = ()
    warnings: tuple[ParseWarning, ...] = field(default=())

    def as_json(self) -> Json:
        return {
            "document": self.document.as_json(),
            "contributors": [item.as_json() for item in self.contributors],
            "sections": [item.as_json() for item in self.sections],
            "paragraphs": [item.as_json() for item in self.paragraphs],
            "preamble": [item.as_json() for item in self.preamble],
            "operative": [item.as_json() for item in self.operative],
            "footnotes": [item.as_json() for item in self.footnotes],
            "warnings": [item.as_json() for item in self.warnings],
        }
