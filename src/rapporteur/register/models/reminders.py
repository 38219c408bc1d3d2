"""Whom the platform asked to confirm an entry, so that nobody is asked twice."""

from __future__ import annotations

from django.db import models

from rapporteur.register.models.activities import Activity


class Reminder(models.Model):
    """The keepers of an entry were asked once to confirm it, for the day it became stale."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="reminders")
    due_on = models.DateField()
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "due_on"], name="one_reminder_per_entry_and_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.due_on}"
