"""The change log that feeds the index: written in the same transaction as the change itself."""

from __future__ import annotations

from django.db import models


class Change(models.Model):
    """One record that changed and must be indexed anew (or taken out of the index).

    Followers read on from the last ``pk`` they applied; the order of keys is the order of changes.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.key}"
