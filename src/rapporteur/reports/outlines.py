"""Outlines: the frames of reports, read from ``data/outlines/*.yaml``. No database.

The form of the file is described in ``docs/reference/outlines.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml
from django.utils.translation import get_language

FOLDER = Path(__file__).parent / "data" / "outlines"
CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

Kind = Literal["region", "action-line", "application", "theme", "section"]
KINDS: tuple[Kind, ...] = ("region", "action-line", "application", "theme", "section")
# A section of these kinds shows the code of its concept after its title: "(C2)".
CODED: tuple[Kind, ...] = ("action-line", "application")
ALLOWED = {
    "key", "label", "kind", "titles", "name", "concepts", "headings", "resolutions", "sections",
}  # fmt: skip


class FaultyOutline(ValueError):
    """The file of an outline does not have the form; the message names the file and section."""


def in_active_language(names: Mapping[str, str]) -> str:
    """Return the text in the active language, else in English, else empty."""
    code = (get_language() or "en").lower()
    return names.get(code) or names.get(code.split("-")[0]) or names.get("en", "")


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """One heading of an outline and what belongs under it.

    ``path`` is the printed labels from the top; a heading without a label stands in it by its
    English name. ``titles`` is by language; empty where the concept's own name is the title, with
    ``name`` (English) for when the framework is not loaded. ``headings`` are lower case.
    """

    key: str
    path: tuple[str, ...]
    label: str
    kind: Kind
    titles: Mapping[str, str]
    name: str
    concepts: tuple[str, ...]
    headings: tuple[str, ...]
    resolutions: bool
    sections: tuple[OutlineSection, ...]

    @property
    def depth(self) -> int:
        return len(self.path)

    @property
    def is_leaf(self) -> bool:
        return not self.sections

    def walk(self) -> Iterator[OutlineSection]:
        """Yield the section and all below it, in printed order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    def title(self, concept_names: Mapping[str, str]) -> str:
        """Return the heading in the active language, without its label.

        ``concept_names`` maps codes to names in that language.
        """
        if self.titles:
            return in_active_language(self.titles)
        name = concept_names.get(self.concepts[0], "") if self.concepts else ""
        name = name or self.name
        return f"{name} ({self.concepts[0]})" if self.kind in CODED else name


@dataclass(frozen=True, slots=True)
class Outline:
    """The frame of a report: its title, its sections, its limit in words."""

    code: str
    titles: Mapping[str, str]
    names: Mapping[str, str]
    limit: int
    sections: tuple[OutlineSection, ...] = field(default=())

    @property
    def title(self) -> str:
        return in_active_language(self.titles)

    @property
    def name(self) -> str:
        return in_active_language(self.names)

    def walk(self) -> Iterator[OutlineSection]:
        for section in self.sections:
            yield from section.walk()

    @property
    def concepts(self) -> tuple[str, ...]:
        """Return every code that a section takes, in printed order."""
        return tuple(code for section in self.walk() for code in section.concepts)


def read_section(data: Any, above: tuple[str, ...], place: str) -> OutlineSection:
    """Return one section of the file; ``place`` is where it stands, for messages."""
    if not isinstance(data, dict) or not data.get("key"):
        raise FaultyOutline(f"{place}: a section needs a key.")
    key = str(data["key"])
    place = f"{place}, section {key}"
    unknown = set(data) - ALLOWED
    if unknown:
        raise FaultyOutline(f"{place}: unknown {', '.join(sorted(unknown))}.")
    titles, name = dict(data.get("titles") or {}), str(data.get("name") or "")
    concepts = tuple(str(code) for code in data.get("concepts") or ())
    if not titles.get("en") and not (name and concepts):
        raise FaultyOutline(f"{place}: needs an English title, or a name and a concept.")
    kind = data.get("kind", "section")
    if kind not in KINDS:
        raise FaultyOutline(f"{place}: kind is one of {', '.join(KINDS)}.")
    label = str(data.get("label") or "")
    path = (*above, label or name or titles["en"])
    return OutlineSection(
        key=key,
        path=path,
        label=label,
        kind=kind,
        titles=titles,
        name=name,
        concepts=concepts,
        headings=tuple(str(words).casefold() for words in data.get("headings") or ()),
        resolutions=bool(data.get("resolutions", False)),
        sections=tuple(read_section(item, path, place) for item in data.get("sections") or ()),
    )


def read_outline(text: str, *, place: str = "outline") -> Outline:
    """Return the outline that a YAML text describes; raise ``FaultyOutline`` where it cannot be.

    Keys are unique, and a concept belongs to one section.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FaultyOutline(f"{place}: not YAML: {error}") from error
    if not isinstance(data, dict):
        raise FaultyOutline(f"{place}: needs code, limit, titles, names and sections.")
    missing = [
        name for name in ("code", "limit", "titles", "names", "sections") if name not in data
    ]
    if missing:
        raise FaultyOutline(f"{place}: needs {', '.join(missing)}.")
    if not CODE.fullmatch(str(data["code"])):
        raise FaultyOutline(f"{place}: the code is lower-case words joined by hyphens.")
    limit = data["limit"]
    if not isinstance(limit, int) or limit < 1:
        raise FaultyOutline(f"{place}: the limit is a whole number of words.")
    outline = Outline(
        code=str(data["code"]),
        titles=dict(data["titles"]),
        names=dict(data["names"]),
        limit=limit,
        sections=tuple(read_section(item, (), place) for item in data["sections"] or ()),
    )
    for what, values in (
        ("key", [section.key for section in outline.walk()]),
        ("concept", list(outline.concepts)),
    ):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise FaultyOutline(f"{place}: {what} used twice: {', '.join(twice)}.")
    return outline


@cache
def outlines() -> Mapping[str, Outline]:
    """Return the outlines of the package by code, in the order of their files' names."""
    found = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        outline = read_outline(path.read_text(encoding="utf-8"), place=path.name)
        if outline.code != path.stem:
            raise FaultyOutline(f"{path.name}: its code is {outline.code}.")
        found[outline.code] = outline
    return found
