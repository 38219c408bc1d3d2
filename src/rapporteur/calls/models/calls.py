"""A call, and what changed in it after it was opened."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.urls import reverse

from rapporteur.calls.choices import PUBLIC_STATES, READ_STATES, Audience, CallState, Moderation
from rapporteur.calls.questionnaire import Questionnaire, from_json
from rapporteur.framework.models import Concept, in_language
from rapporteur.library.models import Paragraph

ACCOUNT = settings.AUTH_USER_MODEL
# The columns that are frozen once a call is open; the database holds them (migration 0002). The
# closing time has a rule of its own: it changes by an extension.
RULES = (
    "titles",
    "purposes",
    "notices",
    "mandate_id",
    "mandate_note",
    "audience",
    "stakeholder_group_id",
    "questionnaire",
    "private_questions",
    "identifying_questions",
    "zone",
    "opens_at",
    "consents",
    "retention_months",
    "words_at_most",
    "moderation",
    "one_per_organization",
)


class Call(models.Model):
    """One invitation to contribute: who is asked what, by when, and what becomes of the answers.

    Texts (``titles``, ``purposes``, ``notices``: the notice on personal data) are mappings from a
    language code (ar, en, es, fr, ru, zh) to text; a missing key is a text not given.
    ``questionnaire`` is ``questionnaire.to_json``. Responses come in from ``opens_at`` (included)
    to ``closes_at`` (excluded); ``zone`` is the IANA name of the zone in which the two are told.

    ``private_questions`` are never published, ``identifying_questions`` not with anonymous
    responses (names of questions). ``retention_months`` is how long personal data are kept after
    closing. ``words_at_most`` limits the words of all text answers together.
    ``rules_number`` counts the amendments.
    """

    slug = models.SlugField(max_length=80, unique=True)
    state = models.CharField(max_length=10, choices=CallState, default=CallState.DRAFT)
    titles = models.JSONField(default=dict)
    purposes = models.JSONField(default=dict)
    notices = models.JSONField(default=dict)
    mandate = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="calls"
    )
    mandate_note = models.CharField(max_length=300, blank=True)
    audience = models.CharField(max_length=14, choices=Audience, default=Audience.OPEN)
    stakeholder_group = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="+"
    )
    questionnaire = models.JSONField(default=dict)
    private_questions = models.JSONField(default=list, blank=True)
    identifying_questions = models.JSONField(default=list, blank=True)
    zone = models.CharField(max_length=60, default="UTC")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    consents = models.JSONField(default=list)
    retention_months = models.PositiveSmallIntegerField(default=24)
    words_at_most = models.PositiveIntegerField(null=True, blank=True)
    moderation = models.CharField(max_length=8, choices=Moderation, default=Moderation.BEFORE)
    one_per_organization = models.BooleanField(default=True)
    rules_number = models.PositiveIntegerField(default=0)
    made_from = models.CharField(max_length=60, blank=True)
    made_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="call_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(audience=Audience.GROUP, stakeholder_group__isnull=False)
                | (~models.Q(audience=Audience.GROUP) & models.Q(stakeholder_group=None)),
                name="call_to_a_group_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(state=CallState.DRAFT, opened_at=None)
                | (~models.Q(state=CallState.DRAFT) & models.Q(opened_at__isnull=False)),
                name="call_was_opened_at_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CallState.PUBLISHED)
                | models.Q(published_at__isnull=False, closed_at__isnull=False),
                name="published_call_was_closed",
            ),
        ]
        indexes = [models.Index(fields=["state", "closes_at"], name="call_state")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:call", args=[self.slug])

    @property
    def title(self) -> str:
        return in_language(self.titles)

    @property
    def purpose(self) -> str:
        return in_language(self.purposes)

    @property
    def notice(self) -> str:
        return in_language(self.notices)

    @cached_property
    def asks(self) -> Questionnaire:
        """The questionnaire as a value."""
        return from_json(self.questionnaire)

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def shows_responses(self) -> bool:
        return self.state in READ_STATES

    @property
    def opens_local(self) -> datetime:
        """The opening time on the clock of the call's zone."""
        return self.opens_at.astimezone(ZoneInfo(self.zone))

    @property
    def closes_local(self) -> datetime:
        """The closing time on the clock of the call's zone."""
        return self.closes_at.astimezone(ZoneInfo(self.zone))

    @property
    def ended_local(self) -> datetime:
        """The time until which responses are or were taken: earlier where it was closed before."""
        ended = min(self.closes_at, self.closed_at or self.closes_at)
        return ended.astimezone(ZoneInfo(self.zone))


class Extension(models.Model):
    """A later closing time, with the reason; each is kept. Rows never change."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions")
    number = models.PositiveIntegerField()
    closed_before = models.DateTimeField()
    closes_after = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_extension_per_number"),
            models.CheckConstraint(
                condition=models.Q(closes_after__gt=models.F("closed_before")),
                name="extension_is_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id} +{self.number}"

    @property
    def before_local(self) -> datetime:
        return self.closed_before.astimezone(ZoneInfo(self.call.zone))

    @property
    def after_local(self) -> datetime:
        return self.closes_after.astimezone(ZoneInfo(self.call.zone))


class Amendment(models.Model):
    """A change of the rules of a call that was opened, with the reason. Rows never change.

    ``changes`` maps the name of each changed rule to what it was and is: ``{"words_at_most":
    [500, 800]}``.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="amendments")
    number = models.PositiveIntegerField()
    changes = models.JSONField()
    reason = models.CharField(max_length=1000)
    by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_amendment_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.call_id} rules {self.number}"
