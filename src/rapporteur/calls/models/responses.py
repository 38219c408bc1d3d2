"""What somebody answered: the response, its writers, submissions, passages of a letter, files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from rapporteur.calls.choices import PUBLISHABLE, Consent, Origin, ResponseState
from rapporteur.calls.models.calls import Call
from rapporteur.calls.models.inviting import Invitation, token_of
from rapporteur.directory.models import Country, Organization
from rapporteur.framework.models import Concept

ACCOUNT = settings.AUTH_USER_MODEL


class Response(models.Model):
    """One response to a call, by an organization or a person.

    ``respondent_name`` is the name of an organization that the directory does not know, or of a
    person; the group and the country are those at the time of answering. ``answers`` maps names of
    questions to values as written so far; what was sent stands in its versions, so that a
    correction that was begun and never sent loses nothing. ``answers_number`` grows with each save.
    ``slug`` is its public address and tells nothing of whose it is; ``receipt`` is the number that
    its writers keep. ``letter_text`` is the text of a letter that the secretariat entered.
    ``sole`` repeats ``call.one_per_organization`` so that the database itself can refuse a second
    response.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="responses")
    state = models.CharField(max_length=10, choices=ResponseState, default=ResponseState.DRAFT)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="responses"
    )
    account = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    respondent_name = models.CharField(max_length=300, blank=True)
    stakeholder_group = models.ForeignKey(
        Concept, models.PROTECT, null=True, blank=True, related_name="+"
    )
    country = models.ForeignKey(Country, models.PROTECT, null=True, blank=True, related_name="+")
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="responses"
    )
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PAGE)
    sole = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="en")
    answers = models.JSONField(default=dict)
    answers_number = models.PositiveIntegerField(default=0)
    consent = models.CharField(max_length=10, choices=Consent, blank=True)
    slug = models.CharField(max_length=16, unique=True)
    receipt = models.CharField(max_length=12, unique=True, null=True, blank=True)
    form_token = models.CharField(max_length=64, unique=True)
    letter_text = models.TextField(blank=True)
    letter_note = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    # Its address told something once, so it says that it was withdrawn.
    was_published = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    # What everybody may read; empty until the first publication.
    published_version = models.OneToOneField(
        "calls.ResponseVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organization"],
                condition=models.Q(organization__isnull=False, sole=True)
                & ~models.Q(state=ResponseState.WITHDRAWN),
                name="one_response_per_organization",
            ),
            models.UniqueConstraint(
                fields=["call", "account"],
                condition=models.Q(organization=None, account__isnull=False, origin=Origin.PAGE)
                & ~models.Q(state=ResponseState.WITHDRAWN),
                name="one_response_per_person",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=(ResponseState.DRAFT, ResponseState.WITHDRAWN))
                | (
                    models.Q(submitted_at__isnull=False, receipt__isnull=False)
                    & ~models.Q(consent="")
                ),
                name="sent_response_has_a_receipt_and_consent",
            ),
            # What nobody agreed to, and what was withdrawn, is not public: whatever a page does.
            models.CheckConstraint(
                condition=models.Q(published_at=None, published_version=None)
                | models.Q(
                    published_at__isnull=False,
                    published_version__isnull=False,
                    state=ResponseState.ACCEPTED,
                    consent__in=PUBLISHABLE,
                ),
                name="published_response_agreed",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="response_state"),
            models.Index(fields=["call", "published_at"], name="response_published"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("calls:response", args=[self.call.slug, self.slug])

    @property
    def has_come_in(self) -> bool:
        """Whether it was sent and counts: corrected or returned, it still does."""
        return self.submitted_at is not None and self.state != ResponseState.WITHDRAWN

    @property
    def name(self) -> str:
        """Whose it is, in words, for its writers and the secretariat; never for public pages."""
        if self.organization is not None:
            return self.organization.display_name
        return self.respondent_name


class ResponseMember(models.Model):
    """A colleague who was invited to write with; ``account`` is empty until they come.

    The link is made from ``seed`` as an invitation's is, found by ``token_digest``, and works once.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="members")
    account = models.ForeignKey(
        ACCOUNT, models.CASCADE, null=True, blank=True, related_name="response_memberships"
    )
    email = models.EmailField()
    seed = models.CharField(max_length=64)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    invited_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["response", "email"], name="one_member_per_address"),
            models.UniqueConstraint(
                fields=["response", "account"],
                condition=models.Q(account__isnull=False),
                name="one_member_per_account",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id}: {self.pk}"

    @property
    def token(self) -> str:
        return token_of(self.seed)


class ResponseVersion(models.Model):
    """One submission, as it was sent; each is kept and never changes.

    ``form_token`` is one per form shown: a form that is sent twice makes one submission.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    answers = models.JSONField()
    language = models.CharField(max_length=10)
    consent = models.CharField(max_length=10, choices=Consent)
    rules_number = models.PositiveIntegerField()
    form_token = models.CharField(max_length=64, unique=True)
    submitted_by = models.ForeignKey(
        ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["response", "number"]
        constraints = [
            models.UniqueConstraint(fields=["response", "number"], name="one_submission_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.response_id} v{self.number}"


class Passage(models.Model):
    """A stretch of a letter's text that answers a question: signs ``start`` to ``end`` (excluded).

    The answer to the question is its passages in order; ``text`` repeats the stretch.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="passages")
    question = models.CharField(max_length=80)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    given_by = models.ForeignKey(ACCOUNT, models.SET_NULL, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["response", "start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="passage_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=["response", "question", "start"], name="one_passage_per_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.question} {self.start}"


class Attachment(models.Model):
    """One file of one answer. Its writers and the secretariat fetch it; it is never public.

    ``digest`` is the SHA-256 of its bytes, by which answers (and submissions) name it; a file that
    was sent with a submission stays for it.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="attachments")
    question = models.CharField(max_length=80)
    file = models.FileField(upload_to="calls/%Y", max_length=200)
    name = models.CharField(max_length=300)
    bytes = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["response", "question", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question", "digest"], name="one_attachment_per_file"
            )
        ]

    def __str__(self) -> str:
        return self.name
