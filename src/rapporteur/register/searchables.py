"""What the search knows of the register: published activities and the ways to narrow them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.framework.searchables import labels as concept_labels
from rapporteur.register.choices import (
    ActivityKind,
    ActivityState,
    ActivityStatus,
    Standing,
)
from rapporteur.register.models import Activity
from rapporteur.search.actions import note_changes
from rapporteur.search.registry import Entry, add_facet, add_searchable

ACTIVITY = "register.activity"
COLUMNS = (
    "pk",
    "state",
    "title",
    "language",
    "start_year",
    "confirmed_at",
    "stale_on",
    "updated_at",
    "organization__slug",
    "organization_name",
    "published_version__content",
)
SHOWN_COUNTRIES = 4
# What an address may choose is no longer than this.
LONGEST_NAME = 100
# Facets of the vocabularies in which countries are grouped.
GROUP_FACETS = {
    "regions": "region",
    "itu-regions": "itu-region",
    "country-groups": "country-group",
}


def load(keys: Sequence[str]) -> Iterable[Entry]:
    """Yield the entries of these activities (ids). Three queries."""
    yield from entries_of(Activity.objects.filter(pk__in=keys).order_by("pk"))


def iterate() -> Iterable[Entry]:
    """Yield the entries of every published activity, in the order of their keys."""
    rows = Activity.objects.filter(state=ActivityState.PUBLISHED).order_by("pk")
    yield from entries_of(rows)


def entries_of(rows: QuerySet[Activity]) -> Iterator[Entry]:
    groups = groups_now()
    today = timezone.localdate()
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        yield entry_of(row, groups=groups, today=today)


def entry_of(
    row: tuple[Any, ...], *, groups: Mapping[str, Mapping[str, tuple[str, ...]]], today: date
) -> Entry:
    (pk, state, title, language, year, confirmed_at, stale_on, updated_at, slug, name, content) = (
        row
    )
    content = content or {}
    standing = standing_of(confirmed_at, stale_on, today)
    texts = text_of(content)
    titles = {language or "und": title}
    for code, translation in content.get("translations", {}).items():
        titles[code] = translation.get("title", "") or title
        if translation.get("description"):
            texts[code] = translation["description"]
    return Entry(
        kind=ACTIVITY,
        key=str(pk),
        title=titles,
        text=texts,
        url=f"/activities/{pk}",
        facets=facets_of(
            content,
            organization=slug or name[:LONGEST_NAME],
            standing=standing,
            groups=groups,
        ),
        year=year,
        note=name,
        updated=updated_at,
        shown=shown_of(content, standing),
        public=state == ActivityState.PUBLISHED,
    )


def shown_of(content: Mapping[str, Any], standing: str) -> dict[str, Any]:
    """Return what a row of the search page shows beside title and text; what is empty is left out.

    ``more_countries`` is how many there are beyond the first.
    """
    countries = content.get("countries", ())
    shown = {
        "kind": content.get("kind"),
        "starts": content.get("starts"),
        "ends": content.get("ends"),
        "coverage": content.get("coverage"),
        "countries": countries[:SHOWN_COUNTRIES],
        "more_countries": max(0, len(countries) - SHOWN_COUNTRIES),
        "action_lines": content.get("action_lines"),
        "standing": standing,
        "suggested": "suggestion" in content.get("given", {}).values(),
    }
    return {name: value for name, value in shown.items() if value}


def text_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the words by which an activity is found, by language; those of its own text first."""
    own = [
        content.get("description", ""),
        content.get("success_story", ""),
        " · ".join(content.get("technologies", ())),
        " · ".join(partner["name"] for partner in content.get("partners", ())),
        " · ".join(result.get("text", "") for result in content.get("results", ())),
    ]
    text = "\n".join(part for part in own if part)
    return {content.get("language") or "und": text} if text else {}


def standing_of(confirmed_at: Any, stale_on: date | None, today: date) -> str:
    if stale_on is not None and stale_on <= today:
        return Standing.STALE.value
    return Standing.VERIFIED.value if confirmed_at else Standing.UNCONFIRMED.value


def facets_of(
    content: Mapping[str, Any],
    *,
    organization: str,
    standing: str,
    groups: Mapping[str, Mapping[str, tuple[str, ...]]],
) -> dict[str, list[str]]:
    """Return the values by which an activity is narrowed.

    An application of C7 counts under C7 too; a target counts under its goal. Regions and groups
    are those of its countries now, and the regions that it names itself. An organization that the
    directory does not know counts under its name as given.
    """
    lines = content.get("action_lines", ())
    countries = content.get("countries", ())
    found: dict[str, list[str]] = {
        "action-line": [*lines, *({line.split(".")[0] for line in lines if "." in line})],
        "sdg": list(dict.fromkeys(code.split(".")[0] for code in content.get("sdgs", ()))),
        "country": list(countries),
        "stakeholder-group": one(content.get("stakeholder_group")),
        "activity-kind": one(content.get("kind")),
        "activity-status": one(content.get("status")),
        "organization": one(organization),
        "language": one(content.get("language")),
        "standing": [standing],
    }
    for facet in GROUP_FACETS.values():
        codes: dict[str, None] = {}
        for iso3 in countries:
            codes.update(dict.fromkeys(groups.get(facet, {}).get(iso3, ())))
        found[facet] = list(codes)
    for code in content.get("regions", ()):
        facet = "itu-region" if code.startswith("itu-region:") else "region"
        if code not in found[facet]:
            found[facet].append(code)
    return {facet: values for facet, values in found.items() if values}


def one(value: str | None) -> list[str]:
    return [value] if value else []


def groups_now() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return, per facet, the codes of the groups each country (ISO alpha-3) belongs to now.

    One query where nothing changed since the last time, else two.
    """
    rows = GroupMembership.objects.aggregate(
        rows=Count("pk"), newest=Max("pk"), ended=Count("until"), last=Max("until")
    )
    return read_groups(tuple(rows.values()))


@lru_cache(maxsize=2)
def read_groups(stamp: tuple[Any, ...]) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    rows = GroupMembership.objects.filter(until=None, concept__scheme__code__in=GROUP_FACETS)
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    columns = ("concept__scheme__code", "country__iso3", "concept__code")
    for scheme, iso3, code in rows.order_by("concept__order", "pk").values_list(*columns):
        by_country = found[GROUP_FACETS[scheme]]
        by_country[iso3] = (*by_country.get(iso3, ()), code)
    return found


def all_keys() -> Iterable[str]:
    keys = Activity.objects.filter(state=ActivityState.PUBLISHED).order_by("pk")
    return (str(pk) for pk in keys.values_list("pk", flat=True).iterator(chunk_size=10_000))


def note_activities(keys: Iterable[int]) -> None:
    """Note, in the current transaction, that these activities (ids) changed."""
    note_changes(ACTIVITY, keys)


def country_labels(codes: Sequence[str]) -> dict[str, str]:
    """Return the name of each country by its ISO alpha-3 code. One query."""
    return {row.iso3: row.name for row in Country.objects.filter(iso3__in=codes)}


def labels_of(choices: Any) -> Any:
    words = dict(choices.choices)
    return lambda values: {value: words.get(value, value) for value in values}


def language_labels(codes: Sequence[str]) -> dict[str, str]:
    """Return the name of each language in the reader's language."""
    from babel import Locale, UnknownLocaleError
    from django.utils.translation import get_language

    reader = Locale.parse((get_language() or "en").split("-")[0])
    found = {}
    for code in codes:
        try:
            found[code] = reader.languages.get(Locale.parse(code).language, code)
        except (UnknownLocaleError, ValueError):
            found[code] = reader.languages.get(code, code)
    return found


def register() -> None:
    add_searchable(
        ACTIVITY,
        label=_("Activities"),
        load=load,
        all_keys=all_keys,
        iterate=iterate,
        order=35,
        weight=1,
    )
    own = (ACTIVITY,)
    add_facet("country", label=_("Country"), labels=country_labels, order=6, kinds=own)
    add_facet(
        "stakeholder-group", label=_("Stakeholder group"), labels=concept_labels, order=8, kinds=own
    )
    add_facet(
        "activity-kind",
        label=_("Kind of activity"),
        labels=labels_of(ActivityKind),
        order=9,
        kinds=own,
    )
    add_facet(
        "activity-status", label=_("Status"), labels=labels_of(ActivityStatus), order=10, kinds=own
    )
    add_facet(
        "language", label=_("Language of the text"), labels=language_labels, order=11, kinds=own
    )
    add_facet(
        "standing", label=_("Last confirmed"), labels=labels_of(Standing), order=12, kinds=own
    )
