from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from rapporteur.framework import searchables
from rapporteur.search.registry import Entry
from tests.factories.framework import make_concept

pytestmark = pytest.mark.django_db


def test_action_line_stands_under_itself_and_what_is_above_it():
    application = make_concept("C7.4", names={"en": "E-health", "fr": "Cybersanté"})

    assert list(searchables.load([str(application.pk)])) == [
        Entry(
            kind="framework.concept",
            key=str(application.pk),
            title={"en": "E-health", "fr": "Cybersanté"},
            url="/action-lines/C7.4",
            facets={"action-line": ["C7.4", "C7"]},
            note="C7.4",
        )
    ]


def test_target_stands_under_its_goal_alone():
    target = make_concept("SDG9.c", names={"en": "Access to ICT"})

    entry = next(iter(searchables.load([str(target.pk)])))
    assert (entry.note, entry.facets) == ("SDG9.c", {"sdg": ["SDG9"]})


def test_region_is_known_by_its_name():
    region = make_concept("region:africa", names={"en": "Africa"})

    entry = next(iter(searchables.load([str(region.pk)])))
    assert (entry.note, entry.facets) == ("", {"region": ["region:africa"]})
    assert searchables.labels(["region:africa"]) == {"region:africa": "Africa"}


def test_retired_concept_is_not_public():
    concept = make_concept("C1", retired_at=datetime(2026, 1, 1, tzinfo=UTC))

    assert [entry.public for entry in searchables.load([str(concept.pk)])] == [False]


def test_one_and_three_cost_the_same_queries():
    keys = [str(make_concept(code).pk) for code in ("C1", "SDG9.c", "region:africa")]
    counts = []
    for some in (keys[:1], keys):
        with CaptureQueriesContext(connection) as queries:
            list(searchables.load(some))
        counts.append(len(queries))

    assert counts == [1, 1]
