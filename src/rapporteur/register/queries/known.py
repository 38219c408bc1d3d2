"""The codes that an activity may use, read from the framework and the directory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept
from rapporteur.register.content import SCHEME_OF, Known

# Concepts of these schemes stand on activities; regions are read from both systems.
SCHEMES = (*SCHEME_OF.values(), "itu-regions", "stakeholder-groups")


def known_codes() -> Known:
    """Return the codes in force. Of the action lines the leaves and C7 itself. Two queries."""
    codes: dict[str, set[str]] = defaultdict(set)
    concepts = Concept.objects.filter(retired_at=None, scheme__code__in=SCHEMES)
    for scheme, code in concepts.values_list("scheme__code", "code"):
        codes[scheme].add(code)
    codes["regions"] |= codes.pop("itu-regions", set())
    groups = codes.pop("stakeholder-groups", set())
    countries = Country.objects.filter(retired_at=None).values_list("iso3", flat=True)
    return Known(
        codes={scheme: frozenset(found) for scheme, found in codes.items()},
        countries=frozenset(countries),
        stakeholder_groups=frozenset(groups),
    )


@dataclass(frozen=True)
class Keys:
    """Primary keys of what contents name by code: for writing links in bulk."""

    concepts: dict[str, int]
    countries: dict[str, int]


def keys_of_codes() -> Keys:
    """Return the keys of all concepts and countries by their codes. Two queries."""
    concepts = Concept.objects.filter(scheme__code__in=SCHEMES)
    return Keys(
        concepts=dict(concepts.values_list("code", "pk")),
        countries=dict(Country.objects.values_list("iso3", "pk")),
    )
