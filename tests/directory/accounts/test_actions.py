from datetime import UTC, datetime

import pytest

from rapporteur.common.models import AuditEvent
from rapporteur.common.policy import Role
from rapporteur.common.refusals import Conflict, NotAllowed, Refusal
from rapporteur.directory.accounts import actions
from rapporteur.directory.choices import GrantedRole, MembershipKind
from rapporteur.directory.models import Account, Membership, Organization, RoleGrant

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def make_account(name="person", *roles):
    account = Account.objects.create_user(f"{name}@example.org", None)
    for role in roles:
        RoleGrant.objects.create(account=account, role=role, granted_at=AT)
    return Account.objects.get(pk=account.pk)


def make_organization(slug="union", **values):
    return Organization.objects.create(slug=slug, name=slug.title(), **values)


def join(account, organization, kind=MembershipKind.FOCAL_POINT):
    Membership.objects.create(
        account=account, organization=organization, kind=kind, asked_at=AT, confirmed_at=AT
    )
    return Account.objects.get(pk=account.pk)


def verbs():
    return list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))


def test_ask_membership_twice_counts_once():
    account, organization = make_account(), make_organization()

    first = actions.ask_membership(account=account, organization=organization, at=AT)
    second = actions.ask_membership(account=account, organization=organization, at=AT)

    assert first == second
    assert first.confirmed_at is None
    assert verbs() == ["directory.membership.asked"]


def test_ask_membership_of_a_merged_organization_is_refused():
    merged = make_organization("old", merged_into=make_organization("new"))

    with pytest.raises(Refusal, match="no longer in use"):
        actions.ask_membership(account=make_account(), organization=merged, at=AT)

    assert Membership.objects.count() == 0


def test_a_membership_asked_for_gives_no_role_until_confirmed():
    organization = make_organization()
    account = make_account()
    membership = actions.ask_membership(account=account, organization=organization, at=AT)
    before = account.roles

    actions.confirm_membership(
        membership=membership,
        kind=MembershipKind.FOCAL_POINT,
        by=make_account("staff", GrantedRole.SECRETARIAT),
        at=AT,
    )

    assert before == {Role.CONTRIBUTOR}
    assert Account.objects.get(pk=account.pk).roles == {Role.CONTRIBUTOR, Role.FOCAL_POINT}


def test_a_focal_point_admits_members_of_its_own_organization_alone():
    own, other = make_organization("own"), make_organization("other")
    focal = join(make_account("focal"), own)
    person = make_account()
    in_own = actions.ask_membership(account=person, organization=own, at=AT)
    in_other = actions.ask_membership(account=person, organization=other, at=AT)

    actions.confirm_membership(membership=in_own, kind=MembershipKind.MEMBER, by=focal, at=AT)
    with pytest.raises(NotAllowed):
        actions.confirm_membership(membership=in_other, kind=MembershipKind.MEMBER, by=focal, at=AT)
    with pytest.raises(NotAllowed):
        actions.confirm_membership(
            membership=in_own, kind=MembershipKind.FOCAL_POINT, by=focal, at=AT
        )

    confirmed = Membership.objects.filter(confirmed_at__isnull=False, account=person)
    assert [(m.organization, m.kind) for m in confirmed] == [(own, "member")]


def test_only_an_administrator_gives_roles():
    person = make_account()

    with pytest.raises(NotAllowed):
        actions.grant_role(
            account=person,
            role=GrantedRole.SECRETARIAT,
            concept=None,
            by=make_account("staff", GrantedRole.SECRETARIAT),
            at=AT,
        )

    assert RoleGrant.objects.filter(account=person).count() == 0


def test_a_facilitator_needs_an_action_line():
    with pytest.raises(Refusal, match="action line"):
        actions.grant_role(
            account=make_account(),
            role=GrantedRole.FACILITATOR,
            concept=None,
            by=make_account("admin", GrantedRole.ADMINISTRATOR),
            at=AT,
        )


def test_the_last_administrator_cannot_be_taken_away():
    admin = make_account("admin", GrantedRole.ADMINISTRATOR)
    grant = admin.grants.get()

    with pytest.raises(Conflict, match="last administrator"):
        actions.withdraw_role(grant=grant, by=admin, at=AT)
    with pytest.raises(Conflict, match="last administrator"):
        actions.suspend(account=admin, by=admin, at=AT)

    assert Account.objects.get(pk=admin.pk).roles == {Role.CONTRIBUTOR, Role.ADMINISTRATOR}


def test_a_second_administrator_may_suspend_the_first():
    first = make_account("first", GrantedRole.ADMINISTRATOR)
    second = make_account("second", GrantedRole.ADMINISTRATOR)

    actions.suspend(account=first, by=second, at=AT)

    assert Account.objects.get(pk=first.pk).roles == {Role.SUSPENDED}
    with pytest.raises(Conflict):
        actions.suspend(account=second, by=second, at=AT)


def test_a_suspension_ends():
    admin, person = make_account("admin", GrantedRole.ADMINISTRATOR), make_account()
    actions.suspend(account=person, by=admin, at=AT)

    actions.reinstate(account=person, by=admin, at=AT)

    assert Account.objects.get(pk=person.pk).roles == {Role.CONTRIBUTOR}
    assert verbs() == ["directory.account.suspended", "directory.account.reinstated"]
