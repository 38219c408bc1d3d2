"""Ways into the register from the account's page and the secretariat's desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from rapporteur.common.policy import is_staff
from rapporteur.directory.models import Account
from rapporteur.register.queries.desk import waiting_counts
from rapporteur.register.queries.keeping import kept_entries, waiting_for_keepers
from rapporteur.site import registry


def desk(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return what of the register waits for the secretariat. Four queries."""
    return {"counts": waiting_counts()} if is_staff(request.user) else None


def account(request: HttpRequest, record: Any) -> Mapping[str, Any] | None:
    """Return how many entries wait for the person whose page it is. One query."""
    if not isinstance(record, Account):
        return None
    entries = kept_entries(record, on=timezone.localdate())
    return {"waiting": waiting_for_keepers(entries).count()}


def register() -> None:
    registry.add_panel("site.desk", order=15, template="register/desk/_panel.html", fill=desk)
    registry.add_panel(
        "directory.me", order=11, template="register/keeping/_panel.html", fill=account
    )
