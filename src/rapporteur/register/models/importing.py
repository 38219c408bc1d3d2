"""Where imported activities come from, and how the columns of each source are read."""

from __future__ import annotations

from django.db import models


class ImportSource(models.Model):
    """One source of imports. Imports of one source wait for each other on its row.

    ``name`` is what ``Activity.source_name`` repeats. ``mapping`` is how its files were read
    the last time through the page, as JSON of a mapping (``analysis.tables.mapping``).
    """

    name = models.CharField(max_length=120, unique=True)
    mapping = models.TextField(blank=True)
    last_import_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
