"""Answering a call: begun, saved section by section, sent, sent again, withdrawn."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.calls.choices import Moderation, Origin, ResponseState
from rapporteur.calls.errors import (
    AlreadyAnswered,
    AnswersChanged,
    CallNotOpen,
    FaultyAnswers,
    NotAsked,
    NotRespondent,
    ResponseMoved,
)
from rapporteur.calls.models import Call, Invitation, Response, ResponseVersion
from rapporteur.calls.numbers import make_receipt, make_slug
from rapporteur.calls.queries.calls import known_for
from rapporteur.calls.questionnaire import (
    AnswerFault,
    Kind,
    Known,
    Questionnaire,
    count_words,
    counted_answers,
    faults_of,
    is_given,
)
from rapporteur.calls.questionnaire.answers import STORING
from rapporteur.calls.rules import is_open, is_writable, may_answer, may_keep_calls, may_write
from rapporteur.calls.searchables import note_responses
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Fault
from rapporteur.directory.models import Account, Country, Organization
from rapporteur.framework.models import Concept


@transaction.atomic
def start_response(
    *,
    call: Call,
    organization: Organization | None,
    name: str = "",
    group: Concept | None = None,
    country: Country | None = None,
    language: str = "en",
    form_token: str,
    by: Account,
    at: datetime,
) -> Response:
    """Begin a response, for an organization or for oneself; the same form twice begins one.

    ``name``, ``group`` and ``country`` say who answers where the directory does not.

    Raises:
        CallNotOpen: ``at`` is outside of the call's times.
        NotAsked: the call is not for them.
        AlreadyAnswered: the organization or person has a response.
    """
    begun = Response.objects.filter(form_token=form_token).first()
    if begun is not None:
        if begun.account_id != by.pk or begun.call_id != call.pk:
            raise NotRespondent
        return begun
    if not is_open(call, at=at):
        raise CallNotOpen
    allowed = may_answer(call, person=by, organization=organization)
    if not allowed:
        raise NotAsked
    try:
        with transaction.atomic():
            response = Response.objects.create(
                call=call,
                organization=organization,
                account=by,
                respondent_name=(name.strip() or by.name) if organization is None else "",
                stakeholder_group=organization.stakeholder_group if organization else group,
                country=organization.country if organization else country,
                invitation=allowed if isinstance(allowed, Invitation) else None,
                sole=call.one_per_organization,
                language=language,
                slug=make_slug(),
                form_token=form_token,
                started_at=at,
                saved_at=at,
            )
    except IntegrityError as error:
        same = Response.objects.filter(form_token=form_token, account=by).first()
        if same is not None:
            return same
        raise AlreadyAnswered from error
    record_event("calls.response.begun", by=by, at=at, target=response)
    return response


def mark_of(answers: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return what tells whether the answers to these questions changed since a page was shown."""
    shown = {name: answers[name] for name in sorted(names) if is_given(answers.get(name))}
    text = json.dumps(shown, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def held_response(
    response: Response, *, by: Account, at: datetime, late: bool = False
) -> tuple[Call, Response]:
    """Return the call and the response, both locked, for writing in it at a moment.

    The call is locked first, so that closing it and sending wait for each other. ``late`` lets the
    secretariat write in what it enters itself after closing.

    Raises:
        NotRespondent: ``by`` does not write it.
        ResponseMoved: it was withdrawn.
        CallNotOpen: the call takes nothing now.
    """
    call = Call.objects.select_for_update().get(pk=response.call_id)
    locked = Response.objects.select_for_update().get(pk=response.pk)
    locked.call = call
    entered = locked.origin != Origin.PAGE and may_keep_calls(by)
    if not may_write(by, locked) and not entered:
        raise NotRespondent
    if locked.state == ResponseState.WITHDRAWN:
        raise ResponseMoved
    if not is_writable(call, locked, at=at) and not (late and entered):
        raise CallNotOpen
    return call, locked


@dataclass(frozen=True)
class Saved:
    """What saving did: the response, and the faults of these answers.

    Answers whose fault makes them impossible to store were not; all others were.
    """

    response: Response
    faults: tuple[AnswerFault, ...]


@transaction.atomic
def save_answers(
    *,
    response: Response,
    names: Iterable[str],
    answers: Mapping[str, Any],
    seen: str,
    by: Account,
    at: datetime,
) -> Saved:
    """Keep the answers to some questions as they are, whatever is wrong in them.

    ``names`` are the questions of the page; one that ``answers`` lacks is emptied. ``seen`` is
    ``mark_of`` these answers when the page was shown: colleagues who write in different sections do
    not disturb each other.

    Raises:
        AnswersChanged: somebody else saved other answers to them since; nothing is stored.
        NotRespondent, ResponseMoved, CallNotOpen: see ``held_response``.
    """
    call, held = held_response(response, by=by, at=at, late=True)
    names = tuple(names)
    given = {name: answers[name] for name in names if is_given(answers.get(name))}
    now = mark_of(held.answers, names)
    if seen != now and mark_of(given, names) != now:
        raise AnswersChanged
    merged = {name: value for name, value in held.answers.items() if name not in names} | given
    faults = [
        fault
        for fault in faults_of(call.asks, merged, known=known_for(call.asks), final=False)
        if fault.question in names
    ]
    refused = {fault.question for fault in faults if fault.code in STORING}
    for name in refused:
        merged.pop(name, None)
        if name in held.answers:
            merged[name] = held.answers[name]
    if merged != held.answers:
        held.answers = merged
        held.answers_number += 1
    held.saved_at = at
    held.save()
    return Saved(held, tuple(faults))


def words_of(questionnaire: Questionnaire, answers: Mapping[str, Any]) -> int:
    """Return the words of all text answers that count, together."""
    counted = counted_answers(questionnaire, answers)
    texts = (Kind.SHORT_TEXT, Kind.LONG_TEXT)
    return sum(
        count_words(counted[question.name])
        for question in questionnaire.questions()
        if question.kind in texts and isinstance(counted.get(question.name), str)
    )


def faults_before_sending(call: Call, answers: Mapping[str, Any], *, known: Known) -> list[Fault]:
    """Return what keeps a response from being sent: places are names of questions."""
    found = [
        Fault(fault.question, fault.message)
        for fault in faults_of(call.asks, answers, known=known, final=True)
    ]
    if call.words_at_most is not None:
        words = words_of(call.asks, answers)
        if words > call.words_at_most:
            found.append(
                Fault(
                    "",
                    _(
                        "The answers have %(count)s words in all, at most %(limit)s are allowed. "
                        "Shorten them."
                    )
                    % {"count": words, "limit": call.words_at_most},
                )
            )
    return found


@transaction.atomic
def submit_response(
    *, response: Response, consent: str, form_token: str, by: Account, at: datetime
) -> Response:
    """Send a response as it stands; the same form twice sends it once. Each submission is kept.

    Raises:
        FaultyAnswers: something has to be mended; nothing is sent.
        NotRespondent, ResponseMoved, CallNotOpen: see ``held_response``.
    """
    call, held = held_response(response, by=by, at=at)
    if held.versions.filter(form_token=form_token).exists():
        return held
    faults = faults_before_sending(call, held.answers, known=known_for(call.asks))
    if consent not in call.consents:
        faults.append(Fault("consent", _("Choose whether your response may be published.")))
    if faults:
        raise FaultyAnswers(faults)
    accepted = call.moderation == Moderation.NONE
    return keep_submission(
        held,
        consent=consent,
        form_token=form_token,
        state=ResponseState.ACCEPTED if accepted else ResponseState.SUBMITTED,
        by=by,
        at=at,
    )


def keep_submission(
    held: Response, *, consent: str, form_token: str, state: str, by: Account | None, at: datetime
) -> Response:
    """Store what was sent as the next version and set the response's state; both are locked."""
    version = ResponseVersion.objects.create(
        response=held,
        number=held.versions.count() + 1,
        answers=counted_answers(held.call.asks, held.answers),
        language=held.language,
        consent=consent,
        rules_number=held.call.rules_number,
        form_token=form_token,
        submitted_by=by,
        submitted_at=at,
    )
    held.state, held.consent, held.submitted_at, held.reason = state, consent, at, ""
    held.decided_at = at if state == ResponseState.ACCEPTED else None
    held.decided_by = None
    if held.published_at is not None:
        note_responses([held])
    # What is public of an earlier submission is so no longer; this one is read first.
    held.published_at = held.published_version = None
    held.receipt = held.receipt or make_receipt()
    held.save()
    record_event(
        "calls.response.submitted",
        by=by,
        at=at,
        target=held,
        details={"number": version.number},
    )
    return held


@transaction.atomic
def withdraw_response(*, response: Response, by: Account, at: datetime) -> Response:
    """Take a response back, at any time; it is published no longer. Twice is as once.

    Raises:
        NotRespondent: ``by`` neither writes it nor keeps calls.
    """
    held = Response.objects.select_for_update().get(pk=response.pk)
    if not may_write(by, held) and not may_keep_calls(by):
        raise NotRespondent
    if held.state == ResponseState.WITHDRAWN:
        return held
    held.state, held.withdrawn_at = ResponseState.WITHDRAWN, at
    held.published_at = held.published_version = None
    held.save()
    note_responses([held])
    record_event("calls.response.withdrawn", by=by, at=at, target=held)
    return held
