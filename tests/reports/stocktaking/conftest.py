"""A small register: three entries of three years, one withdrawn, one never published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.cache import cache

from rapporteur.directory.models import Country
from rapporteur.framework.models import Concept
from rapporteur.register.models import Activity
from rapporteur.register.searchables import read_groups
from rapporteur.search import actions
from rapporteur.search import index as search_index
from tests.factories.directory import make_group_membership
from tests.factories.register import (
    make_activity,
    make_draft,
    make_framework,
    make_organization,
    make_withdrawn,
)

TODAY = date(2026, 11, 29)


def moment(year: int, month: int = 3, day: int = 1) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def put(activity: Activity, **values: Any) -> Activity:
    """Set columns as the register's actions leave them on other days."""
    Activity.objects.filter(pk=activity.pk).update(**values)
    activity.refresh_from_db()
    return activity


def make_places() -> None:
    """Make the framework; Kenya and Namibia belong to Africa in both systems of regions."""
    make_framework()
    read_groups.cache_clear()
    for iso3, code in (
        ("KEN", "region:africa"),
        ("NAM", "region:africa"),
        ("KEN", "itu-region:africa"),
    ):
        make_group_membership(Country.objects.get(iso3=iso3), Concept.objects.get(code=code))


@dataclass
class Register:
    radio: Activity
    handbook: Activity
    clinic: Activity
    withdrawn: Activity


@pytest.fixture
def register(db, settings, tmp_path, monkeypatch) -> Register:
    """Return entries published in 2024, 2025 and 2026; files and index go to the test's folder."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.SEARCH_INDEX = tmp_path / "index"
    monkeypatch.setattr(search_index, "_reader", None)
    cache.clear()
    make_places()
    make_organization()
    radio = make_activity(
        title="Village radio",
        organization="Wells Union",
        organization_slug="wells-union",
        stakeholder_group="stakeholder:governments",
        sdgs=("SDG4.1", "SDG4"),
        success_story="The radio <told> when a well ran dry & where.",
    )
    handbook = make_activity(
        title="Handbook for libraries",
        action_lines=("C3", "C4"),
        sdgs=("SDG9",),
        coverage="regional",
        countries=(),
        regions=("region:europe",),
        starts="2025",
    )
    clinic = make_activity(
        title="Clinic on wheels",
        action_lines=("C7",),
        sdgs=(),
        countries=("NAM",),
        starts="",
        status="",
        success_story="It went everywhere.",
    )
    gone = make_withdrawn(title="Closed project")
    make_draft(title="Not published")
    return Register(
        put(
            radio,
            published_at=moment(2024),
            updated_at=moment(2025, 7),
            confirmed_at=moment(2024, 6),
            stale_on=date(2026, 6, 1),
        ),
        put(
            handbook,
            published_at=moment(2025),
            updated_at=moment(2025),
            confirmed_at=None,
            stale_on=date(2027, 3, 1),
        ),
        put(
            clinic,
            published_at=moment(2026),
            updated_at=moment(2026),
            confirmed_at=moment(2026),
            stale_on=date(2028, 3, 1),
        ),
        put(gone, published_at=moment(2024), withdrawn_at=moment(2025, 9)),
    )


@pytest.fixture
def index(register):
    """Build the search index of the register."""
    actions.rebuild()
