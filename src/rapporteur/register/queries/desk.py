"""What waits for the secretariat."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from rapporteur.register.choices import ActivityState, ProposalState, VersionState
from rapporteur.register.models import Activity, OrganizationProposal, Photograph, Version
from rapporteur.register.queries.activities import waiting_follow_ups, waiting_versions


def waiting_before(version: Version) -> int:
    """Return how many versions wait longer than this one."""
    earlier = Q(submitted_at__lt=version.submitted_at) | Q(
        submitted_at=version.submitted_at, pk__lt=version.pk
    )
    return Version.objects.filter(earlier, state=VersionState.SUBMITTED).count()


def waiting_photographs() -> QuerySet[Photograph]:
    """Return the pictures of published entries that wait for a decision, oldest first.

    Those of an entry that waits itself are decided with it.
    """
    waiting = Version.objects.filter(state=VersionState.SUBMITTED).values("activity")
    rows = Photograph.objects.filter(approved_at=None, activity__state=ActivityState.PUBLISHED)
    return (
        rows.exclude(activity__in=waiting)
        .select_related("activity", "added_by")
        .order_by("added_at", "pk")
    )


def open_proposals() -> QuerySet[OrganizationProposal]:
    """Return the proposed organizations that wait for a decision, oldest first."""
    rows = OrganizationProposal.objects.filter(state=ProposalState.OPEN)
    return rows.select_related("country", "proposed_by").order_by("proposed_at", "pk")


def waiting_counts() -> dict[str, int]:
    """Return how many of each kind wait. Four queries."""
    return {
        "versions": waiting_versions().count(),
        "follow_ups": waiting_follow_ups().count(),
        "photographs": waiting_photographs().count(),
        "proposals": open_proposals().count(),
    }


def entries_named(word: str) -> QuerySet[Activity]:
    """Return the published entry of a number, for choosing what a duplicate is merged into."""
    rows = Activity.objects.filter(state=ActivityState.PUBLISHED).select_related("organization")
    return rows.filter(pk=int(word)) if word.isascii() and word.isdigit() else rows.none()
