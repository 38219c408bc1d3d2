"""An activity, its versions, and what is counted of the published one."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse

from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept
from rapporteur.register import content as contents
from rapporteur.register.choices import (
    OPEN_STATES,
    ActivityKind,
    ActivityState,
    ActivityStatus,
    Coverage,
    GivenBy,
    Origin,
    Standing,
    VersionState,
)

ACCOUNT = settings.AUTH_USER_MODEL


class Activity(models.Model):
    """One entry of the register: something done for the information society by somebody.

    What it says stands in its versions; the columns here are those of the published version (of a
    draft: of its open one) by which it is counted, sorted and found in the database. ``actions``
    keep them together. An *entry* in any count is one published activity; versions, translations
    and follow-up reports are none.

    ``organization`` is empty where the directory does not know the name that was given.
    ``source_name`` and ``source_key`` say where an imported entry stands in its source; the pair is
    unique, so that importing twice adds nothing. ``stale_on`` is the day from which the published
    entry counts as not confirmed for two years. ``gaps`` lists what a full entry would have.
    """

    state = models.CharField(max_length=10, choices=ActivityState, default=ActivityState.DRAFT)
    title = models.CharField(max_length=contents.TITLE_MOST, blank=True)
    language = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=12, choices=ActivityKind, blank=True)
    status = models.CharField(max_length=10, choices=ActivityStatus, blank=True)
    coverage = models.CharField(max_length=10, choices=Coverage, blank=True)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="activities"
    )
    organization_name = models.CharField(max_length=contents.NAME_MOST, blank=True)
    stakeholder_group = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="+"
    )
    start_year = models.PositiveSmallIntegerField(null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(null=True, blank=True)
    has_story = models.BooleanField(default=False)
    gaps = models.JSONField(default=list, blank=True)

    source_name = models.CharField(max_length=120, blank=True)
    source_key = models.CharField(max_length=200, blank=True)
    source_link = models.URLField(max_length=500, blank=True)
    entered_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="activities"
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stale_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=1000, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from"
    )
    # What the published page shows, in one row; empty until the first publication.
    published_version = models.OneToOneField(
        "register.Version", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_name", "source_key"],
                condition=~models.Q(source_key=""),
                name="one_activity_per_source_key",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")),
                name="activity_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ActivityState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=ActivityState.MERGED) & models.Q(merged_into=None)),
                name="merged_activity_says_into_which",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=ActivityState.PUBLISHED)
                | models.Q(published_version__isnull=False, published_at__isnull=False),
                name="published_activity_has_a_version",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "stale_on"], name="activity_stale"),
            models.Index(fields=["organization", "state"], name="activity_organization"),
            models.Index(fields=["entered_by"], name="activity_entered_by"),
            # Programs ask for what changed since they last asked.
            models.Index(fields=["updated_at", "id"], name="activity_updated"),
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("register:activity", args=[self.pk])

    def standing(self, *, on: date) -> str:
        """Return how fresh the published entry is on a day: a value of ``Standing``."""
        if self.stale_on is not None and self.stale_on <= on:
            return Standing.STALE
        return Standing.VERIFIED if self.confirmed_at else Standing.UNCONFIRMED


class Version(models.Model):
    """One version of an activity: all that it said from one publication to the next.

    ``number`` counts from 1 within the activity. ``content`` is ``content.to_json``; it changes
    only while the version is open. ``base`` is the number of the version that it was begun from (0:
    none), by which a change made meanwhile shows. ``reason`` is what the secretariat said when it
    returned it; ``note`` what its author said of the change.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    base = models.PositiveIntegerField(default=0)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.FORM)
    made_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["activity", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="one_activity_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=models.Q(state__in=OPEN_STATES),
                name="one_open_activity_version",
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=models.Q(state=VersionState.PUBLISHED),
                name="one_published_activity_version",
            ),
        ]
        indexes = [
            models.Index(
                fields=["submitted_at"],
                condition=models.Q(state=VersionState.SUBMITTED),
                name="version_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("register:version", args=[self.activity_id, self.number])

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def says(self) -> contents.Content:
        """What the version says, as a ``Content``."""
        return contents.from_json(self.content)


class ActivityConcept(models.Model):
    """A label of the published version: action line, goal, target, commitment, group, region."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="labels")
    concept = models.ForeignKey(Concept, models.PROTECT, related_name="activity_labels")
    given_by = models.CharField(max_length=10, choices=GivenBy, default=GivenBy.PERSON)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "concept"], name="one_label_per_concept")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.concept_id}"


class ActivityCountry(models.Model):
    """A country in which the published activity takes place."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="places")
    country = models.ForeignKey(Country, models.PROTECT, related_name="activity_places")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "country"], name="one_place_per_country")
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.country_id}"


class ActivityPartner(models.Model):
    """An organization of the directory that takes part in the published activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="partnerships")
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="activity_partnerships"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "organization"], name="one_partnership_per_organization"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.organization_id}"


class ActivityContact(models.Model):
    """Who answers questions about an activity. Private: its keepers and the secretariat alone.

    Never in a version, an export, the search, a count or the audit trail.
    """

    activity = models.OneToOneField(Activity, models.CASCADE, related_name="contact")
    name = models.CharField(max_length=contents.NAME_MOST, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=50, blank=True)

    def __str__(self) -> str:
        return f"Contact of {self.activity_id}"
