"""Definitions, figures and tables: exact, and equal whether counted by database or index."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rapporteur.directory.models import Country, GroupMembership
from rapporteur.framework.models import Concept
from rapporteur.register.actions import merging
from rapporteur.register.models import Activity
from rapporteur.register.queries import counts
from rapporteur.register.searchables import ACTIVITY
from rapporteur.search.queries import Question
from rapporteur.search.queries import counts as index_counts
from tests.factories.register import (
    AT,
    make_activity,
    make_draft,
    make_framework,
    make_organization,
    make_secretariat,
    make_withdrawn,
)

pytestmark = pytest.mark.django_db


def make_register():
    """Make entries of every standing, and what is counted nowhere."""
    make_framework()
    for code, country in (
        ("region:africa", "KEN"),
        ("region:africa", "NAM"),
        ("itu-region:africa", "NAM"),
    ):
        GroupMembership.objects.create(
            country=Country.objects.get(iso3=country),
            concept=Concept.objects.get(code=code),
            source="test",
        )
    now = timezone.now()
    make_organization()
    make_activity(
        title="A",
        at=now,
        countries=("KEN", "NAM"),
        action_lines=("C7.4", "C7.7"),
        sdgs=("SDG4", "SDG4.1"),
        stakeholder_group="stakeholder:governments",
    )
    make_activity(title="B", at=now, regions=("region:europe", "region:africa"), kind="training")
    make_activity(
        title="C",
        at=now - timedelta(days=800),
        coverage="regional",
        countries=(),
        regions=("itu-region:africa",),
        starts="2019",
        action_lines=("C7", "C3"),
    )
    unconfirmed = make_activity(title="D", at=now, coverage="global", countries=())
    Activity.objects.filter(pk=unconfirmed.pk).update(confirmed_at=None)
    duplicate = make_activity(title="E", at=now)
    merging.merge(source=duplicate, target=unconfirmed, by=make_secretariat(), at=AT)
    make_draft(title="F", stakeholder_group="stakeholder:civil-society")
    make_withdrawn(title="G", at=now)


def test_standings_count_every_state():
    make_register()

    assert counts.standings(on=timezone.localdate()) == counts.Standings(
        live=4, verified=2, unconfirmed=1, stale=1, withdrawn=1, merged=1
    )


def test_statistics_are_exact():
    make_register()

    counted = counts.statistics()

    assert counted == counts.Statistics(
        action_lines={"C3": 1, "C7": 4},
        applications={"C7.4": 3, "C7.7": 1},
        goals={"SDG4": 4},
        regions={"region:africa": 2, "region:europe": 1},
        itu_regions={"itu-region:africa": 2},
        country_groups={},
        stakeholder_groups={"stakeholder:governments": 1},
        years={2019: 1, 2021: 3},
        kinds={"project": 3, "training": 1},
        statuses={"running": 4},
        countries={"KEN": 2, "NAM": 1},
    )


@pytest.mark.django_db(transaction=True)
def test_database_and_index_count_alike(indexed):
    make_register()
    indexed()

    counted = counts.count_in_database()
    assert counts.count_in_index() == counted
    names = ("action-line", "sdg", "region", "itu-region", "country", "stakeholder-group", "year")
    found = index_counts(Question(kinds=(ACTIVITY,)), names)

    assert found["action-line"] == counted.action_lines | counted.applications
    assert found["sdg"] == counted.goals
    assert found["region"] == counted.regions
    assert found["itu-region"] == counted.itu_regions
    assert found["country"] == counted.countries
    assert found["stakeholder-group"] == counted.stakeholder_groups
    assert found["year"] == {str(year): count for year, count in counted.years.items()}
    on = timezone.localdate()
    standing = index_counts(Question(kinds=(ACTIVITY,)), ("standing",))["standing"]
    told = counts.standings(on=on)
    assert standing == {
        "verified": told.verified,
        "unconfirmed": told.unconfirmed,
        "stale": told.stale,
    }


@pytest.mark.django_db(transaction=True)
def test_an_index_that_waits_for_changes_is_not_asked(indexed, monkeypatch):
    make_register()
    indexed()
    assert counts.count_in_index() is not None
    # As where a worker follows the log, and has not come to it yet.
    monkeypatch.setattr("rapporteur.search.actions.follow_log", lambda: None)

    make_activity(title="Not in the index yet", starts="2024")

    assert counts.count_in_index() is None
    assert counts.statistics().years == {2019: 1, 2021: 3, 2024: 1}


def test_counts_are_kept_until_something_changes():
    make_register()
    counts.statistics()

    with CaptureQueriesContext(connection) as again:
        counts.statistics()
    make_activity(title="New", starts="2024")

    assert len(again) == 2
    assert counts.statistics().years == {2019: 1, 2021: 3, 2024: 1}


def test_the_definitions_tell_today_s_counts(client):
    make_register()

    response = client.get("/activities/definitions")

    page = response.content.decode()
    for anchor in ("entry", "live", "verified", "unconfirmed", "stale", "withdrawn", "merged"):
        assert f'id="{anchor}"' in page
    assert response.context["counts"].live == 4


def test_the_figures_link_to_the_entries_that_they_count(client):
    make_register()

    response = client.get("/activities/statistics")

    page = response.content.decode()
    assert [part.anchor for part in response.context["parts"]] == [
        "action-lines",
        "goals",
        "regions",
        "itu-regions",
        "countries",
        "groups",
        "kinds",
        "status",
        "years",
    ]
    assert '<a href="/activities?action-line=C7.4">3</a>' in page
    assert '<a href="/activities?standing=stale">1</a>' in page
    assert "<svg " in page


def test_the_figures_of_an_empty_register(client):
    make_framework()

    response = client.get("/activities/statistics")

    assert response.context["parts"] == []
    assert "The register is empty so far." in response.content.decode()


def test_a_table_holds_the_counts_of_the_question(client, indexed):
    make_register()
    indexed()

    response = client.get("/activities/table?by=country&kind=other&activity-kind=project")

    assert [(row.value, row.label, row.count, row.url) for row in response.context["rows"]] == [
        ("KEN", "Kenya", 1, "/activities?activity-kind=project&country=KEN"),
        ("NAM", "Namibia", 1, "/activities?activity-kind=project&country=NAM"),
    ]


def test_a_table_is_taken_away_as_csv(client, indexed):
    make_register()
    indexed()

    response = client.get("/activities/table?by=year&format=csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["value", "name", "activities"],
        ["2021", "2021", "3"],
        ["2019", "2019", "1"],
    ]


def test_a_table_by_what_nobody_knows_is_that_by_country(client, indexed):
    make_register()
    indexed()

    assert client.get("/activities/table?by=%00passwords").context["by"] == "country"
