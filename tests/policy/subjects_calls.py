"""Records and bodies with which the policy test walks the calls' addresses."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from rapporteur.calls.actions import entering, inviting, responding
from rapporteur.calls.forms.desk import CallForm
from rapporteur.calls.models import Attachment, Call, Response
from rapporteur.calls.questionnaire import to_json
from rapporteur.calls.questionnaire.offline import write_offline_xlsx
from rapporteur.common.policy import Relation
from tests.factories.calls import (
    accept,
    close,
    make_call,
    make_draft_call,
    make_questionnaire,
    make_response,
    make_secretariat,
    publish,
    send,
)
from tests.policy.accounts import own_organization

_numbers = count(1)


def now_open(**values: Any) -> Call:
    """Return a call that is open while the test runs: pages ask the clock."""
    now = datetime.now(UTC)
    times = {"opens_at": now - timedelta(days=400), "closes_at": now + timedelta(days=30)}
    return make_call(f"walked-{next(_numbers)}", **{**times, **values})


def call_in(relation: Relation, account: Any | None) -> Call:
    """Return a call whose responses are published, or a draft."""
    if relation is Relation.DRAFT:
        return make_draft_call(f"walked-{next(_numbers)}")
    call = make_call(f"walked-{next(_numbers)}")
    accept(send(make_response(call)))
    publish(call)
    return call


def by_slug(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"slug": call_in(relation, account).slug}


def list_in(relation: Relation, account: Any | None) -> Call:
    """Return a published call, or one that is closed and not published."""
    if relation is Relation.DRAFT:
        call = make_call(f"walked-{next(_numbers)}")
        accept(send(make_response(call)))
        return close(call)
    return call_in(relation, account)


def of_list(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"slug": list_in(relation, account).slug}


def of_list_question(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"slug": list_in(relation, account).slug, "name": "progress"}


def of_response(relation: Relation, account: Any | None) -> dict[str, Any]:
    call = list_in(relation, account)
    response = call.responses.get()
    if relation is Relation.WITHDRAWN:
        person = response.account
        assert person is not None
        responding.withdraw_response(response=response, by=person, at=datetime.now(UTC))
    return {"slug": call.slug, "response": response.slug}


def of_open_call(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"slug": now_open().slug}


def response_in(relation: Relation, account: Any | None) -> Response:
    """Return a draft that stands to the walking account as the relation says."""
    call = now_open()
    if relation is Relation.OWN and account is not None and account.suspended_at is None:
        return make_response(call, by=account)
    response = make_response(call)
    if relation is Relation.SAME_ORGANIZATION:
        Response.objects.filter(pk=response.pk).update(organization=own_organization())
    return response


def by_pk(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": response_in(relation, account).pk}


def sent(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": send(response_in(relation, account)).pk}


def of_section(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": response_in(relation, account).pk, "section": "wells"}


def of_member(relation: Relation, account: Any | None) -> dict[str, Any]:
    response = response_in(relation, account)
    assert response.account is not None
    member = inviting.invite_colleague(
        response=response,
        email="colleague@example.org",
        by=response.account,
        at=datetime.now(UTC),
    )
    return {"pk": response.pk, "member": member.pk}


def invitation_token(relation: Relation, account: Any | None) -> dict[str, Any]:
    call = now_open()
    staff, at = make_secretariat(), datetime.now(UTC)
    inviting.invite(call=call, emails=["invited@example.org"], by=staff, at=at)
    return {"token": call.invitations.get().token}


def member_token(relation: Relation, account: Any | None) -> dict[str, Any]:
    response = make_response(now_open())
    assert response.account is not None
    member = inviting.invite_colleague(
        response=response, email="other@example.org", by=response.account, at=datetime.now(UTC)
    )
    return {"token": member.token}


def section_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    answers = Response.objects.get(pk=kwargs["pk"]).answers
    names = ("progress", "depth", "number")
    return {
        "asked": " ".join(names),
        "seen": responding.mark_of(answers, names),
        "q-progress": "Eight wells.",
        "q-number": "8",
        "then": "next",
    }


def send_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    seen = Response.objects.get(pk=kwargs["pk"]).answers_number
    return {"consent": "named", "token": "walked", "seen": str(seen)}


def begin_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"organization": "-", "name": "Walker", "language": "en", "token": "walked"}


def desk_call(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": now_open().pk}


def desk_draft(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": make_draft_call(f"walked-{next(_numbers)}").pk}


def desk_invitation(relation: Relation, account: Any | None) -> dict[str, Any]:
    call = now_open()
    inviting.invite(call=call, emails=["a@example.org"], by=make_secretariat(), at=call.opens_at)
    return {"pk": call.pk, "invitation": call.invitations.get().pk}


def desk_response(relation: Relation, account: Any | None) -> dict[str, Any]:
    return {"pk": send(make_response(now_open())).pk}


def desk_letter(relation: Relation, account: Any | None) -> dict[str, Any]:
    letter = entering.enter_letter(
        call=now_open(),
        text="Dear Sir, nine wells were dug. Yours",
        organization=None,
        name="Wells Union",
        form_token=f"letter-{next(_numbers)}",
        by=make_secretariat(),
        at=datetime.now(UTC),
    )
    return {"pk": letter.pk}


def edit_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    call = Call.objects.get(pk=kwargs["pk"])
    initial = {name: value for name, value in CallForm.initial_of(call).items() if value}
    return {**initial, "words_at_most": 900, "reason": "Too long."}


def extend_body(kwargs: dict[str, Any]) -> dict[str, Any]:
    later = Call.objects.get(pk=kwargs["pk"]).closes_at + timedelta(days=30)
    return {"closes": later.strftime("%Y-%m-%dT%H:%M"), "reason": "Asked for."}


def with_file(response: Response) -> dict[str, Any]:
    attachment = Attachment(
        response=response,
        question="documents",
        name="a.pdf",
        bytes=1,
        digest="0" * 64,
        added_at=datetime.now(UTC),
    )
    attachment.file.save("a.bin", ContentFile(b"a"))
    return {"pk": response.pk, "file": attachment.pk}


def of_file(relation: Relation, account: Any | None) -> dict[str, Any]:
    return with_file(response_in(relation, account))


def desk_file(relation: Relation, account: Any | None) -> dict[str, Any]:
    return with_file(send(make_response(now_open())))


SUBJECTS: dict[str, Callable[[Relation, Any | None], dict[str, Any]]] = {
    "calls:call": by_slug,
    "calls:questionnaire": by_slug,
    "calls:responses": of_list,
    "calls:question": of_list_question,
    "calls:response": of_response,
    "calls:invited": invitation_token,
    "calls:join": member_token,
    "calls:begin": of_open_call,
    "calls:check": by_pk,
    "calls:section": of_section,
    "calls:send": by_pk,
    "calls:file": of_file,
    "calls:fill": by_pk,
    "calls:receipt": sent,
    "calls:withdraw": by_pk,
    "calls:colleagues": by_pk,
    "calls:colleague-remove": of_member,
    "calls:desk-call": desk_call,
    "calls:desk-edit": desk_call,
    "calls:desk-questionnaire": desk_draft,
    "calls:desk-extend": desk_call,
    "calls:desk-act": desk_call,
    "calls:desk-invitations": desk_call,
    "calls:desk-renew": desk_invitation,
    "calls:desk-printed": desk_invitation,
    "calls:desk-responses": desk_call,
    "calls:desk-enter": desk_call,
    "calls:desk-response": desk_response,
    "calls:desk-file": desk_file,
    "calls:desk-letter": desk_letter,
}

BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "calls:begin": begin_body,
    "calls:section": section_body,
    "calls:send": send_body,
    "calls:fill": lambda kwargs: {
        "file": SimpleUploadedFile("form.xlsx", write_offline_xlsx(make_questionnaire(), "en"))
    },
    "calls:desk-new": lambda kwargs: {"title": "Walked"},
    "calls:desk-edit": edit_body,
    "calls:desk-questionnaire": lambda kwargs: {
        "file": SimpleUploadedFile(
            "wells.json", json.dumps(to_json(make_questionnaire())).encode("utf-8")
        )
    },
    "calls:desk-extend": extend_body,
    "calls:desk-act": lambda kwargs: {"act": "close"},
    "calls:desk-invitations": lambda kwargs: {"emails": "b@example.org", "language": "en"},
    "calls:desk-enter": lambda kwargs: {
        "organization": "Wells Union",
        "language": "en",
        "text": "Nine wells.",
        "token": "walked-letter",
    },
    "calls:desk-response": lambda kwargs: {"decision": "accept", "number": "1"},
    "calls:desk-letter": lambda kwargs: {
        "act": "assign",
        "question": "progress",
        "text": "nine wells were dug.",
    },
    "calls:colleagues": lambda kwargs: {"email": "colleague@example.org"},
}
