"""Records and bodies with which the policy test walks the register's addresses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from rapporteur.common.policy import Relation
from rapporteur.register.models import Activity, Photograph
from tests.factories.register import AT, make_activity, make_draft, make_person, make_withdrawn
from tests.policy.accounts import own_organization


def make_in(relation: Relation, account: Any | None) -> Activity:
    """Return an activity that stands to the walking account as the relation says."""
    if relation is Relation.WITHDRAWN:
        return make_withdrawn()
    if relation is Relation.DRAFT:
        return make_draft().activity
    if relation is Relation.OWN:
        return make_draft(by=account or make_person()).activity
    if relation is Relation.SAME_ORGANIZATION:
        slug = own_organization().slug
        return make_draft(organization="Walkers' Union", organization_slug=slug).activity
    return make_activity()


def by_pk(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_in(relation, account).pk}


def of_version(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_in(relation, account).pk, "number": 1}


def of_photograph(relation: Relation, account: Any | None) -> dict[str, Any]:
    photograph = Photograph(
        activity=make_in(relation, account),
        digest="0" * 64,
        width=1,
        height=1,
        alternatives={"en": "A well."},
        consent_at=AT,
        added_at=AT,
        approved_at=AT,
    )
    photograph.file.save("well.jpg", ContentFile(b"\xff\xd8\xff"))
    return {"pk": photograph.pk}


SUBJECTS: dict[str, Callable[[Relation, Any | None], dict[str, Any]]] = {
    "register:activity": by_pk,
    "register:activity-data": by_pk,
    "register:version": of_version,
    "register:photograph": of_photograph,
}

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
