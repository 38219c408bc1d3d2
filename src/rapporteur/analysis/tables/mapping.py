"""How a source's columns become ours: a mapping written in TOML, read, checked and applied.

    source = "wsis-prizes-2015"
    title = "WSIS Prizes 2015, nominated projects"
    unknown = ["No information", "-"]

    [fields.title]
    from = "Project"

    [fields.countries]
    from = ["locations.deployment", "locations.development"]
    split = ","
    values = { "INTERNATIONAL" = "global" }

    [fields.kind]
    constant = "project"

A rule has one of ``from`` (a column or several, JSON objects entered by dots, lists walked
through; ``organizations[org_type=owner].name`` keeps the objects that say so), ``template``
(``"https://example.org/{slug}"``) and ``constant``. ``default`` stands where the source is empty.
``split`` parts a cell at any of its signs; ``take`` keeps the ``first`` value or the ``rest``;
``values`` replaces values, also between ``;``, ``,`` and ``|`` (case, accents and blanks do not
count; ``""`` drops one);
``unknown`` lists values that mean that nothing is known. ``number`` (``{decimal = ","}``) and
``dates`` (``["%d.%m.%Y"]``) read the forms of a source.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NamedTuple

from rapporteur.analysis.tables.lists import split_list
from rapporteur.analysis.tables.nearest import fold, nearest
from rapporteur.analysis.tables.rows import SourceRow

RULE_KEYS = frozenset(
    {
        "from",
        "template",
        "constant",
        "default",
        "split",
        "take",
        "values",
        "unknown",
        "number",
        "dates",
    }
)
TOP_KEYS = frozenset(
    {
        "source",
        "title",
        "description",
        "licence",
        "link",
        "sheet",
        "delimiter",
        "unknown",
        "unread",
        "fields",
    }
)
TAKES = ("all", "first", "rest")
PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
STEP = re.compile(r"([^.\[\]]+)(?:\[([^=\]]+)=([^\]]*)\])?")
SOURCE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class MappingFault(ValueError):
    """A mapping that cannot be used. ``code`` says why, ``place`` where (``fields.title.from``).

    Codes: ``not-toml``, ``unknown-key``, ``unknown-field``, ``wrong-type``, ``no-source``,
    ``no-rule``, ``two-rules``, ``not-a-path``. ``nearest`` are the names that may be meant.
    """

    def __init__(self, code: str, place: str, value: str = "", near: tuple[str, ...] = ()) -> None:
        super().__init__(code, place, value)
        self.code, self.place, self.value, self.near = code, place, value, near


class Value(NamedTuple):
    """One value of a field, and the column of the file that it is from (``""``: from no column)."""

    value: Any
    column: str


@dataclass(frozen=True)
class Rule:
    """How one field is filled. See the module."""

    name: str
    columns: tuple[str, ...] = ()
    template: str = ""
    constant: Any = None
    default: Any = None
    split: str = ""
    take: str = "all"
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    decimal: str = ""
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableMapping:
    """A whole mapping: where the rows are from, and a rule for each field it fills.

    ``unread`` are columns that are known and left out on purpose.
    """

    source: str
    title: str = ""
    link: str = ""
    licence: str = ""
    sheet: str = ""
    delimiter: str = ""
    unread: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """Return every column of the file that a rule reads (of a path: its beginning)."""
        found: set[str] = set()
        for rule in self.rules:
            found.update(rule.columns)
            found.update(PLACEHOLDER.findall(rule.template))
        return frozenset(found)


def read_mapping(text: str, *, fields: Iterable[str]) -> TableMapping:
    """Return the mapping of a TOML text that fills some of these fields.

    Raises:
        MappingFault: it is no TOML, or says something that is not understood.
    """
    try:
        given = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise MappingFault("not-toml", "", str(error)) from error
    return from_dict(given, fields=fields)


def from_dict(given: Mapping[str, Any], *, fields: Iterable[str]) -> TableMapping:
    """Return the mapping that a dictionary in the form of the TOML says. Raises as above."""
    for key in given:
        if key not in TOP_KEYS:
            raise MappingFault("unknown-key", key, key, nearest(key, TOP_KEYS))
    source = _text(given, "source", "")
    if not SOURCE.fullmatch(source):
        raise MappingFault("no-source", "source", source)
    unknown = frozenset(fold(item) for item in _texts(given.get("unknown", []), "unknown"))
    listed = given.get("fields", {})
    if not isinstance(listed, dict):
        raise MappingFault("wrong-type", "fields")
    allowed = set(fields)
    rules = []
    for name, rule in listed.items():
        if name not in allowed:
            raise MappingFault("unknown-field", f"fields.{name}", name, nearest(name, allowed))
        rules.append(_rule(name, rule, unknown))
    return TableMapping(
        source=source,
        title=_text(given, "title", ""),
        link=_text(given, "link", ""),
        licence=_text(given, "licence", ""),
        sheet=_text(given, "sheet", ""),
        delimiter=_text(given, "delimiter", ""),
        unread=tuple(_texts(given.get("unread", []), "unread")),
        rules=tuple(rules),
    )


def _rule(name: str, given: Any, unknown: frozenset[str]) -> Rule:
    place = f"fields.{name}"
    if isinstance(given, str):
        given = {"from": given}
    if not isinstance(given, dict):
        raise MappingFault("wrong-type", place)
    for key in given:
        if key not in RULE_KEYS:
            raise MappingFault("unknown-key", f"{place}.{key}", key, nearest(key, RULE_KEYS))
    ways = [key for key in ("from", "template", "constant") if key in given]
    if len(ways) != 1:
        raise MappingFault("two-rules" if ways else "no-rule", place, ", ".join(ways))
    columns = tuple(_texts(given.get("from", []), f"{place}.from"))
    if "from" in given and not all(columns):
        raise MappingFault("not-a-path", f"{place}.from")
    values = given.get("values", {})
    number = given.get("number", {})
    if not isinstance(values, dict) or not isinstance(number, dict):
        raise MappingFault("wrong-type", place)
    take = _text(given, "take", place) or "all"
    if take not in TAKES:
        raise MappingFault("wrong-type", f"{place}.take", take, TAKES)
    own = frozenset(fold(item) for item in _texts(given.get("unknown", []), f"{place}.unknown"))
    return Rule(
        name=name,
        columns=columns,
        template=_text(given, "template", place),
        constant=given.get("constant"),
        default=given.get("default"),
        split=_text(given, "split", place),
        take=take,
        values={fold(key): str(value) for key, value in values.items()},
        unknown=unknown | own,
        decimal=str(number.get("decimal", ".")) if "number" in given else "",
        dates=tuple(_texts(given.get("dates", []), f"{place}.dates")),
    )


def _text(given: Mapping[str, Any], key: str, place: str) -> str:
    value = given.get(key, "")
    if not isinstance(value, str):
        raise MappingFault("wrong-type", f"{place}.{key}" if place else key, str(value))
    return value


def _texts(given: Any, place: str) -> list[str]:
    listed = [given] if isinstance(given, str) else given
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise MappingFault("wrong-type", place, str(given)[:80])
    return listed


Reader = Callable[[Mapping[str, Any]], list[Value]]


def compiled(mapping: TableMapping, header: Iterable[str] | None) -> dict[str, Reader]:
    """Return, for each field, what reads its values from a row's cells.

    ``header`` is the file's own (``None`` for JSON lines): columns are found in it whatever their
    case, accents and blanks. A column that it does not have gives no values.
    """
    names = {fold(name): name for name in header} if header is not None else None
    return {rule.name: _reader(rule, names) for rule in mapping.rules}


def absent_columns(mapping: TableMapping, header: Iterable[str]) -> list[str]:
    """Return the columns that the mapping reads and the header does not have, sorted."""
    known = {fold(name) for name in header}
    return sorted(name for name in mapping.columns if fold(name) not in known)


def unread_columns(mapping: TableMapping, header: Iterable[str]) -> list[str]:
    """Return the header's columns that no rule reads and that are not left out on purpose."""
    read = {fold(name) for name in mapping.columns} | {fold(name) for name in mapping.unread}
    return [name for name in header if name and fold(name) not in read]


def _reader(rule: Rule, names: Mapping[str, str] | None) -> Reader:
    if rule.constant is not None:
        constant = [Value(item, "") for item in _as_list(rule.constant)]
        return lambda cells: constant
    if rule.template:
        return _template_reader(rule, names)
    paths = [_Path(column, names) for column in rule.columns]
    if names is not None and len(paths) == 1 and rule == Rule(rule.name, rule.columns):
        return _plain_reader(paths[0].whole)

    def read(cells: Mapping[str, Any]) -> list[Value]:
        found: list[Value] = []
        for path in paths:
            for raw in path.values(cells):
                found.extend(_values_of(raw, path.column, rule))
        return _taken(found, rule)

    return read


def _plain_reader(column: str) -> Reader:
    """Return what reads one column of a file with a header, as it is: the commonest rule."""

    def read(cells: Mapping[str, Any]) -> list[Value]:
        found = cells.get(column)
        if found is None or found == "":
            return []
        if isinstance(found, str):
            found = found.strip()
            return [Value(found, column)] if found else []
        return [Value(found, column)]

    return read


def _taken(found: list[Value], rule: Rule) -> list[Value]:
    if rule.take == "first":
        found = found[:1]
    elif rule.take == "rest":
        found = found[1:]
    if not found and rule.default is not None:
        return [Value(item, "") for item in _as_list(rule.default)]
    return found


def _template_reader(rule: Rule, names: Mapping[str, str] | None) -> Reader:
    parts = PLACEHOLDER.findall(rule.template)
    paths = {part: _Path(part, names) for part in parts}

    def read(cells: Mapping[str, Any]) -> list[Value]:
        filled, column = rule.template, ""
        for part, path in paths.items():
            value = next(iter(_values_of(next(path.values(cells), ""), path.column, rule)), None)
            if value is None:
                return _taken([], rule)
            filled = filled.replace("{" + part + "}", str(value.value))
            column = column or path.column
        return [Value(filled, column)]

    return read


class _Path:
    """A column, or a way into the objects and lists of a JSON column."""

    def __init__(self, written: str, names: Mapping[str, str] | None) -> None:
        self.whole = written if names is None else names.get(fold(written), written)
        self.steps: list[tuple[str, str, str]] = []
        for key, test, wanted in STEP.findall(written):
            self.steps.append((key, test, wanted))
        self.column = self.whole if names is not None or not self.steps else self.steps[0][0]
        self.is_plain = names is not None or (len(self.steps) <= 1 and "[" not in written)

    def values(self, cells: Mapping[str, Any]) -> Iterator[Any]:
        """Yield what stands there, lists taken apart; nothing where nothing does."""
        if self.is_plain or self.whole in cells:
            found = cells.get(self.whole)
            if found is not None:
                yield from found if isinstance(found, list) else (found,)
            return
        yield from self._walk(cells, 0)

    def _walk(self, found: Any, depth: int) -> Iterator[Any]:
        if isinstance(found, list):
            for item in found:
                yield from self._walk(item, depth)
            return
        if depth == len(self.steps):
            if found is not None:
                yield found
            return
        if not isinstance(found, Mapping):
            return
        key, test, wanted = self.steps[depth]
        for item in _each(found.get(key)):
            if not test or (
                isinstance(item, Mapping) and fold(str(item.get(test, ""))) == fold(wanted)
            ):
                yield from self._walk(item, depth + 1)


def _each(found: Any) -> list[Any]:
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def _as_list(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list) else [given]


def _values_of(raw: Any, column: str, rule: Rule) -> Iterator[Value]:
    """Yield the values that one raw value stands for."""
    if isinstance(raw, str):
        parts = split_at(raw, rule.split) if rule.split else [raw.strip()]
    else:
        parts = [raw]
    for part in parts:
        value = part
        if isinstance(part, str):
            if not part:
                continue
            if rule.unknown or rule.values:
                key = fold(part)
                if key in rule.unknown:
                    continue
                value = _replaced(part, key, rule.values)
                if value == "":
                    continue
            if rule.decimal:
                value = as_number(value, rule.decimal)
            if rule.dates:
                value = as_date(value, rule.dates)
        yield Value(value, column)


PARTING = re.compile(r"\s*([;,|])\s*")


def _replaced(part: str, key: str, values: Mapping[str, str]) -> str:
    """Return what stands for a value; of one that is several, each part's own."""
    if key in values:
        return values[key]
    if not values or not PARTING.search(part):
        return part
    pieces = PARTING.split(part)
    changed = [values.get(fold(piece), piece) for piece in pieces[::2]]
    if changed == pieces[::2]:
        return part
    kept = [
        (piece, sign) for piece, sign in zip(changed, [*pieces[1::2], ""], strict=True) if piece
    ]
    return "".join(f"{piece}{sign} " for piece, sign in kept).strip(" ;,|")


def split_at(cell: str, signs: str) -> list[str]:
    """Return the parts of a cell between any of the signs, without blanks, none empty.

    With ``;`` among the signs, an item in double quotes is whole (``lists.join_list``).
    """
    if signs == ";":
        return split_list(cell)
    parts = re.split(f"[{re.escape(signs)}]", cell)
    return [part for item in parts if (part := item.strip())]


def as_number(value: str, decimal: str) -> str:
    """Return a number as ``1234.5`` where it is written with this decimal sign, else as given."""
    group = "." if decimal == "," else ","
    plain = re.sub(r"[\s\u00a0\u202f']", "", value).replace(group, "").replace(decimal, ".")
    return plain if re.fullmatch(r"-?\d+(\.\d+)?", plain) else value


def as_date(value: str, forms: Iterable[str]) -> str:
    """Return a date in ISO form where one of the forms fits, else the value as given."""
    for form in forms:
        try:
            return datetime.strptime(value, form).date().isoformat()  # noqa: DTZ007 a day has none
        except ValueError:
            continue
    return value


def as_text(value: Any) -> str:
    """Return a typed cell as text: whole numbers without a point, dates in ISO form."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


def row_values(readers: Mapping[str, Reader], row: SourceRow) -> dict[str, list[Value]]:
    """Return the values of each field that has any in a row."""
    found = {}
    for name, read in readers.items():
        values = read(row.cells)
        if values:
            found[name] = values
    return found
