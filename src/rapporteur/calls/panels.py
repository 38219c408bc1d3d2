"""Ways into the calls from others' pages: one's account, the desk, an organization, a paragraph."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from rapporteur.calls.choices import OPEN_STATES, PUBLIC_STATES, Consent
from rapporteur.calls.models import Call
from rapporteur.calls.queries.calls import state_counts
from rapporteur.calls.queries.published import published_rows
from rapporteur.calls.queries.responses import waiting_responses, written_responses
from rapporteur.common.policy import is_staff
from rapporteur.directory.models import Account, Organization
from rapporteur.library.models import Paragraph
from rapporteur.site import registry

RESPONSES_SHOWN = 20


def account(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return how many responses the person writes. One query."""
    if not isinstance(record, Account):
        return None
    return {"count": written_responses(by=record).count()}


def organization(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return the organization's responses that are published with its name. Two queries."""
    if not isinstance(record, Organization):
        return None
    rows = published_rows().filter(organization=record, consent=Consent.NAMED)
    count = rows.count()
    if not count:
        return None
    return {"count": count, "responses": list(rows.order_by("-call__closes_at")[:RESPONSES_SHOWN])}


def paragraph(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return the calls that a paragraph asks for. One query."""
    if not isinstance(record, Paragraph):
        return None
    calls = list(Call.objects.filter(mandate=record, state__in=PUBLIC_STATES)[:RESPONSES_SHOWN])
    return {"calls": calls} if calls else None


def home(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return the calls that are open now, and the way to all. One query."""
    now = timezone.now()
    rows = Call.objects.filter(state__in=OPEN_STATES, opens_at__lte=now, closes_at__gt=now)
    calls = list(rows.order_by("closes_at", "pk")[:5])
    return {"calls": calls}


def desk(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return what of the calls waits for the secretariat. Two queries."""
    if not is_staff(request.user):
        return None
    return {"waiting": waiting_responses().count(), "states": state_counts()}


def register() -> None:
    add = registry.add_panel
    add("directory.me", order=12, template="calls/panels/account.html", fill=account)
    add(
        "directory.organization", order=40, template="calls/panels/organization.html",
        fill=organization,
    )  # fmt: skip
    add("library.paragraph", order=40, template="calls/panels/paragraph.html", fill=paragraph)
    add("site.home", order=15, template="calls/panels/home.html", fill=home)
    add("site.desk", order=17, template="calls/desk/_panel.html", fill=desk)
