"""Schemes, concepts and mappings for tests, made up but in the real codes."""

from __future__ import annotations

from itertools import count
from typing import Any

from rapporteur.framework.models import Concept, ConceptScheme, Mapping

_numbers = count(1)

SCHEME_TITLES = {
    "action-lines": "WSIS action lines",
    "sdg": "Sustainable Development Goals and targets",
    "regions": "Regions of the United Nations regional commissions",
    "stakeholder-groups": "Stakeholder groups",
    "themes": "WSIS themes",
}


def make_scheme(code: str = "action-lines", **values: Any) -> ConceptScheme:
    """Return the scheme of this code, made if there is none yet."""
    defaults = {
        "titles": {"en": SCHEME_TITLES.get(code, code.replace("-", " ").capitalize())},
        "source": "A made-up source",
        "source_link": "https://example.org/source",
        **values,
    }
    scheme, _created = ConceptScheme.objects.get_or_create(code=code, defaults=defaults)
    return scheme


def scheme_of(code: str) -> str:
    """Return the scheme that a code of this form belongs to."""
    stem, parted, _rest = code.partition(":")
    if parted:
        return {
            "region": "regions",
            "itu-region": "itu-regions",
            "group": "country-groups",
            "stakeholder": "stakeholder-groups",
            "theme": "themes",
        }.get(stem, f"{stem}s")
    if code.startswith("SDG"):
        return "sdg"
    return "gdc" if code.startswith("GDC") else "action-lines"


def make_concept(code: str | None = None, *, scheme: str | None = None, **values: Any) -> Concept:
    """Return a concept: ``C5``, ``SDG9``, ``region:africa``; its scheme follows from its code.

    A code ``C7.4`` or ``SDG9.c`` stands under ``C7`` or ``SDG9``, made if there is none yet.
    """
    number = next(_numbers)
    code = code or f"theme:made-up-{number}"
    home = make_scheme(scheme or scheme_of(code))
    if "broader" not in values and "." in code:
        parent = code.rsplit(".", 1)[0]
        values["broader"] = Concept.objects.filter(code=parent).first() or make_concept(parent)
    defaults = {"names": {"en": f"Concept {code}"}, "order": number, "source": "A made-up source"}
    return Concept.objects.create(scheme=home, code=code, **{**defaults, **values})


def make_mapping(
    source: Concept | None = None, target: Concept | None = None, **values: Any
) -> Mapping:
    """Return a link from an action line to a goal or target."""
    source = source or make_concept("C1")
    target = target or make_concept("SDG9")
    defaults = {
        "cell": target.broader or target,
        "rationale": f"{source.code} helps {target.code}.",
        "source": "A made-up matrix",
        "source_link": "https://example.org/matrix",
    }
    return Mapping.objects.create(
        source_concept=source, target_concept=target, **{**defaults, **values}
    )
