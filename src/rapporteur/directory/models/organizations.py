"""Organizations: their names, what they belong to and what they facilitate."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from rapporteur.directory.choices import FacilitationRole, NameKind, OrganizationKind
from rapporteur.framework.models import Concept, in_language


class Organization(models.Model):
    """A body that acts: an entity, a government, a coalition, an office-holder.

    A merged organization stays, points to the one it was merged into (``merged_into``) and its
    address leads there. ``from_package`` marks rows that the framework pack brought; a person's
    edit (``edited_at``) is never overwritten by a later load.
    """

    slug = models.SlugField(max_length=200, unique=True)
    acronym = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=300)
    names = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=30, choices=OrganizationKind, default=OrganizationKind.OTHER)
    stakeholder_group = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="organizations"
    )
    country = models.ForeignKey(
        "directory.Country", models.PROTECT, null=True, blank=True, related_name="organizations"
    )
    website = models.URLField(blank=True, max_length=500)
    source = models.CharField(max_length=300, blank=True)
    source_link = models.URLField(blank=True, max_length=500)
    from_package = models.BooleanField(default=False)
    edited_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")), name="not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """Return the name in the reader's language, or as it is known."""
        return in_language(self.names) or self.name

    @property
    def short_name(self) -> str:
        """Return the acronym, or the name where there is none."""
        return self.acronym or self.display_name

    def get_absolute_url(self) -> str:
        return reverse("directory:organization", args=[self.slug])


class OrganizationName(models.Model):
    """One name by which texts know an organization: every name it has stands here.

    ``key`` is the name folded for comparison (``names.fold_name``), and belongs to one
    organization only. Rows of kind ``name`` and ``acronym`` repeat the organization's own fields,
    so that the database itself refuses two organizations of one name; the others are spellings
    and former names. ``actions.naming`` keeps them together.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="other_names")
    text = models.CharField(max_length=300)
    key = models.CharField(max_length=300, unique=True)
    kind = models.CharField(max_length=10, choices=NameKind, default=NameKind.ALIAS)

    class Meta:
        ordering = ["kind", "text", "pk"]

    def __str__(self) -> str:
        return self.text


class Affiliation(models.Model):
    """Membership of one organization in another body (UNGIS, the Partnership on Measuring ICT)."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="affiliations")
    body = models.ForeignKey(Organization, models.CASCADE, related_name="members")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_link = models.URLField(blank=True, max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "body"], name="one_affiliation"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} in {self.body}"


class Facilitation(models.Model):
    """An organization's role on an action line or application of C7."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="facilitations")
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="facilitations")
    role = models.CharField(max_length=10, choices=FacilitationRole)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_link = models.URLField(blank=True, max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "concept", "role"], name="one_facilitation_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.concept.code}: {self.organization} ({self.get_role_display()})"
