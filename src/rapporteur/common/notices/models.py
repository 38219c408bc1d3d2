"""What was told to whom: one row per mail, so that a job that runs again sends nothing twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One mail to one account.

    ``key`` names what it tells (``search.digest:42:2026-11-29``) and is unique: who comes second
    tells nothing. ``kind`` is one of the registry's; ``about`` is what its stop link stops.
    ``letter`` is a ``letters.Letter`` as JSON, emptied once it left or nobody wants it any more.

    A notice that stays ``sending`` belongs to a process that was killed, or to a mail server that
    went away in the middle: whether it left is not known, and it is not sent again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "waiting"
        SENDING = "sending", "begun, end not known"
        SENT = "sent", "sent"
        FAILED = "failed", "given up"
        DROPPED = "dropped", "no longer wanted"

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=60, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    letter = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    made_at = models.DateTimeField()
    # Not before this moment; later after each refusal of the mail server.
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["state", "due_at"], name="notice_due"),
            models.Index(fields=["account", "begun_at"], name="notice_rate"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="notice_is_sent_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
