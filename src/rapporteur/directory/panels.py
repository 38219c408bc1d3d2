"""What the directory shows on the framework's pages: who facilitates an action line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from rapporteur.common.policy import is_staff
from rapporteur.directory.accounts.queries import memberships_to_decide
from rapporteur.directory.choices import FacilitationRole
from rapporteur.directory.models import Account, Facilitation
from rapporteur.directory.queries.organizations import ROLES, facilitations_of, organizations
from rapporteur.framework.models import Concept

ACTION_LINES = "action-lines"
STAKEHOLDER_GROUPS = "stakeholder-groups"


def facilitators(request: HttpRequest, concept: Concept) -> Mapping[str, Any] | None:
    """Return who facilitates an action line. At most two queries."""
    if concept.scheme.code != ACTION_LINES:
        return None
    rows = facilitations_of([concept.pk]).get(concept.pk, [])
    if not rows and concept.narrower.exists():
        return None
    by_role = [(role.label, [row for row in rows if row.role == role]) for role in ROLES]
    sources = sorted({(row.source, row.source_link) for row in rows})
    return {"by_role": [(label, found) for label, found in by_role if found], "sources": sources}


def lead_facilitators(
    request: HttpRequest, concepts: Sequence[Concept]
) -> dict[int, list[Facilitation]]:
    """Return the lead facilitators of each action line. One query.

    A line that has its facilitators by application and none of its own has no key.
    """
    found = facilitations_of([concept.pk for concept in concepts])
    divided = {concept.broader_id for concept in concepts}
    return {
        concept.pk: [row for row in found.get(concept.pk, ()) if row.role == FacilitationRole.LEAD]
        for concept in concepts
        if concept.pk in found or concept.pk not in divided
    }


def organizations_of_group(request: HttpRequest, concept: Concept) -> Mapping[str, Any] | None:
    """Return how many organizations stand in a stakeholder group. One query."""
    if concept.scheme.code != STAKEHOLDER_GROUPS:
        return None
    return {"count": organizations().filter(stakeholder_group=concept).count(), "group": concept}


def desk(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return the secretariat's ways into the directory, and how many people ask to join."""
    person = request.user
    if not isinstance(person, Account) or not is_staff(person):
        return None
    return {"asked": memberships_to_decide(by=person).count()}
