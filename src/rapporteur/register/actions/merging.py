"""Making duplicates one; and following the directory when two organizations become one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rapporteur.common.audit import record_event
from rapporteur.directory.actions.merging import Moved, on_merge, repoint
from rapporteur.directory.models import Account, Organization
from rapporteur.register.actions.projecting import clear_links
from rapporteur.register.actions.publishing import must_review
from rapporteur.register.choices import OPEN_STATES, ActivityState
from rapporteur.register.errors import CannotMergeActivities
from rapporteur.register.models import Activity, ActivityPartner
from rapporteur.register.searchables import note_activities


@transaction.atomic
def merge(*, source: Activity, target: Activity, by: Account, at: datetime) -> Activity:
    """Merge a duplicate into the record that stays; return the latter.

    The duplicate's versions, follow-ups and pictures stay with it and can be read at their own
    addresses; its page leads to the record that stays. What the duplicate says more is taken over
    by hand, in a new version.

    Raises:
        NotAllowed: ``by`` is not of the secretariat.
        CannotMergeActivities: one of them is not published, they are one record, or the duplicate
            has an open version.
    """
    must_review(by)
    if source.pk == target.pk:
        raise CannotMergeActivities(_("These are one and the same entry."))
    # In the order of their keys, so that two merges at once cannot wait for each other.
    rows = Activity.objects.select_for_update().filter(pk__in=(source.pk, target.pk)).order_by("pk")
    held = {row.pk: row for row in rows}
    duplicate, kept = held[source.pk], held[target.pk]
    for row in (duplicate, kept):
        if row.state != ActivityState.PUBLISHED:
            raise CannotMergeActivities(
                _("Only two published entries can be merged; one of these is not published.")
            )
    if duplicate.versions.filter(state__in=OPEN_STATES).exists():
        raise CannotMergeActivities(
            _("A change of the duplicate waits or is being written. Decide on it first.")
        )
    duplicate.state, duplicate.merged_into, duplicate.updated_at = ActivityState.MERGED, kept, at
    duplicate.save()
    clear_links(duplicate)
    # What was merged into the duplicate before leads to the record that stays, in one step.
    Activity.objects.filter(merged_into=duplicate).update(merged_into=kept)
    kept.updated_at = at
    kept.save(update_fields=["updated_at"])
    record_event(
        "register.activity.merged", by=by, at=at, target=duplicate, details={"into": kept.pk}
    )
    note_activities([duplicate.pk, kept.pk])
    return kept


@on_merge
def move_activities(source: Organization, target: Organization, dry_run: bool) -> Iterable[Moved]:
    """Point the activities and partnerships of an organization to the one it becomes."""
    touched: set[int] = set()
    if not dry_run:
        touched |= set(Activity.objects.filter(organization=source).values_list("pk", flat=True))
        partnerships = ActivityPartner.objects.filter(organization=source)
        touched |= set(partnerships.values_list("activity_id", flat=True))
    yield Moved(_("Activities"), repoint(Activity, "organization", source, target, dry_run=dry_run))
    yield Moved(
        _("Partnerships in activities"),
        repoint(
            ActivityPartner, "organization", source, target, alike=["activity_id"], dry_run=dry_run
        ),
    )
    if touched:
        note_activities(sorted(touched))
