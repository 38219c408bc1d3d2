"""Photographs of an activity: added by its keepers, approved or taken away."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Refusal
from rapporteur.common.texts import refused_signs
from rapporteur.directory.models import Account
from rapporteur.register.actions.publishing import must_review
from rapporteur.register.choices import ActivityState
from rapporteur.register.errors import NotKeeper
from rapporteur.register.models import Activity, Photograph
from rapporteur.register.pictures import Picture, read_picture
from rapporteur.register.rules import can_edit

logger = logging.getLogger(__name__)

MOST_PHOTOGRAPHS = 12
MOST_BYTES = 8 * 1024 * 1024


def too_large() -> Refusal:
    return Refusal(
        _("This file is too large: at most %(most)s MB. Make it smaller and choose it again.")
        % {"most": MOST_BYTES // (1024 * 1024)},
        status=413,
    )


def add_photograph(
    *,
    activity: Activity,
    data: bytes,
    alternatives: dict[str, str],
    consent: bool,
    by: Account,
    at: datetime,
    credit: str = "",
) -> Photograph:
    """Add a photograph; the same file twice is one. It is shown when the secretariat approves it.

    ``alternatives`` says in words what it shows, per language (``en``, ``fr``, …).

    Raises:
        NotKeeper: ``by`` does not keep the activity.
        Refusal: no description, no consent, too many or too large.
        NotAPicture: the file is no photograph that can be taken (``pictures.read_picture``).
    """
    if not can_edit(by, activity):
        raise NotKeeper
    if activity.state not in (ActivityState.DRAFT, ActivityState.PUBLISHED):
        raise Refusal(_("This activity is no longer in the register and cannot be changed."))
    if not any(text.strip() for text in alternatives.values()):
        raise Refusal(_("Describe the picture in one language at least."))
    if any(refused_signs(text) for text in (*alternatives.values(), credit)):
        raise Refusal(_("The description holds signs that cannot be shown. Take them out."))
    if not consent:
        raise Refusal(_("A photograph is published only with this agreement."))
    if len(data) > MOST_BYTES:
        raise too_large()
    # Decoded before any row is locked: it takes a while.
    picture = read_picture(data)
    return store(activity, picture, alternatives, credit, by=by, at=at)


def store(
    activity: Activity,
    picture: Picture,
    alternatives: dict[str, str],
    credit: str,
    *,
    by: Account,
    at: datetime,
) -> Photograph:
    name = secrets.token_hex(16)
    made = Photograph(
        activity=activity,
        digest=picture.digest,
        width=picture.width,
        height=picture.height,
        alternatives={code: text for code, text in alternatives.items() if text.strip()},
        credit=credit,
        consent_at=at,
        added_by=by,
        added_at=at,
    )
    try:
        with transaction.atomic():
            Activity.objects.select_for_update().get(pk=activity.pk)
            found = activity.photographs.filter(digest=picture.digest).first()
            if found is not None:
                return found
            if activity.photographs.count() >= MOST_PHOTOGRAPHS:
                raise Refusal(
                    _("An activity has at most %(most)s photographs. Take one away first.")
                    % {"most": MOST_PHOTOGRAPHS}
                )
            last = activity.photographs.aggregate(last=Max("order"))["last"]
            made.order = 0 if last is None else last + 1
            made.file.save(f"{name}.jpg", ContentFile(picture.data), save=False)
            made.small.save(f"{name}-small.jpg", ContentFile(picture.small), save=False)
            made.save()
            record_event("register.photograph.added", by=by, at=at, target=activity)
    except IntegrityError:
        delete_files(made)
        return Photograph.objects.get(activity=activity, digest=picture.digest)
    except Exception:
        delete_files(made)
        raise
    return made


@transaction.atomic
def remove_photograph(*, photograph: Photograph, by: Account, at: datetime) -> None:
    """Take a photograph away, with its files.

    Raises:
        NotKeeper: ``by`` does not keep its activity.
    """
    if not can_edit(by, photograph.activity):
        raise NotKeeper
    record_event("register.photograph.removed", by=by, at=at, target=photograph.activity)
    photograph.delete()
    transaction.on_commit(lambda: delete_files(photograph))


@transaction.atomic
def approve_photograph(*, photograph: Photograph, by: Account, at: datetime) -> None:
    """Let a photograph be shown with its published entry. Twice is as once.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
    """
    must_review(by)
    waiting = Photograph.objects.filter(pk=photograph.pk, approved_at=None)
    if waiting.update(approved_at=at, approved_by=by):
        record_event("register.photograph.approved", by=by, at=at, target=photograph.activity)


def remove_files(photographs: Iterable[Photograph]) -> None:
    """Delete the files of photographs whose rows are gone."""
    for photograph in photographs:
        delete_files(photograph)


def delete_files(photograph: Photograph) -> None:
    """Delete a photograph's files; what cannot be deleted is logged and left."""
    for held in (photograph.file, photograph.small):
        if held.name:
            try:
                held.storage.delete(held.name)
            except OSError:
                logger.exception("A file of a photograph could not be deleted: %s", held.name)
