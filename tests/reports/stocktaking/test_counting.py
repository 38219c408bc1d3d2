"""The counts of a report are those that counting by hand gives, whatever is asked of them."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.reports.stocktaking import counting
from rapporteur.reports.stocktaking.counting import MOST_STORIES, Scope, count
from tests.factories.register import make_activity, make_withdrawn
from tests.reports.stocktaking.conftest import TODAY, make_places, moment, put

pytestmark = pytest.mark.django_db

REGIONS_OF = {
    "KEN": {"region:africa", "itu-region:africa"},
    "NAM": {"region:africa"},
}


def some(*values):
    return st.sets(st.sampled_from(values)).map(lambda chosen: tuple(sorted(chosen)))


ENTRIES = st.fixed_dictionaries(
    {
        "action_lines": some("C3", "C4", "C7", "C7.4", "C7.7"),
        "sdgs": some("SDG4", "SDG4.1", "SDG9"),
        "countries": some("KEN", "NAM"),
        "regions": some("region:africa", "region:europe", "itu-region:africa"),
        "stakeholder_group": st.sampled_from(
            ["", "stakeholder:governments", "stakeholder:civil-society"]
        ),
        "starts": st.sampled_from(["", "2019", "2024", "2026-05"]),
        "success_story": st.sampled_from(["", "It worked."]),
        "published": st.sampled_from(
            [moment(2024), datetime(2024, 12, 31, 23, 59, 59, tzinfo=UTC), moment(2025)]
        ),
        "changed_after": st.integers(0, 500),
        "confirmed_after": st.none() | st.integers(0, 500),
        "is_withdrawn": st.booleans(),
    }
)
SCOPES = st.fixed_dictionaries(
    {},
    optional={
        "action-line": some("C3", "C7", "C7.4"),
        "sdg": some("SDG4", "SDG9"),
        "region": some("region:africa", "region:europe"),
        "itu-region": some("itu-region:africa"),
        "country": some("KEN", "NAM"),
        "stakeholder-group": some("stakeholder:governments"),
        "year": some("2019", "2026"),
    },
).map(lambda chosen: {name: values for name, values in chosen.items() if values})
SPANS = st.sampled_from([(None, None), (2020, None), (None, 2024), (2019, 2019)])


def make(entry):
    values = {
        name: value
        for name, value in entry.items()
        if name not in ("published", "changed_after", "confirmed_after", "is_withdrawn")
    }
    maker = make_withdrawn if entry["is_withdrawn"] else make_activity
    days = entry["confirmed_after"]
    confirmed = None if days is None else entry["published"] + timedelta(days)
    activity = put(
        maker(**values),
        published_at=entry["published"],
        updated_at=entry["published"] + timedelta(entry["changed_after"]),
        confirmed_at=confirmed,
        stale_on=((confirmed or entry["published"]) + timedelta(730)).date(),
    )
    if entry["is_withdrawn"]:
        put(activity, withdrawn_at=entry["published"] + timedelta(entry["changed_after"]))
    return activity


def labels_by_hand(entry):
    """Return what an entry is narrowed by, and what it counts under, each by facet."""
    regions = set(entry["regions"]).union(*(REGIONS_OF[iso3] for iso3 in entry["countries"]))
    counts = {
        "action-line": set(entry["action_lines"]),
        "sdg": {code.split(".")[0] for code in entry["sdgs"]},
        "region": {code for code in regions if code.startswith("region:")},
        "itu-region": {code for code in regions if code.startswith("itu-region:")},
        "stakeholder-group": {entry["stakeholder_group"]} - {""},
    }
    narrows = {
        **counts,
        "action-line": counts["action-line"]
        | {code.split(".")[0] for code in entry["action_lines"]},
        "country": set(entry["countries"]),
        "year": {entry["starts"][:4]} - {""},
    }
    return narrows, counts


def is_within(entry, chosen, span):
    narrows, _counts = labels_by_hand(entry)
    first, last = span
    year = int(entry["starts"][:4]) if entry["starts"] else None
    if (first or last) and year is None:
        return False
    if (first and year < first) or (last and year > last):
        return False
    return all(narrows[name] & set(values) for name, values in chosen.items())


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(entries=st.lists(ENTRIES, max_size=4), chosen=SCOPES, span=SPANS, data=st.data())
def test_counts_are_those_of_counting_by_hand(db, entries, chosen, span, data):
    with transaction.atomic():
        make_places()
        made = [(make(entry).pk, entry) for entry in entries]
        keys = data.draw(
            st.none() | st.sets(st.sampled_from([pk for pk, _entry in made] or [0])).map(frozenset)
        )
        found = count(Scope(2025, chosen, keys, span), today=TODAY)
        transaction.set_rollback(True)

    since, until = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    taken = [
        entry
        for pk, entry in made
        if not entry["is_withdrawn"]
        and is_within(entry, chosen, span)
        and (keys is None or pk in keys)
    ]
    before = [entry for entry in taken if entry["published"] < since]
    assert found.live == len(taken)
    assert found.before == len(before)
    assert found.updated == sum(
        entry["published"] + timedelta(entry["changed_after"]) >= since for entry in before
    )
    assert found.confirmed == sum(
        entry["confirmed_after"] is not None
        and entry["published"] + timedelta(entry["confirmed_after"]) >= since
        for entry in taken
    )
    assert found.entered == Counter(entry["published"].year for entry in taken)
    assert found.story_count == sum(bool(entry["success_story"]) for entry in taken)
    for name in counting.COUNTED:
        labelled = [(entry, labels_by_hand(entry)[1][name]) for entry in taken]
        assert found.now[name] == Counter(code for _entry, codes in labelled for code in codes)
        assert found.earlier[name] == Counter(
            code for entry, codes in labelled if entry in before for code in codes
        )
        assert found.named[name] == sum(bool(codes) for _entry, codes in labelled)
        began = Counter(
            (code, int(entry["starts"][:4]))
            for entry, codes in labelled
            for code in codes
            if entry["starts"]
        )
        assert {
            (code, year): number
            for code, years in found.began[name].items()
            for year, number in years.items()
        } == began
    left = [
        entry
        for _pk, entry in made
        if entry["is_withdrawn"]
        and since <= entry["published"] + timedelta(entry["changed_after"]) < until
    ]
    whole = not chosen and keys is None and span == (None, None)
    assert found.withdrawn == (len(left) if whole else None)


@pytest.mark.parametrize(
    ("confirmed", "stale_on", "standing"),
    [
        (moment(2024, 6), date(2026, 1, 1), "verified"),
        (moment(2023, 12), date(2025, 12, 31), "stale"),
        (None, date(2026, 1, 1), "unconfirmed"),
        (None, date(2025, 12, 31), "stale"),
    ],
)
def test_the_standing_is_that_of_the_last_day_of_the_year(register, confirmed, stale_on, standing):
    put(register.radio, confirmed_at=confirmed, stale_on=stale_on)
    found = count(Scope(2025, keys=frozenset([register.radio.pk])), today=TODAY)
    assert found.standing == {standing: 1}


def test_more_entries_ask_no_more_queries(register):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            count(Scope(2026), today=TODAY)
        return len(queries)

    asked()  # which country belongs where is kept
    first = asked()
    make_activity(title="Another")
    make_activity(title="And another")
    assert asked() == first == 3


def test_the_counts_can_be_kept(register):
    found = count(Scope(2026), today=TODAY)
    cache.set("counts", found)
    assert cache.get("counts") == found


def test_action_lines_take_turns_in_telling_their_latest_stories(db):
    make_places()
    made = {
        (line, place): put(
            make_activity(
                title=f"{line} {place}",
                action_lines=(line,) if line else (),
                success_story="Told.",
            ),
            published_at=moment(2024, 1 + place),
        )
        for line in ("C7.4", "", "C3")
        for place in (2, 0, 1)
    }
    found = count(Scope(2026), today=TODAY)
    assert found.story_count == len(made) == 9
    assert [story.title for story in found.stories] == [
        f"{line} {place}" for place in (2, 1, 0) for line in ("C3", "C7.4", "")
    ]


def test_no_more_stories_are_kept_than_are_told(db, monkeypatch):
    monkeypatch.setattr(counting, "MOST_STORIES", 2)
    make_places()
    for place in (3, 1, 4, 2):
        put(
            make_activity(title=f"Story {place}", success_story="Told."),
            published_at=moment(2024, place),
        )
    found = count(Scope(2026), today=TODAY)
    assert (found.story_count, MOST_STORIES) == (4, 12)
    assert [story.title for story in found.stories] == ["Story 4", "Story 3"]
