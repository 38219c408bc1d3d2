"""People who sign in, the organizations they belong to and the roles they hold."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from rapporteur.common.policy import Role
from rapporteur.directory.choices import GrantedRole, MembershipKind


class AccountManager(BaseUserManager["Account"]):
    def create_user(self, email: str, password: str | None = None, **values) -> Account:
        """Create an account; ``email`` is kept in lower case, since one mailbox is one person."""
        account = self.model(email=email.strip().lower(), **values)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, email: str | None) -> Account:
        return self.get(email__iexact=email)


class Account(AbstractBaseUser):
    """One person who signs in, by e-mail address. Private but for ``name`` where they publish."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_active = models.BooleanField(default=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_email")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & {Role.SECRETARIAT, Role.ADMINISTRATOR})

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Return what this person is: suspended alone, or contributor and all that is granted.

        Read once per request, two queries.
        """
        if self.suspended_at is not None:
            return frozenset({Role.SUSPENDED})
        held = {Role.CONTRIBUTOR}
        held |= {Role(role) for role in self.grants.values_list("role", flat=True)}
        if any(kind == MembershipKind.FOCAL_POINT for _pk, kind in self.organizations_held):
            held.add(Role.FOCAL_POINT)
        return frozenset(held)

    @cached_property
    def organizations_held(self) -> tuple[tuple[int, str], ...]:
        """Return (organization id, membership kind) of each confirmed membership."""
        memberships = self.memberships.filter(confirmed_at__isnull=False)
        return tuple(memberships.values_list("organization_id", "kind"))

    @cached_property
    def needs_second_factor(self) -> bool:
        """Return whether a role demands a second factor that this account has not set up."""
        if not self.roles & {Role(name) for name in settings.SECOND_FACTOR_ROLES}:
            return False
        from allauth.mfa.utils import is_mfa_enabled

        return not is_mfa_enabled(self)


class RoleGrant(models.Model):
    """A role that an administrator gave to a person; a facilitator's names the action line."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=GrantedRole)
    concept = models.ForeignKey(
        "framework.Concept", models.PROTECT, null=True, blank=True, related_name="+"
    )
    granted_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=models.Q(concept__isnull=True),
                name="one_grant_per_role",
            ),
            models.UniqueConstraint(
                fields=["account", "role", "concept"],
                condition=models.Q(concept__isnull=False),
                name="one_grant_per_role_and_concept",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.get_role_display()}"


class Membership(models.Model):
    """A person of an organization. ``confirmed_at`` empty: asked for, not yet confirmed."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="memberships")
    organization = models.ForeignKey(
        "directory.Organization", models.CASCADE, related_name="memberships"
    )
    kind = models.CharField(max_length=20, choices=MembershipKind, default=MembershipKind.MEMBER)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Account, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "organization"], name="one_membership_per_organization"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.organization}"
