from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.directory import searchables
from rapporteur.directory.actions import loading
from rapporteur.search.models import Change
from tests.factories.directory import (
    make_country,
    make_facilitation,
    make_group_membership,
    make_organization,
)
from tests.factories.framework import make_concept

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def load_one(organization):
    return next(iter(searchables.load_organizations([str(organization.pk)])))


def test_organization_is_found_by_all_its_names():
    organization = make_organization(
        "Made-up Union", "MUU", aliases=["The Union"], former_names=["Old Union"]
    )
    make_facilitation(organization=organization, concept=make_concept("C5"))

    entry = load_one(organization)
    assert entry.title == {"en": "Made-up Union (MUU)"}
    assert set(entry.text["en"].split(" · ")) >= {"The Union", "Old Union"}
    assert entry.facets == {"action-line": ["C5"], "organization": ["muu"]}
    assert entry.url == organization.get_absolute_url()
    assert searchables.labels(["muu"]) == {"muu": "MUU"}


def test_merged_and_retired_organizations_are_not_public():
    kept = make_organization("Kept")
    merged = make_organization("Merged", merged_into=kept)
    retired = make_organization("Retired", retired_at=AT)

    assert [load_one(item).public for item in (kept, merged, retired)] == [True, False, False]


def test_country_stands_under_the_groups_it_belongs_to_now():
    country = make_country("RWA")
    make_group_membership(country, make_concept("region:africa"))
    make_group_membership(country, make_concept("region:asia-pacific"), until=date(2020, 1, 1))

    entry = next(iter(searchables.load_countries([str(country.pk)])))
    assert (entry.title, entry.note) == ({"en": "Rwanda"}, "RWA")
    assert entry.facets == {"region": ["region:africa"]}


def test_one_and_three_cost_the_same_queries():
    organizations = [make_organization(aliases=[f"Alias {n}"]) for n in range(3)]
    countries = [make_country() for _ in range(3)]
    for organization, country in zip(organizations, countries, strict=True):
        make_facilitation(organization=organization, concept=make_concept())
        make_group_membership(country, make_concept())
    counts = []
    for load, records in (
        (searchables.load_organizations, organizations),
        (searchables.load_countries, countries),
    ):
        for some in (records[:1], records):
            with CaptureQueriesContext(connection) as queries:
                list(load([str(record.pk) for record in some]))
            counts.append(len(queries))

    assert counts[0] == counts[1]
    assert counts[2] == counts[3]


def test_loading_the_pack_notes_every_record_once_and_nothing_the_second_time():
    loading.load_pack(at=AT)
    noted = dict.fromkeys(Change.objects.values_list("kind", "key"))
    count = Change.objects.count()
    loading.load_pack(at=AT)

    assert {kind for kind, _key in noted} == {
        "framework.concept",
        "directory.organization",
        "directory.country",
    }
    assert len(noted) == count == Change.objects.count()
