"""Where a person's mail goes."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress


def address_of(account: Any) -> str:
    """Return the person's confirmed primary address; "" where none may be written to.

    Nobody writes to a suspended or closed account, or to an address that its owner never
    confirmed. One query.
    """
    if not account.is_active or account.suspended_at is not None:
        return ""
    found = EmailAddress.objects.filter(user=account, primary=True, verified=True).first()
    return found.email if found is not None else ""
