"""Which token is meant, and which tokens a person has."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from rapporteur.api.models import ApiToken
from rapporteur.api.tokens.actions import digest_of
from rapporteur.directory.models import Account


def live_token(secret: str, *, at: datetime) -> ApiToken | None:
    """Return the token of a secret with its account; ``None``: unknown, revoked or expired."""
    found = ApiToken.objects.select_related("account").filter(digest=digest_of(secret)).first()
    if found is None or not found.is_live(at=at) or not found.account.is_active:
        return None
    return found


def tokens_of(account: Account) -> QuerySet[ApiToken]:
    """Return the tokens that an account made, the latest first."""
    return account.api_tokens.order_by("-made_at", "-pk")
