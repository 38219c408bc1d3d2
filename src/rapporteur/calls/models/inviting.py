"""Who was invited to answer, and the letters that told them."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

from rapporteur.calls.models.calls import Call
from rapporteur.directory.models import Organization

ACCOUNT = settings.AUTH_USER_MODEL
SALT = "rapporteur.calls.invitation"


def token_of(seed: str) -> str:
    """Return what a personal link bears; it is made anew from the seed and stored nowhere."""
    return salted_hmac(SALT, seed, algorithm="sha256").hexdigest()[:40]


def digest_of_token(token: str) -> str:
    """Return what is stored of a personal link."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class Invitation(models.Model):
    """One organization or address that is invited to answer a call.

    The personal link is made from ``seed`` and the platform's secret key and stands nowhere;
    ``token_digest`` finds it. A new seed makes the old link worthless. ``accepted_by`` is who took
    it up with their account; an organization's invitation holds for its focal points too.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="invitations")
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="call_invitations"
    )
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, default="en")
    seed = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organization"],
                condition=models.Q(organization__isnull=False),
                name="one_invitation_per_organization",
            ),
            models.UniqueConstraint(
                fields=["call", "email"],
                condition=~models.Q(email=""),
                name="one_invitation_per_address",
            ),
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False) | ~models.Q(email=""),
                name="invitation_is_to_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.pk}"

    @property
    def token(self) -> str:
        """What the personal link bears; the same as long as the seed is."""
        return token_of(self.seed)
