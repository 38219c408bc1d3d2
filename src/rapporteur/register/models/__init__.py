"""What was done: activities, their versions, labels, pictures and follow-up reports."""

from rapporteur.register.models.activities import (
    Activity,
    ActivityConcept,
    ActivityContact,
    ActivityCountry,
    ActivityPartner,
    Version,
)
from rapporteur.register.models.following import FollowUp
from rapporteur.register.models.importing import ImportSource
from rapporteur.register.models.photographs import Photograph
from rapporteur.register.models.proposals import OrganizationProposal
from rapporteur.register.models.reminders import Reminder

__all__ = [
    "Activity",
    "ActivityConcept",
    "ActivityContact",
    "ActivityCountry",
    "ActivityPartner",
    "FollowUp",
    "ImportSource",
    "OrganizationProposal",
    "Photograph",
    "Reminder",
    "Version",
]
