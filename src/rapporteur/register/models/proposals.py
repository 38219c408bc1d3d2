"""Organizations that keepers propose to the directory."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rapporteur.directory.choices import OrganizationKind
from rapporteur.directory.models import Country, Organization
from rapporteur.register.choices import ProposalState


class OrganizationProposal(models.Model):
    """An organization that somebody asks to have in the directory.

    Until the secretariat decides, it is a name in the entries that bear it. ``key`` is the name
    folded (``directory.names.fold_name``): of one name, one proposal is open. ``organization`` is
    what it became: added (*accepted*), or one that was there already (*matched*).
    """

    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300)
    kind = models.CharField(max_length=30, choices=OrganizationKind, default=OrganizationKind.OTHER)
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    website = models.URLField(blank=True, max_length=500)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["proposed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state=ProposalState.OPEN),
                name="one_open_proposal_per_name",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    state__in=(ProposalState.ACCEPTED, ProposalState.MATCHED),
                    organization__isnull=False,
                )
                | models.Q(state__in=(ProposalState.OPEN, ProposalState.REFUSED)),
                name="decided_proposal_names_its_organization",
            ),
        ]

    def __str__(self) -> str:
        return self.name
