"""What became of an activity since: follow-up reports."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rapporteur.register.choices import ActivityStatus, FollowUpState
from rapporteur.register.models.activities import Activity


class FollowUp(models.Model):
    """A report on an activity by those who keep it: what happened in one year.

    ``results`` has the shape of ``content.Result`` as JSON. A published follow-up counts as a
    confirmation of the activity on the day it was submitted. ``form_token`` makes one form one
    report, however often it is sent.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="follow_ups")
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.SUBMITTED)
    year = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=20_000)
    language = models.CharField(max_length=3, blank=True)
    status = models.CharField(max_length=10, choices=ActivityStatus, blank=True)
    results = models.JSONField(default=list, blank=True)
    form_token = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-year", "-made_at", "-pk"]
        indexes = [models.Index(fields=["state"], name="follow_up_state")]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.year}"
