"""Organizations, as lists and as profiles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from rapporteur.directory.choices import FacilitationRole, NameKind
from rapporteur.directory.models import (
    Affiliation,
    Facilitation,
    Organization,
    OrganizationName,
)
from rapporteur.directory.names import fold_name

# The order in which pages name them.
ROLES = (FacilitationRole.LEAD, FacilitationRole.CO, FacilitationRole.PARTNER)


def organizations() -> QuerySet[Organization]:
    """Return the organizations in force, by name, each with country and stakeholder group.

    Case does not count in the order: each carries ``sort_name``.
    """
    live = Organization.objects.filter(retired_at=None, merged_into=None)
    live = live.annotate(sort_name=Lower("name"))
    return live.select_related("country", "stakeholder_group__scheme").order_by("sort_name", "pk")


def matching(rows: QuerySet[Organization], words: str) -> QuerySet[Organization]:
    """Return those of ``rows`` with a name, spelling or former name that holds these words.

    Case, accents, punctuation and spaces do not count; words without a letter or digit match none.
    """
    key = fold_name(words)
    if not key:
        return rows.none()
    names = OrganizationName.objects.filter(organization=OuterRef("pk"), key__contains=key)
    return rows.filter(Exists(names))


def members_of(rows: QuerySet[Organization], body: str) -> QuerySet[Organization]:
    """Return those of ``rows`` that belong to the body of this slug now."""
    today = timezone.localdate()
    affiliations = Affiliation.objects.filter(
        Q(until=None) | Q(until__gt=today), organization=OuterRef("pk"), body__slug=body
    )
    return rows.filter(Exists(affiliations))


def facilitating(rows: QuerySet[Organization], role: str | None = None) -> QuerySet[Organization]:
    """Return those of ``rows`` with a role on an action line, or with this one."""
    roles = Facilitation.objects.filter(organization=OuterRef("pk"))
    if role is not None:
        roles = roles.filter(role=role)
    return rows.filter(Exists(roles))


def bodies() -> QuerySet[Organization]:
    """Return the bodies that have members among the organizations, by name."""
    return organizations().filter(Exists(Affiliation.objects.filter(body=OuterRef("pk"))))


def find_by_slug(slug: str) -> Organization | None:
    """Return the organization of an address, retired and merged ones too."""
    found = Organization.objects.select_related(
        "country", "stakeholder_group__scheme", "merged_into"
    )
    return found.filter(slug=slug).first()


@dataclass(frozen=True)
class Profile:
    """What the directory knows of one organization."""

    organization: Organization
    aliases: tuple[str, ...]
    former_names: tuple[str, ...]
    affiliations: tuple[Affiliation, ...]
    members: tuple[Affiliation, ...]
    facilitations: tuple[Facilitation, ...]
    merged_from: tuple[Organization, ...]

    @property
    def by_role(self) -> list[tuple[Any, list[Facilitation]]]:
        """(role in words, its facilitations) for each role that the organization has."""
        roles = ((role, [row for row in self.facilitations if row.role == role]) for role in ROLES)
        return [(role.label, rows) for role, rows in roles if rows]

    @property
    def facilitation_sources(self) -> list[tuple[str, str]]:
        """(source, link) of its facilitations, each once."""
        return sorted({(row.source, row.source_link) for row in self.facilitations})


def profile(organization: Organization) -> Profile:
    """Return what the directory knows of an organization. Five queries."""
    names: dict[str, list[str]] = {}
    for kind, text in organization.other_names.order_by("text", "pk").values_list("kind", "text"):
        names.setdefault(kind, []).append(text)
    return Profile(
        organization=organization,
        aliases=tuple(names.get(NameKind.ALIAS, ())),
        former_names=tuple(names.get(NameKind.FORMER, ())),
        affiliations=tuple(
            organization.affiliations.select_related("body").order_by("body__name", "pk")
        ),
        members=tuple(
            organization.members.select_related("organization").order_by("organization__name", "pk")
        ),
        facilitations=tuple(
            organization.facilitations.select_related("concept__scheme").order_by(
                "concept__order", "role", "pk"
            )
        ),
        merged_from=tuple(organization.merged_from.order_by("name", "pk")),
    )


def facilitations_of(concept_ids: list[int]) -> dict[int, list[Facilitation]]:
    """Return who facilitates each of these concepts, leads first. One query."""
    found: dict[int, list[Facilitation]] = {}
    rows = Facilitation.objects.filter(concept_id__in=concept_ids).select_related("organization")
    for row in rows.order_by("concept_id", "organization__name", "pk"):
        found.setdefault(row.concept_id, []).append(row)
    for facilitations in found.values():
        facilitations.sort(key=lambda row: ROLES.index(FacilitationRole(row.role)))
    return found


def with_listed_names(rows: QuerySet[Organization]) -> QuerySet[Organization]:
    """Return ``rows`` with their spellings and former names as ``listed_names``. One query more."""
    names = OrganizationName.objects.filter(kind__in=(NameKind.ALIAS, NameKind.FORMER))
    names = names.order_by("kind", "text", "pk")
    return rows.prefetch_related(
        Prefetch("other_names", queryset=names, to_attr="listed_names"),
        Prefetch(
            "facilitations",
            queryset=Facilitation.objects.select_related("concept__scheme").order_by(
                "concept__order", "pk"
            ),
            to_attr="listed_roles",
        ),
    )
