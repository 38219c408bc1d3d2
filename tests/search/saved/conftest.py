"""A person who follows searches over the made-up papers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from rapporteur.directory.models import Account
from rapporteur.operations.addresses import confirm_email
from rapporteur.search import actions as search_actions
from rapporteur.search.registry import Entry
from rapporteur.search.saved.actions import save_search
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.models import SavedSearch

# A Sunday.
AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)


def make_reader(address: str = "reader@example.org") -> Account:
    account = Account.objects.create_user(address, None)
    confirm_email(account)
    return account


def save(account: Account, query: str = "q=health", **values) -> SavedSearch:
    return save_search(
        **{
            "account": account,
            "scope": "search",
            "query": query,
            "name": "Health",
            "language": "en",
            "frequency": Frequency.DAILY,
            "at": AT,
            **values,
        }
    )


@pytest.fixture
def reader(db) -> Account:
    return make_reader()


@pytest.fixture
def publish(shelf) -> Callable[..., Entry]:
    """Return how a paper is published or changed: its record, the log and the index."""

    def publish(key: str, *, updated: datetime | None = AT, **values) -> Entry:
        entry = shelf.put(key, updated=updated, **values)
        search_actions.note_change("paper", key)
        search_actions.follow()
        return entry

    return publish
