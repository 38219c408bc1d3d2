"""The lists of values of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganizationKind(models.TextChoices):
    UN_ORGAN = "un-organ", _("Organ of the United Nations")
    UN_ENTITY = "un-entity", _("Entity of the United Nations system")
    UN_REGIONAL_COMMISSION = "un-regional-commission", _("United Nations regional commission")
    INTERGOVERNMENTAL = "intergovernmental", _("Intergovernmental organization")
    GOVERNMENT = "government", _("Government or public body")
    CIVIL_SOCIETY = "civil-society", _("Civil society")
    PRIVATE_SECTOR = "private-sector", _("Private sector")
    ACADEMIA = "academia", _("Academia")
    TECHNICAL_COMMUNITY = "technical-community", _("Technical community")
    COALITION = "coalition", _("Coalition or partnership")
    OFFICE_HOLDER = "office-holder", _("Office-holder")
    EVENT_BODY = "event-body", _("Forum with a standing body")
    OTHER = "other", _("Other")


class NameKind(models.TextChoices):
    """What a name is to its organization. Names and acronyms follow from the record itself."""

    NAME = "name", _("Name")
    ACRONYM = "acronym", _("Acronym")
    ALIAS = "alias", _("Other spelling")
    FORMER = "former", _("Former name")


class FacilitationRole(models.TextChoices):
    LEAD = "lead", _("Lead facilitator")
    CO = "co", _("Co-facilitator")
    PARTNER = "partner", _("Partner")


class MembershipKind(models.TextChoices):
    MEMBER = "member", _("Member of the organization")
    FOCAL_POINT = "focal-point", _("Focal point of the organization")


class GrantedRole(models.TextChoices):
    """Roles that an administrator grants to a person (the others follow from memberships)."""

    FACILITATOR = "facilitator", _("Action line facilitator")
    JUROR = "juror", _("Juror")
    SECRETARIAT = "secretariat", _("Secretariat")
    ADMINISTRATOR = "administrator", _("Administrator")
