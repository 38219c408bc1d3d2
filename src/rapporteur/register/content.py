"""What one version of an activity says: its fields, how they are stored, and what is wrong in them.

Forms, imports and the API all make a ``Content`` and have it checked here, so that one rule holds
for all of them. Values are codes (of concepts, countries, languages); whoever reads words finds the
codes first. Pure: needs no database; what is known is passed in (``Known``).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from rapporteur.analysis.tables import is_link
from rapporteur.common.texts import refused_signs
from rapporteur.register.choices import (
    ActivityKind,
    ActivityStatus,
    Coverage,
    GivenBy,
    ResultKind,
)

TITLE_MOST, TEXT_MOST, NAME_MOST, SHORT_MOST, LINK_MOST = 300, 20_000, 300, 120, 500
LIST_MOST = 300
EARLIEST_YEAR, LATEST_YEAR = 1950, 2100
# Languages of a text: ISO 639-1 (or 639-2 where there is none), in small letters.
LANGUAGE = re.compile(r"[a-z]{2,3}")
# A date as far as it is known: 2019, 2019-05 or 2019-05-31.
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")
# Nothing in a text without one of these needs the slow look (``texts.refused_signs``).
SUSPICIOUS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)

ENCODE = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode
KINDS = frozenset(ActivityKind.values)
STATUSES = frozenset(ActivityStatus.values)
COVERAGES = frozenset(Coverage.values)
RESULT_KINDS = frozenset(ResultKind.values)
GIVERS = frozenset(GivenBy.values)

# The lists of codes of a content, and the vocabulary that each draws from.
SCHEME_OF = {
    "action_lines": "action-lines",
    "sdgs": "sdg",
    "compact": "gdc",
    "target_groups": "target-groups",
    "regions": "regions",
}


@dataclass(frozen=True, slots=True)
class Partner:
    """An organization that takes part: its name as given, and its slug where it is known."""

    name: str = ""
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One result, or a number of people reached. ``value`` is a decimal number as text, or ``""``.

    ``unit`` is what is counted (people, schools, US dollars). ``year`` 0: not known.
    """

    kind: str = ""
    text: str = ""
    value: str = ""
    unit: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    url: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    title: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """All that one version says, but for what is private (contact) and pictures.

    Missing is ``""`` or an empty tuple. ``starts`` and ``ends`` are partial ISO dates. The lists of
    codes are in the vocabulary's codes (``C7.4``, ``SDG4``, ``SDG4.1``); ``countries`` are ISO
    3166-1 alpha-3. ``given`` tells, per code, who gave a label when it was not a person
    (``GivenBy``). ``organization`` is the name as given; ``organization_slug`` the directory's.
    """

    title: str = ""
    description: str = ""
    language: str = ""
    kind: str = ""
    status: str = ""
    organization: str = ""
    organization_slug: str = ""
    stakeholder_group: str = ""
    partners: tuple[Partner, ...] = ()
    coverage: str = ""
    countries: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    starts: str = ""
    ends: str = ""
    action_lines: tuple[str, ...] = ()
    sdgs: tuple[str, ...] = ()
    compact: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()
    links: tuple[Link, ...] = ()
    success_story: str = ""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)

    @property
    def start_year(self) -> int | None:
        return year_of(self.starts)

    @property
    def end_year(self) -> int | None:
        return year_of(self.ends)


FIELD_NAMES = tuple(item.name for item in fields(Content))
TEXT_FIELDS = tuple(item.name for item in fields(Content) if item.type == "str")
CODE_LISTS = (*SCHEME_OF, "countries", "technologies")
LIST_CLASSES: Mapping[str, type[Any]] = {"partners": Partner, "results": Result, "links": Link}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong. ``field`` is a field's name, with a place in a list (``links.2.url``).

    ``code`` is one of ``empty``, ``too-long``, ``too-many``, ``signs``, ``not-allowed``,
    ``not-a-link``, ``not-a-date``, ``not-a-number``, ``not-a-language``, ``ends-before-start``,
    ``coverage-without-countries``, ``unknown-field``, ``not-text``, ``not-a-list``. ``nearest``
    holds the nearest allowed values.
    """

    field: str
    code: str
    value: str = ""
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """The codes that a content may use: per vocabulary, and countries (ISO 3166-1 alpha-3)."""

    codes: Mapping[str, frozenset[str]]
    countries: frozenset[str]
    stakeholder_groups: frozenset[str]

    def near(self, field_name: str, value: str, most: int = 3) -> tuple[str, ...]:
        """Return the allowed codes nearest to a value, best first."""
        from rapidfuzz import fuzz, process

        allowed: Iterable[str]
        if field_name == "countries":
            allowed = self.countries
        elif field_name == "stakeholder_group":
            allowed = self.stakeholder_groups
        else:
            allowed = self.codes.get(SCHEME_OF.get(field_name, ""), ())
        found = process.extract(
            value, sorted(allowed), scorer=fuzz.ratio, limit=most, score_cutoff=40
        )
        return tuple(choice for choice, _score, _place in found)


def year_of(partial: str) -> int | None:
    """Return the year of a partial date, ``None`` where it is empty or no date."""
    match = PARTIAL_DATE.fullmatch(partial)
    return int(match[1]) if match else None


def has_refused_signs(text: str) -> bool:
    # All refused signs are unprintable, and most texts are printable throughout: that is quick.
    if text.isprintable():
        return False
    return SUSPICIOUS.search(text) is not None and bool(refused_signs(text))


def problems_of(content: Content, known: Known) -> list[Problem]:
    """Return everything that is wrong in a content that is to be submitted or imported.

    Only the title is required; what else is missing is a gap (``gaps_of``), not a fault.
    """
    found: list[Problem] = []
    if not content.title.strip():
        found.append(Problem("title", "empty"))
    check_texts(content, found)
    check_choices(content, known, found)
    check_codes(content, known, found)
    check_period(content, found)
    check_parts(content, found)
    return found


MOST_OF_TEXT = {
    "title": TITLE_MOST,
    "description": TEXT_MOST,
    "success_story": TEXT_MOST,
    "organization": NAME_MOST,
    "organization_slug": NAME_MOST,
}


def check_text(place: str, text: str, most: int, found: list[Problem]) -> None:
    if len(text) > most:
        found.append(Problem(place, "too-long", str(most)))
    if has_refused_signs(text):
        found.append(Problem(place, "signs", text[:80]))


def check_texts(content: Content, found: list[Problem]) -> None:
    for name in TEXT_FIELDS:
        text = getattr(content, name)
        if text:
            check_text(name, text, MOST_OF_TEXT.get(name, SHORT_MOST), found)


def check_choices(content: Content, known: Known, found: list[Problem]) -> None:
    for name, allowed in (("kind", KINDS), ("status", STATUSES), ("coverage", COVERAGES)):
        value = getattr(content, name)
        if value and value not in allowed:
            found.append(Problem(name, "not-allowed", value, tuple(sorted(allowed))))
    group = content.stakeholder_group
    if group and group not in known.stakeholder_groups:
        near = known.near("stakeholder_group", group)
        found.append(Problem("stakeholder_group", "not-allowed", group, near))
    if content.language and not LANGUAGE.fullmatch(content.language):
        found.append(Problem("language", "not-a-language", content.language))


def check_codes(content: Content, known: Known, found: list[Problem]) -> None:
    for name in CODE_LISTS:
        values = getattr(content, name)
        if len(values) > LIST_MOST:
            found.append(Problem(name, "too-many", str(LIST_MOST)))
            continue
        if name == "technologies":
            for place, value in enumerate(values):
                check_text(f"{name}.{place}", value, SHORT_MOST, found)
            continue
        allowed = known.countries if name == "countries" else known.codes.get(SCHEME_OF[name], ())
        for value in values:
            if value not in allowed:
                found.append(Problem(name, "not-allowed", value, known.near(name, value)))
    for code, giver in content.given.items():
        check_text("given", code, SHORT_MOST, found)
        if giver not in GIVERS:
            found.append(Problem("given", "not-allowed", f"{code}: {giver}", tuple(sorted(GIVERS))))


def check_period(content: Content, found: list[Problem]) -> None:
    for name in ("starts", "ends"):
        value = getattr(content, name)
        if not value:
            continue
        year = year_of(value)
        if year is None or not EARLIEST_YEAR <= year <= LATEST_YEAR or not is_day(value):
            found.append(Problem(name, "not-a-date", value))
    first, last = content.starts, content.ends
    if first and last and last < first[: len(last)]:
        found.append(Problem("ends", "ends-before-start", last))


def is_day(value: str) -> bool:
    """Return whether a full date stands in the calendar; shorter ones do."""
    from datetime import date

    if len(value) < 10:
        return True
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")


def check_parts(content: Content, found: list[Problem]) -> None:
    for name in LIST_CLASSES:
        if len(getattr(content, name)) > LIST_MOST:
            found.append(Problem(name, "too-many", str(LIST_MOST)))
    for place, partner in enumerate(content.partners):
        if not partner.name.strip():
            found.append(Problem(f"partners.{place}.name", "empty"))
        check_text(f"partners.{place}.name", partner.name, NAME_MOST, found)
        check_text(f"partners.{place}.slug", partner.slug, NAME_MOST, found)
    for place, link in enumerate(content.links):
        if not is_link(link.url) or len(link.url) > LINK_MOST:
            found.append(Problem(f"links.{place}.url", "not-a-link", link.url))
        elif has_refused_signs(link.url):
            found.append(Problem(f"links.{place}.url", "signs", link.url[:80]))
        check_text(f"links.{place}.label", link.label, NAME_MOST, found)
    for place, result in enumerate(content.results):
        if result.kind not in RESULT_KINDS:
            near = tuple(sorted(RESULT_KINDS))
            found.append(Problem(f"results.{place}.kind", "not-allowed", result.kind, near))
        if result.value and not NUMBER.fullmatch(result.value):
            found.append(Problem(f"results.{place}.value", "not-a-number", result.value))
        if result.year and not EARLIEST_YEAR <= result.year <= LATEST_YEAR:
            found.append(Problem(f"results.{place}.year", "not-a-date", str(result.year)))
        check_text(f"results.{place}.text", result.text, NAME_MOST, found)
        check_text(f"results.{place}.unit", result.unit, SHORT_MOST, found)
    for code, translation in content.translations.items():
        if not LANGUAGE.fullmatch(code) or code == content.language:
            found.append(Problem("translations", "not-a-language", code))
        check_text(f"translations.{code}.title", translation.title, TITLE_MOST, found)
        check_text(f"translations.{code}.description", translation.description, TEXT_MOST, found)


# What a full entry says; an entry without one of these is kept and flagged.
EXPECTED = (
    "description",
    "language",
    "kind",
    "status",
    "organization",
    "stakeholder_group",
    "coverage",
    "starts",
    "action_lines",
    "sdgs",
    "links",
)


def gaps_of(content: Content) -> list[str]:
    """Return the fields that a full entry would have and this one leaves empty, in order."""
    gaps = [name for name in EXPECTED if not getattr(content, name)]
    if content.coverage == Coverage.COUNTRIES and not content.countries:
        gaps.append("countries")
    if content.coverage == Coverage.REGIONAL and not content.regions:
        gaps.append("regions")
    return gaps


def to_json(content: Content) -> dict[str, Any]:
    """Return the content as it is stored and published: only what is not empty, in fixed order."""
    stored: dict[str, Any] = {}
    for name in FIELD_NAMES:
        value = getattr(content, name)
        if not value:
            continue
        if name in LIST_CLASSES:
            stored[name] = [part_to_json(part) for part in value]
        elif name == "translations":
            stored[name] = {code: part_to_json(value[code]) for code in sorted(value)}
        elif name == "given":
            stored[name] = {code: value[code] for code in sorted(value)}
        elif isinstance(value, tuple):
            stored[name] = list(value)
        else:
            stored[name] = value
    return stored


PART_FIELDS = {
    part: tuple(item.name for item in fields(part)) for part in (Partner, Result, Link, Translation)
}


def part_to_json(part: Any) -> dict[str, Any]:
    names = PART_FIELDS[type(part)]
    return {name: value for name in names if (value := getattr(part, name))}


def from_json(stored: Mapping[str, Any]) -> Content:
    """Return the content that ``to_json`` stored. For our own rows: trusts the shape."""
    values = dict(stored)
    for name, part in LIST_CLASSES.items():
        if name in values:
            values[name] = tuple(part(**item) for item in values[name])
    if "translations" in values:
        values["translations"] = {
            code: Translation(**item) for code, item in values["translations"].items()
        }
    for name in CODE_LISTS:
        if name in values:
            values[name] = tuple(values[name])
    return Content(**values)


def read_json(given: Any) -> tuple[Content, list[Problem]]:
    """Return the content that a stranger's JSON object holds, and what is wrong in its shape.

    Values of a wrong type and unknown fields are problems and are left out of the content. Call
    ``problems_of`` for what is wrong in the values.
    """
    found: list[Problem] = []
    if not isinstance(given, Mapping):
        return Content(), [Problem("", "not-an-object", str(given)[:80])]
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name not in FIELD_NAMES:
            found.append(Problem(str(name)[:80], "unknown-field"))
        elif value is None:
            continue
        elif name in LIST_CLASSES:
            values[name] = read_parts(name, value, LIST_CLASSES[name], found)
        elif name == "translations":
            values[name] = read_translations(value, found)
        elif name == "given":
            values[name] = read_given(value, found)
        elif name in CODE_LISTS:
            values[name] = read_codes(name, value, found)
        elif isinstance(value, str):
            values[name] = value
        else:
            found.append(Problem(name, "not-text", str(value)[:80]))
    return Content(**values), found


def read_codes(name: str, value: Any, found: list[Problem]) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        found.append(Problem(name, "not-a-list", str(value)[:80]))
        return ()
    return tuple(dict.fromkeys(value))


def read_parts(name: str, value: Any, part: type[Any], found: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(value, list):
        found.append(Problem(name, "not-a-list", str(value)[:80]))
        return ()
    parts = []
    for place, item in enumerate(value):
        made = read_part(f"{name}.{place}", item, part, found)
        if made is not None:
            parts.append(made)
    return tuple(parts)


def read_part(place: str, item: Any, part: type[Any], found: list[Problem]) -> Any:
    """Return one part of a list, ``None`` (and a problem) where its shape is wrong."""
    if not isinstance(item, Mapping):
        found.append(Problem(place, "not-an-object", str(item)[:80]))
        return None
    values: dict[str, Any] = {}
    for each in fields(part):
        value = item.get(each.name)
        if value is None:
            values[each.name] = 0 if each.type == "int" else ""
        elif isinstance(value, bool) or not isinstance(value, int if each.type == "int" else str):
            found.append(Problem(f"{place}.{each.name}", "not-text", str(value)[:80]))
            return None
        else:
            values[each.name] = value
    for name in item:
        if name not in values:
            found.append(Problem(f"{place}.{str(name)[:40]}", "unknown-field"))
    return part(**values)


def read_translations(value: Any, found: list[Problem]) -> dict[str, Translation]:
    if not isinstance(value, Mapping):
        found.append(Problem("translations", "not-an-object", str(value)[:80]))
        return {}
    read = {}
    for code, item in value.items():
        made = read_part(f"translations.{str(code)[:10]}", item, Translation, found)
        if made is not None:
            read[str(code)] = made
    return read


def read_given(value: Any, found: list[Problem]) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(item, str) for item in value.values()):
        found.append(Problem("given", "not-an-object", str(value)[:80]))
        return {}
    return {str(code): giver for code, giver in value.items()}


def digest_of(stored: Mapping[str, Any]) -> str:
    """Return the SHA-256 (hexadecimal) of a stored content: equal contents have one digest."""
    return stored_text(stored)[1]


def stored_text(stored: Mapping[str, Any]) -> tuple[str, str]:
    """Return a stored content as the text that its digest is of, and the digest."""
    text = ENCODE(stored)
    return text, hashlib.sha256(text.encode()).hexdigest()
