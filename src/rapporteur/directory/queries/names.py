"""Which organization a printed name means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapporteur.analysis.names import Names
from rapporteur.analysis.names import Organization as KnownOrganization
from rapporteur.directory.choices import NameKind
from rapporteur.directory.models import Country, Organization, OrganizationName
from rapporteur.directory.names import fold_name


def find_organization(printed: str) -> Organization | None:
    """Return the organization that a text means by a name, acronym, spelling or former name.

    ``None`` where the directory knows none. Never a retired or a merged one: what was merged is
    found under the organization it was merged into. One query.
    """
    key = fold_name(printed)
    if not key:
        return None
    row = (
        OrganizationName.objects.filter(
            key=key, organization__retired_at=None, organization__merged_into=None
        )
        .select_related("organization")
        .first()
    )
    return row.organization if row else None


def organizations_by_key() -> dict[str, int]:
    """Return the id of the organization that each folded name means (``names.fold_name``).

    As ``find_organization``, for many names at once. One query.
    """
    return dict(
        OrganizationName.objects.filter(
            organization__retired_at=None, organization__merged_into=None
        ).values_list("key", "organization_id")
    )


def holders_of_names(
    keys: Iterable[str], *, but: Organization | None = None
) -> dict[str, Organization]:
    """Return who holds each of these keys, retired organizations too, but for one. One query."""
    rows = OrganizationName.objects.filter(key__in=set(keys)).select_related("organization")
    if but is not None:
        rows = rows.exclude(organization=but)
    return {row.key: row.organization for row in rows}


def parser_names() -> Names:
    """Return the names that the parser is told: the database's organizations and places.

    As ``analysis.package_names``, with what people added on pages. Three queries.
    """
    spellings: dict[int, list[str]] = defaultdict(list)
    others = OrganizationName.objects.filter(kind__in=(NameKind.ALIAS, NameKind.FORMER))
    for pk, text in others.order_by("kind", "text", "pk").values_list("organization_id", "text"):
        spellings[pk].append(text)
    organizations = Organization.objects.filter(retired_at=None, merged_into=None)
    known = tuple(
        KnownOrganization(name=name, acronym=acronym, aliases=tuple(spellings[pk]), kind=kind)
        for pk, name, acronym, kind in organizations.order_by("pk").values_list(
            "pk", "name", "acronym", "kind"
        )
    )
    places: set[str] = set()
    for names, aliases in Country.objects.values_list("names", "aliases"):
        places.update(name for name in (names.get("en"), *aliases) if name)
    return Names(organizations=known, places=frozenset(places))
