"""The choices of the steps: concepts, countries and languages, in the reader's language."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from babel import Locale
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import get_language

from rapporteur.directory.models import Country
from rapporteur.directory.names import fold_name
from rapporteur.framework.models import Concept
from rapporteur.register.content import Known
from rapporteur.register.queries.known import SCHEMES

# The six of the United Nations stand first among the languages of a text.
FIRST_LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


@dataclass
class Vocabulary:
    """All that the steps let people choose from, read once per page. Two queries, when needed."""

    _by_scheme: dict[str, list[Concept]] = field(default_factory=dict)

    def concepts(self, scheme: str) -> list[Concept]:
        """Return the concepts in force of a scheme, in its order."""
        return self.by_scheme.get(scheme, [])

    @cached_property
    def by_scheme(self) -> dict[str, list[Concept]]:
        found: dict[str, list[Concept]] = defaultdict(list)
        rows = Concept.objects.filter(retired_at=None, scheme__code__in=SCHEMES)
        for concept in rows.select_related("scheme").order_by("order", "code"):
            found[concept.scheme.code].append(concept)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each concept by its code."""
        return {c.code: c.name for concepts in self.by_scheme.values() for c in concepts}

    @cached_property
    def countries(self) -> dict[str, str]:
        """The name of each country by its ISO 3166-1 alpha-3 code, by name."""
        named = [(row.iso3, row.name) for row in self.country_rows]
        return dict(sorted(named, key=lambda pair: fold_name(pair[1])))

    @cached_property
    def country_rows(self) -> list[Country]:
        return list(Country.objects.filter(retired_at=None))

    @cached_property
    def country_keys(self) -> dict[str, str]:
        """The code of each country by every name and code of it, folded."""
        keys: dict[str, str] = {}
        for row in self.country_rows:
            for name in (*row.names.values(), *row.aliases, row.iso2, row.iso3):
                keys.setdefault(fold_name(name), row.iso3)
        return keys

    @cached_property
    def known(self) -> Known:
        """The codes in force, as ``content.problems_of`` asks for them."""
        codes = {scheme: {c.code for c in rows} for scheme, rows in self.by_scheme.items()}
        groups = codes.pop("stakeholder-groups", set())
        codes["regions"] = codes.get("regions", set()) | codes.pop("itu-regions", set())
        return Known(
            codes={scheme: frozenset(found) for scheme, found in codes.items()},
            countries=frozenset(self.countries),
            stakeholder_groups=frozenset(groups),
        )


def language_choices() -> list[tuple[str, str]]:
    """Return (code, name in the reader's language) of the languages of two letters, six first."""
    return list(languages_in((get_language() or settings.LANGUAGE_CODE).split("-")[0]))


@lru_cache(maxsize=8)
def languages_in(reader: str) -> tuple[tuple[str, str], ...]:
    named = {code: name for code, name in Locale.parse(reader).languages.items() if len(code) == 2}
    first = [(code, named[code]) for code in FIRST_LANGUAGES]
    others = sorted(
        ((code, name) for code, name in named.items() if code not in FIRST_LANGUAGES),
        key=lambda pair: fold_name(pair[1]),
    )
    return (*first, *others)


def language_name(code: str) -> str:
    """Return a language's name in the reader's language, its code where none is known."""
    reader = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return Locale.parse(reader).languages.get(code, code)
