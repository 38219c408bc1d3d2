"""Records and requests with which the policy test walks the addresses of programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from rapporteur.api.models import ApiToken
from rapporteur.api.tokens.actions import digest_of
from rapporteur.common.policy import Relation
from rapporteur.directory.models import Account, Organization
from rapporteur.register.models import Activity, FollowUp
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_framework,
    make_organization,
    make_person,
    make_withdrawn,
)
from tests.policy import subjects_library
from tests.policy.accounts import own_organization

CONTENT = {"title": "Wells of village schools, mapped"}
# The body with which each address is asked, by method.
SENT: dict[tuple[str, str], dict[str, Any]] = {
    ("api:activities", "POST"): {"content": CONTENT},
    ("api:activity", "PATCH"): {"content": CONTENT},
    ("api:submit", "POST"): {},
    ("api:withdraw", "POST"): {"reason": "It ended."},
    ("api:follow-ups", "POST"): {"year": 2025, "text": "Forty schools more."},
}
OPEN = ("api:activity", "api:submit", "api:open-version")


def given_to(activity: Activity, account: Account | None) -> Activity:
    """Make the activity the account's own, whatever it may do itself."""
    Activity.objects.filter(pk=activity.pk).update(entered_by=account or make_person())
    return activity


def make_in(relation: Relation, account: Account | None, *, is_open: bool) -> Activity:
    """Return an activity in the relation: a draft where what is open is meant."""
    make = (lambda **values: make_draft(**values).activity) if is_open else make_activity
    if relation is Relation.WITHDRAWN:
        return make_withdrawn()
    if relation is Relation.DRAFT:
        return make_draft().activity
    if relation is Relation.OWN:
        return given_to(make(), account)
    if relation is Relation.SAME_ORGANIZATION:
        slug = own_organization().slug
        return make(organization="Walkers' Union", organization_slug=slug)
    return make_activity()


def activity(name: str) -> Callable[[Relation, Account | None], dict[str, Any]]:
    return lambda relation, account: {
        "pk": make_in(relation, account, is_open=name in OPEN).pk,
    }


def version(relation: Relation, account: Account | None) -> dict[str, Any]:
    return {"pk": make_in(relation, account, is_open=False).pk, "number": 1}


def follow_up(relation: Relation, account: Account | None) -> dict[str, Any]:
    held = make_in(relation, account, is_open=False)
    report = FollowUp.objects.create(
        activity=held,
        year=2025,
        text="Forty schools.",
        form_token="t",
        made_at=AT,
        state="submitted" if relation is Relation.DRAFT else "published",
    )
    return {"pk": held.pk, "number": report.pk}


def token(relation: Relation, account: Account | None) -> dict[str, Any]:
    owner = account if relation is Relation.OWN and account is not None else make_person()
    return {"pk": make_token_of(owner)[0].pk}


def make_token_of(account: Account) -> tuple[ApiToken, str]:
    """Return a token of any account, one that may no longer make tokens too."""
    secret = f"rpt_walking-{account.pk}"
    now = timezone.now()
    made = ApiToken.objects.create(
        account=account,
        name="Walking",
        digest=digest_of(secret),
        begins=secret[:10],
        scope="write",
        made_at=now,
        expires_at=now + timedelta(days=1),
    )
    return made, secret


def concept(relation: Relation, account: Account | None) -> dict[str, Any]:
    make_framework()
    return {"code": "SDG4.1"}


def scheme(relation: Relation, account: Account | None) -> dict[str, Any]:
    make_framework()
    return {"code": "sdg"}


def country(relation: Relation, account: Account | None) -> dict[str, Any]:
    make_framework()
    return {"iso3": "KEN"}


def organization(relation: Relation, account: Account | None) -> dict[str, Any]:
    made: Organization = make_organization()
    return {"slug": made.slug}


SUBJECTS: dict[str, Callable[[Relation, Any], dict[str, Any]]] = {
    **{
        name: activity(name)
        for name in (
            "api:activity",
            "api:submit",
            "api:open-version",
            "api:withdraw",
            "api:confirm",
            "api:versions",
            "api:follow-ups",
        )
    },
    "api:version": version,
    "api:follow-up": follow_up,
    "api:scheme": scheme,
    "api:concepts": scheme,
    "api:concept": concept,
    "api:organization": organization,
    "api:country": country,
    "api:document": subjects_library.by_pk,
    "api:paragraphs": subjects_library.by_pk,
    "programs:token-revoke": token,
}


def asked(name: str) -> Callable[[str, Account | None], dict[str, Any]]:
    """Return how a program of the account asks an address."""

    def request(method: str, account: Account | None) -> dict[str, Any]:
        headers = {}
        if account is not None:
            headers["Authorization"] = f"Bearer {make_token_of(account)[1]}"
        if method != "GET":
            headers["If-Match"] = "*"
        body = SENT.get((name, method))
        return {
            "data": json.dumps(body) if body is not None else b"",
            "content_type": "application/json",
            "headers": headers,
        }

    return request


READ_ALONE = (
    "api:activities",
    "api:description",
    "api:schemes",
    "api:organizations",
    "api:countries",
    "api:documents",
)
REQUESTS = {name: asked(name) for name in (*SUBJECTS, *READ_ALONE) if name.startswith("api:")}
BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "programs:tokens": lambda kwargs: {"name": "Nightly", "scope": "write", "days": "90"},
}
