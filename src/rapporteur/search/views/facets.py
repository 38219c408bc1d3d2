"""The facets of a page of results: which, their values in order, their words, as compact HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from rapporteur.search import registry
from rapporteur.search.queries import Found
from rapporteur.search.queries.counting import FIRST_VALUES, MORE_VALUES
from rapporteur.search.views.addresses import Addresses
from rapporteur.site.templatetags.rapporteur import decimal_in, number

SHOWN_VALUES = 10
YEAR = registry.Facet("year", _("Year"), registry.as_they_are, by="value-down")

# The words of values as this process knows them, by facet and language, for one state of the index:
# a record whose name changes is noted for the index too.
_words: dict[tuple[str, str], dict[str, str]] = {}
_words_stamp = ""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet. ``url`` chooses it, or takes the choice away."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class ShownFacet:
    """A facet as the page shows it. ``rest``: how many more values there are; ``None``: some."""

    name: str
    label: str
    values: list[Value]
    rest: int | None
    more_url: str


def known_facets(names: Sequence[str], kinds: Sequence[str]) -> list[registry.Facet]:
    """Return the facets of a page: those named, or all that records of these kinds may have."""
    if names:
        every = {facet.name: facet for facet in registry.facets()} | {"year": YEAR}
        return [every[name] for name in names if name in every]
    facets = [
        facet
        for facet in registry.facets()
        if not (facet.kinds and kinds) or set(facet.kinds) & set(kinds)
    ]
    return [*facets, YEAR]


@lru_cache(maxsize=50_000)
def natural(value: str) -> list[tuple[int, str]]:
    """Return the key that sorts C2 before C10."""
    parts = re.split(r"(\d+)", value)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]


def in_order(counts: Mapping[str, int], by: str) -> list[str]:
    if by == "count":
        return sorted(counts, key=lambda value: (-counts[value], value))
    return sorted(counts, key=natural, reverse=by == "value-down")


def words_for(facet: registry.Facet, values: Sequence[str], stamp: str) -> Mapping[str, str]:
    """Return the words for these values in the reader's language; the database is asked once."""
    global _words_stamp
    if stamp != _words_stamp:
        _words.clear()
        _words_stamp = stamp
    known = _words.setdefault((facet.name, get_language() or ""), {})
    missing = [value for value in values if value not in known]
    if missing:
        found = facet.labels(missing)
        # A facet's words may be lazy; these are kept for one language.
        known.update({value: str(found.get(value, value)) for value in missing})
    return known


def values_of(
    facet: registry.Facet,
    counts: Mapping[str, int],
    addresses: Addresses,
    *,
    everything: bool,
    stamp: str,
) -> tuple[list[Value], int]:
    """Return a facet's values as the page shows them, the chosen ones always among them."""
    chosen = addresses.question.chosen.get(facet.name, ())
    if chosen:
        counts = {**dict.fromkeys(chosen, 0), **counts}
    order = in_order(counts, facet.by)
    shown = order[: MORE_VALUES if everything else SHOWN_VALUES]
    shown += [value for value in chosen if value not in shown]
    words = words_for(facet, shown, stamp)
    values = [
        Value(
            value,
            words[value],
            counts[value],
            value in chosen,
            addresses.toggled(facet.name, value),
        )
        for value in shown
    ]
    return values, len(counts) - len(shown)


def shown_facets(
    facets: Sequence[registry.Facet], found: Found, addresses: Addresses, *, more: str
) -> list[ShownFacet]:
    """Return the facets that have something to choose. ``more``: the one that is shown in full."""
    shown = []
    for facet in facets:
        counts = found.counts.get(facet.name, {})
        if not counts and not addresses.question.chosen.get(facet.name):
            continue
        everything = more == facet.name
        values, rest = values_of(facet, counts, addresses, everything=everything, stamp=found.stamp)
        shown.append(
            ShownFacet(
                name=facet.name,
                label=str(facet.label),
                values=values,
                rest=rest_of(facet, rest, len(counts), everything=everything),
                more_url=addresses.here(more=facet.name) + f"#facet-{facet.name}",
            )
        )
    return shown


def rest_of(facet: registry.Facet, rest: int, counted: int, *, everything: bool) -> int | None:
    """Return how many more values may be asked for; ``None`` where nobody counted them."""
    if everything:
        return 0
    return None if facet.many and counted >= FIRST_VALUES else rest


def facets_html(
    facets: Sequence[ShownFacet], *, extra: Mapping[str, Any] | None = None
) -> SafeString:
    """Return the facets as HTML. ``extra``: more HTML (safe) at the end of a facet, by name."""
    extra = extra or {}
    language = get_language() or "en"
    take_away = escape(gettext("Chosen; take away:"))
    parts: list[str] = []
    for facet in facets:
        name = escape(facet.name)
        parts.append(
            f'<section aria-labelledby="facet-{name}">'
            f'<h2 id="facet-{name}">{escape(facet.label)}</h2><ul>'
        )
        for value in facet.values:
            current, before = "", ""
            if value.chosen:
                current = ' aria-current="true"'
                before = f'<span class="visually-hidden">{take_away} </span>'
            count = decimal_in(value.count, language)
            parts.append(
                f'<li><a href="{escaped(value.url)}" rel="nofollow"{current}>{before}'
                f'{escape(value.label)}</a><span class="quiet">{count}</span></li>'
            )
        parts.append("</ul>")
        if facet.rest is None or facet.rest > 0:
            words = escape(rest_words(facet.rest))
            parts.append(f'<p><a href="{escaped(facet.more_url)}" rel="nofollow">{words}</a></p>')
        parts.append(str(extra.get(facet.name, "")))
        parts.append("</section>")
    # Addresses, labels and words were escaped one by one above.
    return SafeString("".join(parts))


def escaped(url: str) -> str:
    """Return one of our own addresses for an attribute: its values are percent-encoded already."""
    return url.replace("&", "&amp;")


def rest_words(rest: int | None) -> str:
    if rest is None:
        return gettext("More values")
    return ngettext("%(shown)s more value", "%(shown)s more values", rest) % {"shown": number(rest)}


def kind_values(found: Found, addresses: Addresses) -> list[Value]:
    """Return the kinds of record that were found, or chosen, most first."""
    labels = {item.kind: item.label for item in registry.searchables()}
    counts = {kind: found.counts.get("kind", {}).get(kind, 0) for kind in labels}
    facet = registry.Facet("kind", "", lambda values: labels)
    values, _rest = values_of(facet, counts, addresses, everything=True, stamp=found.stamp)
    return [value for value in values if value.count or value.chosen]
