"""Calls and responses for tests: real rows, made by the room's own actions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from rapporteur.calls.actions import deciding, keeping, responding
from rapporteur.calls.models import Call, Response
from rapporteur.calls.questionnaire import (
    Choice,
    Kind,
    Question,
    Questionnaire,
    Section,
    to_json,
)
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account, Membership, Organization
from tests.factories.register import make_person, make_secretariat

OPENS = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
CLOSES = datetime(2026, 2, 27, 17, 0, tzinfo=UTC)
DURING = datetime(2026, 1, 20, 12, 0, tzinfo=UTC)
AFTER = CLOSES + timedelta(days=1)
_numbers = count(1)


def en(text: str) -> dict[str, str]:
    return {"en": text}


def make_questionnaire() -> Questionnaire:
    """Return two sections: who answers, and three questions on wells of knowledge."""
    return Questionnaire(
        name="wells",
        version="1",
        languages=("en",),
        default_language="en",
        title=en("Wells of knowledge"),
        sections=(
            Section(
                name="about",
                label=en("About you"),
                questions=(
                    Question("contact", Kind.SHORT_TEXT, en("Whom may we ask?")),
                    Question("office", Kind.SHORT_TEXT, en("Which office answers?")),
                ),
            ),
            Section(
                name="wells",
                label=en("Your wells"),
                questions=(
                    Question(
                        "progress",
                        Kind.LONG_TEXT,
                        en("What has been dug?"),
                        required=True,
                        words_at_most=40,
                    ),
                    Question(
                        "depth",
                        Kind.SINGLE_CHOICE,
                        en("How deep?"),
                        choices=(Choice("deep", en("Deep")), Choice("shallow", en("Shallow"))),
                    ),
                    Question("number", Kind.NUMBER, en("How many?"), whole=True, minimum=0),
                ),
            ),
        ),
    )


def call_values(**values: Any) -> dict[str, Any]:
    """Return the fields of a call that can be opened."""
    return {
        "titles": en("Call on wells"),
        "purposes": en("To know what has been dug."),
        "notices": en("We keep your address for two years."),
        "questionnaire": to_json(make_questionnaire()),
        "private_questions": ["contact"],
        "identifying_questions": ["office"],
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "consents": ["named", "anonymous", "none"],
        **values,
    }


def make_draft_call(slug: str = "wells", **values: Any) -> Call:
    return keeping.draft_call(
        values=call_values(**values), slug=slug, by=make_secretariat(), at=OPENS
    )


def make_call(slug: str = "wells", **values: Any) -> Call:
    """Return an open call."""
    return keeping.open_call(call=make_draft_call(slug, **values), by=make_secretariat(), at=OPENS)


def make_member(
    organization: Organization, email: str = "", kind: str = MembershipKind.MEMBER
) -> Account:
    """Return a confirmed member of an organization."""
    account = make_person(email or f"member{next(_numbers)}@example.org", name="Ada Member")
    Membership.objects.create(
        account=account, organization=organization, kind=kind, asked_at=OPENS, confirmed_at=OPENS
    )
    return Account.objects.get(pk=account.pk)


def make_response(
    call: Call,
    *,
    by: Account | None = None,
    organization: Organization | None = None,
    answers: dict[str, Any] | None = None,
    **values: Any,
) -> Response:
    """Return a draft with answers that can be sent."""
    by = by or make_person(f"writer{next(_numbers)}@example.org", name="Wanda Writer")
    response = responding.start_response(
        call=call,
        organization=organization,
        form_token=f"begin-{next(_numbers)}",
        by=by,
        at=DURING,
        **values,
    )
    answers = answers or {
        "contact": "wanda@example.org",
        "office": "Office of Wanda",
        "progress": "Seven wells were dug.",
        "depth": "deep",
        "number": 7,
    }
    saved = responding.save_answers(
        response=response,
        names=answers,
        answers=answers,
        seen=responding.mark_of({}, answers),
        by=by,
        at=DURING,
    )
    return saved.response


def send(response: Response, *, consent: str = "named", **values: Any) -> Response:
    account = response.account
    assert account is not None
    return responding.submit_response(
        response=response,
        consent=consent,
        form_token=values.pop("form_token", f"send-{next(_numbers)}"),
        by=values.pop("by", account),
        at=values.pop("at", DURING),
    )


def accept(response: Response) -> Response:
    return deciding.accept_response(
        response=response,
        number=response.versions.count(),
        by=make_secretariat(),
        at=DURING,
    )


def close(call: Call) -> Call:
    return keeping.close_call(call=call, by=make_secretariat(), at=AFTER)


def publish(call: Call) -> int:
    """Close a call and publish its accepted responses."""
    return deciding.publish_call(call=close(call), by=make_secretariat(), at=AFTER)
