"""One account for each role of the policy table."""

from __future__ import annotations

from datetime import UTC, datetime

from rapporteur.common.policy import Role
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Membership, Organization, RoleGrant
from rapporteur.operations.addresses import confirm_email

AT = datetime(2026, 1, 1, tzinfo=UTC)
# Signed in when the test began: the sign-in library asks for the password again after a while.
GRANTED = {
    Role.FACILITATOR: GrantedRole.FACILITATOR,
    Role.JUROR: GrantedRole.JUROR,
    Role.SECRETARIAT: GrantedRole.SECRETARIAT,
    Role.ADMINISTRATOR: GrantedRole.ADMINISTRATOR,
}


def own_organization() -> Organization:
    """Return the organization that the walking account belongs to, as its focal point or member."""
    found, _created = Organization.objects.get_or_create(
        slug="walkers", defaults={"name": "Walkers' Union", "kind": "civil-society"}
    )
    return found


def make_account(role: Role) -> Account | None:
    """Return an account whose role this is, with a second factor where one is asked for."""
    if role is Role.ANONYMOUS:
        return None
    account = Account.objects.create_user(f"{role.value}@example.org", "walking-the-table-1")
    confirm_email(account)
    Membership.objects.create(
        account=account,
        organization=own_organization(),
        kind=MembershipKind.FOCAL_POINT if role is Role.FOCAL_POINT else MembershipKind.MEMBER,
        asked_at=AT,
        confirmed_at=AT,
    )
    if role in GRANTED:
        RoleGrant.objects.create(account=account, role=GRANTED[role], granted_at=AT)
    if role is Role.SUSPENDED:
        Account.objects.filter(pk=account.pk).update(suspended_at=AT)
    add_second_factor(account)
    return Account.objects.get(pk=account.pk)


def add_second_factor(account: Account) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP

    secret = "JBSWY3DPEHPK3PXP"
    if not Authenticator.objects.filter(user=account).exists():
        TOTP.activate(account, secret)
