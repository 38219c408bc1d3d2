"""The secretariat's decision on what it saw: publish or return, and tell the author."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from rapporteur.directory.models import Account
from rapporteur.register.actions import following, publishing
from rapporteur.register.errors import VersionMoved
from rapporteur.register.letters import decision_letter, follow_up_letter, notify_people
from rapporteur.register.models import Activity, FollowUp, Version


def seen_as(version: Version, digest: str) -> Version:
    """Return the version, locked, if it says what was seen.

    An author may take it back, change it and send it again while somebody reads it.

    Raises:
        VersionMoved: it says something else by now.
    """
    held = Version.objects.select_for_update().get(pk=version.pk)
    if held.digest != digest:
        raise VersionMoved
    return held


@transaction.atomic
def publish_seen(*, version: Version, digest: str, by: Account, at: datetime) -> Activity:
    """Publish a version as it was seen, and tell its author.

    Raises:
        VersionMoved: it was changed, sent anew or decided meanwhile.
        NotAllowed, ActivityChanged, FaultyContent: see ``publishing.publish``.
    """
    held = seen_as(version, digest)
    activity = publishing.publish(version=held, by=by, at=at)
    tell(held, decision_letter, reason="", by=by, at=at)
    return activity


@transaction.atomic
def return_seen(
    *, version: Version, digest: str, reason: str, by: Account, at: datetime
) -> Version:
    """Return a version as it was seen, with a reason, and tell its author.

    Raises:
        VersionMoved: it was changed, sent anew or decided meanwhile.
        NotAllowed, Refusal: see ``publishing.return_version``.
    """
    held = seen_as(version, digest)
    returned = publishing.return_version(version=held, reason=reason, by=by, at=at)
    tell(returned, decision_letter, reason=reason, by=by, at=at)
    return returned


def tell(version: Version, letter: Callable, *, reason: str, by: Account, at: datetime) -> None:
    activity = Activity.objects.select_related("entered_by").get(pk=version.activity_id)
    author = version.made_by or activity.entered_by
    if author is None or author.pk == by.pk:
        return
    notify_people(
        [author],
        key=f"register.decision:{version.pk}:{at.isoformat()}",
        letter=lambda language: letter(activity, reason=reason, language=language),
        language=activity.language or version.says.language,
        at=at,
    )


@transaction.atomic
def decide_follow_up(
    *, follow_up: FollowUp, publish: bool, reason: str, by: Account, at: datetime
) -> FollowUp:
    """Decide on a follow-up report and tell its author. Raises: see ``following``."""
    decided = following.decide_follow_up(
        follow_up=follow_up, publish=publish, reason=reason, by=by, at=at
    )
    author = decided.made_by
    if author is not None and author.pk != by.pk:
        notify_people(
            [author],
            key=f"register.follow-up:{decided.pk}:{at.isoformat()}",
            letter=lambda language: follow_up_letter(decided, language=language),
            language=decided.language or decided.activity.language,
            at=at,
        )
    return decided
