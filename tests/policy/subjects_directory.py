"""Records and bodies for walking the directory's addresses."""

from __future__ import annotations

from typing import Any

from rapporteur.common.policy import Relation
from rapporteur.directory.actions.organizations import version_of
from rapporteur.directory.models import Organization
from tests.factories.directory import make_country, make_organization
from tests.factories.framework import make_concept


def organization(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"slug": make_organization("Union to be walked").slug}


def correction(kwargs: dict[str, Any]) -> dict[str, Any]:
    found = Organization.objects.get(slug=kwargs["slug"])
    return {"name": "Union walked", "kind": "other", "version": version_of(found)}


def merge(kwargs: dict[str, Any]) -> dict[str, Any]:
    target = make_organization("Union to be kept")
    return {
        "into": target.slug,
        "source_version": version_of(Organization.objects.get(slug=kwargs["slug"])),
        "target_version": version_of(target),
    }


SUBJECTS = {
    "directory:organization": organization,
    "directory:organization-edit": organization,
    "directory:organization-merge": organization,
    "directory:country": lambda relation, account: {"iso3": make_country("KEN").iso3},
    "directory:region": lambda relation, account: {"code": make_concept("region:africa").code},
}
BODIES = {
    "directory:organization-add": lambda kwargs: {"name": "A new union", "kind": "other"},
    "directory:organization-edit": correction,
    "directory:organization-merge": merge,
}
