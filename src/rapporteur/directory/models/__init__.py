"""Who: accounts and their roles; countries and groups; organizations and what they facilitate."""

from rapporteur.directory.models.accounts import Account, Membership, RoleGrant
from rapporteur.directory.models.countries import Country, GroupMembership
from rapporteur.directory.models.organizations import (
    Affiliation,
    Facilitation,
    Organization,
    OrganizationName,
)

__all__ = [
    "Account",
    "Affiliation",
    "Country",
    "Facilitation",
    "GroupMembership",
    "Membership",
    "Organization",
    "OrganizationName",
    "RoleGrant",
]
