"""Report an error: stored once, answered, told to the reporter, nothing private shown."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Conflict
from rapporteur.directory.models import Account
from rapporteur.site import actions
from rapporteur.site.models import ErrorReport

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def secretariat() -> Account:
    account = Account.objects.create_user("desk@example.org", "x")
    account.grants.create(role="secretariat", granted_at=AT)
    return account


@pytest.fixture
def desk_client(secretariat, settings) -> Client:
    settings.SECOND_FACTOR_ROLES = ()
    client = Client()
    client.force_login(secretariat)
    return client


def form_data(client: Client, **values: str) -> dict[str, str]:
    form = client.get("/report-an-error?page=/documents/A/80/62&about=Paragraph 28").context["form"]
    return {**form.initial, "text": "The year is wrong.", **values}


def make_report(**values) -> ErrorReport:
    defaults = {"token": "t1", "text": "The year is wrong.", "page": "/about", "at": AT}
    return actions.report_error(**{**defaults, **values})


def test_report_is_stored_with_page_and_subject(client):
    response = client.post("/report-an-error", form_data(client, email="reader@example.org"))

    report = ErrorReport.objects.get()
    assert response.url == f"/errors/{report.reference}"
    assert (report.page, report.subject, report.text, report.email, report.state) == (
        "/documents/A/80/62",
        "Paragraph 28",
        "The year is wrong.",
        "reader@example.org",
        "open",
    )
    assert AuditEvent.objects.get().verb == "site.error.reported"


def test_retried_submit_counts_once(client):
    data = form_data(client)

    first = client.post("/report-an-error", data)
    second = client.post("/report-an-error", data)

    assert first.url == second.url
    assert ErrorReport.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_lost_race_returns_the_report_that_won(monkeypatch):
    won = make_report()
    answers = iter([None, won])
    monkeypatch.setattr(actions.queries, "report_with_token", lambda token: next(answers))

    assert make_report(text="Again") == won
    assert ErrorReport.objects.count() == 1


def test_faulty_form_keeps_what_was_typed_and_says_what_is_wrong(client):
    data = form_data(client, text="", email="not an address", subject="Kept")
    response = client.post("/report-an-error", data)

    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_text">Write what is wrong.</a>' in page
    assert '<a href="#id_email">' in page
    assert 'value="Kept"' in page
    assert 'value="not an address"' in page
    assert ErrorReport.objects.count() == 0


@pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_address_of_another_site_is_left_out(client, page):
    client.post("/report-an-error", form_data(client, page=page))

    assert ErrorReport.objects.get().page == ""


def test_eleventh_report_of_an_hour_is_refused_and_kept_on_the_page(client):
    for _time in range(10):
        client.post("/report-an-error", form_data(client))
    response = client.post("/report-an-error", form_data(client, subject="Eleventh"))

    assert response.status_code == 429
    assert 'value="Eleventh"' in response.content.decode()
    assert ErrorReport.objects.count() == 10


def test_state_is_shown_without_what_is_private(client):
    report = make_report(email="reader@example.org", text="My name is Secret Reader")
    response = client.get(f"/errors/{report.reference}")

    page = response.content.decode()
    assert response.status_code == 200
    assert "not answered yet" in page
    assert "reader@example.org" not in page
    assert "Secret Reader" not in page


@pytest.mark.parametrize("reference", ["AAAA-AAAA", "%00", "x" * 500])
def test_unknown_reference_is_not_found(client, reference):
    assert client.get(f"/errors/{reference}").status_code == 404


def test_reference_may_be_typed_in_small_letters(client):
    report = make_report()

    assert client.get(f"/errors/{report.reference.lower()}").status_code == 200


def test_answer_is_stored_sent_and_the_address_erased(
    client, desk_client, django_capture_on_commit_callbacks
):
    report = make_report(email="reader@example.org", language="fr")

    with django_capture_on_commit_callbacks(execute=True):
        desk_client.post(
            f"/errors/{report.reference}/answer", {"state": "corrected", "answer": "Now 2024."}
        )

    report.refresh_from_db()
    assert (report.state, report.answer, report.email) == ("corrected", "Now 2024.", "")
    assert report.answer_sent_at is not None
    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert report.reference in mail.outbox[0].subject
    assert f"http://testserver/errors/{report.reference}" in mail.outbox[0].body
    assert "Now 2024." in client.get(f"/errors/{report.reference}").content.decode()


def test_answer_that_could_not_be_sent_is_sent_again(
    desk_client, monkeypatch, django_capture_on_commit_callbacks
):
    report = make_report(email="reader@example.org")

    def refuse(message):
        raise ConnectionRefusedError

    with monkeypatch.context() as patch, django_capture_on_commit_callbacks(execute=True):
        patch.setattr(actions.EmailMessage, "send", refuse)
        desk_client.post(
            f"/errors/{report.reference}/answer", {"state": "corrected", "answer": "Now 2024."}
        )
    report.refresh_from_db()
    waiting = (report.waits_for_mail, len(mail.outbox))
    desk_client.post(f"/errors/{report.reference}/send")
    report.refresh_from_db()

    assert waiting == (True, 0)
    assert (report.waits_for_mail, len(mail.outbox)) == (False, 1)


def test_second_answer_is_refused(secretariat):
    report = make_report()
    values = {"report": report, "by": secretariat, "at": AT, "link": "http://x/"}
    actions.answer_report(state="corrected", answer="First", **values)

    with pytest.raises(Conflict):
        actions.answer_report(state="not-an-error", answer="Second", **values)

    report.refresh_from_db()
    assert (report.state, report.answer) == ("corrected", "First")


def test_desk_counts_open_reports(desk_client):
    make_report()

    assert "1 report waits for an answer" in desk_client.get("/desk").content.decode()


def test_list_shows_open_reports_first_and_leaves_out_addresses(desk_client, secretariat):
    closed = make_report(token="a", subject="Closed one", email="reader@example.org")
    make_report(token="b", subject="Open one")
    actions.answer_report(
        report=closed, state="corrected", answer="A", by=secretariat, at=AT, link="http://x/"
    )

    listed = [report.subject for report in desk_client.get("/errors").context["page"]]
    csv = b"".join(desk_client.get("/errors?format=csv").streaming_content).decode()

    assert listed == ["Open one", "Closed one"]
    assert "Closed one" in csv
    assert "reader@example.org" not in csv


@pytest.mark.parametrize("path", ["/errors", "/desk", "/errors/AAAA-AAAA/answer"])
def test_visitors_are_sent_to_sign_in(client, path):
    response = client.get(path)

    assert response.status_code == 302
    assert response.url.startswith("/account/login/")


def test_list_asks_the_same_number_of_queries_for_1_and_3_rows(
    desk_client, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_report(token="a")
    with CaptureQueriesContext(connection) as one:
        desk_client.get("/errors")
    make_report(token="b")
    make_report(token="c")
    with CaptureQueriesContext(connection) as three:
        desk_client.get("/errors")

    assert len(one) == len(three)
