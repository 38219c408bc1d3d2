"""What visitors tell the secretariat about a fact on a page, and what it answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ErrorReport(models.Model):
    """One "report an error": about a page and what stands on it, with its answer.

    ``reference`` is what the reporter keeps: it opens the state of the report, without what is
    private, and cannot be guessed. ``form_token`` is one per form shown: a retried submit finds the
    report that it made. ``email`` is private: it is used to answer and is erased once the answer
    has left. ``language`` is the reader's, for the answer.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Open: the secretariat has not answered yet")
        CORRECTED = "corrected", _("Corrected")
        NOT_AN_ERROR = "not-an-error", _("Checked, and left as it is")

    reference = models.CharField(max_length=12, unique=True)
    form_token = models.CharField(max_length=64, unique=True)
    page = models.CharField(max_length=400, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
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
    answer_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-reported_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", answered_at__isnull=True)
                | (~models.Q(state="open") & models.Q(answered_at__isnull=False)),
                name="error_report_is_closed_by_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject or self.page}"

    def get_absolute_url(self) -> str:
        return reverse("error-report", args=[self.reference])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def shortened_email(self) -> str:
        """Return the address without what tells whose it is: ``r…@example.org``."""
        name, _at, host = self.email.rpartition("@")
        return f"{name[:1]}…@{host}" if name else ""

    @property
    def waits_for_mail(self) -> bool:
        """Return whether an answer was given that has not yet left by e-mail."""
        return not self.is_open and bool(self.email)
