"""Letters that invite, remind and bring colleagues: a row each, so that nobody is told twice."""

from __future__ import annotations

from django.db import models

from rapporteur.calls.choices import LetterKind, LetterState
from rapporteur.calls.models.inviting import Invitation
from rapporteur.calls.models.responses import ResponseMember


class CallLetter(models.Model):
    """One letter to somebody who may have no account; written anew when it leaves.

    No text and no link is stored. ``key`` names what it tells and is unique. A letter that stays
    ``sending`` belongs to a process that was killed; it is not sent again.
    """

    invitation = models.ForeignKey(
        Invitation, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    member = models.ForeignKey(
        ResponseMember, models.CASCADE, null=True, blank=True, related_name="letters"
    )
    kind = models.CharField(max_length=10, choices=LetterKind)
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=8, choices=LetterState, default=LetterState.WAITING)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="call_letter_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(invitation=None, member__isnull=False)
                | models.Q(invitation__isnull=False, member=None),
                name="call_letter_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
