"""Invitations: found by link, who has answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from rapporteur.calls.choices import ResponseState
from rapporteur.calls.models import Call, Invitation, Response
from rapporteur.calls.models.inviting import digest_of_token

# How an invitation stands, from nothing known to answered.
STANDINGS = ("waiting", "sent", "taken-up", "begun", "answered")


def find_invitation(token: str) -> Invitation | None:
    """Return the invitation of a personal link, ``None`` where it is not good. One query."""
    rows = Invitation.objects.select_related("call", "organization")
    return rows.filter(token_digest=digest_of_token(token)).first()


def responses_of() -> QuerySet[Response]:
    """Return the responses that stand for the invitation of an outer query."""
    mine = Q(invitation=OuterRef("pk")) | Q(
        organization=OuterRef("organization"), organization__isnull=False
    )
    rows = Response.objects.filter(mine, call=OuterRef("call"))
    return rows.exclude(state=ResponseState.WITHDRAWN)


def invitations_of(call: Call) -> QuerySet[Invitation]:
    """Return the call's invitations by name, each with ``standing`` (one of ``STANDINGS``)."""
    responses = responses_of()
    rows = call.invitations.select_related("organization").annotate(
        standing=Case(
            When(Exists(responses.filter(submitted_at__isnull=False)), then=Value("answered")),
            When(Exists(responses), then=Value("begun")),
            When(accepted_at__isnull=False, then=Value("taken-up")),
            When(sent_at__isnull=False, then=Value("sent")),
            default=Value("waiting"),
            output_field=CharField(),
        )
    )
    return rows.order_by("organization__name", "email", "pk")


def unanswered_invitations(call: Call) -> QuerySet[Invitation]:
    """Return the invitations to which no response came in."""
    answered = responses_of().filter(submitted_at__isnull=False)
    return call.invitations.filter(~Exists(answered)).order_by("pk")


def has_answered(invitation: Invitation) -> bool:
    """Return whether a response to the invitation came in. One query."""
    return not unanswered_invitations(invitation.call).filter(pk=invitation.pk).exists()


def standing_counts(call: Call) -> Mapping[str, int]:
    """Return how many invitations stand how; every standing has its key. One query."""
    counts = dict.fromkeys(STANDINGS, 0)
    rows: Any = invitations_of(call)
    for row in rows:
        counts[row.standing] += 1
    return counts
