"""Make a content of each row of a file, or say what is wrong in its cells."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapporteur.analysis.tables.lists import split_list
from rapporteur.analysis.tables.mapping import Reader, TableMapping, Value, as_text, compiled
from rapporteur.analysis.tables.rows import CellFault, SourceRow
from rapporteur.directory.names import fold_name
from rapporteur.register.choices import GivenBy
from rapporteur.register.content import (
    SCHEME_OF,
    Content,
    Link,
    Partner,
    problems_of,
)
from rapporteur.register.errors import message_of
from rapporteur.register.importing.messages import fault_words, unknown_words
from rapporteur.register.importing.outcome import RefusedCell
from rapporteur.register.importing.periods import UnknownWord, link_of, period_of
from rapporteur.register.importing.words import Words

VALUE_AT_MOST = 1000
KEY_AT_MOST = 180
REMEMBERED = 50_000
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
    source_link: str = ""
    source: str = ""
    number: int = 0
    version: int = 0
    made: str = ""


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
        given = {name: read(row.cells) for name, read in self.readers.items()}
        values = self._values(given, faults)
        content = Content(**values)
        for problem in problems_of(content, self.words.known):
            name = problem.field.split(".")[0]
            column = self._column_of_content(name, given)
            said = (
                fault_words("no-title", {})
                if (name, problem.code) == ("title", "empty")
                else message_of(problem)
            )
            faults.add(column, said, value=problem.value)
        if faults.found:
            return faults.cells()
        key, identified = self._key(given, content)
        link = next((as_text(value.value) for value in given.get("source_link", ())), "")
        return ReadRow(row.number, content, key, identified, source_link=link)

    def _column_of_content(self, name: str, given: Mapping[str, list[Value]]) -> str:
        own = IMPORT_FIELD.get(name, name)
        if own in ("starts", "ends") and not given.get(own):
            own = "year"
        if own == "countries":
            own = "country"
        values = given.get(own)
        return values[0].column if values else self.column_of(own)

    def _values(self, given: Mapping[str, list[Value]], faults: Faults) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for name, found in given.items():
            if not found:
                continue
            if name in self._codes:
                self._fill_codes(name, found, made, faults)
            elif name in self._single:
                self._fill_single(name, found, made, faults)
            elif name == "url":
                links = dict.fromkeys(link_of(text) for text in self._texts(found, faults, " "))
                made["links"] = tuple(Link(url) for url in links)
            elif name == "partners":
                names = self._texts(found, faults, ";|\n")
                made["partners"] = tuple(
                    Partner(text, self._slug(text)) for text in dict.fromkeys(names)
                )
            elif name == "technology":
                made["technologies"] = tuple(dict.fromkeys(self._texts(found, faults, ";|\n")))
            elif name == "entity":
                text = _line(next(iter(self._texts(found, faults, "")), ""))
                made["organization"] = text
                made["organization_slug"] = self._slug(text) if text else ""
            elif name in ("title", "description", "success_story"):
                texts = self._texts(found, faults, "")
                made[name] = _line(texts[0]) if name == "title" and texts else "\n\n".join(texts)
        self._settle(made)
        return made

    def _texts(self, found: Iterable[Value], faults: Faults, split: str) -> list[str]:
        """Return the values as texts, parted at the signs, blanks at their ends left out."""
        texts: list[str] = []
        for value in found:
            if isinstance(value.value, (dict, list)):
                faults.add(value.column, fault_words("not-text", {}))
                continue
            text = unicodedata.normalize("NFC", as_text(value.value)).replace("\r\n", "\n")
            if split == ";|\n" and any(sign in text for sign in split):
                parts = [part for line in text.split("\n") for part in split_list(line)]
                texts.extend(_line(item) for part in parts for item in part.split("|"))
            elif split == " " and any(sign in text for sign in " ;|\n"):
                texts.extend(_links_in(text))
            else:
                texts.append(text.strip())
        return [text for text in texts if text]

    def _fill_codes(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        codes: dict[str, None] = {}
        for value in found:
            if isinstance(value.value, (dict, list)):
                faults.add(value.column, fault_words("not-text", {}))
                continue
            try:
                read = self._codes[name](as_text(value.value))
            except UnknownWord as error:
                faults.add(value.column, unknown_words(name, error))
                continue
            if name == "country":
                countries, coverage, regions = read
                codes.update(dict.fromkeys(countries))
                if coverage and made.get("coverage") != "countries":
                    made["coverage"] = coverage
                if regions:
                    made["regions"] = tuple(dict.fromkeys((*made.get("regions", ()), *regions)))
            else:
                codes.update(dict.fromkeys(read))
        target = CONTENT_FIELD.get(name, name)
        if codes:
            made[target] = tuple(dict.fromkeys((*made.get(target, ()), *codes)))

    def _fill_single(
        self, name: str, found: list[Value], made: dict[str, Any], faults: Faults
    ) -> None:
        value = found[0]
        if isinstance(value.value, (dict, list)):
            faults.add(value.column, fault_words("not-text", {}))
            return
        try:
            read = self._single[name](as_text(value.value))
        except UnknownWord as error:
            faults.add(value.column, unknown_words(name, error))
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

    def _key(self, given: Mapping[str, list[Value]], content: Content) -> tuple[str, bool]:
        for value in given.get("id", ()):
            text = _line(unicodedata.normalize("NFC", as_text(value.value)))
            if text:
                if len(text) > KEY_AT_MOST:
                    text = hashlib.sha256(text.encode()).hexdigest()
                return f"id:{text}", True
        return f"row:{identity_of(content)}", False


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


def _links_in(text: str) -> list[str]:
    """Return the addresses of a cell that holds several; one with blanks in it stays whole."""
    pieces = [piece for line in text.replace("|", "\n").split("\n") for piece in line.split(";")]
    found: list[str] = []
    for piece in pieces:
        words = piece.replace(", ", " ").split()
        if len(words) > 1 and all("://" in word or word.startswith("www.") for word in words):
            found.extend(words)
        elif piece.strip():
            found.append(piece.strip())
    return found


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
        return [
            RefusedCell(self._row.number, column, self._value(column), " ".join(messages))
            for column, messages in self.found.items()
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
