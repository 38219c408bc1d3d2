"""May this person do this to that activity?"""

from __future__ import annotations

from typing import Any

from rapporteur.common.policy import is_staff
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account
from rapporteur.register.models import Activity


def focal_organizations(person: Account) -> list[int]:
    """Return the organizations (ids) whose focal point the person is."""
    return [pk for pk, kind in person.organizations_held if kind == MembershipKind.FOCAL_POINT]


def can_edit(person: Any, activity: Activity) -> bool:
    """Return whether the person keeps the activity: entered it, focal point, or secretariat."""
    if not isinstance(person, Account) or person.suspended_at is not None:
        return False
    if is_staff(person) or activity.entered_by_id == person.pk:
        return True
    return activity.organization_id in focal_organizations(person)


def can_review(person: Any) -> bool:
    """Return whether the person publishes, returns, withdraws and merges."""
    return isinstance(person, Account) and is_staff(person)
