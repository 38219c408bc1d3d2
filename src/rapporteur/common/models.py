"""The audit trail: every change and every refusal of one, append-only and hash-chained."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rapporteur.common.jobs.models import Job as Job
from rapporteur.common.notices.models import Notice as Notice


class AuditEvent(models.Model):
    """One thing that somebody did, or was refused.

    ``digest`` is SHA-256 over the previous row's digest and this row's own content
    (``audit.digest_of``), so that a row changed or taken out later shows. Rows are never changed
    or deleted: the database refuses it (migration ``0002``).
    """

    sequence = models.BigIntegerField(unique=True)
    at = models.DateTimeField(db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
    )
    target_kind = models.CharField(max_length=80, blank=True)
    target_key = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["target_kind", "target_key"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb} {self.target_key}"


class AuditHead(models.Model):
    """The last row of the trail: the one row that two writers take in turn."""

    sequence = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_audit_head")]
