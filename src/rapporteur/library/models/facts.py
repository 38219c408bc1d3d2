"""What a paragraph says, as facts: concepts, organizations, figures, publications, citations."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from rapporteur.library.choices import GivenBy, MilestoneKind
from rapporteur.library.models.documents import Document, Paragraph


class ParagraphConcept(models.Model):
    """A paragraph filed under a concept, and who filed it there."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="filings")
    concept = models.ForeignKey("framework.Concept", models.PROTECT, related_name="filings")
    given_by = models.CharField(max_length=10, choices=GivenBy)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "concept"], name="one_filing_per_concept"),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.concept.code}"


class ParagraphOrganization(models.Model):
    """An organization that a paragraph names. ``organization`` null: not in the directory."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="mentions")
    organization = models.ForeignKey(
        "directory.Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mentions",
    )
    printed = models.CharField(max_length=300)
    order = models.PositiveIntegerField(default=0)
    given_by = models.CharField(max_length=10, choices=GivenBy)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["paragraph", "order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paragraph", "organization"],
                condition=models.Q(organization__isnull=False),
                name="one_mention_per_organization",
            ),
            models.UniqueConstraint(
                fields=["paragraph", "printed"],
                condition=models.Q(organization__isnull=True),
                name="one_mention_per_printed_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paragraph} {self.printed}"


class Figure(models.Model):
    """A quantitative claim: ``low`` to ``high`` (equal for a single value) in base units.

    ``year`` is the year it holds for, null where the text does not say. ``quote`` is the text's own
    words, empty while the text is not held.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="figures")
    order = models.PositiveIntegerField(default=0)
    low = models.DecimalField(max_digits=30, decimal_places=6)
    high = models.DecimalField(max_digits=30, decimal_places=6)
    unit = models.CharField(max_length=120, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    quote = models.CharField(max_length=160, blank=True)
    given_by = models.CharField(max_length=10, choices=GivenBy)

    class Meta:
        ordering = ["paragraph", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(low__lte=models.F("high")), name="figure_low_to_high"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.low.normalize()} {self.unit}"


class Publication(models.Model):
    """A publication that a paragraph names."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="publications")
    title = models.CharField(max_length=400)
    order = models.PositiveIntegerField(default=0)
    given_by = models.CharField(max_length=10, choices=GivenBy)

    class Meta:
        ordering = ["paragraph", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "title"], name="one_publication_per_title")
        ]

    def __str__(self) -> str:
        return self.title


class Citation(models.Model):
    """A document symbol that a paragraph or its footnotes cite, in its canonical form.

    ``numbers`` are the paragraphs of that document that it names ("paragraph 111 of the Tunis
    Agenda"); empty where it cites the whole.
    """

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="citations")
    symbol = models.CharField(max_length=80, db_index=True)
    numbers = models.JSONField(default=list)
    given_by = models.CharField(max_length=10, choices=GivenBy)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "symbol"], name="one_citation_per_symbol")
        ]

    def __str__(self) -> str:
        return f"{self.paragraph} cites {self.symbol}"


class Statement(models.Model):
    """One sentence, or clause between semicolons, of the current text, with who acts in it."""

    paragraph = models.ForeignKey(Paragraph, models.CASCADE, related_name="statements")
    order = models.PositiveIntegerField()
    text = models.TextField()
    organizations = models.ManyToManyField(
        "directory.Organization", blank=True, related_name="statements"
    )

    class Meta:
        ordering = ["paragraph", "order"]
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "order"], name="one_statement_per_place")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Milestone(models.Model):
    """A dated event of the follow-up: a milestone, a Forum edition, a season of the prizes."""

    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=MilestoneKind)
    title = models.CharField(max_length=300)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField(db_index=True)
    place = models.CharField(max_length=200, blank=True)
    # Counts that the source gives: {"participants": 1000, "countries": 100, …}.
    counts = models.JSONField(default=dict)
    document = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    paragraph_anchor = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=300, blank=True)
    source_link = models.URLField(blank=True, max_length=500)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-year", "starts_on", "title", "pk"]

    def __str__(self) -> str:
        return self.title
