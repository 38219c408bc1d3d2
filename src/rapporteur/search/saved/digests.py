"""Digests: telling people by mail what is new in the searches that they keep.

A digest is due where none was told since the period (a day, a week from Monday; UTC) began. It
tells the entries that the search finds, that stand in the change log since the last one, and that
bear a newer date: a record that was indexed anew without having changed is not told. Telling and
noting that it was told are one transaction; the mail leaves afterwards (``common.notices``), so a
process that is killed anywhere tells nothing twice.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum

from babel.dates import format_date
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from rapporteur.common.notices import links
from rapporteur.common.notices.actions import notify
from rapporteur.common.notices.letters import Item, Letter, apart
from rapporteur.common.notices.recipients import address_of
from rapporteur.search import following, index, log, registry
from rapporteur.search.saved.choices import Frequency
from rapporteur.search.saved.finding import Newest, News, newest
from rapporteur.search.saved.models import SavedSearch
from rapporteur.search.saved.queries import with_query
from rapporteur.search.saved.questions import question_of
from rapporteur.search.saved.scopes import Scope, scope
from rapporteur.site.templatetags.rapporteur import locale, number

logger = logging.getLogger(__name__)

DIGEST = "search.digest"
MOST_LINES = 20
# A change may be stored so much later than the moment it bears.
SLACK = timedelta(days=1)
# More changed keys than these are not named one by one to the engine: their dates decide alone.
MOST_KEYS = 20_000
# As many entries are remembered as told; only after a larger digest could one be told again.
MOST_REMEMBERED = 1_000


class Told(StrEnum):
    """What became of one saved search in a pass."""

    MAIL = "mail"
    NOTHING_NEW = "nothing new"
    # Suspended, or without a confirmed address.
    NO_ADDRESS = "no address"
    # Another worker, or its owner, was quicker.
    TAKEN = "taken"


def period_start(frequency: str, at: datetime) -> datetime:
    """Return when the day, or the week from Monday, began that the moment lies in."""
    day = at.date()
    if frequency == Frequency.WEEKLY:
        day -= timedelta(days=day.weekday())
    return datetime.combine(day, time(), tzinfo=at.tzinfo)


def due(*, at: datetime) -> QuerySet[SavedSearch]:
    """Return the saved searches whose digest is due, in the order in which they were saved."""
    late = Q()
    for frequency in (Frequency.DAILY, Frequency.WEEKLY):
        late |= Q(frequency=frequency, told_at__lt=period_start(frequency, at))
    return SavedSearch.objects.filter(late).select_related("account").order_by("pk")


@dataclass
class Pass:
    """One run over the saved searches that are due.

    ``end`` is how far in the change log this host's index is. The keys that changed since a
    position are read once, since most searches were told in the same run.
    """

    at: datetime
    end: int
    known: dict[int, list[tuple[str, str]] | None] = field(default_factory=dict)

    def changed_since(self, position: int) -> list[tuple[str, str]] | None:
        """Return (kind, key) of what changed since a position; ``None``: too many, or not known."""
        if position not in self.known:
            self.known[position] = read_changes(position, self.end)
        return self.known[position]


def read_changes(start: int, end: int) -> list[tuple[str, str]] | None:
    """Return the records that changed between two positions; ``None``: too many, or not known.

    Not known: the database was restored, and its log counts differently now.
    """
    if log.is_ahead(start) or log.count_between(start, end) > MOST_KEYS:
        return None
    return [(kind, key) for kind, keys in log.keys_by_kind(start, end) for key in keys]


def begin(*, at: datetime) -> Pass:
    """Return a pass, with this host's index brought up to the log first.

    Raises:
        index.NoIndex: there is none on this host, and none can be built now.
    """
    try:
        following.follow()
    except index.Busy:
        logger.info("The search index is being written; digests tell what it holds.")
    folder = index.current_folder()
    if folder is None:
        raise index.NoIndex
    return Pass(at, index.read_position(folder))


def tell_all(*, at: datetime) -> Counter[Told]:
    """Tell every digest that is due; return how many saved searches had which end.

    The mails are stored, and sent by ``notices.actions.deliver_waiting``.

    Raises:
        index.NoIndex: nothing can be found on this host.
    """
    outcomes: Counter[Told] = Counter()
    run = begin(at=at)
    for saved in due(at=at).iterator(chunk_size=200):
        outcomes[tell(saved, run)] += 1
    return outcomes


def preview(*, at: datetime) -> Iterator[tuple[SavedSearch, int]]:
    """Yield each saved search that is due with how many entries its digest would tell."""
    run = begin(at=at)
    for saved in due(at=at).iterator(chunk_size=200):
        found = news_of(saved, run)
        yield saved, found.count if found is not None else 0


def tell(saved: SavedSearch, run: Pass) -> Told:
    """Store the mail about one search, if anything is new, and that it was told: both or none."""
    found = news_of(saved, run)
    wanted = found is not None and found.count > 0
    address = address_of(saved.account) if wanted else ""
    with transaction.atomic():
        # Whoever told it in the meantime moved `told_at`; whoever stopped it changed `frequency`.
        same = SavedSearch.objects.filter(
            pk=saved.pk, told_at=saved.told_at, frequency=saved.frequency
        )
        told = remembered(saved, found.entries if found else (), at=run.at)
        if not same.update(told_at=run.at, told_position=run.end, told=told):
            return Told.TAKEN
        if found is None or not wanted:
            return Told.NOTHING_NEW
        if not address:
            return Told.NO_ADDRESS
        period = period_start(saved.frequency, run.at).date().isoformat()
        notify(
            key=f"{DIGEST}:{saved.pk}:{saved.frequency}:{period}",
            kind=DIGEST,
            about=str(saved.pk),
            account=saved.account,
            letter=digest_letter(saved, found),
            at=run.at,
            queue=False,
        )
    return Told.MAIL


def news_of(saved: SavedSearch, run: Pass) -> Newest | None:
    """Return what is new in a search since its last digest, latest first; ``None``: no such page.

    ``count`` is exact; ``entries`` are the first ``MOST_REMEMBERED``.
    """
    page = scope(saved.scope)
    if page is None:
        return None
    changed = run.changed_since(saved.told_position)
    if changed == []:
        return Newest(0, ())
    question = question_of(page, saved.query)
    since = saved.told_at - SLACK
    found = newest(question, since=since, among=changed, most=MOST_REMEMBERED)
    told = {(entry_id, moment) for entry_id, moment in saved.told}
    fresh = tuple(entry for entry in found.entries if (entry.id, entry.moment) not in told)
    return Newest(found.count - (len(found.entries) - len(fresh)), fresh)


def remembered(
    saved: SavedSearch, fresh: tuple[News, ...], *, at: datetime
) -> list[tuple[str, int]]:
    """Return what the next digest must know as told: the entries of the last day."""
    since = int((at - SLACK).timestamp())
    pairs = [(entry.id, entry.moment) for entry in fresh]
    pairs += [(entry_id, moment) for entry_id, moment in saved.told]
    return [pair for pair in pairs if pair[1] >= since][:MOST_REMEMBERED]


def digest_letter(saved: SavedSearch, found: Newest) -> Letter:
    """Return the mail about one search, in the language that its owner chose for it."""
    page = scope(saved.scope)
    assert page is not None  # noqa: S101 - what was found, was found on a page
    language = saved.language
    with override(language):
        name = apart(saved.name, language)
        shown = {"count": number(found.count), "name": name}
        subject = (
            ngettext(
                "%(name)s: %(count)s new or changed entry",
                "%(name)s: %(count)s new or changed entries",
                found.count,
            )
            % shown
        )
        opening = ngettext(
            "In your saved search “%(name)s”, %(count)s entry is new or has changed "
            "since %(date)s.",
            "In your saved search “%(name)s”, %(count)s entries are new or have changed "
            "since %(date)s.",
            found.count,
        ) % {**shown, "date": format_date(saved.told_at.date(), "long", locale())}
        rest = found.count - MOST_LINES
        closing = (
            (
                ngettext(
                    "%(count)s more entry is not listed here.",
                    "%(count)s more entries are not listed here.",
                    rest,
                )
                % {"count": number(rest)},
            )
            if rest > 0
            else ()
        )
        why = {
            Frequency.DAILY: _("You get this mail at most once a day, as you asked."),
            Frequency.WEEKLY: _("You get this mail at most once a week, as you asked."),
        }
        return Letter(
            language=language,
            subject=subject,
            opening=(opening,),
            items=tuple(item_of(entry, language) for entry in found.entries[:MOST_LINES]),
            closing=(*closing, why[Frequency(saved.frequency)]),
            links=(
                (_("All entries of the search:"), page_link(page, saved)),
                (
                    _("Change or delete the search:"),
                    links.page("search:search-change", language, pk=saved.pk),
                ),
            ),
        )


def item_of(entry: News, language: str) -> Item:
    """Return one entry as a line: its title, and its kind with what stands under a hit."""
    title, title_language = entry.title(language)
    searchable = registry.searchable(entry.kind)
    kind = str(searchable.label) if searchable else entry.kind
    return Item(
        title=title,
        url=links.whole(entry.url, language),
        language=title_language,
        note=" · ".join(apart(part, language) for part in (kind, entry.note) if part),
    )


def page_link(page: Scope, saved: SavedSearch) -> str:
    """Return the whole address of the state that was saved."""
    return with_query(links.page(page.page, saved.language), saved.query)
