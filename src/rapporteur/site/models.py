"""What visitors tell the secretariat about a fact on a page, and what it answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """One "report an error": about a page and what stands on it, with its answer.

    ``email`` is private: it is used to answer and is erased when the report is closed.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CORRECTED = "corrected", _("Corrected")
        NOT_AN_ERROR = "not-an-error", _("Not an error")

    reference = models.CharField(max_length=12, unique=True)
    page = models.CharField(max_length=400)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    email = models.EmailField(blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reported_at = models.DateTimeField()
    state = models.CharField(max_length=14, choices=State, default=State.OPEN, db_index=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "pk"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject}"
