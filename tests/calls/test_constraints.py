"""What the database itself refuses, whatever the code does."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import Error, transaction

from rapporteur.calls.models import Amendment, Call, Extension, Response, ResponseVersion
from tests.factories.calls import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    make_call,
    make_draft_call,
    make_member,
    make_response,
    send,
)
from tests.factories.register import make_organization

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except Error:
        return True
    return False


@pytest.mark.parametrize(
    "changes",
    [
        {"titles": {"en": "Other"}},
        {"questionnaire": {"name": "other"}},
        {"consents": ["none"]},
        {"words_at_most": 5},
        {"one_per_organization": False},
        {"opens_at": OPENS - timedelta(days=1)},
        {"closes_at": CLOSES + timedelta(days=1)},
        {"rules_number": 1},
        {"state": "draft", "opened_at": None},
    ],
)
def test_rules_of_an_open_call_do_not_change_by_themselves(changes):
    call = make_call()

    assert refused(lambda: Call.objects.filter(pk=call.pk).update(**changes))


def test_a_draft_changes_freely_and_a_state_may_change():
    draft, opened = make_draft_call("draft"), make_call("opened")

    Call.objects.filter(pk=draft.pk).update(titles={"en": "Other"}, closes_at=AFTER)
    Call.objects.filter(pk=opened.pk).update(state="closed", closed_at=AFTER)

    assert Call.objects.get(pk=draft.pk).title == "Other"
    assert Call.objects.get(pk=opened.pk).state == "closed"


def test_what_is_kept_of_a_call_never_changes():
    call = make_call()
    extension = Extension.objects.create(
        call=call, number=1, closed_before=CLOSES, closes_after=AFTER, reason="Late.", at=DURING
    )
    amendment = Amendment.objects.create(call=call, number=1, changes={}, reason="R.", at=DURING)
    version = send(make_response(call)).versions.get()

    assert refused(lambda: Extension.objects.filter(pk=extension.pk).update(reason="Other."))
    assert refused(lambda: Amendment.objects.filter(pk=amendment.pk).update(reason="Other."))
    assert refused(lambda: ResponseVersion.objects.filter(pk=version.pk).update(answers={}))
    # The account of who sent it can be emptied.
    ResponseVersion.objects.filter(pk=version.pk).update(submitted_by=None)


def test_one_response_per_organization_where_the_call_says_so():
    organization = make_organization()
    sole, several = make_call("sole"), make_call("several", one_per_organization=False)
    first, second = make_member(organization), make_member(organization)
    for call in (sole, several):
        make_response(call, by=first, organization=organization)

    def again(call):
        row = call.responses.get()
        Response.objects.create(
            call=call,
            organization=organization,
            account=second,
            sole=row.sole,
            slug=f"other-{call.pk}",
            form_token=f"other-{call.pk}",
            started_at=DURING,
            saved_at=DURING,
        )

    assert refused(lambda: again(sole))
    again(several)
    assert several.responses.count() == 2


@pytest.mark.parametrize(
    ("consent", "state"), [("none", "accepted"), ("named", "withdrawn"), ("named", "submitted")]
)
def test_what_nobody_agreed_to_cannot_be_public(consent, state):
    response = send(make_response(make_call()))
    rows = Response.objects.filter(pk=response.pk)
    version = response.versions.get()

    assert refused(
        lambda: rows.update(
            consent=consent, state=state, published_at=AFTER, published_version=version
        )
    )
    rows.update(consent="named", state="accepted", published_at=AFTER, published_version=version)


def test_a_sent_response_has_a_receipt_and_a_consent():
    response = make_response(make_call())

    assert refused(lambda: Response.objects.filter(pk=response.pk).update(state="submitted"))
