"""Notices: told once, sent after the commit, stopped with one click."""

from __future__ import annotations

import email
import smtplib
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta
from email import policy as mail_policy
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import close_old_connections, connection, connections, transaction
from django.db.utils import IntegrityError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from rapporteur.common.notices import actions, links, registry
from rapporteur.common.notices.actions import Outcome, deliver, deliver_waiting, notify
from rapporteur.common.notices.letters import Item, Letter, apart, as_html, as_text
from rapporteur.common.notices.models import Notice
from rapporteur.directory.models import Account
from rapporteur.operations.addresses import confirm_email

AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Wells:
    """A made-up room that sends notices about wells."""

    def __init__(self) -> None:
        self.followed = {"7": "The well of Wajir"}
        self.stops: list[tuple[str, datetime]] = []

    def stop(self, about: str, at: datetime) -> None:
        self.stops.append((about, at))
        self.followed.pop(about, None)


@pytest.fixture
def wells(monkeypatch) -> Wells:
    monkeypatch.setattr(registry, "_kinds", {})
    wells = Wells()
    registry.add_notice_kind(
        "wells.dry",
        label="Mails about a well",
        describe=lambda about: wells.followed.get(about, ""),
        wanted=lambda about: about in wells.followed,
        stop=wells.stop,
    )
    return wells


def make_reader(address: str = "reader@example.org", **values) -> Account:
    account = Account.objects.create_user(address, None, **values)
    confirm_email(account)
    return account


def letter(subject: str = "A well fell dry", language: str = "en", **values) -> Letter:
    defaults = {
        "opening": ("The well that you follow fell dry.",),
        "items": (Item("Well of Wajir", "https://example.org/w/7", "en", "Kenya, 2026"),),
        "closing": ("And 2 more.",),
        "links": (("All wells:", "https://example.org/w"),),
    }
    return Letter(language=language, subject=subject, **{**defaults, **values})


def tell(account: Account, key: str = "wells.dry:7:2026-11-29", **values) -> bool:
    return notify(
        **{
            "key": key,
            "kind": "wells.dry",
            "about": "7",
            "account": account,
            "letter": letter(),
            "at": AT,
            "queue": False,
            **values,
        }
    )


def as_sent(message: mail.EmailMessage) -> EmailMessage:
    """Return the mail as another program reads it from its bytes."""
    found = email.message_from_bytes(message.message().as_bytes(), policy=mail_policy.default)
    assert isinstance(found, EmailMessage)
    return found


# --- Letters


def test_letter_as_text():
    assert as_text(letter(), foot=[("Stop:", "https://example.org/s")]) == (
        "The well that you follow fell dry.\n\n"
        "– Well of Wajir\n"
        "  Kenya, 2026\n"
        "  https://example.org/w/7\n\n"
        "And 2 more.\n\n"
        "-- \n"
        "All wells:\nhttps://example.org/w\n\n"
        "Stop:\nhttps://example.org/s\n"
    )


def test_letter_without_links_has_no_foot():
    plain = letter(items=(), closing=(), links=())

    assert as_text(plain) == "The well that you follow fell dry.\n"
    assert "<hr>" not in as_html(plain)


def test_letter_as_page_escapes_what_it_holds():
    hostile = '<script>"&'
    page = as_html(
        letter(
            subject=hostile,
            opening=(hostile,),
            items=(Item(hostile, 'https://example.org/"x', 'e"n', hostile),),
            closing=(hostile,),
            links=((hostile, 'https://example.org/"y'),),
        )
    )

    assert "<script" not in page
    assert page.count(escape(hostile)) == 6
    assert '"x' not in page
    assert '"y' not in page


def test_arabic_letter_runs_from_right_to_left_and_sets_latin_titles_apart():
    arabic = letter(
        subject="بئر",
        language="ar",
        opening=(f"جديد في {apart('Well of Wajir', 'ar')}",),
        items=(Item("Well of Wajir", "https://example.org/w/7", "en"), Item("بئر", "https://x/")),
    )

    assert arabic.opening == ("جديد في \u2068Well of Wajir\u2069",)
    assert '<html lang="ar" dir="rtl">' in as_html(arabic)
    assert '<a href="https://example.org/w/7" lang="en" dir="auto">' in as_html(arabic)
    assert "– \u2068Well of Wajir\u2069\n  https://example.org/w/7\n" in as_text(arabic)
    assert "– بئر\n" in as_text(arabic)


def test_arabic_title_is_set_apart_in_an_english_letter_alone():
    assert apart("بئر  واجير", "en") == "\u2068بئر واجير\u2069"
    assert apart("Well\nof Wajir 2026", "en") == "Well of Wajir 2026"
    assert apart("2026", "ar") == "2026"


def test_letter_is_the_same_after_it_was_stored():
    assert Letter.from_json(letter().as_json()) == letter()


# --- Addresses


def test_site_address_is_the_setting_or_the_first_host(settings):
    settings.ALLOWED_HOSTS = [".example.org", "wsis.example.org"]
    assert links.site_address() == "http://wsis.example.org"
    settings.SESSION_COOKIE_SECURE = True
    assert links.site_address() == "https://wsis.example.org"
    settings.SITE_URL = "https://record.example.org/"
    assert links.site_address() == "https://record.example.org"
    settings.SITE_URL, settings.DEMONSTRATION = "", True
    assert links.site_address() == "http://localhost:8000"


def test_addresses_are_in_the_reader_s_language():
    assert links.whole("/search?q=a", "en") == "http://testserver/search?q=a"
    assert links.whole("/search?q=a", "ar") == "http://testserver/ar/search?q=a"
    assert links.page("home", "fr") == "http://testserver/fr/"


def test_stop_token_is_read_back_and_no_other_is():
    token = links.stop_token("wells.dry", "7")

    assert links.read_stop_token(token) == ("wells.dry", "7")
    assert links.read_stop_token(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    assert links.read_stop_token("") is None
    assert links.read_stop_token("nonsense:::") is None


# --- Telling


@pytest.mark.django_db
def test_notice_is_stored_and_sent_with_its_stop_link(wells):
    reader = make_reader()

    assert tell(reader) is True
    assert deliver_waiting(at=AT) == {Outcome.SENT: 1}

    notice = Notice.objects.get()
    assert (notice.state, notice.sent_at, notice.letter) == ("sent", AT, {})
    [message] = mail.outbox
    stop = links.stop_link("wells.dry", "7", "en")
    assert (message.subject, message.to) == ("A well fell dry", ["reader@example.org"])
    assert message.body == as_text(letter(), foot=[("Stop these mails:", stop)])
    sent = as_sent(message)
    assert sent["List-Unsubscribe"].strip() == f"<{stop}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in sent.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.django_db
def test_same_key_again_tells_nothing(wells):
    reader = make_reader()
    tell(reader)
    deliver_waiting(at=AT)

    assert tell(reader, letter=letter("Another")) is False
    assert deliver_waiting(at=AT + HOUR) == {}
    assert [message.subject for message in mail.outbox] == ["A well fell dry"]


@pytest.mark.django_db
def test_a_key_is_unique_whatever_asks(wells):
    reader = make_reader()
    tell(reader)
    found = Notice.objects.get()
    found.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        found.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_notice_leaves_after_the_commit_and_never_without_it(wells):
    reader = make_reader()
    with transaction.atomic():
        tell(reader, queue=True)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), mail.outbox) == (0, [])

    with transaction.atomic():
        tell(reader, queue=True)
        assert mail.outbox == []

    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_queue_that_is_away_does_not_fail_the_request(wells, monkeypatch):
    def away(pk):
        raise OSError("no queue")

    monkeypatch.setattr(actions, "queue_delivery", away)
    with transaction.atomic():
        tell(make_reader(), queue=True)

    assert Notice.objects.get().state == "waiting"
    assert deliver_waiting(at=AT) == {Outcome.SENT: 1}


@pytest.mark.django_db
def test_mail_has_the_same_number_for_the_same_key(wells):
    reader = make_reader()
    tell(reader)
    first = actions.message_of(Notice.objects.get(), "reader@example.org")
    again = actions.message_of(Notice.objects.get(), "reader@example.org")

    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@testserver>")


@pytest.mark.django_db
def test_notice_without_a_subject_to_stop_has_no_stop_link(wells):
    wells.followed[""] = "always"
    tell(make_reader(), about="")
    deliver_waiting(at=AT)

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers
    assert "Stop these mails" not in mail.outbox[0].body


# --- Who gets none


@pytest.mark.django_db
@pytest.mark.parametrize("why", ["suspended", "closed", "unconfirmed", "unwanted", "unknown"])
def test_notice_is_dropped_where_nobody_may_or_wants_to_get_it(wells, why):
    reader = make_reader()
    tell(reader)
    if why == "suspended":
        Account.objects.update(suspended_at=AT)
    elif why == "closed":
        Account.objects.update(is_active=False)
    elif why == "unconfirmed":
        reader.emailaddress_set.update(verified=False)
    elif why == "unwanted":
        wells.followed.clear()
    else:
        registry._kinds.clear()

    assert deliver_waiting(at=AT) == {Outcome.DROPPED: 1}
    notice = Notice.objects.get()
    assert (notice.state, notice.letter, mail.outbox) == ("dropped", {}, [])


@pytest.mark.django_db
def test_mail_goes_to_the_confirmed_primary_address(wells):
    reader = make_reader()
    reader.emailaddress_set.create(email="other@example.org", verified=True, primary=False)
    tell(reader)
    deliver_waiting(at=AT)

    assert mail.outbox[0].to == ["reader@example.org"]


@pytest.mark.django_db
def test_account_takes_its_notices_along(wells):
    reader = make_reader()
    tell(reader)

    reader.delete()

    assert not Notice.objects.exists()


# --- How much


@pytest.mark.django_db
def test_account_gets_no_more_than_its_share_in_a_day(wells):
    reader, other = make_reader(), make_reader("other@example.org")
    for number in range(actions.MOST_A_DAY + 2):
        tell(reader, key=f"wells.dry:{number}")
    tell(other, key="wells.dry:other")

    assert deliver_waiting(at=AT) == {Outcome.SENT: actions.MOST_A_DAY + 1, Outcome.LATER: 2}
    assert deliver_waiting(at=AT) == {}
    assert deliver_waiting(at=AT + timedelta(days=1, minutes=1)) == {Outcome.SENT: 2}


@pytest.mark.django_db
def test_one_pass_sends_no_more_than_it_is_told(wells):
    for number in range(3):
        tell(make_reader(f"r{number}@example.org"), key=str(number), at=AT + number * MINUTE)

    assert deliver_waiting(at=AT + HOUR, most=2) == {Outcome.SENT: 2}
    assert [message.to for message in mail.outbox] == [["r0@example.org"], ["r1@example.org"]]


@pytest.mark.django_db
def test_notice_waits_until_it_is_due(wells):
    tell(make_reader())

    assert deliver_waiting(at=AT - MINUTE) == {}
    assert deliver(Notice.objects.get().pk, at=AT - MINUTE) == Outcome.TAKEN


@pytest.mark.django_db
def test_each_notice_costs_as_many_queries_as_the_one_before(wells):
    reader = make_reader()
    counts = []
    for number in range(3):
        tell(reader, key=str(number))
        with CaptureQueriesContext(connection) as queries:
            deliver(Notice.objects.get(key=str(number)).pk, at=AT)
        counts.append(len(queries))

    # The row itself (asked for here), the notice, the address, the day's share, begun, sent.
    assert counts == [6, 6, 6]


# --- Mail servers that refuse, or go away


class FaultyServer(BaseEmailBackend):
    """A mail server that fails as it is told, when it is reached or when it is given a mail."""

    at_opening: Exception | None = None
    at_sending: Exception | None = None
    tried = 0

    def open(self):
        if self.at_opening:
            raise self.at_opening

    def send_messages(self, messages):
        type(self).tried += 1
        if self.at_sending:
            raise self.at_sending
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.FaultyServer"
    FaultyServer.at_opening = FaultyServer.at_sending = None
    FaultyServer.tried = 0
    return FaultyServer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("opening", "sending"),
    [
        (ConnectionRefusedError(), None),
        (smtplib.SMTPAuthenticationError(535, b"no"), None),
        (None, smtplib.SMTPDataError(451, b"later")),
        (None, smtplib.SMTPRecipientsRefused({})),
        (None, smtplib.SMTPSenderRefused(450, b"later", "x@example.org")),
    ],
)
def test_refused_mail_is_tried_again_later_and_at_last_given_up(wells, server, opening, sending):
    server.at_opening, server.at_sending = opening, sending
    tell(make_reader())
    at = AT
    for pause in actions.PAUSES:
        assert deliver_waiting(at=at) == {Outcome.LATER: 1}
        notice = Notice.objects.get()
        assert (notice.state, notice.due_at, notice.fault) == (
            "waiting",
            at + pause,
            type(opening or sending).__name__,
        )
        assert deliver_waiting(at=at + pause - MINUTE) == {}
        at += pause
    assert deliver_waiting(at=at) == {Outcome.GIVEN_UP: 1}
    assert deliver_waiting(at=at + timedelta(days=9)) == {}
    assert Notice.objects.get().state == "failed"

    server.at_opening = server.at_sending = None
    assert actions.try_failed_again(at=at) == 1
    assert deliver_waiting(at=at) == {Outcome.SENT: 1}
    assert Notice.objects.get().fault == ""


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [smtplib.SMTPServerDisconnected(), TimeoutError()])
def test_mail_that_may_have_left_is_not_sent_again(wells, server, fault):
    server.at_sending = fault
    tell(make_reader())

    assert deliver_waiting(at=AT) == {Outcome.NOT_KNOWN: 1}
    server.at_sending = None
    assert deliver_waiting(at=AT + timedelta(days=9)) == {}
    notice = Notice.objects.get()
    assert (notice.state, notice.fault, server.tried) == ("sending", type(fault).__name__, 1)


class Killed(BaseException):
    """The process ends here: nothing catches it, nothing more is written."""


@pytest.mark.django_db(transaction=True)
def test_killed_while_sending_it_sends_nothing_twice(wells, server):
    server.at_sending = Killed()
    tell(make_reader())
    with pytest.raises(Killed):
        deliver_waiting(at=AT)

    server.at_sending = None
    assert deliver_waiting(at=AT + timedelta(days=9)) == {}
    assert (Notice.objects.get().state, server.tried) == ("sending", 1)


@pytest.mark.django_db(transaction=True)
def test_killed_before_sending_it_sends_once(wells, server, monkeypatch):
    def killed(*args, **values):
        raise Killed

    tell(make_reader())
    with monkeypatch.context() as patch:
        patch.setattr(actions, "address_of", killed)
        with pytest.raises(Killed):
            deliver_waiting(at=AT)

    assert deliver_waiting(at=AT) == {Outcome.SENT: 1}
    assert server.tried == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_once(wells):
    readers = [make_reader(f"reader{number}@example.org") for number in range(5)]
    for place, reader in enumerate(readers):
        tell(reader, key=f"wells.dry:{place}")
    start = threading.Barrier(3)
    outcomes: Counter[Outcome] = Counter()
    faults: list[Exception] = []

    def work() -> None:
        close_old_connections()
        start.wait()
        try:
            outcomes.update(deliver_waiting(at=AT))
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert faults == []
    assert outcomes[Outcome.SENT] == 5
    assert sorted(message.to[0] for message in mail.outbox) == [reader.email for reader in readers]


@pytest.mark.django_db(transaction=True)
def test_two_tell_the_same_at_once(wells):
    reader = make_reader()
    start = threading.Barrier(3)
    told: list[bool] = []
    faults: list[Exception] = []

    def work() -> None:
        close_old_connections()
        start.wait()
        try:
            told.append(tell(reader))
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert (faults, sorted(told)) == ([], [False, False, True])
    assert deliver_waiting(at=AT) == {Outcome.SENT: 1}


# --- Stopping


@pytest.mark.django_db
def test_looking_at_the_stop_page_stops_nothing(client, wells):
    page = client.get(links.stop_link("wells.dry", "7", "en"))

    text = page.content.decode()
    assert page.status_code == 200
    assert "Mails about a well: <bdi>The well of Wajir</bdi>" in text
    assert '<button class="main-act">Stop these mails</button>' in text
    assert page.headers["Cache-Control"] == "private, no-store"
    assert wells.stops == []


@pytest.mark.django_db
def test_mail_program_stops_with_one_click(wells):
    program = Client(enforce_csrf_checks=True)
    link = links.stop_link("wells.dry", "7", "fr")
    for _time in range(2):
        answer = program.post(link, {"List-Unsubscribe": "One-Click"})

        assert answer.status_code == 200
        assert "<form method" not in answer.content.decode()
    assert [about for about, _at in wells.stops] == ["7", "7"]
    assert program.cookies == {}


@pytest.mark.django_db
def test_the_button_needs_no_session(wells):
    visitor = Client(enforce_csrf_checks=True)
    link = links.stop_link("wells.dry", "7", "en")
    visitor.get(link)

    answer = visitor.post(link)

    assert answer.status_code == 200
    assert "You get no more of these mails" in answer.content.decode()


@pytest.mark.django_db
def test_link_that_was_not_signed_here_is_no_page(client, wells):
    for kind, about in (("wells.dry", "8"), ("other", "7")):
        token = links.stop_token(kind, about)
        forged = links.stop_link("wells.dry", "7", "en").rpartition("/")[0] + f"/{token}x"
        assert client.get(forged).status_code == 404
        assert client.post(forged).status_code == 404
    unknown = links.stop_link("other", "7", "en")
    assert client.get(unknown).status_code == 404
    assert client.post(unknown).status_code == 404
    assert wells.stops == []


@pytest.mark.django_db
def test_what_is_gone_is_stopped_already(client, wells):
    page = client.get(links.stop_link("wells.dry", "99", "en")).content.decode()

    assert "You get no more of these mails" in page
    assert "<form method" not in page


# --- The command


@pytest.mark.django_db
def test_command_counts_and_sends(wells, server):
    tell(make_reader())
    out = StringIO()
    call_command("notices", "status", stdout=out)
    call_command("notices", "send", stdout=out)
    call_command("notices", "status", stdout=out)

    assert out.getvalue() == (
        "Waiting: 1\nBegun, end not known: 0\nSent: 0\nGiven up: 0\nNo longer wanted: 0\n"
        "Sent: 1\nLooked at: 1\n"
        "Waiting: 0\nBegun, end not known: 0\nSent: 1\nGiven up: 0\nNo longer wanted: 0\n"
    )


@pytest.mark.django_db
def test_command_fails_where_it_does_not_know_what_left(wells, server):
    server.at_sending = TimeoutError()
    tell(make_reader())
    with pytest.raises(SystemExit) as end:
        call_command("notices", "send", stdout=StringIO())

    assert end.value.code == 1


@pytest.mark.django_db
def test_command_tries_what_was_given_up(wells):
    tell(make_reader())
    Notice.objects.update(state="failed", attempts=6)
    out = StringIO()
    call_command("notices", "send", "--failed", stdout=out)

    assert out.getvalue() == "Tried again: 1\nSent: 1\nLooked at: 1\n"


def test_jobs_are_known_to_every_process():
    from huey.contrib.djhuey import HUEY

    names = [str(task) for task in HUEY._registry.periodic_tasks]
    assert any("deliver_waiting_notices" in name for name in names)
