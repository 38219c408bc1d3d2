"""Tokens of programs, and the requests that were answered once."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models

from rapporteur.api.choices import Scope


class ApiToken(models.Model):
    """What lets one program act for one account, until it expires or is revoked.

    The token itself is 256 random bits, shown once and never stored: ``digest`` is its SHA-256.
    ``begins`` is its first signs, by which its owner tells it from others. ``last_used_at`` is true
    to the hour.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    begins = models.CharField(max_length=12)
    scope = models.CharField(max_length=10, choices=Scope, default=Scope.READ)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def is_live(self, *, at: datetime) -> bool:
        """Return whether it may still be used."""
        return self.revoked_at is None and at < self.expires_at


class IdempotencyKey(models.Model):
    """One request that had its effect: the same key again gets the same answer, and no second one.

    It is stored in the transaction of the effect, so that there are either both or none; the unique
    constraint decides between two at once. ``fingerprint`` is the SHA-256 of method, address,
    precondition and body. Kept for two to three days.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "key"], name="one_effect_per_key")
        ]

    def __str__(self) -> str:
        return self.key
