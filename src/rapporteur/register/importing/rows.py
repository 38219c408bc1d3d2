"""Make a content of each row of a file, or say what is wrong in its cells."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.analysis.tables.lists import split_list
from rapporteur.analysis.tables.mapping import Reader, TableMapping, Value, as_text, compiled
from rapporteur.analysis.tables.packs import is_link
from rapporteur.analysis.tables.rows import CellFault, SourceRow
from rapporteur.directory.names import fold_name
from rapporteur.register.choices import GivenBy
from rapporteur.register.content import (
    LINK_MOST,
    SCHEME_OF,
    Content,
    Link,
    Partner,
    Problem,
    gaps_of,
    has_refused_signs,
    problems_of,
    stored_text,
    to_json,
)
from rapporteur.register.errors import message_of
from rapporteur.register.importing.messages import fault_words, unknown_words
from rapporteur.register.importing.outcome import RefusedCell
from rapporteur.register.importing.periods import UnknownWord, link_of, period_of
from rapporteur.register.importing.words import Words

VALUE_AT_MOST = 1000
KEY_AT_MOST = 180
REMEMBERED = 50_000
UNREAD_AT_MOST = 30
# Where an address ends and the next one begins, in a cell with several.
BEFORE_LINK = re.compile(r"[\s;|,]+(?=https?://|www\.)|[;|,]$", re.IGNORECASE)
# The fields of an import that fill a field of a content of another name.
CONTENT_FIELD = {
    "entity": "organization",
    "entity_type": "stakeholder_group",
    "action_line": "action_lines",
    "sdg": "sdgs",
    "target_group": "target_groups",
    "technology": "technologies",
    "country": "countries",
    "region": "regions",
    "url": "links",
}
IMPORT_FIELD = {content: name for name, content in CONTENT_FIELD.items()}


@dataclass(slots=True)
class ReadRow:
    """A row that was understood: what it says and by which key its source knows it.

    ``key`` is the source's own (``id:…``) or, where it gives none, made of what identifies the
    row (``row:…``; ``identified`` is false). ``number`` and ``version`` are those of the register's
    own export, ``made`` the moment by which the record is known again; else 0 and ``""``.
    """

    row: int
    content: Content
    key: str
    identified: bool
    # The content as it is stored, and its digest (``content.digest_of``).
    text: str
    digest: str
    gaps: list[str]
    source_link: str = ""
    source: str = ""
    number: int = 0
    version: int = 0
    made: str = ""


Filler = Callable[[str, list[Value], dict[str, Any], "Faults"], None]


@dataclass
class Remembered:
    """A function of a cell's text whose answers, and refusals, are kept: cells repeat a lot."""

    find: Callable[[str], Any]
    answers: dict[str, Any] = field(default_factory=dict)

    def __call__(self, text: str) -> Any:
        if text in self.answers:
            found = self.answers[text]
        else:
            try:
                found = self.find(text)
            except UnknownWord as error:
                found = error
            if len(self.answers) >= REMEMBERED:
                self.answers.clear()
            self.answers[text] = found
        if isinstance(found, UnknownWord):
            raise found
        return found


class RowReader:
    """Reads the rows of one file. ``header`` is the file's, ``None`` for JSON lines."""

    def __init__(self, mapping: TableMapping, header: Sequence[str] | None, words: Words) -> None:
        self.mapping = mapping
        self.words = words
        self.readers: Mapping[str, Reader] = compiled(mapping, header)
        self.columns = {rule.name: rule.columns[0] for rule in mapping.rules if rule.columns}
        self._codes: dict[str, Callable[[str], Any]] = {
            "action_line": Remembered(words.action_lines_of),
            "sdg": Remembered(words.sdgs_of),
            "country": Remembered(words.places_of),
            "region": Remembered(words.regions_of),
            "compact": Remembered(words.compact_of),
            "target_group": Remembered(words.target_groups_of),
        }
        self._single: dict[str, Callable[[str], Any]] = {
            "language": Remembered(words.language_of),
            "kind": Remembered(words.kind_of),
            "status": Remembered(words.status_of),
            "entity_type": Remembered(words.stakeholder_group_of),
            "coverage": Remembered(words.coverage_of),
            "year": Remembered(period_of),
            "starts": Remembered(period_of),
            "ends": Remembered(period_of),
        }
        self._slug = Remembered(words.organization_slug)
        fillers: dict[str, Filler] = {
            **dict.fromkeys(self._codes, self._fill_codes),
            **dict.fromkeys(self._single, self._fill_single),
            **dict.fromkeys(("title", "description", "success_story"), self._fill_text),
            "country": self._fill_places,
            "url": self._fill_links,
            "partners": self._fill_partners,
            "technology": self._fill_technologies,
            "entity": self._fill_entity,
        }
        # Keys of JSON lines that nothing reads, the first of them: the outcome names them.
        self.unread: dict[str, None] = {}
        self._known = None if header is not None else known_keys(mapping)
        self._steps = [(name, self.readers[name], fillers.get(name)) for name in self.readers]

    def column_of(self, name: str) -> str:
        """Return the file's column that fills a field, ``""`` where none does."""
        column = self.columns.get(name, "")
        return column.split(".")[0].split("[")[0] if "." in column or "[" in column else column

    def read(self, row: SourceRow) -> ReadRow | list[RefusedCell]:
        """Return what the row says, or its faulty cells, each once."""
        faults = Faults(row)
        for fault in row.faults:
            faults.note(fault)
        if row.faults:
            return faults.cells()
        if self._known is not None and len(self.unread) < UNREAD_AT_MOST:
            self.unread.update(dict.fromkeys(key for key in row.cells if key not in self._known))
        given: dict[str, list[Value]] = {}
        made: dict[str, Any] = {}
        for name, read, fill in self._steps:
            found = read(row.cells)
            if found:
                given[name] = found
                if fill is not None:
                    fill(name, found, made, faults)
        self._settle(made)
        content = Content(**made)
        for problem in problems_of(content, self.words.known):
            name = problem.field.split(".")[0]
            faults.add(self._column_of_content(name, given), said_of(problem), value=problem.value)
        key, identified = self._key(given, content, faults)
        link = self._source_link(given, faults)
        if faults.found:
            return faults.cells()
        text, digest = stored_text(to_json(content))
        return ReadRow(
            row.number, content, key, identified, text, digest, gaps_of(content), source_link=link
        )

    def _column_of_content(self, name: str, given: Mapping[str, list[Value]]) -> str:
        own = IMPORT_FIELD.get(name, name)
        if own in ("starts", "ends") and not given.get(own):
            own = "year"
        if own == "countries":
            own = "country"
        values = given.get(own)
        return values[0].column if values else self.column_of(own)

    def _texts(self, found: Iterable[Value], faults: Faults) -> list[str]:
        """Return the values as texts in NFC, without blanks at their ends, none empty."""
        texts: list[str] = []
        for value, column in found:
            if isinstance(value, (dict, list)):
                faults.add(column, fault_words("not-text", {}))
                continue
            text = value if isinstance(value, str) else as_text(value)
            if not text.isascii():
                text = unicodedata.normalize("NFC", text)
            text = text.replace("\r\n", "\n").strip()
            if text:
                texts.append(text)
        return texts

    def _items(self, found: Iterable[Value], faults: Faults) -> list[str]:
        """Return the values as texts on one line, parted at ``;``, ``|`` and line breaks."""
        items: dict[str, None] = {}
        for text in self._texts(found, faults):
            for line in text.split("\n"):
                for part in split_list(line):
                    items.update(dict.fromkeys(_line(item) for item in part.split("|")))
        items.pop("", None)
        return list(items)

    def _fill_text(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        texts = self._texts(found, faults)
        if texts:
            made[name] = _line(texts[0]) if name == "title" else "\n\n".join(texts)

    def _fill_links(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        links: dict[str, None] = {}
        for text in self._texts(found, faults):
            links.update(dict.fromkeys(link_of(part) for part in BEFORE_LINK.split(text)))
        made["links"] = tuple(Link(url) for url in links)

    def _fill_partners(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        items = self._items(found, faults)
        made["partners"] = tuple(Partner(text, self._slug(text)) for text in items)

    def _fill_technologies(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        made["technologies"] = tuple(self._items(found, faults))

    def _fill_entity(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        texts = self._texts(found, faults)
        if texts:
            made["organization"] = text = _line(texts[0])
            made["organization_slug"] = self._slug(text)

    def _fill_codes(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        codes: list[str] = []
        for value in found:
            codes += self._read(name, value, faults) or ()
        target = CONTENT_FIELD.get(name, name)
        if codes:
            made[target] = tuple(dict.fromkeys((*made.get(target, ()), *codes)))

    def _fill_places(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        codes: dict[str, None] = {}
        for value in found:
            read = self._read(name, value, faults)
            if read is None:
                continue
            countries, coverage, regions = read
            codes.update(dict.fromkeys(countries))
            if coverage and made.get("coverage") != "countries":
                made["coverage"] = coverage
            if regions:
                made["regions"] = tuple(dict.fromkeys((*made.get("regions", ()), *regions)))
        if codes:
            made["countries"] = tuple(codes)

    def _read(self, name: str, value: Value, faults: Faults) -> Any:
        """Return what a cell's words mean, ``None`` (and a fault) where they mean nothing."""
        given, column = value
        if isinstance(given, (dict, list)):
            faults.add(column, fault_words("not-text", {}))
            return None
        find = self._codes.get(name) or self._single[name]
        try:
            return find(given if isinstance(given, str) else as_text(given))
        except UnknownWord as error:
            faults.add(column, unknown_words(name, error))
            return None

    def _fill_single(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        read = self._read(name, found[0], faults)
        if read is None:
            return
        if name == "year":
            starts, ends = read
            made.setdefault("starts", starts)
            made.setdefault("ends", ends)
        elif name in ("starts", "ends"):
            made[name] = read[0]
        else:
            made[CONTENT_FIELD.get(name, name)] = read

    @staticmethod
    def _settle(made: dict[str, Any]) -> None:
        """Say where it takes place when only the places were named, and who gave the labels."""
        if not made.get("coverage"):
            if made.get("countries"):
                made["coverage"] = "countries"
            elif made.get("regions"):
                made["coverage"] = "regional"
        given = {code: GivenBy.SOURCE.value for name in SCHEME_OF for code in made.get(name, ())}
        if given:
            made["given"] = given

    def _key(
        self, given: Mapping[str, list[Value]], content: Content, faults: Faults
    ) -> tuple[str, bool]:
        for value in given.get("id", ()):
            text = _line(next(iter(self._texts([value], faults)), ""))
            if has_refused_signs(text):
                faults.add(value.column, said_of(Problem("id", "signs", text[:80])))
            if text:
                if len(text) > KEY_AT_MOST:
                    text = hashlib.sha256(text.encode()).hexdigest()
                return f"id:{text}", True
        return f"row:{identity_of(content)}", False

    def _source_link(self, given: Mapping[str, list[Value]], faults: Faults) -> str:
        for value in given.get("source_link", ()):
            link = link_of(next(iter(self._texts([value], faults)), ""))
            if link and (not is_link(link) or len(link) > LINK_MOST or has_refused_signs(link)):
                faults.add(value.column, said_of(Problem("source_link", "not-a-link", link)))
            return link
        return ""


def known_keys(mapping: TableMapping) -> frozenset[str]:
    """Return the keys of a JSON object that a mapping reads, or leaves out on purpose."""
    read = {column.split(".")[0].split("[")[0] for column in mapping.columns}
    return frozenset((*read, *mapping.columns, *mapping.unread))


def said_of(problem: Problem) -> str:
    """Return a problem of a content in words, as an import says it."""
    if (problem.field, problem.code) == ("title", "empty"):
        return fault_words("no-title", {})
    return message_of(problem)


def identity_of(content: Content) -> str:
    """Return what tells one activity from another where a source gives no id (32 hex digits).

    Title and organization (case, accents and blanks do not count), countries, period and links.
    """
    parts = (
        fold_name(content.title) or content.title,
        fold_name(content.organization),
        ",".join(sorted(content.countries)),
        f"{content.starts}/{content.ends}",
        " ".join(sorted(link.url for link in content.links)),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


class Faults:
    """The faulty cells of one row: one entry for each column, however many faults it has."""

    def __init__(self, row: SourceRow) -> None:
        self._row = row
        self.found: dict[str, list[str]] = defaultdict(list)
        self._values: dict[str, str] = {}

    def note(self, fault: CellFault) -> None:
        """Note a fault that reading the file found."""
        self.add(fault.column, fault_words(fault.code, fault.details), value=fault.value)

    def add(self, column: str, message: str, *, value: str = "") -> None:
        if message not in self.found[column]:
            self.found[column].append(message)
        self._values.setdefault(column, value)

    def cells(self) -> list[RefusedCell]:
        """Return an entry for each faulty cell, in the order of the file's columns."""
        order = {column: place for place, column in enumerate(self._row.cells)}
        found = sorted(self.found.items(), key=lambda pair: order.get(pair[0], -1))
        return [
            RefusedCell(self._row.number, column, self._value(column), " ".join(messages))
            for column, messages in found
        ]

    def _value(self, column: str) -> str:
        """Return what stands in the cell, as text."""
        stands = self._row.cells.get(column) if column else None
        if stands is None:
            text = self._values.get(column, "") if not column else ""
        elif isinstance(stands, (list, dict)):
            from rapporteur.analysis.tables.columns import json_text

            text = json_text(stands)
        else:
            text = as_text(stands).strip()
        return text.encode("utf-8", "replace").decode()[:VALUE_AT_MOST]
