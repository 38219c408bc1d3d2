"""May this person do this, now?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rapporteur.calls.choices import OPEN_STATES, Audience, CallState, ResponseState
from rapporteur.calls.models import Call, Invitation, Response
from rapporteur.common.policy import is_staff
from rapporteur.directory.choices import MembershipKind, OrganizationKind
from rapporteur.directory.models import Account, Organization


def is_open(call: Call, *, at: datetime) -> bool:
    """Return whether the call takes responses at a moment: from its opening to its closing time.

    The state alone never decides: a job that closes calls may be late.
    """
    return call.state in OPEN_STATES and call.opens_at <= at < call.closes_at


def focal_organizations(person: Account) -> list[int]:
    """Return the organizations (ids) whose focal point the person is."""
    return [pk for pk, kind in person.organizations_held if kind == MembershipKind.FOCAL_POINT]


def may_keep_calls(person: Any) -> bool:
    """Return whether the person drafts, opens, moderates and publishes."""
    return isinstance(person, Account) and person.suspended_at is None and is_staff(person)


def may_answer(
    call: Call, *, person: Account, organization: Organization | None
) -> Invitation | bool:
    """Return whether the person may begin a response, for an organization or for themselves.

    The invitation by which they may is returned where there is one. For an organization answers
    who is its confirmed member, or took up the invitation that it got. Two queries at most.
    """
    if person.suspended_at is not None:
        return False
    taken_up = call.invitations.filter(accepted_by=person, organization=organization).first()
    if taken_up is not None:
        return taken_up
    if organization is not None and organization.pk not in dict(person.organizations_held):
        return False
    if call.audience == Audience.OPEN:
        return True
    if call.audience == Audience.MEMBER_STATES:
        return organization is not None and organization.kind == OrganizationKind.GOVERNMENT
    if call.audience == Audience.GROUP:
        group = call.stakeholder_group_id
        return organization is not None and organization.stakeholder_group_id == group
    if organization is None:
        return False
    return call.invitations.filter(organization=organization).first() or False


def may_write(person: Any, response: Response) -> bool:
    """Return whether the person writes the response: began it, was invited, or is a focal point."""
    if not isinstance(person, Account) or person.suspended_at is not None:
        return False
    if response.account_id == person.pk or response.organization_id in focal_organizations(person):
        return True
    return response.members.filter(account=person).exists()


def is_writable(call: Call, response: Response, *, at: datetime) -> bool:
    """Return whether the response can be written in and sent at a moment.

    While the call is open, a response that was sent can be corrected. One that the secretariat
    returned can be mended after closing, too, until the responses are published.
    """
    if response.state == ResponseState.WITHDRAWN:
        return False
    returned = response.state == ResponseState.RETURNED and call.state == CallState.CLOSED
    return is_open(call, at=at) or returned
