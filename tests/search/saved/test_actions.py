"""Keeping searches: once each, few of them, and each act in the audit trail."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, close_old_connections, connections, transaction

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Refusal
from rapporteur.search.saved.actions import (
    TooMany,
    change_search,
    delete_search,
    look_at,
    stop_digest,
)
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.models import MOST_SEARCHES, SavedSearch
from tests.search.saved.conftest import AT, make_reader, save

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def trail() -> list[tuple[str, int | None]]:
    events = AuditEvent.objects.filter(verb__startswith="search.saved.").order_by("sequence")
    return list(events.values_list("verb", "by_id"))


def test_search_is_kept(reader):
    saved = save(reader, query="q=health&topic=C2")

    assert (saved.place, saved.query, saved.looked_at, saved.told_at) == (
        1,
        "q=health&topic=C2",
        AT,
        AT,
    )
    assert trail() == [("search.saved.added", reader.pk)]


def test_same_search_sent_twice_counts_once(reader):
    first = save(reader)
    again = save(reader)

    assert (again.pk, SavedSearch.objects.count()) == (first.pk, 1)
    assert trail() == [("search.saved.added", reader.pk)]


def test_same_search_with_another_name_takes_the_new_one(reader):
    first = save(reader)
    again = save(reader, name="Clinics", frequency=Frequency.WEEKLY)

    assert (again.pk, again.name, again.frequency) == (first.pk, "Clinics", "weekly")
    event = AuditEvent.objects.get(verb="search.saved.changed")
    assert event.details == {"fields": ["name", "frequency"]}


def test_two_people_and_two_pages_may_keep_the_same_query(reader):
    save(reader)
    save(reader, scope="activities")
    save(make_reader("other@example.org"))

    assert SavedSearch.objects.count() == 3


def test_account_keeps_no_more_than_its_share(reader):
    kept = [save(reader, query=f"q={number}") for number in range(MOST_SEARCHES)]
    with pytest.raises(TooMany) as refusal:
        save(reader, query="q=more")

    assert str(refusal.value) == (
        "You keep 20 searches, and one account can keep no more. Delete one that you no longer "
        "need, then save this one again."
    )
    # One that is kept already is no more than before.
    assert save(reader, query="q=3", name="Three").name == "Three"
    delete_search(saved=kept[6], by=reader, at=AT)
    assert save(reader, query="q=more").place == 7


def test_database_refuses_a_place_too_many_and_a_place_taken(reader):
    first = save(reader)
    second = save(reader, query="q=b")
    for pk, place in ((first.pk, 0), (first.pk, MOST_SEARCHES + 1), (second.pk, 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedSearch.objects.filter(pk=pk).update(place=place)


def test_search_that_is_too_long_is_refused(reader):
    with pytest.raises(Refusal) as refusal:
        save(reader, query="q=" + "a" * 2000)

    assert str(refusal.value) == (
        "This search is too long to be kept. Take some of its words or choices away."
    )
    assert not SavedSearch.objects.exists()


def test_change_of_nothing_leaves_no_trace(reader):
    saved = save(reader)
    change_search(
        saved=saved, name="Health", language="en", frequency=Frequency.DAILY, by=reader, at=AT
    )

    assert trail() == [("search.saved.added", reader.pk)]


def test_change_of_the_name_leaves_what_was_told(reader):
    saved = save(reader)
    SavedSearch.objects.update(told=[["paper\u001fa", 1]])
    change_search(
        saved=saved,
        name="Clinics",
        language="fr",
        frequency=Frequency.WEEKLY,
        by=reader,
        at=AT + HOUR,
    )
    saved.refresh_from_db()

    assert (saved.name, saved.language, saved.frequency) == ("Clinics", "fr", "weekly")
    assert (saved.told_at, saved.told) == (AT, [["paper\u001fa", 1]])


def test_deleted_twice_is_deleted_once(reader):
    saved = save(reader)
    delete_search(saved=saved, by=reader, at=AT)
    delete_search(saved=saved, by=reader, at=AT)

    assert not SavedSearch.objects.exists()
    assert trail() == [("search.saved.added", reader.pk), ("search.saved.deleted", reader.pk)]


def test_looking_moves_forward_only(reader):
    saved = save(reader)
    look_at(saved=saved, at=AT + HOUR)
    look_at(saved=saved, at=AT)
    saved.refresh_from_db()

    assert saved.looked_at == AT + HOUR


def test_stopped_twice_is_stopped_once_by_nobody_known(reader):
    saved = save(reader)
    stop_digest(pk=saved.pk, at=AT)
    stop_digest(pk=saved.pk, at=AT)
    stop_digest(pk=saved.pk + 99, at=AT)

    assert SavedSearch.objects.get().frequency == "never"
    assert trail() == [("search.saved.added", reader.pk), ("search.saved.stopped", None)]


def test_account_takes_its_searches_along(reader):
    save(reader)
    reader.delete()

    assert not SavedSearch.objects.exists()


def at_once(count: int, act) -> tuple[list, list[Exception]]:
    start = threading.Barrier(count)
    results: list = []
    faults: list[Exception] = []

    def work(number: int) -> None:
        close_old_connections()
        start.wait()
        try:
            results.append(act(number))
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    return results, faults


@pytest.mark.django_db(transaction=True)
def test_same_search_saved_from_three_tabs_at_once():
    reader = make_reader()
    results, faults = at_once(3, lambda number: save(reader).pk)

    assert faults == []
    assert len(set(results)) == 1
    assert SavedSearch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_no_place_too_many_from_three_tabs_at_once():
    reader = make_reader()
    for number in range(MOST_SEARCHES - 1):
        save(reader, query=f"q={number}")
    results, faults = at_once(3, lambda number: save(reader, query=f"q=new{number}").pk)

    assert len(results) == 1
    assert [type(fault) for fault in faults] == [TooMany, TooMany]
    assert SavedSearch.objects.count() == MOST_SEARCHES
