"""Asking keepers to confirm what nobody confirmed for two years; noting what turned stale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from rapporteur.common.notices.recipients import address_of
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account, Membership
from rapporteur.register.choices import ActivityState
from rapporteur.register.letters import STALE, notify_people, stale_letter
from rapporteur.register.models import Activity, Reminder
from rapporteur.register.queries.activities import published_activities
from rapporteur.register.searchables import note_activities

# Entries read at once, and noted in one transaction.
BATCH = 500


@dataclass(frozen=True)
class Asked:
    """What came of one round: entries due, those asked for, mails, and entries of nobody."""

    due: int
    asked: int
    mails: int
    without_keeper: int


def due_entries(*, at: datetime) -> QuerySet[Activity]:
    """Return the published entries that are stale and were not asked for since, by key."""
    asked = Reminder.objects.filter(activity=OuterRef("pk"), due_on=OuterRef("stale_on"))
    stale = Activity.objects.filter(state=ActivityState.PUBLISHED, stale_on__lte=at.date())
    return stale.filter(~Exists(asked)).order_by("pk")


def ask_keepers(*, at: datetime, dry_run: bool = False) -> Asked:
    """Ask the keepers of entries that became stale; one mail to each, once per entry and due date.

    The person who entered it is asked; where they are gone, suspended or without an address, the
    focal points of its organization. An entry of nobody is counted and looked at again next time.
    """
    by_people: dict[tuple[int, ...], list[int]] = defaultdict(list)
    due = 0
    without = 0
    reached: dict[int, bool] = {}
    rows = due_entries(at=at).values_list("pk", "entered_by_id", "organization_id")
    focal = focal_points()
    for pk, author, organization in rows.iterator(chunk_size=BATCH):
        due += 1
        people = keepers(author, focal.get(organization, ()), reached)
        if people:
            by_people[people].append(pk)
        else:
            without += 1
    # One mail to one person, whatever the entries share.
    by_person: dict[int, list[int]] = defaultdict(list)
    for people, keys in by_people.items():
        for person in people:
            by_person[person].extend(keys)
    if dry_run:
        return Asked(due, due - without, len(by_person), without)
    asked, mails = ask_all(by_people, by_person, at=at)
    return Asked(due, asked, mails, without)


def focal_points() -> dict[int | None, tuple[int, ...]]:
    """Return the focal points (account ids) of each organization (id). One query."""
    found: dict[int | None, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(
        kind=MembershipKind.FOCAL_POINT, confirmed_at__isnull=False
    ).order_by("pk")
    for organization, account in rows.values_list("organization_id", "account_id"):
        found[organization].append(account)
    return {organization: tuple(people) for organization, people in found.items()}


def keepers(author: int | None, focal: Sequence[int], reached: dict[int, bool]) -> tuple[int, ...]:
    """Return who is asked about an entry (account ids); empty where nobody can be reached."""
    if author is not None and can_reach(author, reached):
        return (author,)
    return tuple(person for person in focal if can_reach(person, reached))


def can_reach(person: int, reached: dict[int, bool]) -> bool:
    if person not in reached:
        account = Account.objects.filter(pk=person).first()
        reached[person] = account is not None and bool(address_of(account))
    return reached[person]


def ask_all(
    by_people: dict[tuple[int, ...], list[int]], by_person: dict[int, list[int]], *, at: datetime
) -> tuple[int, int]:
    """Note whom is asked for what, and tell them; return how many entries and mails."""
    fresh: set[int] = set()
    mails = 0
    people = Account.objects.in_bulk(by_person)
    with transaction.atomic():
        for keys in by_people.values():
            fresh |= note_asked(keys, at=at)
        for person, keys in sorted(by_person.items()):
            wanted = [key for key in keys if key in fresh]
            if wanted:
                tell(people[person], wanted, at=at)
                mails += 1
    return len(fresh), mails


def note_asked(keys: Sequence[int], *, at: datetime) -> set[int]:
    """Note that the keepers of these entries are asked; return those that nobody noted before."""
    fresh = set()
    for start in range(0, len(keys), BATCH):
        rows = Activity.objects.filter(pk__in=keys[start : start + BATCH], stale_on__isnull=False)
        for pk, due_on in rows.values_list("pk", "stale_on"):
            assert due_on is not None  # noqa: S101 - the filter
            _row, made = Reminder.objects.get_or_create(
                activity_id=pk, due_on=due_on, defaults={"asked_at": at}
            )
            if made:
                fresh.add(pk)
    return fresh


def tell(person: Account, keys: Iterable[int], *, at: datetime) -> None:
    entries = list(Activity.objects.filter(pk__in=list(keys)).order_by("stale_on", "pk"))
    languages = [entry.language for entry in entries if entry.language]
    most = max(set(languages), key=languages.count) if languages else ""
    notify_people(
        [person],
        key=f"register.stale:{entries[0].pk}:{at.isoformat()}",
        kind=STALE,
        letter=lambda language: stale_letter(entries, language=language),
        language=most,
        at=at,
    )


def note_turned(*, at: datetime, since: datetime) -> int:
    """Note for the index the entries that turned stale from one moment to another; return how many.

    Nothing changed in the database at that moment, so that no write told the index of it.
    """
    turned = published_activities().filter(stale_on__gt=since.date(), stale_on__lte=at.date())
    turned = turned.order_by("pk")
    noted = 0
    batch: list[int] = []
    for pk in turned.values_list("pk", flat=True).iterator(chunk_size=BATCH):
        batch.append(pk)
        if len(batch) == BATCH:
            note_batch(batch)
            noted += len(batch)
            batch = []
    if batch:
        note_batch(batch)
        noted += len(batch)
    return noted


@transaction.atomic
def note_batch(keys: list[int]) -> None:
    note_activities(keys)
