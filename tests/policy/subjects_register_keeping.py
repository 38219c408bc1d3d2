"""Records and bodies with which the policy test walks the pages of keepers and of the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from rapporteur.common.policy import Relation
from rapporteur.register.actions import drafting, following, proposing, publishing
from rapporteur.register.models import Activity, Photograph, Version
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_person,
    make_secretariat,
    make_submitted,
    make_withdrawn,
)
from tests.factories.register_pictures import picture_file
from tests.policy.accounts import own_organization

Subject = Callable[[Relation, Any | None], dict[str, Any]]


def keeping(relation: Relation, account: Any | None) -> dict[str, Any]:
    """Return what makes an entry stand to the account as the relation says."""
    if relation is Relation.OWN:
        return {"by": account or make_person()}
    if relation is Relation.SAME_ORGANIZATION:
        slug = own_organization().slug
        return {"organization": "Walkers' Union", "organization_slug": slug}
    return {}


def of_draft(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_draft(**keeping(relation, account)).activity_id}


def of_step(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {**of_draft(relation, account), "step": "text"}


def submitted(relation: Relation, account: Any | None) -> Version:
    values = keeping(relation, account)
    author = values.pop("by", None) or make_person()
    # A suspended account can have sent it before.
    version = make_draft(by=make_person() if is_suspended(author) else author, **values)
    sent = drafting.submit(version=version, by=version.activity.entered_by, at=AT)
    Activity.objects.filter(pk=sent.activity_id).update(entered_by=author)
    return sent


def is_suspended(account: Any) -> bool:
    return account.suspended_at is not None


def of_submitted(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": submitted(relation, account).activity_id}


def published(relation: Relation, account: Any | None) -> Activity:
    version = submitted(relation, account)
    return publishing.publish(version=version, by=make_secretariat("desk@example.org"), at=AT)


def of_published(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": published(relation, account).pk}


def photograph_on(activity: Activity) -> Photograph:
    photograph = Photograph(
        activity=activity,
        digest="1" * 64,
        width=16,
        height=16,
        alternatives={"en": "A well."},
        consent_at=AT,
        added_at=AT,
    )
    photograph.file.save("well.jpg", ContentFile(picture_file()))
    return photograph


def of_photograph(relation: Relation, account: Any | None) -> dict[str, Any]:
    draft = make_draft(**keeping(relation, account))
    return {"pk": photograph_on(draft.activity).pk}


def of_waiting_photograph(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": photograph_on(make_activity()).pk}


def of_version(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_submitted().pk}


def of_report(relation: Relation, account: Any | None) -> dict[str, Any]:
    report = following.report(
        activity=make_activity(), token="t", year=2025, text="More.", by=make_person(), at=AT
    )
    return {"pk": report.pk}


def of_proposal(relation: Relation, account: Any | None) -> dict[str, Any]:
    made = proposing.propose_organization(
        name="Rain Watchers", kind="other", country="", website="", by=make_person(), at=AT
    )
    return {"pk": made.pk}


def two_entries(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"source": make_activity(title="A").pk, "target": make_activity(title="B").pk}


def digest(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"digest": Version.objects.get(pk=kwargs["pk"]).digest, "reason": "Which wells?"}


def step_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    from rapporteur.register.actions.stepping import mark_of_step

    content = Version.objects.get(activity=kwargs["pk"]).says
    seen = mark_of_step(content, ("title", "description", "language"), None)
    return {"title": "Wells, walked", "seen": seen}


SUBJECTS: dict[str, Subject] = {
    "register:edit": of_published,
    "register:step": of_step,
    "register:check": of_draft,
    "register:send": of_draft,
    "register:receipt": of_submitted,
    "register:take-back": of_submitted,
    "register:confirm": of_published,
    "register:follow-up": of_published,
    "register:withdraw": of_published,
    "register:discard": of_draft,
    "register:photograph-add": of_draft,
    "register:photograph-remove": of_photograph,
    "register:desk-version": of_version,
    "register:desk-publish": of_version,
    "register:desk-return": of_version,
    "register:desk-follow-up": of_report,
    "register:desk-photograph": of_waiting_photograph,
    "register:desk-restore": lambda relation, account: {"pk": make_withdrawn().pk},
    "register:desk-organization": of_proposal,
}

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "register:step": step_body,
    "register:follow-up": lambda kwargs: {
        "year": "2025",
        "text": "Ten more wells.",
        "token": "a-token",
        "results-TOTAL_FORMS": "0",
        "results-INITIAL_FORMS": "0",
    },
    "register:withdraw": lambda kwargs: {"reason": "It ended."},
    "register:photograph-add": lambda kwargs: {
        "file": ContentFile(picture_file(), name="well.jpg"),
        "alternative_en": "A well.",
        "consent": "on",
    },
    "register:organization-propose": lambda kwargs: {"name": "Rain Watchers", "kind": "other"},
    "register:suggestions": lambda kwargs: {"title": "Wells", "description": "In schools."},
    "register:desk-publish": digest,
    "register:desk-return": digest,
    "register:desk-follow-up": lambda kwargs: {"decision": "publish"},
    "register:desk-photograph": lambda kwargs: {"decision": "approve"},
    "register:desk-merge": two_entries,
    "register:desk-organization": lambda kwargs: {"decision": "refuse", "reason": "Unknown."},
}
