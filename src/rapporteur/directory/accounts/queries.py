"""Questions about accounts and memberships."""

from __future__ import annotations

from django.db.models import QuerySet

from rapporteur.common.policy import is_staff
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account, Membership


def accounts_by_email() -> QuerySet[Account]:
    """Return every account with its grants and memberships, by address. Three queries."""
    return Account.objects.prefetch_related(
        "grants__concept", "memberships__organization"
    ).order_by("email", "pk")


def memberships_of(*, account: Account) -> QuerySet[Membership]:
    """Return the person's memberships, asked for and confirmed, by organization."""
    return account.memberships.select_related("organization").order_by("organization__name", "pk")


def memberships_to_decide(*, by: Account) -> QuerySet[Membership]:
    """Return the memberships asked for that this person may confirm, oldest first."""
    asked = Membership.objects.filter(confirmed_at__isnull=True).exclude(account=by)
    if not is_staff(by):
        held = [pk for pk, kind in by.organizations_held if kind == MembershipKind.FOCAL_POINT]
        asked = asked.filter(organization_id__in=held)
    return asked.select_related("account", "organization").order_by("asked_at", "pk")
