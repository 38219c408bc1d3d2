"""Answering: begun, saved, sent, corrected, withdrawn; and who may."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rapporteur.calls.actions import deciding, keeping, responding
from rapporteur.calls.errors import (
    AlreadyAnswered,
    AnswersChanged,
    CallNotOpen,
    FaultyAnswers,
    NotAsked,
    NotRespondent,
    ResponseMoved,
)
from rapporteur.calls.models import Response
from rapporteur.common.models import AuditEvent
from rapporteur.framework.models import Concept
from tests.factories.calls import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    accept,
    close,
    make_call,
    make_member,
    make_response,
    publish,
    send,
)
from tests.factories.register import (
    make_focal_point,
    make_framework,
    make_organization,
    make_person,
    make_secretariat,
)

pytestmark = pytest.mark.django_db


def start(call, by, organization=None, token="t", at=DURING):  # noqa: S107 - of a form
    return responding.start_response(
        call=call, organization=organization, form_token=token, by=by, at=at
    )


def save(response, by, answers, *, before=None, at=DURING):
    return responding.save_answers(
        response=response,
        names=tuple(answers),
        answers=answers,
        seen=responding.mark_of(before or {}, answers),
        by=by,
        at=at,
    )


def test_the_same_form_begins_one_response():
    call, person = make_call(), make_person()

    assert start(call, person) == start(call, person)
    with pytest.raises(NotRespondent):
        start(call, make_person("other@example.org"))
    with pytest.raises(AlreadyAnswered):
        start(call, person, token="second tab")

    assert Response.objects.count() == 1


def test_one_organization_answers_once_and_again_after_withdrawing():
    call, organization = make_call(), make_organization()
    first, second = make_member(organization), make_member(organization)
    response = start(call, first, organization, token="a")
    with pytest.raises(AlreadyAnswered):
        start(call, second, organization, token="b")

    responding.withdraw_response(response=response, by=first, at=DURING)

    assert start(call, second, organization, token="c").account == second


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=1), CLOSES])
def test_nothing_begins_outside_of_the_call_s_times(at):
    with pytest.raises(CallNotOpen):
        start(make_call(), make_person(), at=at)


def test_who_may_answer():
    make_framework()
    group = Concept.objects.get(code="stakeholder:civil-society")
    wells = make_organization("wells", "Wells Union")
    ministry = make_organization("ministry", "Ministry of Wells")
    ministry.kind = "government"
    ministry.save()
    wells.stakeholder_group = group
    wells.save()
    ada, max_ = make_member(wells), make_member(ministry)
    states = make_call("states", audience="member-states")
    civil = make_call("civil", audience="group", stakeholder_group=group)
    open_to_all = make_call("all")

    for call, person, organization in (
        (states, ada, wells),
        (states, max_, None),
        (civil, max_, ministry),
        # Nobody answers for an organization that they do not belong to.
        (open_to_all, ada, ministry),
    ):
        with pytest.raises(NotAsked):
            start(call, person, organization, token=f"{call.slug}-{person.pk}-no")
    assert start(states, max_, ministry, token="1").organization == ministry
    assert start(civil, ada, wells, token="2").stakeholder_group == group
    assert start(open_to_all, ada, token="3").respondent_name == "Ada Member"


def test_colleagues_save_different_questions_without_disturbing_each_other():
    call, person = make_call(), make_person()
    response = start(call, person)

    save(response, person, {"progress": "Seven."})
    save(response, person, {"number": 7})
    with pytest.raises(AnswersChanged):
        save(response, person, {"progress": "Eight."})
    # The same again, from a tab that had not seen it, is no conflict.
    save(response, person, {"progress": "Seven."})
    save(response, person, {"progress": ""}, before={"progress": "Seven."})

    response.refresh_from_db()
    assert (response.answers, response.answers_number) == ({"number": 7}, 3)


def test_what_is_wrong_is_kept_but_what_cannot_be_stored():
    call, person = make_call(), make_person()
    response = start(call, person)

    saved = save(response, person, {"progress": "word " * 41, "contact": 5, "number": -1})

    assert [(fault.question, fault.code) for fault in saved.faults] == [
        ("contact", "not-text"),
        ("progress", "too-many-words"),
        ("number", "too-small"),
    ]
    assert saved.response.answers == {"progress": "word " * 41, "number": -1}


def test_submit_keeps_each_submission_and_counts_a_form_once():
    call = make_call()
    response = make_response(call)
    person = response.account

    sent = send(response, form_token="one")
    again = send(response, form_token="one")
    save(response, person, {"number": 8}, before={"number": 7})
    corrected = send(response, consent="anonymous", form_token="two")

    assert sent.receipt == again.receipt == corrected.receipt
    assert [
        (version.number, version.answers["number"], version.consent)
        for version in corrected.versions.all()
    ] == [(1, 7, "named"), (2, 8, "anonymous")]
    verbs = AuditEvent.objects.filter(verb="calls.response.submitted")
    assert verbs.count() == 2


def test_a_correction_that_was_begun_and_not_sent_leaves_what_was_sent():
    call = make_call()
    response = send(make_response(call))
    save(response, response.account, {"progress": ""}, before={"progress": "Seven wells were dug."})

    close(call)

    response.refresh_from_db()
    assert response.has_come_in
    assert response.versions.get().answers["progress"] == "Seven wells were dug."


def test_submit_refuses_what_is_missing_and_sends_nothing():
    call = make_call(words_at_most=3)
    response = make_response(call, answers={"contact": "one two three four"})

    with pytest.raises(FaultyAnswers) as refusal:
        send(response, consent="maybe")

    assert [fault.place for fault in refusal.value.faults] == ["progress", "", "consent"]
    response.refresh_from_db()
    assert (response.state, response.versions.count()) == ("draft", 0)


def test_nothing_is_written_after_closing_but_what_was_returned():
    call = make_call()
    response = send(make_response(call))
    with pytest.raises(CallNotOpen):
        save(response, response.account, {"number": 9}, before={"number": 7}, at=CLOSES)
    with pytest.raises(CallNotOpen):
        send(response, at=CLOSES)
    deciding.return_response(
        response=response, number=1, reason="Say more.", by=make_secretariat(), at=AFTER
    )
    close(call)

    assert send(response, at=AFTER).state == "submitted"


def test_only_its_writers_write():
    organization = make_organization()
    call = make_call()
    response = make_response(call, by=make_member(organization), organization=organization)
    focal = make_focal_point(organization)
    stranger, staff = make_person("stranger@example.org"), make_secretariat()

    for person in (stranger, staff, make_member(organization)):
        with pytest.raises(NotRespondent):
            save(response, person, {"number": 1}, before={"number": 7})
    with pytest.raises(NotRespondent):
        responding.withdraw_response(response=response, by=stranger, at=DURING)

    assert (
        save(response, focal, {"number": 1}, before={"number": 7}).response.answers["number"] == 1
    )


def test_without_moderation_a_response_counts_as_it_is_sent():
    assert send(make_response(make_call(moderation="none"))).state == "accepted"


def test_withdraw_takes_it_out_of_everything_twice_as_once():
    call = make_call()
    response = accept(send(make_response(call)))
    assert publish(call) == 1
    person = response.account

    for _time in range(2):
        withdrawn = responding.withdraw_response(response=response, by=person, at=AFTER)

    assert (withdrawn.state, withdrawn.published_at, withdrawn.published_version) == (
        "withdrawn",
        None,
        None,
    )
    with pytest.raises(ResponseMoved):
        send(response)
    assert AuditEvent.objects.filter(verb="calls.response.withdrawn").count() == 1


def test_the_audit_trail_holds_no_answer():
    response = send(make_response(make_call()))

    told = " ".join(str(event.details) for event in AuditEvent.objects.all())

    for value in response.answers.values():
        assert str(value) not in told or isinstance(value, int)


def test_an_amended_rule_is_remembered_with_the_submission():
    call = make_call()
    response = make_response(call)
    keeping.amend_call(
        call=call, values={"words_at_most": 800}, reason="R.", by=make_secretariat(), at=DURING
    )

    assert send(response).versions.get().rules_number == 1
