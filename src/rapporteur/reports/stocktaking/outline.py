"""The outline of the register's report: its sections and what each shows. No database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rapporteur.reports.outlines import FaultyOutline, in_active_language

FOLDER = Path(__file__).resolve().parents[1] / "data" / "register"
CODE = "stocktaking-report"
SHOWS = ("method", "standing", "changes", "by", "trends", "stories", "gaps")
FACETS = ("action-line", "sdg", "region", "itu-region", "stakeholder-group")


@dataclass(frozen=True, slots=True)
class Section:
    """One heading: ``shows`` is one of ``SHOWS``; of ``by``, ``facet`` is one of ``FACETS``."""

    key: str
    shows: str
    facet: str
    titles: Mapping[str, str]

    @property
    def title(self) -> str:
        return in_active_language(self.titles)


@dataclass(frozen=True, slots=True)
class RegisterOutline:
    code: str
    titles: Mapping[str, str]
    names: Mapping[str, str]
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        return in_active_language(self.titles)

    @property
    def name(self) -> str:
        return in_active_language(self.names)


def read_section(data: Any, place: str) -> Section:
    if not isinstance(data, dict) or not data.get("key"):
        raise FaultyOutline(f"{place}: a section needs a key.")
    place = f"{place}, section {data['key']}"
    shows, facet = data.get("shows"), data.get("facet", "")
    if shows not in SHOWS:
        raise FaultyOutline(f"{place}: shows is one of {', '.join(SHOWS)}.")
    if (shows == "by") != (facet in FACETS):
        raise FaultyOutline(f"{place}: by needs a facet, one of {', '.join(FACETS)}; others none.")
    if not (data.get("titles") or {}).get("en"):
        raise FaultyOutline(f"{place}: needs an English title.")
    return Section(str(data["key"]), str(shows), str(facet), dict(data["titles"]))


def read_outline(text: str, *, place: str) -> RegisterOutline:
    """Return the outline that a YAML text describes; raise ``FaultyOutline`` where it cannot be."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise FaultyOutline(f"{place}: not YAML: {error}") from error
    if not isinstance(data, dict) or not all(
        data.get(name) for name in ("code", "titles", "names", "sections")
    ):
        raise FaultyOutline(f"{place}: needs code, titles, names and sections.")
    sections = tuple(read_section(item, place) for item in data["sections"])
    keys = [section.key for section in sections]
    if len(set(keys)) != len(keys):
        raise FaultyOutline(f"{place}: two sections have one key.")
    return RegisterOutline(str(data["code"]), dict(data["titles"]), dict(data["names"]), sections)


@cache
def register_outline() -> RegisterOutline:
    """Return the outline of the stocktaking report."""
    path = FOLDER / f"{CODE}.yaml"
    return read_outline(path.read_text(encoding="utf-8"), place=path.name)
