"""Searches that people keep."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from rapporteur.search.saved.choices import Frequency

# The database refuses a place beyond this one.
MOST_SEARCHES = 20
LONGEST_QUERY = 2000


class SavedSearch(models.Model):
    """One state of a search page that a person keeps. Private to that person.

    ``scope`` names the page, ``query`` its state as the canonical query string
    (``questions.canonical``). ``place`` is one of the account's ``MOST_SEARCHES`` places.

    ``looked_at`` is when the person last opened it. What is new for the next digest is what
    changed since ``told_at``, and stands in the change log from ``told_position`` on
    (``log.horizon``); ``told`` are the entries of the last day before ``told_at`` that a digest
    told, as [id, moment in seconds], so that none is told twice.
    """

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches"
    )
    place = models.PositiveSmallIntegerField()
    scope = models.CharField(max_length=40)
    query = models.TextField(blank=True)
    # SHA-256 of the query: a query may be longer than what an index takes.
    query_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=150)
    language = models.CharField(max_length=10)
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.NEVER)
    saved_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    told_at = models.DateTimeField()
    told_position = models.BigIntegerField()
    told = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]
        indexes = [models.Index(fields=["frequency", "told_at"], name="saved_search_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "scope", "query_digest"], name="one_saved_search_per_query"
            ),
            models.UniqueConstraint(fields=["account", "place"], name="one_saved_search_per_place"),
            models.CheckConstraint(
                condition=Q(place__gte=1, place__lte=MOST_SEARCHES),
                name="saved_searches_have_few_places",
            ),
        ]

    def __str__(self) -> str:
        return self.name
