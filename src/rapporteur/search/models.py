"""The change log that feeds the index: written in the same transaction as the change itself."""

from __future__ import annotations

from typing import Any

from django.db import models

from rapporteur.search.saved.models import SavedSearch as SavedSearch


class TransactionNumber(models.Func):
    """The number of the running transaction on PostgreSQL; 0 on SQLite, where writers queue."""

    output_field = models.BigIntegerField()
    template = "0"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "pg_current_xact_id()::text::bigint"
        return self.as_sql(compiler, connection, template=template, **extra)


class Change(models.Model):
    """One record that changed and must be indexed anew (or taken out of the index).

    ``transaction`` is the number of the transaction that wrote the row. On PostgreSQL a row with a
    smaller key may become visible after one with a larger key; the number tells which transactions
    are settled (``log.horizon``), so that a follower never passes one that is still open.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    transaction = models.BigIntegerField(db_default=TransactionNumber(), editable=False)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["transaction", "id"], name="change_transaction")]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind} {self.key}"
