"""What keepers are told by mail: a decision, and the question whether entries are still right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from rapporteur.common.notices.actions import notify
from rapporteur.common.notices.letters import Item, Letter, apart
from rapporteur.common.notices.links import page
from rapporteur.common.notices.registry import add_notice_kind
from rapporteur.register.choices import FollowUpState
from rapporteur.register.models import Activity, FollowUp, OrganizationProposal

DECISION, STALE = "register.decision", "register.stale"
# Entries that one mail names; the page that it links to has all.
MOST_NAMED = 50


def site_language(code: str) -> str:
    """Return the site's language nearest to that of a text, else English.

    An account has no language of its own: who writes in French reads French.
    """
    for language, _name in settings.LANGUAGES:
        if language.split("-")[0] == code:
            return language
    return settings.LANGUAGE_CODE


def notify_people(
    people: Iterable[Any],
    *,
    key: str,
    letter: Callable[[str], Letter],
    language: str,
    at: datetime,
    kind: str = DECISION,
) -> None:
    """Tell each person, in the site's language nearest to ``language``."""
    reads = site_language(language)
    with override(reads):
        made = letter(reads)
    for person in people:
        notify(key=f"{key}:{person.pk}", kind=kind, account=person, letter=made, at=at)


def decision_letter(activity: Activity, *, reason: str, language: str) -> Letter:
    """Return the mail on a version: published (no reason), or returned with a reason."""
    title = apart(activity.title or f"#{activity.pk}", language)
    if not reason:
        return Letter(
            language=language,
            subject=_("Published: %(title)s") % {"title": title},
            opening=(_("Your entry is published in the register."),),
            items=(Item(activity.title, page("register:activity", language, pk=activity.pk)),),
            closing=(_("You can change it at any time, and report on it as it goes on."),),
            links=((_("Your activities:"), page("register:mine", language)),),
        )
    return Letter(
        language=language,
        subject=_("Please look at it again: %(title)s") % {"title": title},
        opening=(
            _("The secretariat read your entry and returned it to you with this reason:"),
            reason,
        ),
        items=(Item(activity.title, page("register:check", language, pk=activity.pk)),),
        closing=(_("Nothing is lost. Change what is needed and send it again."),),
        links=((_("Your activities:"), page("register:mine", language)),),
    )


def follow_up_letter(follow_up: FollowUp, *, language: str) -> Letter:
    """Return the mail on a follow-up report: published, or returned with a reason."""
    activity = follow_up.activity
    title = apart(activity.title, language)
    if follow_up.state == FollowUpState.PUBLISHED:
        subject = _("Your report is published: %(title)s") % {"title": title}
        opening: tuple[str, ...] = (_("Your report stands on the entry now."),)
    else:
        subject = _("Please look at your report again: %(title)s") % {"title": title}
        opening = (
            _("The secretariat read your report and returned it to you with this reason:"),
            follow_up.reason,
        )
    return Letter(
        language=language,
        subject=subject,
        opening=opening,
        items=(Item(activity.title, page("register:edit", language, pk=activity.pk)),),
        links=((_("Your activities:"), page("register:mine", language)),),
    )


def proposal_letter(proposal: OrganizationProposal, *, language: str) -> Letter:
    """Return the mail on a proposed organization: in the directory, or refused with a reason."""
    name = apart(proposal.name, language)
    organization = proposal.organization
    links = ((_("Your account:"), page("directory:me", language)),)
    if organization is None:
        return Letter(
            language=language,
            subject=_("Not added to the directory: %(name)s") % {"name": name},
            opening=(
                _("The secretariat did not add the organization that you proposed, because:"),
                proposal.reason,
            ),
            closing=(_("Entries that name it keep the name as it was written."),),
            links=links,
        )
    return Letter(
        language=language,
        subject=_("In the directory: %(name)s") % {"name": name},
        opening=(
            _("The organization that you proposed is in the directory, and entries name it."),
            _("You are put down as its member; the secretariat confirms that."),
        ),
        items=(
            Item(
                organization.display_name,
                page("directory:organization", language, slug=organization.slug),
            ),
        ),
        links=links,
    )


def stale_letter(entries: Sequence[Activity], *, language: str) -> Letter:
    """Return the mail that asks whether entries are still right, with a link to confirm each."""
    count = len(entries)
    named = entries[:MOST_NAMED]
    closing = [
        _("Each link opens a page with one button; you sign in first."),
    ]
    if count > len(named):
        closing.append(_("Your page of activities lists them all."))
    return Letter(
        language=language,
        subject=ngettext(
            "Is this entry still right?", "Are these %(count)s entries still right?", count
        )
        % {"count": count},
        opening=(
            _(
                "Nobody has confirmed these entries of the register for two years, and readers see "
                "that. Please look at each: confirm it, change it, report what became of it, or "
                "withdraw it."
            ),
        ),
        items=tuple(
            Item(
                entry.title,
                page("register:confirm", language, pk=entry.pk),
                language=entry.language,
                note=entry.organization_name,
            )
            for entry in named
        ),
        closing=tuple(closing),
        links=((_("Your activities:"), page("register:mine", language)),),
    )


def register_kinds() -> None:
    """Tell the notices of the two kinds; neither hangs on something that can be stopped."""
    for name, label in (
        (DECISION, gettext_lazy("Decisions on your entries")),
        (STALE, gettext_lazy("Entries to be confirmed")),
    ):
        add_notice_kind(
            name,
            label=label,
            describe=lambda about: "",
            wanted=lambda about: True,
            stop=lambda about, at: None,
        )
