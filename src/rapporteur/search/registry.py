"""What rooms give to the search: their kinds of record, and facets to narrow by.

A room registers both in its ``apps.ready()``. The search never imports a room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the index holds it.

    ``kind`` and ``key`` are those of the change log; a key may have several entries. ``title`` and
    ``text`` give a text per language (``ar``, ``en``, ``es``, ``fr``, ``ru``, ``zh``; others are
    found by their exact words). ``url`` is the address without a language's prefix. ``facets`` maps
    a registered facet to the record's values. ``year`` sorts the newest first and is counted;
    ``years`` are counted in its place where a record belongs to several. ``updated`` (a date, or an
    aware datetime) sorts by the last change; ``None`` comes last. ``note`` is shown under the title
    and found as it is: a symbol, a paragraph's number. ``shown`` is more that a page shows of a
    hit, as JSON carries it: not searched, and given back as ``Hit.held["shown"]``. Not ``public``:
    never in the index, whatever it holds.
    """

    kind: str
    key: str
    title: Mapping[str, str]
    url: str
    text: Mapping[str, str] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    year: int | None = None
    note: str = ""
    public: bool = True
    updated: date | None = None
    years: Sequence[int] = ()
    shown: Mapping[str, Any] | None = None


Load = Callable[[Sequence[str]], Iterable[Entry]]
Iterate = Callable[[], Iterable[Entry]]


@dataclass(frozen=True)
class Searchable:
    """One kind of record.

    ``load(keys)`` returns the entries of those keys that exist, in a fixed number of queries;
    ``all_keys()`` every key there is. ``iterate()``, where given, yields the entries of every
    record without first naming keys, in memory that does not grow: how a kind with very many
    records is indexed anew. ``weight`` lifts a kind above others whose words fit as well (0: as it
    is; 6: three times the score).
    """

    kind: str
    label: Any
    load: Load
    all_keys: Callable[[], Iterable[str]]
    order: int = 0
    weight: int = 0
    iterate: Iterate | None = None


@dataclass(frozen=True)
class Facet:
    """One way to narrow. ``labels(values)`` returns the words for values, in one query at most.

    ``order`` places the facet; ``by`` orders its values: ``count`` (most first), ``value`` or
    ``value-down``. ``kinds`` are the kinds of record that have it (none given: any kind). ``many``:
    it may have thousands of values, of which a page fetches the first alone; ordered by count.
    """

    name: str
    label: Any
    labels: Callable[[Sequence[str]], Mapping[str, Any]]
    order: int = 0
    by: str = "count"
    kinds: tuple[str, ...] = ()
    many: bool = False


_searchables: dict[str, Searchable] = {}
_facets: dict[str, Facet] = {}


def add_searchable(
    kind: str,
    *,
    label: Any,
    load: Load,
    all_keys: Callable[[], Iterable[str]],
    order: int = 0,
    weight: int = 0,
    iterate: Iterate | None = None,
) -> None:
    """Make a kind of record searchable; the same kind again replaces it."""
    _searchables[kind] = Searchable(kind, label, load, all_keys, order, weight, iterate)


def add_facet(
    name: str,
    *,
    label: Any,
    labels: Callable[[Sequence[str]], Mapping[str, Any]] | None = None,
    order: int = 0,
    by: str = "count",
    kinds: Sequence[str] = (),
    many: bool = False,
) -> None:
    """Add a facet. Without ``labels`` a value stands for itself."""
    _facets[name] = Facet(name, label, labels or as_they_are, order, by, tuple(kinds), many)


def as_they_are(values: Sequence[str]) -> dict[str, str]:
    return {value: value for value in values}


def searchables() -> list[Searchable]:
    """Return every kind, in the order of the page."""
    return sorted(_searchables.values(), key=lambda item: (item.order, item.kind))


def searchable(kind: str) -> Searchable | None:
    return _searchables.get(kind)


def facets() -> list[Facet]:
    """Return every facet, in the order of the page."""
    return sorted(_facets.values(), key=lambda item: (item.order, item.name))


def facet(name: str) -> Facet | None:
    return _facets.get(name)
