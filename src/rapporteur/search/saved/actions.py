"""What people do to the searches that they keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.common.refusals import Conflict, Refusal
from rapporteur.search import log
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.models import LONGEST_QUERY, MOST_SEARCHES, SavedSearch
from rapporteur.search.saved.questions import digest_of

# Two requests at once may choose the same free place; the second looks again.
TRIES = MOST_SEARCHES + 1


class TooMany(Conflict):
    """The account keeps as many searches as one account can."""


def save_search(
    *,
    account: Any,
    scope: str,
    query: str,
    name: str,
    language: str,
    frequency: Frequency,
    at: datetime,
) -> SavedSearch:
    """Keep a search; one that the account keeps already gets the name and the rest given now.

    ``query`` is canonical (``questions.canonical``). Sent twice, it counts once.

    Raises:
        Refusal: the search is too long to be kept.
        TooMany: the account has ``MOST_SEARCHES`` others.
    """
    if len(query) > LONGEST_QUERY:
        raise Refusal(
            _("This search is too long to be kept. Take some of its words or choices away.")
        )
    key = {"account": account, "scope": scope, "query_digest": digest_of(query)}
    for _try in range(TRIES):
        found = SavedSearch.objects.filter(**key).first()
        if found is not None:
            return change_search(
                saved=found, name=name, language=language, frequency=frequency, by=account, at=at
            )
        place = free_place(account)
        try:
            with transaction.atomic():
                saved = SavedSearch.objects.create(
                    **key,
                    place=place,
                    query=query,
                    name=name,
                    language=language,
                    frequency=frequency,
                    saved_at=at,
                    looked_at=at,
                    told_at=at,
                    told_position=log.horizon(),
                )
                record_event("search.saved.added", target=saved, by=account, at=at)
        except IntegrityError:
            continue
        return saved
    raise too_many()


def free_place(account: Any) -> int:
    """Return the first place that the account has free.

    Raises:
        TooMany: it has none.
    """
    taken = set(SavedSearch.objects.filter(account=account).values_list("place", flat=True))
    for place in range(1, MOST_SEARCHES + 1):
        if place not in taken:
            return place
    raise too_many()


def too_many() -> TooMany:
    return TooMany(
        _(
            "You keep %(count)d searches, and one account can keep no more. Delete one that you "
            "no longer need, then save this one again."
        )
        % {"count": MOST_SEARCHES}
    )


@transaction.atomic
def change_search(
    *,
    saved: SavedSearch,
    name: str,
    language: str,
    frequency: Frequency,
    by: Any,
    at: datetime,
) -> SavedSearch:
    """Change the name, the language of mails, and how often they come.

    Mails that are turned on tell what changes from now on.
    """
    held = SavedSearch.objects.select_for_update().get(pk=saved.pk)
    before = (held.name, held.language, held.frequency)
    if before == (name, language, frequency):
        return held
    if held.frequency == Frequency.NEVER:
        held.told_at, held.told_position, held.told = at, log.horizon(), []
    held.name, held.language, held.frequency = name, language, frequency
    held.save()
    after = (name, language, frequency)
    fields = ("name", "language", "frequency")
    changed = [field for field, was, now in zip(fields, before, after, strict=True) if was != now]
    record_event("search.saved.changed", target=held, by=by, at=at, details={"fields": changed})
    return held


@transaction.atomic
def delete_search(*, saved: SavedSearch, by: Any, at: datetime) -> None:
    """Keep a search no longer; what is gone already is no error."""
    held = SavedSearch.objects.select_for_update().filter(pk=saved.pk).first()
    if held is not None:
        record_event("search.saved.deleted", target=held, by=by, at=at)
        held.delete()


def look_at(*, saved: SavedSearch, at: datetime) -> None:
    """Note that the person opened the search: what changes from now on is new."""
    SavedSearch.objects.filter(pk=saved.pk, looked_at__lt=at).update(looked_at=at)


@transaction.atomic
def stop_digest(*, pk: int, at: datetime) -> None:
    """Send no more mails about a search, as the link of one asked; twice is once."""
    held = SavedSearch.objects.select_for_update().filter(pk=pk).first()
    if held is not None and held.frequency != Frequency.NEVER:
        held.frequency = Frequency.NEVER
        held.save(update_fields=["frequency"])
        # Whoever has the mail has the link: it is not known who used it.
        record_event("search.saved.stopped", target=held, by=None, at=at)
