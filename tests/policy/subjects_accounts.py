"""Records for walking the addresses of accounts."""

from __future__ import annotations

from datetime import UTC, datetime

from rapporteur.common.policy import Relation
from rapporteur.directory.models import Account, Membership, Organization, RoleGrant
from tests.policy.accounts import own_organization

AT = datetime(2026, 1, 1, tzinfo=UTC)


def make_other() -> Account:
    return Account.objects.create_user("other@example.org", None)


def membership(relation: Relation, account: Account | None) -> dict:
    organization = own_organization()
    person = make_other()
    if relation is Relation.OWN and account is not None:
        person = account
        organization = Organization.objects.create(slug="another", name="Another")
    elif relation is Relation.OTHERS:
        organization = Organization.objects.create(slug="another", name="Another")
    found = Membership.objects.create(account=person, organization=organization, asked_at=AT)
    return {"pk": found.pk}


def other_account(relation: Relation, account: Account | None) -> dict:
    return {"pk": make_other().pk}


def other_grant(relation: Relation, account: Account | None) -> dict:
    found = RoleGrant.objects.create(account=make_other(), role="juror", granted_at=AT)
    return {"pk": found.pk}


def organization_to_join(kwargs: dict) -> dict:
    Organization.objects.get_or_create(slug="joinable", defaults={"name": "Joinable"})
    return {"organization": "joinable"}


SUBJECTS = {
    "directory:membership-confirm": membership,
    "directory:membership-end": membership,
    "directory:account": other_account,
    "directory:role-grant": other_account,
    "directory:role-withdraw": other_grant,
    "directory:account-suspend": other_account,
    "directory:account-reinstate": other_account,
    "account_confirm_email": lambda relation, account: {"key": "no-such-key"},
    "account_reset_password_from_key": lambda r, a: {"uidb36": "1", "key": "set-password"},
    "mfa_remove_webauthn": lambda relation, account: {"pk": 0},
    "mfa_edit_webauthn": lambda relation, account: {"pk": 0},
}
BODIES = {
    "directory:me": lambda kwargs: {"name": "A name"},
    "directory:membership-ask": organization_to_join,
    "directory:membership-confirm": lambda kwargs: {"kind": "member"},
    "directory:role-grant": lambda kwargs: {"role": "juror"},
}
