"""How often a program may ask in a minute, by account, or by address without a token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from rapporteur.site.limits import within_limit

SECONDS = 60


def may_go_on(request: HttpRequest, *, writes: bool) -> bool:
    """Count one request; return whether it is within the limit of its minute."""
    limit = settings.API_WRITES_A_MINUTE if writes else settings.API_READS_A_MINUTE
    purpose = "api-write" if writes else "api-read"
    return within_limit(request, purpose=purpose, limit=limit, seconds=SECONDS)
