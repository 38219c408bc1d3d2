"""The catalogs: gather strings from code and templates, compile, and check that none is missing.

Babel reads and writes the catalogs, so that no gettext tools are needed. Templates go through
Django's own ``templatize`` and then through Babel's reader of Python.
"""

from __future__ import annotations

import io
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

PACKAGE = Path(settings.PACKAGE)
LANGUAGES = ("ar", "es", "fr", "ru", "zh_Hans")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")


@dataclass(frozen=True)
class Gap:
    """One string that a catalog lacks, or whose translation breaks a placeholder."""

    language: str
    message: str
    problem: str


def catalog_path(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def sources() -> Iterator[tuple[Path, str]]:
    """Yield every file with strings, as (path, Python that Babel can read)."""
    for path in sorted(PACKAGE.rglob("*")):
        if "migrations" in path.parts or "data" in path.parts or not path.is_file():
            continue
        if path.suffix == ".py" and path.parent.name != "analysis":
            yield path, path.read_text(encoding="utf-8")
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            readable = templatize(path.read_text(encoding="utf-8"), origin=str(path))
            # Python's reader minds indentation; a template's means nothing.
            yield path, "\n".join(line.lstrip() for line in readable.split("\n"))


def extract() -> Catalog:
    """Return the catalog of every string in the code and the templates, without translations."""
    catalog = Catalog(project="Rapporteur", charset="utf-8", fuzzy=False)
    for path, text in sources():
        place = path.relative_to(PACKAGE).as_posix()
        stream = io.BytesIO(text.encode("utf-8"))
        found = extract_python(stream, dict.fromkeys(KEYWORDS), [], {"encoding": "utf-8"})
        for _line, function, messages, _comments in found:
            add(catalog, str(function), messages, place)
    return catalog


def add(catalog: Catalog, function: str, messages: object, place: str) -> None:
    """Add one call's message to the catalog, by the function's signature."""
    spec = KEYWORDS[function]
    parts = messages if isinstance(messages, tuple) else (messages,)
    context = None
    if spec is None:
        chosen = parts[:1]
    else:
        positions = [item[0] if isinstance(item, tuple) else item for item in spec]
        chosen = tuple(parts[i - 1] for i in positions if i - 1 < len(parts))
        if isinstance(spec[0], tuple):
            context, chosen = chosen[0], chosen[1:]
    if not chosen or not all(isinstance(part, str) and part for part in chosen):
        return
    identity = chosen[0] if len(chosen) == 1 else tuple(chosen[:2])
    catalog.add(identity, locations=[(place, 0)], context=context, flags=[])


def gather() -> dict[str, int]:
    """Bring every catalog up to date; return how many strings each still lacks."""
    fresh = extract()
    lacking = {}
    for language in LANGUAGES:
        path = catalog_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        old = read(language)
        merged = Catalog(locale=language, project="Rapporteur", charset="utf-8", fuzzy=False)
        for message in fresh:
            if not message.id:
                continue
            known = old.get(identity(message), message.context)
            string = known.string if known is not None and same_shape(known, message) else None
            merged.add(
                message.id,
                string,
                locations=sorted(set(message.locations)),
                context=message.context,
            )
        with path.open("wb") as file:
            write_po(
                file, merged, width=100, omit_header=False, sort_output=True, include_lineno=False
            )
        steady_header(path)
        lacking[language] = sum(1 for message in merged if message.id and is_empty(message))
    return lacking


def texts(value: object) -> list[str]:
    """Return a message's identity or translation as a list: one text, or one per plural form."""
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [str(part or "") for part in parts]


def identity(message: Message) -> str:
    return texts(message.id)[0]


def same_shape(known: Message, fresh: Message) -> bool:
    return isinstance(known.id, (list, tuple)) == isinstance(fresh.id, (list, tuple))


def steady_header(path: Path) -> None:
    """Take the dates and tool versions out of the header, so that a diff shows strings alone."""
    lines = path.read_text(encoding="utf-8").split("\n")
    dropped = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator')
    lines = [line for line in lines if not line.startswith((*dropped, '"Report-Msgid', "# "))]
    lines = [line for line in lines if line not in {"#", "#, fuzzy"}]
    path.write_text("\n".join(lines), encoding="utf-8")


def read(language: str) -> Catalog:
    """Return the catalog of a language; an empty one where there is none yet."""
    path = catalog_path(language)
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def is_empty(message: Message) -> bool:
    return not all(texts(message.string))


def placeholders(text: str) -> set[str]:
    return {a or b for a, b in PLACEHOLDER.findall(text)}


def gaps() -> list[Gap]:
    """Return what the catalogs lack: strings not gathered, not translated, or broken."""
    fresh = extract()
    found = []
    for language in LANGUAGES:
        catalog = read(language)
        for message in fresh:
            if not message.id:
                continue
            known = catalog.get(identity(message), message.context)
            if known is None or not same_shape(known, message):
                found.append(Gap(language, identity(message), "not gathered"))
            elif is_empty(known):
                found.append(Gap(language, identity(message), "not translated"))
            elif known.fuzzy:
                found.append(Gap(language, identity(message), "fuzzy"))
            else:
                found.extend(broken(language, known))
    return found


def broken(language: str, message: Message) -> Iterator[Gap]:
    """Yield a gap for each translation that names a placeholder the source does not have.

    A plural form may leave the number out (Arabic's dual has its own word); a single form may not.
    """
    plural = isinstance(message.id, (list, tuple))
    ids, strings = texts(message.id), texts(message.string)
    allowed = set().union(*(placeholders(text) for text in ids))
    for string in strings:
        held = placeholders(string)
        if held - allowed or (not plural and held != allowed):
            yield Gap(language, ids[0], f"placeholders differ: {sorted(held)}")


def compile_catalogs() -> int:
    """Write the binary catalogs that Django reads; return how many.

    Each is put in place in one step: another process that starts meanwhile reads a whole one.
    """
    written = 0
    for language in LANGUAGES:
        path = catalog_path(language)
        if path.is_file():
            beside = path.with_suffix(f".{secrets.token_hex(3)}.mo")
            with beside.open("wb") as file:
                write_mo(file, read(language))
            beside.replace(path.with_suffix(".mo"))
            written += 1
    return written
