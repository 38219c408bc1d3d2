"""The secretariat's actions and pages: inviting, reminding, reading, entering letters."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from rapporteur.calls.actions import deciding, entering, inviting, posting
from rapporteur.calls.errors import AlreadyAnswered, CallMoved, NotSecretariat, ResponseMoved
from rapporteur.calls.models import Call, CallLetter
from rapporteur.calls.queries.inviting import invitations_of, standing_counts
from rapporteur.calls.questionnaire import to_json
from rapporteur.calls.questionnaire.ready import ready_made
from rapporteur.calls.questionnaire.xlsform import write_xlsform
from rapporteur.calls.starting import ready_made_calls
from rapporteur.common.models import Notice
from rapporteur.common.refusals import Refusal
from rapporteur.operations.addresses import confirm_email
from tests.factories.calls import (
    AFTER,
    DURING,
    OPENS,
    accept,
    close,
    make_call,
    make_draft_call,
    make_member,
    make_questionnaire,
    make_response,
    publish,
    send,
)
from tests.factories.directory import make_organization as make_known_organization
from tests.factories.register import (
    make_focal_point,
    make_organization,
    make_person,
    make_secretariat,
)

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


@pytest.fixture
def staff():
    return make_secretariat()


@pytest.fixture
def desk(client, staff):
    client.force_login(staff)
    return client


def letter(call, staff, text="Dear Sir,\nnine wells were  dug.\nIn C7, too. Yours", **values):
    return entering.enter_letter(
        call=call,
        text=text,
        organization=values.pop("organization", None),
        name=values.pop("name", "Letter Union"),
        form_token=values.pop("form_token", "letter"),
        by=staff,
        at=values.pop("at", DURING),
    )


# Inviting


def test_invite_adds_each_once_and_letters_wait_for_the_opening(staff):
    call = make_draft_call()
    union = make_organization()
    focal = make_focal_point(union, "focal@example.org")
    confirm_email(focal)

    first = inviting.invite(
        call=call, organizations=[union], emails=["A@example.org"], by=staff, at=OPENS
    )
    again = inviting.invite(
        call=call, organizations=[union], emails=["a@example.org"], by=staff, at=OPENS
    )
    assert (first.added, first.known, again.added, again.known) == (2, 0, 0, 2)
    assert not CallLetter.objects.exists()

    from rapporteur.calls.actions import keeping

    call = keeping.open_call(call=call, by=staff, at=OPENS)
    assert inviting.send_invitations(call=call, by=staff, at=OPENS) == 2
    assert inviting.send_invitations(call=call, by=staff, at=OPENS) == 0
    assert posting.deliver_waiting(at=DURING)["sent"] == 2
    assert posting.deliver_waiting(at=DURING) == {}

    by_address = {message.to[0]: message.body for message in mail.outbox}
    assert sorted(by_address) == ["a@example.org", "focal@example.org"]
    mine = call.invitations.get(email="a@example.org")
    assert mine.token in by_address["a@example.org"]
    assert mine.token not in by_address["focal@example.org"]
    # What is stored does not give the link.
    assert mine.token not in (mine.seed, mine.token_digest)


def test_remind_writes_to_who_has_not_answered_once_a_day(staff):
    call, union = make_call(), make_organization()
    inviting.invite(
        call=call, organizations=[union], emails=["late@example.org"], by=staff, at=DURING
    )
    posting.deliver_waiting(at=DURING)
    send(make_response(call, by=make_member(union), organization=union))

    assert inviting.remind(call=call, by=staff, at=DURING) == 1
    assert inviting.remind(call=call, by=staff, at=DURING + timedelta(hours=1)) == 0
    assert inviting.remind(call=call, by=staff, at=DURING + timedelta(days=1)) == 1
    mail.outbox.clear()
    posting.deliver_waiting(at=DURING + timedelta(days=1))

    assert {message.to[0] for message in mail.outbox} == {"late@example.org"}
    assert "Your response to this call has not come in yet." in mail.outbox[0].body
    with pytest.raises(CallMoved):
        inviting.remind(call=close(call), by=staff, at=AFTER)


def test_a_reminder_is_dropped_where_the_answer_came_meanwhile(staff):
    call = make_call()
    inviting.invite(call=call, emails=["quick@example.org"], by=staff, at=DURING)
    posting.deliver_waiting(at=DURING)
    quick = make_person("quick@example.org", name="Quick")
    inviting.accept_invitation(token=call.invitations.get().token, by=quick, at=DURING)
    inviting.remind(call=call, by=staff, at=DURING)

    send(make_response(call, by=quick))

    assert posting.deliver_waiting(at=DURING)["dropped"] == 1


def test_a_mail_server_that_refuses_is_asked_again(staff, monkeypatch):
    call = make_call()
    inviting.invite(call=call, emails=["a@example.org"], by=staff, at=DURING)

    class Away:
        def open(self):
            raise OSError

        def close(self):
            pass

    monkeypatch.setattr(posting, "get_connection", Away)
    assert posting.deliver_waiting(at=DURING) == {"waiting": 1}
    assert posting.deliver_waiting(at=DURING) == {}
    monkeypatch.undo()

    assert posting.deliver_waiting(at=DURING + timedelta(minutes=6)) == {"sent": 1}


def test_standings_go_from_nothing_to_answered(staff):
    call = make_call()
    unions = [make_organization(f"union-{n}", f"Union {n}") for n in range(3)]
    inviting.invite(
        call=call,
        organizations=unions,
        emails=["sent@example.org", "seen@example.org"],
        by=staff,
        at=DURING,
    )
    CallLetter.objects.filter(invitation__organization__isnull=False).delete()
    posting.deliver_waiting(at=DURING)
    inviting.accept_invitation(
        token=call.invitations.get(email="seen@example.org").token, by=make_person(), at=DURING
    )
    make_response(call, by=make_member(unions[0]), organization=unions[0])
    send(make_response(call, by=make_member(unions[1]), organization=unions[1]))

    assert {str(row.organization or row.email): row.standing for row in invitations_of(call)} == {
        "Union 0": "begun",
        "Union 1": "answered",
        "Union 2": "waiting",
        "sent@example.org": "sent",
        "seen@example.org": "taken-up",
    }
    assert standing_counts(call) == dict.fromkeys(standing_counts(call), 1)


def test_the_page_of_invitations_names_what_it_does_not_know(desk):
    call = make_call(closes_at=NOW + timedelta(days=9))
    make_known_organization("Wells Union")
    url = reverse("calls:desk-invitations", args=[call.pk])

    wrong = desk.post(
        url, {"organizations": "Wells Union\nNobody Inc", "emails": "no-address", "language": "en"}
    )
    nobody = desk.post(url, {"language": "en"})

    body = wrong.content.decode()
    assert (wrong.status_code, nobody.status_code) == (422, 422)
    assert "The directory does not know: Nobody Inc." in body
    assert "These are no e-mail addresses: no-address." in body
    assert not call.invitations.exists()


# Deciding


def test_decisions_are_made_on_what_was_seen_and_told_to_the_writer(staff):
    response = send(make_response(make_call()))
    with pytest.raises(NotSecretariat):
        deciding.accept_response(response=response, number=1, by=response.account, at=DURING)
    with pytest.raises(Refusal):
        deciding.return_response(response=response, number=1, reason=" ", by=staff, at=DURING)
    deciding.return_response(response=response, number=1, reason="Say more.", by=staff, at=DURING)
    with pytest.raises(ResponseMoved):
        deciding.accept_response(response=response, number=1, by=staff, at=DURING)
    send(response)
    with pytest.raises(ResponseMoved):
        deciding.accept_response(response=response, number=1, by=staff, at=DURING)

    accepted = deciding.accept_response(response=response, number=2, by=staff, at=DURING)

    assert (accepted.state, accepted.reason, accepted.decided_by) == ("accepted", "", staff)
    notices = Notice.objects.filter(account=response.account).order_by("pk")
    subjects = [notice.letter["subject"] for notice in notices]
    assert subjects == [
        "Please look again at your response to Call on wells",
        "Accepted: your response to Call on wells",
    ]


def test_publish_call_publishes_as_each_agreed_and_what_is_accepted_later_too(staff):
    call = make_call()
    for consent in ("named", "anonymous", "none"):
        accept(send(make_response(call), consent=consent))
    late = send(make_response(call))
    with pytest.raises(CallMoved):
        deciding.publish_call(call=call, by=staff, at=DURING)

    assert publish(call) == 2
    with pytest.raises(CallMoved):
        deciding.publish_call(call=call, by=staff, at=AFTER)
    late.refresh_from_db()
    accept(late)

    published = call.responses.filter(published_at__isnull=False)
    assert sorted(published.values_list("consent", flat=True)) == ["anonymous", "named", "named"]
    assert all(row.published_version_id for row in published)


def test_the_secretariat_reads_what_was_sent_and_no_draft(desk):
    call = make_call()
    sent, draft = send(make_response(call, name="Sent Union")), make_response(call)
    page = desk.get(reverse("calls:desk-response", args=[sent.pk])).content.decode()

    assert "Seven wells were dug." in page
    assert desk.get(reverse("calls:desk-response", args=[draft.pk])).status_code == 404
    listed = desk.get(reverse("calls:desk-responses", args=[call.pk]) + "?format=json").json()
    assert [row["respondent"] for row in listed["rows"]] == ["Sent Union"]


# Letters that came by mail


def test_a_letter_becomes_a_response_like_any_other(staff):
    call = make_call()
    entered = letter(call, staff)
    assert letter(call, staff) == entered
    with pytest.raises(Refusal):
        entering.submit_letter(
            response=entered, consent="named", form_token="a", by=staff, at=DURING
        )
    for question, text in (("progress", "In C7, too."), ("progress", "nine wells\nwere dug.")):
        entering.assign_passage(response=entered, question=question, text=text, by=staff, at=DURING)
    for question, text in (("progress", "ten wells"), ("depth", "nine wells"), ("x", "nine")):
        with pytest.raises(Refusal):
            entering.assign_passage(
                response=entered, question=question, text=text, by=staff, at=DURING
            )

    # It may be entered and sent after closing.
    close(call)
    sent = entering.submit_letter(
        response=entered, consent="named", form_token="b", by=staff, at=AFTER
    )
    accept(sent)

    sent.refresh_from_db()
    assert (sent.state, sent.origin, sent.account) == ("accepted", "letter", None)
    assert sent.versions.get().answers == {"progress": "nine wells were  dug.\n\nIn C7, too."}
    assert deciding.publish_call(call=call, by=staff, at=AFTER) == 1


def test_a_passage_that_is_taken_away_leaves_the_answer(staff):
    entered = letter(make_call(), staff)
    passage = entering.assign_passage(
        response=entered, question="progress", text="nine wells", by=staff, at=DURING
    )
    entering.remove_passage(passage=passage, by=staff, at=DURING)

    entered.refresh_from_db()
    assert entered.answers == {}


def test_an_organization_that_answered_itself_has_no_second_response_by_letter(staff):
    call, union = make_call(), make_organization()
    make_response(call, by=make_member(union), organization=union)

    with pytest.raises(AlreadyAnswered):
        letter(call, staff, organization=union)


def test_nobody_but_the_secretariat_enters_letters():
    with pytest.raises(NotSecretariat):
        letter(make_call(), make_person())


# Building


def test_a_call_is_built_from_an_earlier_one_and_a_file(desk):
    earlier = make_call("earlier", words_at_most=700)
    new = reverse("calls:desk-new")

    begun = desk.post(new, {"beginning": f"call:{earlier.pk}", "title": "Next call"})
    call = Call.objects.get(slug="next-call")
    upload = SimpleUploadedFile("wells.xlsx", write_xlsform(make_questionnaire()))
    taken = desk.post(reverse("calls:desk-questionnaire", args=[call.pk]), {"file": upload})

    call = Call.objects.get(pk=call.pk)
    assert begun.url == reverse("calls:desk-edit", args=[call.pk])
    assert taken.status_code == 302
    assert (call.words_at_most, call.made_from, call.titles["en"]) == (700, "earlier", "Next call")
    assert call.questionnaire == to_json(make_questionnaire())
    assert desk.get(reverse("calls:desk-edit", args=[call.pk])).status_code == 200


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", b"{"),
        ("a.json", b"[" * 100_000),
        ("a.json", json.dumps({"name": "x", "sections": []}).encode()),
        ("a.xlsx", b"no workbook"),
        ("a.json", b"\xff\xfe"),
    ],
)
def test_a_file_that_is_no_questionnaire_is_refused_and_changes_nothing(desk, name, data):
    call = make_draft_call()
    url = reverse("calls:desk-questionnaire", args=[call.pk])

    page = desk.post(url, {"file": SimpleUploadedFile(name, data)})

    assert page.status_code == 422
    assert Call.objects.get().questionnaire == call.questionnaire


def test_times_are_those_of_the_call_s_zone(desk):
    call = make_draft_call()
    url = reverse("calls:desk-edit", args=[call.pk])
    from rapporteur.calls.forms.desk import CallForm

    body = {name: value for name, value in CallForm.initial_of(call).items() if value}
    body |= {"zone": "Africa/Nairobi", "opens": "2026-03-01T09:00", "closes": "2026-05-31T17:00"}
    saved = desk.post(url, body)

    call.refresh_from_db()
    assert saved.status_code == 302
    assert call.opens_at == datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
    assert call.closes_at == datetime(2026, 5, 31, 14, 0, tzinfo=UTC)
    page = desk.get(reverse("calls:call", args=[call.slug])).content.decode()
    assert "31 May 2026, 17:00 (Africa/Nairobi)" in page


def test_the_buttons_of_a_call_lead_through_its_life(desk):
    call = make_draft_call(
        opens_at=NOW - timedelta(days=1), closes_at=NOW + timedelta(days=9), titles={}
    )
    url = reverse("calls:desk-act", args=[call.pk])
    refused = desk.post(url, {"act": "open"})
    Call.objects.filter(pk=call.pk).update(titles={"en": "Wells"})

    states = []
    for act in ("open", "letters", "remind", "close", "publish", "archive"):
        assert desk.post(url, {"act": act}).status_code == 302, act
        states.append(Call.objects.get().state)

    assert refused.status_code == 422
    assert "Give the call a title" in refused.content.decode()
    assert states == ["open", "open", "open", "closed", "published", "archived"]
    assert desk.post(url, {"act": "reopen"}).status_code == 422


@pytest.mark.parametrize(
    "name", ["calls:desk-calls", "calls:desk-responses", "calls:desk-invitations"]
)
def test_desk_lists_ask_the_same_number_of_queries_for_1_and_3_rows(desk, staff, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    call = make_call()

    def add(number):
        union = make_organization(f"union-{number}", f"Union {number}")
        inviting.invite(call=call, organizations=[union], by=staff, at=DURING)
        send(make_response(call, by=make_member(union), organization=union))

    def queries():
        path = reverse(name, args=[] if name.endswith("calls") else [call.pk])
        desk.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(path).status_code == 200
        return len(captured)

    add(1)
    one = queries()
    add(2)
    add(3)

    assert queries() == one


@pytest.mark.parametrize("name", [each.name for each in ready_made()])
def test_each_ready_made_call_lacks_only_what_its_secretariat_writes(desk, staff, name):
    from rapporteur.calls.actions import keeping

    desk.post(reverse("calls:desk-new"), {"beginning": name, "title": "Ready"})
    call = Call.objects.get()
    inviting.invite(call=call, emails=["a@example.org"], by=staff, at=NOW)

    faults = keeping.faults_of_call(call, at=NOW)

    assert [str(fault.place) for fault in faults] == ["Purpose", "Notice on personal data"]
    assert sorted(call.titles) == ["ar", "en", "es", "fr", "ru", "zh"]
    assert call.made_from == name
    assert name in ready_made_calls()


def test_the_review_consultation_asks_eight_open_questions_and_every_section_opens(client):
    questionnaire = next(each for each in ready_made() if each.name == "review-consultation")
    call = make_call(
        questionnaire=to_json(questionnaire),
        private_questions=[],
        identifying_questions=[],
        opens_at=NOW - timedelta(days=400),
        closes_at=NOW + timedelta(days=30),
    )
    response = make_response(call, answers={"gains": "Wells."})
    client.force_login(response.account)

    open_questions = [q for q in questionnaire.questions() if q.kind == "long-text"]

    assert len(open_questions) == 8
    for section in questionnaire.sections:
        path = reverse("calls:section", args=[response.pk, section.name])
        assert client.get(path).status_code == 200


@pytest.mark.parametrize(("form", "begins"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_the_letter_of_an_invitation_is_given_as_a_file(desk, staff, form, begins):
    call = make_call()
    inviting.invite(call=call, emails=["a@example.org"], language="fr", by=staff, at=DURING)
    row = call.invitations.get()

    page = desk.get(reverse("calls:desk-printed", args=[call.pk, row.pk]), {"format": form})

    assert page.content.startswith(begins)
    assert page.headers["Content-Disposition"].endswith(f'-{row.pk}.{form}"')
    if form == "docx":
        with zipfile.ZipFile(io.BytesIO(page.content)) as package:
            parts = b"".join(package.read(name) for name in package.namelist())
        assert row.token.encode() in parts
