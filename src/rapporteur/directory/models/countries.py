"""Countries and areas (ISO 3166, UN M49) and the groups they belong to, with dates."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length
from django.urls import reverse

from rapporteur.framework.models import Concept, in_language

models.CharField.register_lookup(Length)


class Country(models.Model):
    """A country or area of the United Nations M49 list."""

    iso3 = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, unique=True)
    m49 = models.CharField(max_length=3)
    names = models.JSONField(default=dict)
    # Other English names that texts use: ["Czech Republic"].
    aliases = models.JSONField(default=list, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["iso3"]
        constraints = [
            models.CheckConstraint(condition=models.Q(iso3__length=3), name="iso3_has_3_letters"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self.names)

    def get_absolute_url(self) -> str:
        return reverse("directory:country", args=[self.iso3])


class GroupMembership(models.Model):
    """A country's place in a region or group, with the time it holds for.

    ``since`` and ``until`` are dates, or null where not known (``until`` null: holds on ``as_of``).
    Groups change (a country leaves the list of least developed countries), so membership is dated
    and never a flag. A country may stand in several regions: counts by region do not add up.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="groups")
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="countries")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300)
    source_link = models.URLField(blank=True, max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "concept"],
                condition=models.Q(since__isnull=True),
                name="one_group_membership_without_start",
            ),
            models.UniqueConstraint(
                fields=["country", "concept", "since"],
                condition=models.Q(since__isnull=False),
                name="one_group_membership_per_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country.iso3} {self.concept.code}"
