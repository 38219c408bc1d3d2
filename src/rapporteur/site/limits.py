"""How often one visitor may send something without signing in.

Counted in the cache for a fixed period. The visitor's address is kept as a keyed digest only, and
no longer than the period.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address: behind a proxy, the last one that the proxy itself wrote."""
    if getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        forwarded = request.headers.get("X-Forwarded-For", "")
        if forwarded:
            return forwarded.rsplit(",", 1)[-1].strip()
    return request.META.get("REMOTE_ADDR", "")


def within_limit(request: HttpRequest, *, purpose: str, limit: int, seconds: int) -> bool:
    """Count one attempt; return whether it is among the first ``limit`` of the period.

    A signed-in person is counted by account, anybody else by address.
    """
    account = request.user.pk if request.user.is_authenticated else None
    who = f"account:{account}" if account else f"address:{client_address(request)}"
    digest = salted_hmac("rapporteur.site.limits", who, algorithm="sha256").hexdigest()
    key = f"limit:{purpose}:{digest}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= limit
    except ValueError:  # the period ended between the two calls
        return True
