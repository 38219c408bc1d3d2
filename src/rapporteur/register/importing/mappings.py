"""The mappings that the package carries, found by a file's name, and those that people bring."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from rapporteur.analysis.tables.mapping import MappingFault, TableMapping, read_mapping
from rapporteur.analysis.tables.opening import stem_of
from rapporteur.common.refusals import Refusal
from rapporteur.register.importing.headers import FIELDS

FOLDER = Path(__file__).resolve().parents[1] / "mappings"


def carried() -> dict[str, Path]:
    """Return the package's mappings by the stem of the data file that each is for."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}


def for_file(name: str) -> TableMapping | None:
    """Return the package's mapping for a file of this name, ``None`` where it has none."""
    path = carried().get(stem_of(name))
    return parse(path.read_text(encoding="utf-8")) if path is not None else None


def read_file(path: Path) -> TableMapping:
    """Return the mapping of a TOML file.

    Raises:
        Refusal: it cannot be read, or says something that is not understood.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(
            _("The mapping %(file)s cannot be read. Give a TOML file in UTF-8.")
            % {"file": path.name}
        ) from error
    return parse(text)


def parse(text: str) -> TableMapping:
    """Return the mapping that a TOML text says. Raises ``Refusal`` where it is not understood."""
    try:
        return read_mapping(text, fields=FIELDS)
    except MappingFault as fault:
        raise Refusal(words_of(fault)) from fault


def words_of(fault: MappingFault) -> str:
    """Return what is wrong in a mapping and how to mend it, in the reader's language."""
    sentences = {
        "not-toml": _("The mapping is no TOML: %(value)s."),
        "unknown-key": _(
            "The mapping says “%(place)s”, which is not known. Take it out or mend it."
        ),
        "unknown-field": _("The mapping fills a field that there is not: “%(value)s”."),
        "wrong-type": _("The mapping's “%(place)s” has a value of a wrong kind."),
        "no-source": _(
            "The mapping names no source. Write one in small letters and dashes: "
            'source = "my-source".'
        ),
        "no-rule": _(
            "The mapping's “%(place)s” says nothing. Give one of from, template and constant."
        ),
        "two-rules": _(
            "The mapping's “%(place)s” says two things (%(value)s). Give one of from, template and "
            "constant."
        ),
        "not-a-path": _("The mapping's “%(place)s” names no column."),
    }
    said = sentences[fault.code] % {"place": fault.place, "value": fault.value}
    if fault.near:
        return f"{said} " + _("Nearest: %(values)s.") % {"values": ", ".join(fault.near)}
    return said
