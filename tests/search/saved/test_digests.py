"""Digests: what is new, told once, whatever happens in between."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import close_old_connections, connection, connections
from django.test.utils import CaptureQueriesContext

from rapporteur.common.notices.actions import deliver_waiting
from rapporteur.common.notices.links import stop_link
from rapporteur.common.notices.models import Notice
from rapporteur.directory.models import Account
from rapporteur.search import actions as search_actions
from rapporteur.search import index
from rapporteur.search.saved import digests
from rapporteur.search.saved.actions import change_search, stop_digest
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.digests import Told, period_start, tell_all
from rapporteur.search.saved.models import SavedSearch
from tests.search.saved.conftest import AT, make_reader, save

# Rows become visible to the change log's reader with their commit.
pytestmark = pytest.mark.django_db(transaction=True)

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def told_on(day: datetime) -> list[str]:
    """Tell all that is due and send it; return the subjects of the mails that left."""
    before = len(mail.outbox)
    tell_all(at=day)
    deliver_waiting(at=day)
    return [message.subject for message in mail.outbox[before:]]


# --- When


def test_period_begins_at_midnight_or_on_monday():
    assert period_start("daily", AT) == datetime(2026, 11, 29, tzinfo=UTC)
    assert period_start("weekly", AT) == datetime(2026, 11, 23, tzinfo=UTC)
    assert period_start("weekly", AT + DAY) == datetime(2026, 11, 30, tzinfo=UTC)


def test_daily_digest_comes_once_a_day(reader, publish):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)

    assert told_on(AT + 2 * HOUR) == []
    assert told_on(AT + DAY) == ["Health: 1 new or changed entry"]
    assert told_on(AT + DAY + HOUR) == []
    publish("b", text="health", updated=AT + DAY + 2 * HOUR)
    assert told_on(AT + DAY + 3 * HOUR) == []
    assert told_on(AT + 2 * DAY) == ["Health: 1 new or changed entry"]


def test_weekly_digest_comes_from_monday_on(reader, publish):
    save(reader, frequency=Frequency.WEEKLY)
    publish("a", text="health", updated=AT + HOUR)

    assert told_on(AT + 2 * HOUR) == []
    assert told_on(AT + DAY) == ["Health: 1 new or changed entry"]
    publish("b", text="health", updated=AT + 2 * DAY)
    assert told_on(AT + 6 * DAY) == []
    # The worker was away on Monday: it comes when the worker is back.
    assert told_on(AT + 10 * DAY) == ["Health: 1 new or changed entry"]


def test_no_mail_where_none_is_asked_for(reader, publish):
    save(reader, frequency=Frequency.NEVER)
    publish("a", text="health", updated=AT + HOUR)

    assert told_on(AT + 30 * DAY) == []


# --- What


def test_text_of_the_mail(reader, publish):
    saved = save(reader, name="Health, for “all”")
    publish("a", title="Clinics online", text="health", updated=AT + HOUR, note="A/80/62")
    publish("b", title="Nurses", text="health", updated=AT + 2 * HOUR)
    told_on(AT + DAY)

    [message] = mail.outbox
    assert message.to == ["reader@example.org"]
    assert message.subject == "Health, for “all”: 2 new or changed entries"
    assert message.body == (
        "In your saved search “Health, for “all””, 2 entries are new or have changed since "
        "29 November 2026.\n\n"
        "– Nurses\n"
        "  Papers\n"
        "  http://testserver/papers/b\n\n"
        "– Clinics online\n"
        "  Papers · A/80/62\n"
        "  http://testserver/papers/a\n\n"
        "You get this mail at most once a day, as you asked.\n\n"
        "-- \n"
        "All entries of the search:\n"
        "http://testserver/search?q=health\n\n"
        "Change or delete the search:\n"
        f"http://testserver/account/searches/{saved.pk}\n\n"
        "Stop these mails:\n"
        f"{stop_link('search.digest', str(saved.pk), 'en')}\n"
    )


def test_mail_lists_twenty_and_counts_the_rest(reader, publish, shelf):
    save(reader)
    for number in range(23):
        shelf.put(str(number), text="health", updated=AT + number * timedelta(minutes=1))
    search_actions.note_changes("paper", [str(number) for number in range(23)])
    search_actions.follow()
    told_on(AT + DAY)

    [message] = mail.outbox
    assert message.subject == "Health: 23 new or changed entries"
    lines = [line for line in message.body.splitlines() if line.startswith("– ")]
    assert lines == [f"– Paper {number}" for number in range(22, 2, -1)]
    assert "3 more entries are not listed here." in message.body


def test_arabic_mail_sets_latin_pieces_apart(reader, publish):
    save(reader, name="Health الصحة", language="ar")
    publish("a", title="Clinics online", text="health", updated=AT + HOUR)
    publish("b", title="عيادات", text="health", language="ar", updated=AT + HOUR)
    publish("c", title="Clínicas", text="health", language="es", updated=AT + HOUR)
    told_on(AT + DAY)

    [message] = mail.outbox
    assert "\u2068Health الصحة\u2069" in message.subject
    lines = message.body.splitlines()
    assert [line for line in lines if line.startswith("– ")] == [
        "– \u2068Clinics online\u2069",
        "– عيادات",
        "– \u2068Clínicas\u2069",
    ]
    # An address stands alone on its line, so that nothing runs into it.
    assert all(line.strip().startswith("http://") for line in lines if "http" in line)
    assert "  http://testserver/ar/papers/a" in lines
    page = message.alternatives[0][0]
    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="en" dir="auto">Clinics online</a>' in page
    assert 'lang="es" dir="auto">Clínicas</a>' in page


def test_entry_is_told_once_per_change(reader, publish):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)
    assert len(told_on(AT + DAY)) == 1
    assert told_on(AT + 2 * DAY) == []

    publish("a", text="health again", updated=AT + 2 * DAY + HOUR)
    assert len(told_on(AT + 3 * DAY)) == 1
    assert told_on(AT + 4 * DAY) == []


def test_entry_indexed_anew_without_a_change_is_not_told(reader, publish):
    save(reader)
    publish("old", text="health", updated=AT - 90 * DAY)
    publish("undated", text="health", updated=None)
    assert told_on(AT + DAY) == []

    publish("a", text="health", updated=AT + DAY + HOUR)
    assert len(told_on(AT + 2 * DAY)) == 1
    # Noted again within the day in which a late change could still come: remembered as told.
    publish("a", text="health", updated=AT + DAY + HOUR)
    publish("b", text="health", updated=AT + 2 * DAY + HOUR)
    told = told_on(AT + 3 * DAY)
    assert told == ["Health: 1 new or changed entry"]
    assert "papers/b" in mail.outbox[-1].body
    assert "papers/a" not in mail.outbox[-1].body


def test_change_that_was_stored_late_is_told(reader, publish):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)
    assert len(told_on(AT + DAY)) == 1

    # It bears a moment before the digest, since its transaction was long, and came after it.
    publish("late", text="health", updated=AT + DAY - HOUR)
    assert told_on(AT + 2 * DAY) == ["Health: 1 new or changed entry"]
    assert "papers/late" in mail.outbox[-1].body


def test_withdrawn_entry_is_not_told(reader, publish):
    save(reader)
    publish("draft", text="health", updated=AT + HOUR, public=False)
    publish("a", text="health", updated=AT + HOUR)
    publish("a", text="health", updated=AT + 2 * HOUR, public=False)

    assert told_on(AT + DAY) == []


def test_deleted_entry_is_not_told(reader, publish, shelf):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)
    del shelf.entries["a"]
    search_actions.note_change("paper", "a")
    search_actions.follow()

    assert told_on(AT + DAY) == []


def test_entry_that_no_longer_matches_is_not_told(reader, publish):
    save(reader, query="q=health&topic=C7.4")
    publish("a", text="health", facets={"topic": ["C7.4"]}, updated=AT + HOUR)
    publish("a", text="health", facets={"topic": ["C2"]}, updated=AT + 2 * HOUR)
    publish("b", text="wealth", facets={"topic": ["C7.4"]}, updated=AT + 2 * HOUR)

    assert told_on(AT + DAY) == []


def test_what_was_there_before_is_not_new(reader, publish):
    publish("a", text="health", updated=AT - HOUR)
    save(reader)

    assert told_on(AT + DAY) == []


def test_mails_turned_on_tell_what_changes_from_then_on(reader, publish):
    saved = save(reader, frequency=Frequency.NEVER)
    publish("a", text="health", updated=AT + HOUR)
    change_search(
        saved=saved,
        name="Health",
        language="en",
        frequency=Frequency.DAILY,
        by=reader,
        at=AT + 2 * HOUR,
    )
    assert told_on(AT + DAY) == []
    publish("b", text="health", updated=AT + DAY + HOUR)
    assert told_on(AT + 2 * DAY) == ["Health: 1 new or changed entry"]


def test_many_changes_at_once_are_told_by_their_dates(reader, publish, monkeypatch):
    monkeypatch.setattr(digests, "MOST_KEYS", 2)
    save(reader)
    publish("old", text="health", updated=AT - 90 * DAY)
    for number in range(3):
        publish(str(number), text="health", updated=AT + HOUR)

    assert told_on(AT + DAY) == ["Health: 3 new or changed entries"]
    assert told_on(AT + 2 * DAY) == []


def test_database_restored_into_another_server_tells_by_dates(reader, publish):
    saved = save(reader)
    publish("a", text="health", updated=AT + HOUR)
    SavedSearch.objects.filter(pk=saved.pk).update(told_position=1 << 60)

    assert told_on(AT + DAY) == ["Health: 1 new or changed entry"]
    saved.refresh_from_db()
    assert saved.told_position < 1 << 60


def test_search_of_a_page_that_is_gone_tells_nothing(reader, publish):
    save(reader, scope="gone")
    publish("a", text="health", updated=AT + HOUR)

    assert tell_all(at=AT + DAY) == {Told.NOTHING_NEW: 1}


# --- To whom


@pytest.mark.parametrize("why", ["suspended", "unconfirmed", "closed"])
def test_who_may_not_be_written_to_gets_none_and_no_backlog(reader, publish, why):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)
    if why == "suspended":
        Account.objects.update(suspended_at=AT)
    elif why == "closed":
        Account.objects.update(is_active=False)
    else:
        reader.emailaddress_set.update(verified=False)

    assert tell_all(at=AT + DAY) == {Told.NO_ADDRESS: 1}
    assert not Notice.objects.exists()
    Account.objects.update(suspended_at=None, is_active=True)
    reader.emailaddress_set.update(verified=True)
    assert told_on(AT + 2 * DAY) == []


def test_each_reader_is_told_what_is_new_since_their_own_digest(publish):
    first, second = make_reader("first@example.org"), make_reader("second@example.org")
    save(first)
    publish("a", text="health", updated=AT + HOUR)
    save(second, at=AT + 2 * HOUR)
    publish("b", text="health", updated=AT + 3 * HOUR)
    told_on(AT + DAY)

    by_reader = {message.to[0]: message.subject for message in mail.outbox}
    assert by_reader == {
        "first@example.org": "Health: 2 new or changed entries",
        "second@example.org": "Health: 1 new or changed entry",
    }


# --- Stopping


def test_stop_link_of_the_mail_stops_the_digest(reader, publish, client):
    saved = save(reader)
    publish("a", text="health", updated=AT + HOUR)
    told_on(AT + DAY)
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    page = client.get(link)
    assert "Mails about a saved search: <bdi>Health</bdi>" in page.content.decode()
    saved.refresh_from_db()
    assert saved.frequency == "daily"

    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    saved.refresh_from_db()
    assert saved.frequency == "never"
    publish("b", text="health", updated=AT + DAY + HOUR)
    assert told_on(AT + 2 * DAY) == []


def test_search_stopped_after_the_digest_was_told_sends_no_mail(reader, publish):
    saved = save(reader)
    publish("a", text="health", updated=AT + HOUR)
    tell_all(at=AT + DAY)
    stop_digest(pk=saved.pk, at=AT + DAY)
    deliver_waiting(at=AT + DAY)

    assert mail.outbox == []
    assert Notice.objects.get().state == "dropped"


# --- Killed, and two at once


class Killed(BaseException):
    """The process ends here."""


def test_killed_between_two_searches_each_is_told_once(publish, monkeypatch):
    for number in range(3):
        save(make_reader(f"r{number}@example.org"))
    publish("a", text="health", updated=AT + HOUR)
    real = digests.tell
    calls = []

    def tell(saved, run):
        calls.append(saved.pk)
        if len(calls) == 3:
            raise Killed
        return real(saved, run)

    with monkeypatch.context() as patch:
        patch.setattr(digests, "tell", tell)
        with pytest.raises(Killed):
            tell_all(at=AT + DAY)
    told_on(AT + DAY)

    assert sorted(message.to[0] for message in mail.outbox) == [
        f"r{number}@example.org" for number in range(3)
    ]


def test_killed_while_telling_nothing_is_half_told(reader, publish, monkeypatch):
    saved = save(reader)
    publish("a", text="health", updated=AT + HOUR)

    def killed(**values):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(digests, "notify", killed)
        with pytest.raises(Killed):
            tell_all(at=AT + DAY)

    saved.refresh_from_db()
    assert (saved.told_at, Notice.objects.count()) == (AT, 0)
    assert told_on(AT + DAY) == ["Health: 1 new or changed entry"]


def test_killed_before_the_mails_left_they_leave_later(reader, publish):
    save(reader)
    publish("a", text="health", updated=AT + HOUR)
    tell_all(at=AT + DAY)
    assert mail.outbox == []

    # Another process, a minute later.
    assert tell_all(at=AT + DAY) == {}
    deliver_waiting(at=AT + DAY)
    deliver_waiting(at=AT + DAY)
    assert len(mail.outbox) == 1


def test_two_workers_at_once_tell_once(publish):
    for number in range(4):
        save(make_reader(f"r{number}@example.org"))
    publish("a", text="health", updated=AT + HOUR)
    start = threading.Barrier(3)
    told: Counter[Told] = Counter()
    faults: list[Exception] = []

    def work() -> None:
        close_old_connections()
        start.wait()
        try:
            told.update(tell_all(at=AT + DAY))
            deliver_waiting(at=AT + DAY)
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    deliver_waiting(at=AT + DAY)

    assert faults == []
    assert told[Told.MAIL] == 4
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"r{number}@example.org" for number in range(4)
    ]


def test_a_digest_costs_as_many_queries_whatever_is_new(publish, shelf):
    counts = []
    for number in (1, 3):
        save(make_reader(f"r{number}@example.org"), at=AT + number * DAY)
        for key in range(number):
            publish(f"{number}-{key}", text="health", updated=AT + number * DAY + HOUR)
        with CaptureQueriesContext(connection) as queries:
            tell_all(at=AT + (number + 1) * DAY)
        counts.append(len(queries))
        SavedSearch.objects.all().delete()

    assert counts[0] == counts[1]


# --- The command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("search", "digests", *arguments, stdout=out)
    return out.getvalue()


def test_command_tells_and_sends(reader, publish):
    # The command's clock is the real one.
    saved = save(reader, at=datetime.now(UTC) - 2 * DAY)
    publish("a", text="health", updated=datetime.now(UTC) - DAY)

    assert run("--dry-run") == (
        f"Saved search {saved.pk} (daily): 1 entries\n"
        "Due: 1. With something new: 1. Nothing was sent.\n"
    )
    assert (mail.outbox, Notice.objects.count()) == ([], 0)
    assert run() == "Mail: 1\nNothing new: 0\nNo address: 0\nTaken: 0\nMails sent: 1\n"
    assert len(mail.outbox) == 1
    assert run() == "Mail: 0\nNothing new: 0\nNo address: 0\nTaken: 0\n"


def test_without_an_index_the_command_says_how_to_build_it(reader, shelf, monkeypatch):
    monkeypatch.setattr(index, "current_folder", lambda: None)
    monkeypatch.setattr(digests.following, "follow", lambda: None)
    errors = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("search", "digests", stdout=StringIO(), stderr=errors)

    assert end.value.code == 1
    assert errors.getvalue() == "No index on this host. Build it: rapporteur search rebuild\n"


def test_job_is_known_to_every_process():
    from huey.contrib.djhuey import HUEY

    names = [str(task) for task in HUEY._registry.periodic_tasks]
    assert any("tell_digests" in name for name in names)
