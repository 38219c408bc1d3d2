"""The directory's pages: organizations, countries and regions, and what the secretariat keeps."""

from rapporteur.directory.views.countries import Countries, CountryPage, RegionPage, Regions
from rapporteur.directory.views.keeping import (
    OrganizationAdd,
    OrganizationEdit,
    OrganizationMerge,
)
from rapporteur.directory.views.organizations import OrganizationPage, Organizations

__all__ = [
    "Countries",
    "CountryPage",
    "OrganizationAdd",
    "OrganizationEdit",
    "OrganizationMerge",
    "OrganizationPage",
    "Organizations",
    "RegionPage",
    "Regions",
]
