"""The row of a job."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waits for its turn")
    RUNNING = "running", _("Is being done")
    DONE = "done", _("Done")
    FAILED = "failed", _("Not done")


class Job(models.Model):
    """One piece of long work. ``kind`` names what it does (``common.jobs.registry``).

    ``arguments`` and ``result`` are JSON; ``total`` is 0 where it is not known. How far a running
    job is stands beside the database (``progress``): its own changes are one transaction, of which
    nobody sees a part. ``attempts`` counts how often a worker took it.
    """

    kind = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    arguments = models.JSONField(default=dict)
    total = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=models.Q(state__in=("waiting", "running")),
                name="job_unfinished",
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED)
