"""A call's life: what each action does, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from rapporteur.calls.actions import keeping
from rapporteur.calls.errors import CallMoved, FaultyCall, NotSecretariat, RulesFrozen
from rapporteur.calls.models import Call
from rapporteur.calls.rules import is_open
from rapporteur.calls.views.finding import zone_words
from rapporteur.common.models import AuditEvent
from rapporteur.common.refusals import Refusal
from tests.factories.calls import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    close,
    en,
    make_call,
    make_draft_call,
)
from tests.factories.register import make_person, make_secretariat

pytestmark = pytest.mark.django_db


def test_open_call_tells_everything_that_is_missing():
    draft = make_draft_call(titles={}, purposes={}, notices={}, consents=[], zone="Mars/Olympus")
    draft.private_questions = ["gone"]
    draft.audience = "invited"
    draft.save()

    with pytest.raises(FaultyCall) as refusal:
        keeping.open_call(call=draft, by=make_secretariat(), at=AFTER)

    assert [str(fault.place) for fault in refusal.value.faults] == [
        "Title",
        "Purpose",
        "Notice on personal data",
        "Consent",
        "Time zone",
        "Closing time",
        "Invitations",
        "Questions that are not published",
    ]
    assert Call.objects.get().state == "draft"


def test_open_call_opens_once_with_one_audit_entry():
    draft = make_draft_call()
    staff = make_secretariat()
    opened = keeping.open_call(call=draft, by=staff, at=OPENS)

    with pytest.raises(CallMoved):
        keeping.open_call(call=draft, by=staff, at=OPENS)

    assert (opened.state, opened.opened_at) == ("open", OPENS)
    verbs = AuditEvent.objects.filter(target_key=str(draft.pk)).order_by("sequence")
    assert list(verbs.values_list("verb", flat=True)) == [
        "calls.call.drafted",
        "calls.call.opened",
    ]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - timedelta(seconds=1), False),
        (OPENS, True),
        (CLOSES - timedelta(seconds=1), True),
        (CLOSES, False),
    ],
)
def test_is_open_from_the_opening_to_before_the_closing_time(at, expected):
    assert is_open(make_call(), at=at) is expected


def test_nobody_but_the_secretariat_keeps_calls():
    person = make_person()
    draft = make_draft_call()

    with pytest.raises(NotSecretariat):
        keeping.open_call(call=draft, by=person, at=OPENS)
    with pytest.raises(NotSecretariat):
        keeping.draft_call(values={}, slug="x", by=person, at=OPENS)


def test_an_opened_call_is_edited_by_amendment_only():
    call, staff = make_call(), make_secretariat()
    with pytest.raises(RulesFrozen):
        keeping.edit_call(call=call, values={"words_at_most": 800}, by=staff, at=DURING)
    with pytest.raises(Refusal):
        keeping.amend_call(call=call, values={"words_at_most": 8}, reason=" ", by=staff, at=DURING)
    with pytest.raises(Refusal):
        keeping.amend_call(
            call=call, values={"words_at_most": None}, reason="R.", by=staff, at=DURING
        )

    amendment = keeping.amend_call(
        call=call,
        values={"words_at_most": 800, "titles": en("Call on wells")},
        reason="Too short.",
        by=staff,
        at=DURING,
    )

    assert (amendment.number, amendment.changes) == (1, {"words_at_most": [None, 800]})
    call.refresh_from_db()
    assert (call.words_at_most, call.rules_number) == (800, 1)


def test_an_amendment_may_not_break_the_call():
    with pytest.raises(FaultyCall):
        keeping.amend_call(
            call=make_call(),
            values={"private_questions": ["gone"]},
            reason="R.",
            by=make_secretariat(),
            at=DURING,
        )


def test_extend_call_keeps_each_closing_time_with_its_reason():
    call, staff = make_call(), make_secretariat()
    later, latest = CLOSES + timedelta(days=10), CLOSES + timedelta(days=30)
    with pytest.raises(Refusal):
        keeping.extend_call(call=call, closes_at=CLOSES, reason="R.", by=staff, at=DURING)
    with pytest.raises(Refusal):
        keeping.extend_call(call=call, closes_at=later, reason="", by=staff, at=DURING)

    keeping.extend_call(call=call, closes_at=later, reason="Asked for.", by=staff, at=DURING)
    keeping.close_call(call=call, by=staff, at=later)
    keeping.extend_call(call=call, closes_at=latest, reason="Again.", by=staff, at=later)

    call.refresh_from_db()
    assert (call.state, call.closes_at, call.closed_at) == ("extended", latest, None)
    assert list(call.extensions.values_list("number", "closed_before", "reason")) == [
        (1, CLOSES, "Asked for."),
        (2, later, "Again."),
    ]


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        (AFTER - timedelta(days=30), AFTER - timedelta(days=30)),
        (AFTER + timedelta(days=1), None),
    ],
    ids=["before its time", "by a late job"],
)
def test_a_closed_call_tells_until_when_responses_were_taken(client, closed, told):
    call = make_call()
    call = keeping.close_call(call=call, by=make_secretariat(), at=closed)

    page = client.get(f"/calls/{call.slug}").content.decode()
    words = zone_words((told or call.closes_at).astimezone(ZoneInfo(call.zone)), call.zone)

    assert f"Responses were taken until <time>{words}</time>" in page
    assert f"<dt>Until</dt><dd><time>{words}</time></dd>" in page


def test_a_call_that_is_not_open_yet_says_so(client):
    call = make_call()
    later = timezone.now() + timedelta(days=10)
    Call.objects.filter(pk=make_draft_call("later").pk).update(
        opens_at=later, closes_at=later + timedelta(days=10)
    )
    later_call = keeping.open_call(
        call=Call.objects.get(slug="later"), by=make_secretariat(), at=timezone.now()
    )

    assert "Not open yet" in client.get(f"/calls/{later_call.slug}").content.decode()
    assert "Not open yet" not in client.get(f"/calls/{call.slug}").content.decode()


def test_close_due_calls_closes_what_is_due_once():
    due, running = make_call("due"), make_call("running", closes_at=AFTER + timedelta(days=9))

    assert keeping.close_due_calls(at=CLOSES - timedelta(seconds=1)) == 0
    assert keeping.close_due_calls(at=AFTER) == 1
    assert keeping.close_due_calls(at=AFTER) == 0

    due.refresh_from_db()
    running.refresh_from_db()
    assert (due.state, running.state) == ("closed", "open")


def test_the_job_leaves_a_call_that_was_extended_meanwhile():
    call = make_call()
    keeping.extend_call(
        call=call,
        closes_at=AFTER + timedelta(days=3),
        reason="R.",
        by=make_secretariat(),
        at=DURING,
    )

    with pytest.raises(CallMoved):
        keeping.close_call(call=call, by=None, at=AFTER)


def test_archive_call_puts_away_what_is_closed():
    call, staff = make_call(), make_secretariat()
    with pytest.raises(CallMoved):
        keeping.archive_call(call=call, by=staff, at=DURING)

    archived = keeping.archive_call(call=close(call), by=staff, at=AFTER)

    assert archived.state == "archived"


def test_discard_call_throws_a_draft_away_only():
    staff = make_secretariat()
    with pytest.raises(CallMoved):
        keeping.discard_call(call=make_call("opened"), by=staff, at=OPENS)

    keeping.discard_call(call=make_draft_call("draft"), by=staff, at=OPENS)

    assert [call.slug for call in Call.objects.all()] == ["opened"]


def test_a_slug_that_is_taken_gets_a_number():
    assert [make_draft_call().slug, make_draft_call().slug] == ["wells", "wells-2"]
