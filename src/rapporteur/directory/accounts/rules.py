"""May this person do this to that account or membership?"""

from __future__ import annotations

from rapporteur.common.policy import STAFF
from rapporteur.directory.choices import MembershipKind
from rapporteur.directory.models import Account, Membership


def can_confirm(person: Account, membership: Membership, kind: MembershipKind) -> bool:
    """Return whether the person may confirm or end the membership.

    The secretariat appoints focal points; a focal point admits members of its own organization.
    """
    if person.roles & STAFF:
        return True
    held = (membership.organization_id, str(MembershipKind.FOCAL_POINT))
    return kind == MembershipKind.MEMBER and held in person.organizations_held
