"""Saved searches, for walking their addresses: the account's own, and another's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from rapporteur.common.policy import Relation
from rapporteur.directory.models import Account
from rapporteur.search.saved.actions import save_search
from rapporteur.search.saved.choices import Frequency

AT = datetime(2026, 1, 1, tzinfo=UTC)


def saved(relation: Relation, account: Account | None) -> dict[str, Any]:
    owner = account
    if relation is not Relation.OWN or owner is None:
        owner = Account.objects.create_user("owner@example.org", None)
    found = save_search(
        account=owner,
        scope="search",
        query="q=wells&year=2025",
        name="Wells of last year",
        language="en",
        frequency=Frequency.WEEKLY,
        at=AT,
    )
    return {"pk": found.pk}


def form(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"query": "q=wells", "name": "Wells", "frequency": "weekly", "language": "fr"}


SUBJECTS = {
    "search:search-save": lambda relation, account: {"scope": "search"},
    "search:search-change": saved,
    "search:search-open": saved,
    "search:search-delete": saved,
}
BODIES = {"search:search-save": form, "search:search-change": form}
