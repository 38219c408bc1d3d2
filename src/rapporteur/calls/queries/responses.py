"""Responses, for who writes them and for the secretariat."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, When

from rapporteur.calls.choices import Origin, ResponseState
from rapporteur.calls.models import Call, Response
from rapporteur.calls.rules import focal_organizations, may_keep_calls
from rapporteur.directory.models import Account

RELATED = ("call", "organization", "stakeholder_group", "country", "account")


def written_responses(*, by: Account) -> QuerySet[Response]:
    """Return the responses that the person writes, the last saved first.

    Those that they began, were asked to join, or that are their organization's; for the
    secretariat also those that it entered itself.
    """
    mine = Q(account=by) | Q(members__account=by)
    focal = focal_organizations(by)
    if focal:
        mine |= Q(organization__in=focal)
    if may_keep_calls(by):
        mine |= ~Q(origin=Origin.PAGE)
    rows = Response.objects.filter(mine).select_related(*RELATED).distinct()
    return rows.order_by("-saved_at", "-pk")


def own_response(call: Call, *, by: Account) -> Response | None:
    """Return the person's own response to a call, the one that they would go on with."""
    rows = written_responses(by=by).filter(call=call, origin=Origin.PAGE)
    return rows.exclude(state=ResponseState.WITHDRAWN).first()


def responses_of_call(call: Call) -> QuerySet[Response]:
    """Return a call's responses for the secretariat: what waits first, by the time of sending.

    Drafts are left out: nobody reads what was not sent.
    """
    rows = call.responses.filter(Q(submitted_at__isnull=False) | ~Q(origin=Origin.PAGE))
    waits_first = Case(When(state=ResponseState.SUBMITTED, then=0), default=1)
    return rows.select_related(*RELATED).order_by(waits_first, "submitted_at", "pk")


def drafts_of_call(call: Call) -> int:
    """Return how many responses are being written and were not sent yet."""
    return call.responses.filter(submitted_at=None, state=ResponseState.DRAFT).count()


def waiting_responses() -> QuerySet[Response]:
    """Return the responses of all calls that wait to be read, the longest waiting first."""
    rows = Response.objects.filter(state=ResponseState.SUBMITTED).select_related(*RELATED)
    return rows.order_by("submitted_at", "pk")
