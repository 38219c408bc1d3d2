"""Which codes a source's words mean: action lines, goals, countries, groups, kinds, years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from babel import Locale
from django.conf import settings
from django.utils.translation import override

from rapporteur.analysis.tables.nearest import nearest
from rapporteur.directory.models import Country, Organization
from rapporteur.directory.names import fold_name
from rapporteur.directory.queries.names import organizations_by_key
from rapporteur.framework.models import Concept
from rapporteur.register.choices import ActivityKind, ActivityStatus
from rapporteur.register.content import Known
from rapporteur.register.importing.periods import UnknownWord, says_nothing
from rapporteur.register.importing.places import Countries
from rapporteur.register.importing.synonyms import (
    COVERAGES,
    KINDS,
    NO_GROUP,
    STAKEHOLDER_GROUPS,
    STATUSES,
)
from rapporteur.register.queries.known import SCHEMES, known_codes

ACTION_LINE = re.compile(
    r"(?:wsis\s*)?(?:action\s*line|al|line|application)?[\s:#-]*[cс]\s*[-_]?\s*(\d{1,2})"
    r"(?:\s*[._]\s*(\d{1,2}))?(?!\d)(?:\W(.*))?",
    re.IGNORECASE | re.DOTALL,
)
GOAL = re.compile(
    r"(?:(?:sdgs?|un\s*sdg|goal|target|ods|odd|objectif|objetivo|meta|цур|цель|目标|الهدف)[\s:#.-]*)?"
    r"#?0*(\d{1,2})(?:\.(\d{1,2}|[a-d]))?(?:\.0)?(?![\w.])(?:\W(.*))?\.?",
    re.IGNORECASE | re.DOTALL,
)
# What follows a code is its name, and no further code: else one of two would be lost.
FURTHER_CODE = re.compile(
    r"\b(?:c|с|sdg|goal|target|ods|odd)\s*[-_]?\s*\d|^[\W_]*\d|\d[\W_]*$", re.IGNORECASE
)
SEPARATORS = re.compile(r"[;|\n\r\t؛；]+")
COMMAS = re.compile(r"\s*[,،，、]\s*")
SLASH = re.compile(r"\s*(?:/|&|\band\b|\bet\b|\by\b|\bи\b)\s*", re.IGNORECASE)
LEADING_AND = re.compile(r"^(?:and|et|y|и|و)\s+", re.IGNORECASE)


Find = Callable[[str], str]


@dataclass
class Words:
    """All words that are known, read once for an import: six queries at most.

    Each ``…_of`` takes a cell's text and returns codes; a word that means none raises
    ``UnknownWord``. An empty cell, and words that say that nothing is known, give nothing.
    """

    concepts: Mapping[str, Mapping[str, Concept]]
    known: Known
    countries: Countries
    organization_slugs: Mapping[str, str]
    organization_keys: Mapping[str, int]
    organization_ids: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def action_line_names(self) -> dict[str, str]:
        return self._names("action-lines", after_colon=True)

    @cached_property
    def goal_names(self) -> dict[str, str]:
        return self._names("sdg")

    @cached_property
    def region_names(self) -> dict[str, str]:
        return {**self._names("itu-regions"), **self._names("regions")}

    @cached_property
    def target_group_names(self) -> dict[str, str]:
        return self._names("target-groups")

    @cached_property
    def compact_names(self) -> dict[str, str]:
        return self._names("gdc")

    @cached_property
    def group_names(self) -> dict[str, str]:
        names = self._names("stakeholder-groups")
        held = self.concepts.get("stakeholder-groups", {})
        for code, words in STAKEHOLDER_GROUPS.items():
            if code in held:
                names.update({key: code for word in words.split(";") if (key := fold_name(word))})
        return names

    def _names(self, scheme: str, *, after_colon: bool = False) -> dict[str, str]:
        """Return the code that each name of a scheme's concepts means, folded; codes too."""
        found: dict[str, str] = {}
        for code, concept in self.concepts.get(scheme, {}).items():
            for name in (code, code.rpartition(":")[2], *concept.names.values()):
                found.setdefault(fold_name(name), code)
                if after_colon and ":" in name:
                    found.setdefault(fold_name(name.partition(":")[2]), code)
        for code, concept in self.concepts.get(scheme, {}).items():
            for name in concept.short_names.values():
                found.setdefault(fold_name(name), code)
        found.pop("", None)
        return found

    # Lists of codes

    def action_lines_of(self, cell: str) -> list[str]:
        return several(cell, self.action_line, lambda word: self._near("action-lines", word))

    def sdgs_of(self, cell: str) -> list[str]:
        return several(cell, self.goal, lambda word: self._near("sdg", word))

    def regions_of(self, cell: str) -> list[str]:
        return self._named(cell, self.region_names)

    def target_groups_of(self, cell: str) -> list[str]:
        return self._named(cell, self.target_group_names)

    def compact_of(self, cell: str) -> list[str]:
        return self._named(cell, self.compact_names)

    def _named(self, cell: str, names: Mapping[str, str]) -> list[str]:
        codes = sorted(set(names.values()))
        return several(
            cell,
            lambda word: names.get(fold_name(word), ""),
            lambda word: nearest(word, codes) or codes[:3],
        )

    def action_line(self, word: str) -> str:
        """Return the code that a word means: ``C7.4``, ``c7.4``, ``AL C5``, ``C1. The role of``."""
        lines = self.concepts.get("action-lines", {})
        text = unicodedata.normalize("NFKC", word).strip()
        match = ACTION_LINE.fullmatch(text)
        if match is None:
            return self.action_line_names.get(fold_name(text), "")
        name = match[3] or ""
        code = f"C{int(match[1])}" + (f".{int(match[2])}" if match[2] else "")
        if code not in lines or FURTHER_CODE.search(name):
            return ""
        named = self.action_line_names.get(fold_name(name), "") if name else ""
        return named if named.startswith(f"{code}.") else code

    def goal(self, word: str) -> str:
        """Return the code of a goal or target: ``4``, ``SDG4``, ``Goal 4``, ``4.1``, its name."""
        goals = self.concepts.get("sdg", {})
        text = unicodedata.normalize("NFKC", word).strip()
        match = GOAL.fullmatch(text)
        if match is None:
            return self.goal_names.get(fold_name(text), "")
        if match[3] and FURTHER_CODE.search(match[3]):
            return ""
        part = match[2].lower() if match[2] else ""
        code = f"SDG{int(match[1])}" + (f".{part}" if part and part != "0" else "")
        return code if code in goals else ""

    def _near(self, scheme: str, word: str) -> list[str]:
        """Return the nearest concepts of a scheme as ``C7.4 (E-health)``."""
        held = self.concepts.get(scheme, {})
        spellings: dict[str, str] = {}
        for code, concept in held.items():
            spellings[code] = code
            for name in (concept.names.get("en", ""), concept.short_names.get("en", "")):
                if name and "." not in code.removeprefix("C7"):
                    spellings.setdefault(name, code)
        compact = re.sub(r"[\s_-]", "", word)
        digits = re.sub(r"\D.*", "", re.sub(r"^\D+", "", word))
        guess = [code for code in held if digits and code in (f"C{digits}", f"SDG{digits}")]
        codes = dict.fromkeys([*guess, *nearest(compact, spellings), *nearest(word, spellings)])
        return [self._shown(held[code]) for code in list(codes)[:3]]

    @staticmethod
    def _shown(concept: Concept) -> str:
        short = concept.short_name
        return f"{concept.code} ({short})" if short and len(short) < 60 else concept.code

    # Where

    def places_of(self, cell: str) -> tuple[list[str], str, list[str]]:
        """Return (country codes, coverage, region codes) that a cell of places says.

        ``Global`` and the like are a coverage, a region's name is a region. ``NA`` is Namibia.
        """
        countries: dict[str, None] = {}
        regions: dict[str, None] = {}
        coverage = ""
        for code in several(cell, self._place, self._near_places):
            if code in self.countries.names:
                countries[code] = None
            elif code in ("global", "regional", "countries"):
                coverage = code if code != "countries" else coverage
            else:
                regions[code] = None
        if countries:
            coverage = "countries"
        elif regions and coverage != "global":
            coverage = "regional"
        return list(countries), coverage, list(regions)

    def _place(self, word: str) -> str:
        code = self.countries.find(word)
        if code:
            return code
        key = fold_name(word)
        if key in self._coverages:
            return self._coverages[key]
        return self.region_names.get(key, "")

    def _near_places(self, word: str) -> list[str]:
        near = nearest(word, self.countries.shown)
        return [f"{code} ({self.countries.names[code]})" for code in near]

    @cached_property
    def _coverages(self) -> dict[str, str]:
        return _folded(COVERAGES)

    def coverage_of(self, cell: str) -> str:
        return _one(cell, self._coverages, COVERAGES)

    # Single values

    def stakeholder_group_of(self, cell: str) -> str:
        """Return the group's code; ``""`` for *other*, which is a group of none."""
        text = cell.strip()
        key = fold_name(text)
        if not key or text.casefold() in NO_GROUP or says_nothing(text):
            return ""
        code = self.group_names.get(key) or self.group_names.get(f"{key}s", "")
        if code:
            return code
        held = self.concepts.get("stakeholder-groups", {})
        spellings = {concept.names.get("en", code): code for code, concept in held.items()}
        for code, words in STAKEHOLDER_GROUPS.items():
            if code in held:
                spellings.update(dict.fromkeys(words.split(";"), code))
        near = nearest(text, spellings) or list(held)[:3]
        raise UnknownWord(text, [held[code].names.get("en", code) for code in near])

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {**_labels(ActivityKind), **_folded(KINDS)}

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return {**_labels(ActivityStatus), **_folded(STATUSES)}

    def kind_of(self, cell: str) -> str:
        return _one(cell, self._kinds, KINDS)

    def status_of(self, cell: str) -> str:
        return _one(cell, self._statuses, STATUSES)

    @cached_property
    def _languages(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for reader in ("en", "fr", "es", "ru", "ar", "zh"):
            for code, name in Locale.parse(reader).languages.items():
                if re.fullmatch("[a-z]{2,3}", code):
                    found.setdefault(fold_name(name), code)
        return found

    def language_of(self, cell: str) -> str:
        """Return the language's code: ``fr``, ``fr-CA``, ``French``, ``français``."""
        text = cell.strip()
        if not text or says_nothing(text):
            return ""
        code = text.casefold().replace("_", "-").split("-")[0]
        if re.fullmatch("[a-z]{2}", code) and code in Locale.parse("en").languages:
            return code
        named = self._languages.get(fold_name(text), "")
        if named:
            return named
        if re.fullmatch("[a-z]{3}", code) and code in Locale.parse("en").languages:
            return code
        raise UnknownWord(text, nearest(text, ["ar", "en", "es", "fr", "ru", "zh"]) or ("en", "fr"))

    def organization_slug(self, name: str) -> str:
        """Return the slug of the organization that the directory knows by a name, else ``""``."""
        return self.organization_slugs.get(fold_name(name), "")


def read_words() -> Words:
    """Read everything that words are looked up in. Six queries."""
    concepts: dict[str, dict[str, Concept]] = {}
    rows = Concept.objects.filter(retired_at=None, scheme__code__in=SCHEMES)
    for concept in rows.select_related("scheme").order_by("order", "code"):
        concepts.setdefault(concept.scheme.code, {})[concept.code] = concept
    columns = ("iso3", "iso2", "m49", "names", "aliases")
    countries = Country.objects.filter(retired_at=None).order_by("iso3").values_list(*columns)
    by_key = organizations_by_key()
    slugs = dict(Organization.objects.filter(retired_at=None).values_list("pk", "slug"))
    return Words(
        concepts=concepts,
        known=known_codes(),
        countries=Countries(countries),
        organization_slugs={key: slugs[pk] for key, pk in by_key.items() if pk in slugs},
        organization_keys=by_key,
        organization_ids={slug: pk for pk, slug in slugs.items()},
    )


Near = Callable[[str], Sequence[str]]


def several(cell: str, find: Find, near: Near) -> list[str]:
    """Return the codes of the words in a cell, each once.

    ``find`` returns a word's code or ``""``; ``near`` the nearest allowed values. Words are parted
    by ``;``, ``|`` and line breaks; by commas, slashes or *and* where the whole is no name: then
    the longest runs that are names are taken first (``Congo, Republic of the, Chile``).

    Raises:
        UnknownWord: a word means none.
    """
    found: dict[str, None] = {}
    for part in SEPARATORS.split(cell):
        word = part.strip()
        if not word or says_nothing(word):
            continue
        code = find(word)
        if code:
            found[code] = None
        else:
            found.update(dict.fromkeys(_by_commas(word, find, near)))
    return list(found)


def _by_commas(word: str, find: Find, near: Near) -> Iterator[str]:
    pieces = [piece for piece in COMMAS.split(word) if piece.strip()]
    if len(pieces) < 2:
        pieces = [piece for piece in SLASH.split(word) if piece.strip()]
    if len(pieces) < 2:
        raise UnknownWord(word, near(word))
    place = 0
    while place < len(pieces):
        for end in range(len(pieces), place, -1):
            code = find(", ".join(pieces[place:end]))
            if code:
                yield code
                place = end
                break
        else:
            piece = LEADING_AND.sub("", pieces[place].strip())
            code = find(piece)
            if code:
                yield code
            elif not says_nothing(piece):
                raise UnknownWord(piece, near(piece))
            place += 1


def _folded(listed: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, words in listed.items():
        for word in (value, *words.split(";")):
            found.setdefault(fold_name(word), value)
    return found


def _labels(choices: Any) -> dict[str, str]:
    """Return the value that each label means, in every language of the site, folded."""
    found: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for value, label in choices.choices:
                found.setdefault(fold_name(str(label)), value)
    return found


def _one(cell: str, names: Mapping[str, str], listed: Mapping[str, str]) -> str:
    text = cell.strip()
    if not text or says_nothing(text):
        return ""
    value = names.get(fold_name(text), "")
    if not value:
        spellings = {word: value for value, words in listed.items() for word in words.split(";")}
        spellings.update({value: value for value in listed})
        raise UnknownWord(text, nearest(text, spellings) or list(listed))
    return value
