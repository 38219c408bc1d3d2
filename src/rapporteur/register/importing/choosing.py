"""Which column of a file fills which field: as a person chose it, remembered per source."""

from __future__ import annotations

import itertools
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapporteur.analysis.tables.mapping import MappingFault, TableMapping, from_dict
from rapporteur.analysis.tables.opening import stem_of
from rapporteur.analysis.tables.reading import open_table
from rapporteur.analysis.tables.rows import Unreadable
from rapporteur.common.refusals import Refusal
from rapporteur.register.exporting.columns import is_own
from rapporteur.register.importing import headers, mappings
from rapporteur.register.importing.messages import unreadable_words
from rapporteur.register.importing.running import FileUnreadable, source_name
from rapporteur.register.models import ImportSource

LOOKED_AT = 200
COLUMNS_AT_MOST = 200


def columns_of(path: Path, name: str) -> list[str]:
    """Return the columns of a file: its header, or the keys of its first rows.

    Raises:
        FileUnreadable: it is no table.
    """
    try:
        with open_table(path, name=name) as table:
            if table.header is not None:
                return [column for column in table.header if column][:COLUMNS_AT_MOST]
            keys: dict[str, None] = {}
            for row in itertools.islice(table, LOOKED_AT):
                keys.update(dict.fromkeys(str(key) for key in row.cells))
            return list(keys)[:COLUMNS_AT_MOST]
    except Unreadable as error:
        raise FileUnreadable(unreadable_words(error)) from error


def first_mapping(name: str, source: str, columns: list[str]) -> dict[str, Any] | None:
    """Return how a file is read when it comes: as the last of its source, as the package says for
    its name, else by its headers. ``None``: it is the register's own export.
    """
    remembered = ImportSource.objects.filter(name=source).exclude(mapping="").first()
    if remembered is not None:
        given: dict[str, Any] = json.loads(remembered.mapping)
        return given
    path = mappings.carried().get(stem_of(name))
    if path is not None:
        carried = tomllib.loads(path.read_text(encoding="utf-8"))
        return {**carried, "source": source} if source else carried
    if is_own(columns):
        return None
    understood = headers.understood(columns, source=source or source_name(name))
    return {
        "source": source or source_name(name),
        "fields": {rule.name: {"from": list(rule.columns)} for rule in understood.rules},
    }


def as_mapping(given: Mapping[str, Any]) -> TableMapping:
    """Return the mapping that a dictionary says. Raises ``Refusal`` where it says none."""
    try:
        # A source's name here is what the person gave it, in whatever script.
        made = from_dict({**given, "source": "source"}, fields=headers.FIELDS)
    except MappingFault as fault:
        raise Refusal(mappings.words_of(fault)) from fault
    return TableMapping(
        source=str(given.get("source", "")),
        title=made.title,
        sheet=made.sheet,
        delimiter=made.delimiter,
        unread=made.unread,
        rules=made.rules,
    )


def chosen_columns(given: Mapping[str, Any]) -> dict[str, str]:
    """Return the column that fills each field, by the field: what the selects show."""
    found = {}
    for name, rule in given.get("fields", {}).items():
        columns = rule if isinstance(rule, str) else rule.get("from", "")
        first = columns if isinstance(columns, str) else next(iter(columns), "")
        found[name] = first.split(".")[0].split("[")[0] if isinstance(first, str) else ""
    return found


def with_choices(given: Mapping[str, Any], choices: Mapping[str, str]) -> dict[str, Any]:
    """Return a mapping with other columns for its fields.

    A field whose column stays keeps all that its rule says besides; ``""`` leaves a field empty,
    but for one that no column fills (a constant).
    """
    before = chosen_columns(given)
    fields: dict[str, Any] = {}
    for name in headers.FIELDS:
        column = choices.get(name, "")
        if name in before and before[name] == column:
            fields[name] = given["fields"][name]
        elif column:
            fields[name] = {"from": [column]}
    return {**given, "fields": fields}


def remember(source: str, given: Mapping[str, Any]) -> None:
    """Keep how the files of a source are read, for the next one."""
    ImportSource.objects.update_or_create(
        name=source, defaults={"mapping": json.dumps(given, ensure_ascii=False)}
    )
