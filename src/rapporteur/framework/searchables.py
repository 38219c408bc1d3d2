"""What the search knows of the framework: every concept in force, and facets by their codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from rapporteur.framework.models import Concept
from rapporteur.search.actions import note_changes
from rapporteur.search.registry import Entry, add_facet, add_searchable

CONCEPT = "framework.concept"
# The facet that each vocabulary narrows by.
FACETS = {
    "action-lines": "action-line",
    "sdg": "sdg",
    "regions": "region",
    "itu-regions": "itu-region",
    "country-groups": "country-group",
}


def load(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these concepts (ids). One query."""
    concepts = Concept.objects.filter(pk__in=keys).select_related("scheme", "broader")
    for concept in concepts.order_by("pk"):
        shown = concept.code.split(":")[-1] if ":" in concept.code else concept.code
        yield Entry(
            kind=CONCEPT,
            key=str(concept.pk),
            title=concept.names,
            text={"en": concept.definition} if concept.definition else {},
            url=concept.get_absolute_url(),
            facets=facets_of([concept]),
            note="" if ":" in concept.code else shown,
            public=concept.retired_at is None,
        )


def all_keys() -> Iterable[str]:
    return (str(pk) for pk in Concept.objects.order_by("pk").values_list("pk", flat=True))


def facets_of(concepts: Iterable[Concept]) -> dict[str, list[str]]:
    """Return the facets that these concepts give a record: their codes, and what they stand under.

    A target stands under its goal; an application of C7 under itself and C7. Needs ``scheme`` and
    ``broader`` at hand.
    """
    found: dict[str, dict[str, None]] = {}
    for concept in concepts:
        facet = FACETS.get(concept.scheme.code)
        if facet is None:
            continue
        codes = [concept.code, *([concept.broader.code] if concept.broader else [])]
        if facet == "sdg":
            codes = codes[-1:]
        found.setdefault(facet, {}).update(dict.fromkeys(codes))
    return {facet: list(codes) for facet, codes in found.items()}


def labels(codes: Sequence[str]) -> dict[str, str]:
    """Return "C5 name" for each code, the code left out where it is a name itself. One query."""
    concepts = Concept.objects.filter(code__in=codes)
    return {
        concept.code: concept.short_name
        if ":" in concept.code
        else f"{concept.code} {concept.short_name}"
        for concept in concepts
    }


def note_concepts() -> None:
    """Note that the vocabularies were loaded anew, in the current transaction."""
    note_changes(CONCEPT, list(all_keys()))


def register() -> None:
    add_searchable(
        CONCEPT,
        label=_("Action lines, goals and terms"),
        load=load,
        all_keys=all_keys,
        order=10,
        weight=6,
    )
    add_facet("action-line", label=_("Action line"), labels=labels, order=1, by="value")
    add_facet("sdg", label=_("Sustainable Development Goal"), labels=labels, order=3, by="value")
    add_facet("region", label=_("Region of the United Nations"), labels=labels, order=4)
    add_facet("itu-region", label=_("Region of ITU"), labels=labels, order=5)
    add_facet("country-group", label=_("Group of countries"), labels=labels, order=7)
