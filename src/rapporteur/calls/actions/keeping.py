"""A call through its life: drafted, opened, extended, amended, closed, archived."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rapporteur.calls.choices import OPEN_STATES, Audience, CallState, Consent
from rapporteur.calls.errors import CallMoved, FaultyCall, NotSecretariat, RulesFrozen
from rapporteur.calls.models import RULES, Amendment, Call, Extension
from rapporteur.calls.queries.calls import due_to_close
from rapporteur.calls.questionnaire import problems_of
from rapporteur.calls.rules import may_keep_calls
from rapporteur.calls.searchables import note_call
from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Fault, Refusal
from rapporteur.directory.models import Account

CLOSABLE = OPEN_STATES
EXTENDABLE = (*OPEN_STATES, CallState.CLOSED)


def held(call: Call, *, by: Account | None, states: tuple[str, ...]) -> Call:
    """Return the call, locked.

    Raises:
        NotSecretariat: ``by`` keeps no calls (``None`` is a job).
        CallMoved: it is in none of the states.
    """
    if by is not None and not may_keep_calls(by):
        raise NotSecretariat
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if locked.state not in states:
        raise CallMoved
    return locked


@transaction.atomic
def draft_call(*, values: Mapping[str, Any], slug: str, by: Account, at: datetime) -> Call:
    """Begin a call as a draft that the secretariat alone sees.

    ``values`` are fields of ``Call`` by name; what is not named keeps its default. A slug that is
    taken gets a number.

    Raises:
        NotSecretariat: ``by`` keeps no calls.
    """
    if not may_keep_calls(by):
        raise NotSecretariat
    stem = slugify(slug)[:70] or "call"
    for number in range(1, 1000):
        address = stem if number == 1 else f"{stem}-{number}"
        try:
            with transaction.atomic():
                call = Call.objects.create(
                    **values, slug=address, made_by=by, made_at=at, changed_at=at
                )
        except IntegrityError:
            if not Call.objects.filter(slug=address).exists():
                raise
            continue
        record_event("calls.call.drafted", by=by, at=at, target=call)
        return call
    raise CallMoved


@transaction.atomic
def edit_call(*, call: Call, values: Mapping[str, Any], by: Account, at: datetime) -> Call:
    """Change a draft.

    Raises:
        RulesFrozen: the call was opened; use ``amend_call``.
    """
    try:
        draft = held(call, by=by, states=(CallState.DRAFT,))
    except CallMoved as error:
        raise RulesFrozen from error
    for name, value in values.items():
        setattr(draft, name, value)
    draft.changed_at = at
    draft.save()
    record_event(
        "calls.call.edited", by=by, at=at, target=draft, details={"fields": sorted(values)}
    )
    return draft


@transaction.atomic
def discard_call(*, call: Call, by: Account, at: datetime) -> None:
    """Throw a draft away."""
    draft = held(call, by=by, states=(CallState.DRAFT,))
    record_event("calls.call.discarded", by=by, at=at, target=draft, details={"slug": draft.slug})
    draft.delete()


def faults_of_call(call: Call, *, at: datetime) -> list[Fault]:
    """Return what has to be mended before a call can be opened, in the order of its form."""
    found: list[Fault] = []
    if not any(call.titles.values()):
        found.append(Fault(_("Title"), _("Give the call a title in at least one language.")))
    if not any(call.purposes.values()):
        found.append(Fault(_("Purpose"), _("Say what the answers are for.")))
    if not any(call.notices.values()):
        found.append(
            Fault(
                _("Notice on personal data"),
                _("Say which personal data are asked for, what for, and how long they are kept."),
            )
        )
    if not call.consents or not set(call.consents) <= set(Consent.values):
        found.append(Fault(_("Consent"), _("Offer at least one choice of publication.")))
    if call.zone not in zoneinfo.available_timezones():
        found.append(
            Fault(
                _("Time zone"),
                _("“%(zone)s” is no time zone. Write it as Europe/Zurich or UTC.")
                % {"zone": call.zone},
            )
        )
    if call.closes_at <= at:
        found.append(Fault(_("Closing time"), _("It lies in the past. Give a later one.")))
    if call.audience == Audience.INVITED and not call.invitations.exists():
        found.append(
            Fault(_("Invitations"), _("Nobody is invited yet. Add organizations or addresses."))
        )
    questionnaire = call.asks
    found += [
        Fault(problem.place or _("Questionnaire"), problem.message)
        for problem in problems_of(questionnaire)
    ]
    names = {question.name for question in questionnaire.questions()}
    for listed in (call.private_questions, call.identifying_questions):
        found += [
            Fault(
                _("Questions that are not published"),
                _("The questionnaire has no question “%(name)s”.") % {"name": name},
            )
            for name in listed
            if name not in names
        ]
    return found


@transaction.atomic
def open_call(*, call: Call, by: Account, at: datetime) -> Call:
    """Make a draft public; responses are taken from its opening time. The rules are frozen.

    Raises:
        FaultyCall: something has to be mended first.
        CallMoved: it is no draft any more.
    """
    draft = held(call, by=by, states=(CallState.DRAFT,))
    faults = faults_of_call(draft, at=at)
    if faults:
        raise FaultyCall(faults)
    draft.state, draft.opened_at, draft.changed_at = CallState.OPEN, at, at
    draft.save()
    note_call(draft)
    record_event("calls.call.opened", by=by, at=at, target=draft)
    return draft


@transaction.atomic
def extend_call(
    *, call: Call, closes_at: datetime, reason: str, by: Account, at: datetime
) -> Extension:
    """Move the closing time; a call that was closed is open again. The old time is kept.

    Raises:
        Refusal: the new time is not later than the old one and now, or no reason is given.
        CallMoved: the call was not opened, or its responses are published.
    """
    opened = held(call, by=by, states=EXTENDABLE)
    if closes_at <= opened.closes_at or closes_at <= at:
        raise Refusal(_("The new closing time must be later than the old one, and in the future."))
    if not reason.strip():
        raise Refusal(_("Say why the call is extended; the reason is shown with it."))
    extension = Extension.objects.create(
        call=opened,
        number=opened.extensions.count() + 1,
        closed_before=opened.closes_at,
        closes_after=closes_at,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    opened.state, opened.closes_at = CallState.EXTENDED, closes_at
    opened.closed_at, opened.changed_at = None, at
    opened.save()
    note_call(opened)
    record_event(
        "calls.call.extended", by=by, at=at, target=opened, details={"number": extension.number}
    )
    return extension


def plain(value: Any) -> Any:
    """Return a rule as an amendment keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


@transaction.atomic
def amend_call(
    *, call: Call, values: Mapping[str, Any], reason: str, by: Account, at: datetime
) -> Amendment:
    """Change rules of a call that was opened, on the record.

    ``values`` are columns of ``models.RULES`` by name.

    Raises:
        Refusal: nothing changes, or no reason is given.
        FaultyCall: the call would not be sound with them.
        CallMoved: the call is a draft, or its responses are published.
    """
    opened = held(call, by=by, states=EXTENDABLE)
    if not reason.strip():
        raise Refusal(_("Say why the rules change; the reason is shown with the call."))
    unknown = set(values) - set(RULES)
    if unknown:
        raise ValueError(f"Not rules of a call: {sorted(unknown)}. Expected some of {RULES}.")
    changes: dict[str, list[Any]] = {}
    for name, value in values.items():
        before = getattr(opened, name)
        if before != value:
            changes[name] = [plain(before), plain(value)]
            setattr(opened, name, value)
    if not changes:
        raise Refusal(_("Nothing was changed, so there is nothing to record."))
    opened.__dict__.pop("asks", None)
    # A closed call may be amended; that its time is over is then no fault.
    faults = faults_of_call(opened, at=min(at, opened.opens_at))
    if faults:
        raise FaultyCall(faults)
    opened.rules_number += 1
    opened.changed_at = at
    amendment = Amendment.objects.create(
        call=opened,
        number=opened.rules_number,
        changes=changes,
        reason=reason.strip(),
        by=by,
        at=at,
    )
    opened.save()
    note_call(opened)
    record_event(
        "calls.call.amended",
        by=by,
        at=at,
        target=opened,
        details={"number": amendment.number, "fields": sorted(changes)},
    )
    return amendment


@transaction.atomic
def close_call(*, call: Call, by: Account | None, at: datetime) -> Call:
    """Take no more responses. ``by`` ``None`` is the job that closes calls at their time.

    Raises:
        CallMoved: the call is not open; or, for the job, was extended meanwhile.
    """
    opened = held(call, by=by, states=CLOSABLE)
    if by is None and at < opened.closes_at:
        raise CallMoved
    opened.state, opened.closed_at, opened.changed_at = CallState.CLOSED, at, at
    opened.save()
    note_call(opened)
    record_event("calls.call.closed", by=by, at=at, target=opened)
    return opened


def close_due_calls(*, at: datetime) -> int:
    """Close every call whose time has come; return how many. Twice is as once."""
    closed = 0
    for call in due_to_close(at=at):
        try:
            close_call(call=call, by=None, at=at)
        except CallMoved:  # closed or extended meanwhile
            continue
        closed += 1
    return closed


@transaction.atomic
def archive_call(*, call: Call, by: Account, at: datetime) -> Call:
    """Put a call away: it stays readable as it is, and nothing of it changes any more."""
    kept = held(call, by=by, states=(CallState.CLOSED, CallState.PUBLISHED))
    kept.state, kept.archived_at, kept.changed_at = CallState.ARCHIVED, at, at
    kept.save()
    note_call(kept)
    record_event("calls.call.archived", by=by, at=at, target=kept)
    return kept
