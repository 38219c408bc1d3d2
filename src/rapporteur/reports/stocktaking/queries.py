"""What a report of the register reads: its scope, its names, its counts, and what can be built."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept
from rapporteur.register.queries.activities import published_activities
from rapporteur.register.queries.counts import kept
from rapporteur.register.searchables import ACTIVITY
from rapporteur.reports.assembly.wording import joined
from rapporteur.reports.errors import NothingInRegister, UnknownScope
from rapporteur.reports.stocktaking.composing import Labels, compose
from rapporteur.reports.stocktaking.counting import Scope, Tallies, count
from rapporteur.reports.stocktaking.outline import register_outline
from rapporteur.reports.stocktaking.report import StocktakingReport
from rapporteur.search import queries as search
from rapporteur.search import registry

SCHEME_OF_FACET = {
    "action-line": "action-lines",
    "sdg": "sdg",
    "region": "regions",
    "stakeholder-group": "stakeholder-groups",
}


def years() -> list[int]:
    """Return the years that the register can be reported on, newest first. One query."""
    rows = published_activities().order_by()
    ends = rows.aggregate(first=Min("published_at"), last=Max("published_at"))
    if ends["first"] is None:
        return []
    return list(range(ends["last"].year, ends["first"].year - 1, -1))


@dataclass(frozen=True)
class Asked:
    """What a report is asked to be about: the state of a search page, cleaned."""

    text: str
    chosen: dict[str, tuple[str, ...]]

    @property
    def query(self) -> str:
        """The search page's query string of these entries, ``""`` for all."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name, values in self.chosen.items() for value in values]
        return f"?{urlencode(pairs)}" if pairs else ""


def asked_of(query: str) -> Asked:
    """Return what the query string of a search page asks of the register.

    Raises:
        UnknownScope: it narrows by something that the register does not know.
    """
    text = ""
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(query.lstrip("?")):
        if name == "q":
            text = value.strip()
        elif name in ("kind", "sort", "page", "format", "any", "lang"):
            continue
        elif name == "year" or registry.facet(name) is not None:
            if name == "region" and ":" not in value:
                value = f"region:{value}"
            chosen[name] = (*chosen.get(name, ()), value)
        else:
            raise UnknownScope(name)
    for name, scheme in SCHEME_OF_FACET.items():
        codes = chosen.get(name, ())
        known = set(Concept.objects.filter(code__in=codes).values_list("code", flat=True))
        for code in codes:
            if code not in known:
                allowed = Concept.objects.filter(scheme__code=scheme).order_by("order", "code")
                raise UnknownScope(code, list(allowed.values_list("code", flat=True)))
    return Asked(text, chosen)


def labels_of_facets() -> Labels:
    """Return the names that reports write, in the active language. Two queries.

    Of the action lines the eighteen leaves, of the goals the seventeen.
    """
    facets: dict[str, dict[str, str]] = {name: {} for name in SCHEME_OF_FACET}
    by_scheme = {scheme: name for name, scheme in SCHEME_OF_FACET.items()}
    concepts = Concept.objects.filter(retired_at=None, scheme__code__in=by_scheme)
    concepts = concepts.select_related("scheme").order_by("scheme__order", "order", "code")
    divided = {concept.broader_id for concept in concepts}
    for concept in concepts:
        name = by_scheme[concept.scheme.code]
        if name == "action-line" and concept.pk in divided:
            continue
        if name == "sdg" and concept.broader_id is not None:
            continue
        label = concept.short_name
        facets[name][concept.code] = label if ":" in concept.code else f"{concept.code} {label}"
    return Labels(facets, {row.iso3: row.name for row in Country.objects.all()})


def scope_of(year: int, asked: Asked) -> Scope:
    """Return the scope of a report. Words are looked up in the search index."""
    keys = None
    if asked.text:
        question = search.Question(text=asked.text, chosen=asked.chosen)
        keys = frozenset(int(key) for key in search.all_keys(question, kind=ACTIVITY))
    return Scope(year, asked.chosen, keys)


def subtitle_of(year: int, asked: Asked) -> str:
    words = [f"“{asked.text}”"] if asked.text else []
    for name, values in asked.chosen.items():
        facet = registry.facet(name)
        labels: Any = facet.labels(values) if facet is not None else {}
        words += [str(labels.get(value, value)) for value in values]
    if not words:
        return _("The register at the end of %(year)s") % {"year": year}
    return _("The register at the end of %(year)s: %(scope)s") % {
        "year": year,
        "scope": joined(words),
    }


def report_of(year: int, *, query: str = "", language: str, today: date) -> StocktakingReport:
    """Return the report of the register at the end of a year, in a language.

    ``query`` narrows it as the search page does (``region=africa``, ``q=schools``).

    Raises:
        NothingInRegister: no entry was published by then.
        UnknownScope: ``query`` names what is not known.
    """
    known = years()
    if not known or year < known[-1] or year > today.year:
        raise NothingInRegister(year, known)
    with override(language):
        asked = asked_of(query)
        scope = scope_of(year, asked)
        key = f"stocktaking:{year}:{today.isoformat()}:{hash_of(asked)}"
        tallies: Tallies = kept(key, lambda: count(scope, today=today))
        return compose(
            register_outline(),
            scope,
            tallies,
            labels_of_facets(),
            subtitle=subtitle_of(year, asked),
            query=asked.query,
            as_of=min(today, date(year, 12, 31)),
        )


def hash_of(asked: Asked) -> str:
    return hashlib.sha256(asked.query.encode()).hexdigest()[:32]
