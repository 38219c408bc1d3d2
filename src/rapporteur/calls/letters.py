"""What people are told by mail: invited, reminded, brought in by a colleague, a decision."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from rapporteur.calls.choices import LetterKind, ResponseState
from rapporteur.calls.models import Call, CallLetter, Response
from rapporteur.common.notices.actions import notify
from rapporteur.common.notices.letters import Item, Letter, apart
from rapporteur.common.notices.links import page
from rapporteur.common.notices.registry import add_notice_kind
from rapporteur.framework.models import in_language
from rapporteur.site.templatetags.rapporteur import locale

DECISION = "calls.decision"


def closing_words(call: Call) -> str:
    """Return the closing time in words, on the clock of the call's zone, with its name."""
    when = format_datetime(call.closes_local, "d MMMM y, HH:mm", locale=locale())
    return f"{when} ({call.zone})"


def letter_of(row: CallLetter) -> Letter:
    """Return a letter as it leaves, with its personal link."""
    if row.member is not None:
        response = row.member.response
        language = response.language
        with override(language):
            return colleague_letter(response, row.member.token, language=language)
    assert row.invitation is not None  # noqa: S101 - the table has one of the two
    language = row.invitation.language
    with override(language):
        return invitation_letter(
            row.invitation.call,
            row.invitation.token,
            language=language,
            reminder=row.kind == LetterKind.REMINDER,
        )


def invitation_letter(call: Call, token: str, *, language: str, reminder: bool) -> Letter:
    """Return the mail that invites, or reminds of it."""
    title = in_language(call.titles, language)
    subject = (
        _("Reminder: %(title)s, until %(time)s") if reminder else _("Please answer: %(title)s")
    )
    opening = [in_language(call.purposes, language)]
    if reminder:
        opening.insert(0, _("Your response to this call has not come in yet."))
    return Letter(
        language=language,
        subject=subject % {"title": apart(title, language), "time": closing_words(call)},
        opening=tuple(opening),
        items=(Item(title, page("calls:invited", language, token=token)),),
        closing=(
            _("Responses are taken until %(time)s.") % {"time": closing_words(call)},
            _(
                "The link is yours alone: who has it answers in your name. Hand it on only to "
                "whom you trust with that."
            ),
        ),
        links=((_("About the call:"), page("calls:call", language, slug=call.slug)),),
    )


def colleague_letter(response: Response, token: str, *, language: str) -> Letter:
    """Return the mail that brings a colleague to a response."""
    call = response.call
    title = in_language(call.titles, language)
    return Letter(
        language=language,
        subject=_("Write with us: %(title)s") % {"title": apart(title, language)},
        opening=(
            _("A colleague of yours asks you to write with them at the response of %(name)s.")
            % {"name": apart(response.name, language)},
        ),
        items=(Item(title, page("calls:join", language, token=token)),),
        closing=(
            _("The link works once. You sign in, or make an account, and find the response there."),
            _("Responses are taken until %(time)s.") % {"time": closing_words(call)},
        ),
    )


def decision_letter(response: Response, *, language: str) -> Letter:
    """Return the mail on a response: accepted, or returned with a reason."""
    title = in_language(response.call.titles, language)
    link = Item(title, page("calls:check", language, pk=response.pk))
    if response.state == ResponseState.ACCEPTED:
        return Letter(
            language=language,
            subject=_("Accepted: your response to %(title)s") % {"title": apart(title, language)},
            opening=(_("The secretariat read your response and accepted it."),),
            items=(link,),
            closing=(_("It is published as far as you agreed to it, together with the others."),),
        )
    return Letter(
        language=language,
        subject=_("Please look again at your response to %(title)s")
        % {"title": apart(title, language)},
        opening=(
            _("The secretariat read your response and returned it to you with this reason:"),
            response.reason,
        ),
        items=(link,),
        closing=(_("Nothing is lost. Change what is needed and send it again."),),
    )


def tell_of_decision(response: Response, *, at: datetime) -> None:
    """Tell whoever began the response; one that was entered from a letter has nobody to tell."""
    if response.account is None:
        return
    with override(response.language):
        letter = decision_letter(response, language=response.language)
    key = f"calls.response:{response.pk}:{response.versions.count()}:{response.state}"
    notify(key=key, kind=DECISION, account=response.account, letter=letter, at=at)


def register_kinds() -> None:
    """Tell the notices of the one kind; it hangs on nothing that can be stopped."""
    add_notice_kind(
        DECISION,
        label=gettext_lazy("Decisions on your responses to calls"),
        describe=lambda about: "",
        wanted=lambda about: True,
        stop=lambda about, at: None,
    )
