"""What people do to accounts, memberships and roles."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from rapporteur.common.audit import record_event
from rapporteur.common.policy import Role
from rapporteur.common.refusals import Conflict, NotAllowed, Refusal
from rapporteur.directory.accounts import rules
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Membership, Organization, RoleGrant
from rapporteur.framework.models import Concept


@transaction.atomic
def change_name(*, account: Account, name: str, at: datetime) -> None:
    """Change the name that stands beside what the person publishes."""
    if account.name == name:
        return
    account.name = name
    account.save(update_fields=["name"])
    record_event("directory.account.renamed", target=account, by=account, at=at)


@transaction.atomic
def ask_membership(*, account: Account, organization: Organization, at: datetime) -> Membership:
    """Ask to belong to an organization; somebody of it, or the secretariat, confirms.

    Asked twice, it counts once.

    Raises:
        Refusal: the organization is retired or was merged into another.
    """
    if organization.retired_at is not None or organization.merged_into_id is not None:
        raise Refusal(_("This organization is no longer in use. Choose the one that follows it."))
    membership, created = Membership.objects.get_or_create(
        account=account, organization=organization, defaults={"asked_at": at}
    )
    if created:
        record_event("directory.membership.asked", target=organization, by=account, at=at)
    return membership


@transaction.atomic
def confirm_membership(
    *, membership: Membership, kind: MembershipKind, by: Account, at: datetime
) -> None:
    """Confirm a membership, as member or focal point.

    Raises:
        NotAllowed: ``by`` is neither of the secretariat nor, for a member, a focal point of the
            organization.
    """
    if not rules.can_confirm(by, membership, kind):
        raise NotAllowed(_("Only the secretariat may confirm this, or for members a focal point."))
    Membership.objects.filter(pk=membership.pk).update(kind=kind, confirmed_at=at, confirmed_by=by)
    record_event(
        "directory.membership.confirmed",
        target=membership.organization,
        by=by,
        at=at,
        details={"account": membership.account_id, "kind": str(kind)},
    )


@transaction.atomic
def end_membership(*, membership: Membership, by: Account, at: datetime) -> None:
    """Refuse what was asked, or end a membership; a person may always leave.

    Raises:
        NotAllowed: ``by`` may not end it.
    """
    if by.pk != membership.account_id and not rules.can_confirm(
        by, membership, MembershipKind(membership.kind)
    ):
        raise NotAllowed(_("Only the person, the secretariat or a focal point may end this."))
    record_event(
        "directory.membership.ended",
        target=membership.organization,
        by=by,
        at=at,
        details={"account": membership.account_id},
    )
    membership.delete()


@transaction.atomic
def grant_role(
    *, account: Account, role: GrantedRole, concept: Concept | None, by: Account, at: datetime
) -> RoleGrant:
    """Give a role; a facilitator's needs an action line. Given twice, it counts once.

    Raises:
        NotAllowed: ``by`` is no administrator.
        Refusal: a facilitator without an action line.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator gives roles."))
    if role == GrantedRole.FACILITATOR and concept is None:
        raise Refusal(_("Choose the action line that the person facilitates."))
    if role != GrantedRole.FACILITATOR:
        concept = None
    grant, created = RoleGrant.objects.get_or_create(
        account=account, role=role, concept=concept, defaults={"granted_by": by, "granted_at": at}
    )
    if created:
        record_event(
            "directory.role.granted",
            target=account,
            by=by,
            at=at,
            details={"role": str(role), "concept": concept.code if concept else None},
        )
    return grant


@transaction.atomic
def withdraw_role(*, grant: RoleGrant, by: Account, at: datetime) -> None:
    """Take a role back; the last administrator stays.

    Raises:
        NotAllowed: ``by`` is no administrator.
        Conflict: nobody would be left to give roles.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator takes roles back."))
    if grant.role == GrantedRole.ADMINISTRATOR:
        keep_an_administrator(without=grant.account)
    record_event(
        "directory.role.withdrawn", target=grant.account, by=by, at=at, details={"role": grant.role}
    )
    grant.delete()


@transaction.atomic
def suspend(*, account: Account, by: Account, at: datetime) -> None:
    """Suspend an account: it reads what everyone reads, and does nothing.

    Raises:
        NotAllowed: ``by`` is no administrator.
        Conflict: it is the last administrator's.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator suspends accounts."))
    keep_an_administrator(without=account)
    if Account.objects.filter(pk=account.pk, suspended_at__isnull=True).update(suspended_at=at):
        record_event("directory.account.suspended", target=account, by=by, at=at)


@transaction.atomic
def reinstate(*, account: Account, by: Account, at: datetime) -> None:
    """End a suspension.

    Raises:
        NotAllowed: ``by`` is no administrator.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed(_("Only an administrator ends a suspension."))
    if Account.objects.filter(pk=account.pk, suspended_at__isnull=False).update(suspended_at=None):
        record_event("directory.account.reinstated", target=account, by=by, at=at)


def keep_an_administrator(*, without: Account) -> None:
    """Refuse what would leave the site without an administrator.

    All administrators' grants are locked, so that two administrators cannot each take the other's.
    """
    grants = RoleGrant.objects.select_for_update().filter(role=GrantedRole.ADMINISTRATOR)
    holders = {
        grant.account_id
        for grant in grants.select_related("account").order_by("pk")
        if grant.account.suspended_at is None
    }
    if holders and holders <= {without.pk}:
        raise Conflict(_("This is the last administrator. Give the role to somebody else first."))
