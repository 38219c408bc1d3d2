"""Photographs of an activity."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from rapporteur.framework.models import in_language
from rapporteur.register.models.activities import Activity


class Photograph(models.Model):
    """A picture of an activity: re-encoded by us, without the metadata that it came with.

    ``alternatives`` is what it shows, in words, per language; at least one. It is public when its
    activity is published and ``approved_at`` is set. ``consent_at`` is when ``added_by`` said that
    the people shown agree and that the picture may be published.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="photographs")
    file = models.FileField(upload_to="register/photographs", max_length=200)
    # The same picture for lists and slow lines, a few kilobytes.
    small = models.FileField(upload_to="register/photographs", max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alternatives = models.JSONField(default=dict)
    credit = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    consent_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "digest"], name="one_photograph_per_picture"
            )
        ]

    def __str__(self) -> str:
        return self.alternative

    @property
    def alternative(self) -> str:
        """What the picture shows, in the reader's language where it is known."""
        return in_language(self.alternatives)

    def get_absolute_url(self) -> str:
        return reverse("register:photograph", args=[self.pk])

    @property
    def small_url(self) -> str:
        """The address of the rendition for lists; the picture itself where there is none."""
        address = self.get_absolute_url()
        return f"{address}?size=small" if self.small else address
