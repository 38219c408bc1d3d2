"""Documents and their text: versions, renditions, sections, paragraphs, footnotes.

A paragraph is one row for the life of its document, found by its anchor (``op23``, ``p28``,
``annex-1-p11``): what is said about it and what cites it stay when a new version brings new words.
The words of earlier versions stay in ``Version.parsed``. A document of the record has paragraphs
without text until somebody imports it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from rapporteur.library.choices import DocumentKind, DocumentState, GivenBy, ParagraphKind


class Document(models.Model):
    """One document, known by its symbol, or by its title and date where it has none."""

    symbol = models.CharField(max_length=80, null=True, blank=True, unique=True)
    # What stands in its URL: the symbol, or a slug of the title and year.
    address = models.CharField(max_length=160, unique=True)
    # Folded title and date; two documents without a symbol are one when it is the same.
    title_key = models.CharField(max_length=420, blank=True)
    kind = models.CharField(max_length=12, choices=DocumentKind)
    title = models.CharField(max_length=600)
    bodies = models.JSONField(default=list)
    date = models.DateField(null=True, blank=True)
    # The year that the document reports on; for a resolution, the year of its adoption.
    year = models.PositiveSmallIntegerField(null=True, blank=True, db_index=True)
    session = models.CharField(max_length=200, blank=True)
    agenda_item = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, default="en")
    summary = models.TextField(blank=True)
    link = models.URLField(blank=True, max_length=500)
    state = models.CharField(
        max_length=10, choices=DocumentState, default=DocumentState.DRAFT, db_index=True
    )
    in_record = models.BooleanField(default=False)
    # When a person corrected the facts above: a later load of the record leaves them alone.
    edited_at = models.DateTimeField(null=True, blank=True)
    contributors = models.ManyToManyField(
        "directory.Organization", blank=True, related_name="contributed_to"
    )
    current_version = models.ForeignKey(
        "library.Version", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-date", "title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["title_key"],
                condition=models.Q(symbol__isnull=True),
                name="one_document_per_title_and_date",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title

    def get_absolute_url(self) -> str:
        return reverse("library:document", args=[self.address])


class OtherAddress(models.Model):
    """Another address or symbol that leads to the document.

    One half of a joint symbol (``A/80/62`` of ``A/80/62-E/2025/3``), or what stood in its URL
    before its symbol was corrected.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="other_addresses")
    address = models.CharField(max_length=160, unique=True)

    def __str__(self) -> str:
        return self.address


class Version(models.Model):
    """The document's text as imported once. A different text of the same document is a new one.

    ``applied_at`` is when its words became the document's; null is a text that waits for the
    secretariat to publish it over the one that readers see.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    # SHA-256 of the paragraphs' text folded (case, space and punctuation), so that two extractions
    # of one text (a PDF's, a Word file's) are renditions of one version.
    text_digest = models.CharField(max_length=64)
    parsed = models.JSONField()
    warnings = models.JSONField(default=list)
    # What a person said of its paragraphs while it waits, by anchor: made when it is applied.
    corrections = models.JSONField(default=dict)
    words = models.PositiveIntegerField(default=0)
    applied_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["document", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number"),
            models.UniqueConstraint(
                fields=["document", "text_digest"], name="one_version_per_text"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} v{self.number}"


class Rendition(models.Model):
    """One file that a version was read from: the same text in another format or extraction."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="renditions")
    file = models.FileField(upload_to="documents/%Y/", max_length=200)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    file_digest = models.CharField(max_length=64)
    # Where its words differ from the version's by a slip of extraction or of editing:
    # [{"anchor", "held", "here"}], the words concerned.
    differences = models.JSONField(default=list)
    bytes = models.PositiveBigIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "file_digest"], name="one_rendition_per_file"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Section(models.Model):
    """A heading and what stands under it. ``path`` is the labels from the top: III, F, 1, (b)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    path = models.JSONField(default=list)
    titles = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="one_section_per_place"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.titles[-1] if self.titles else ""

    @property
    def depth(self) -> int:
        return len(self.path)


class Paragraph(models.Model):
    """One numbered, operative or preambular paragraph. Empty ``text``: the text is not held.

    ``facts_checked_at``: a person or the record's editors (``checked_by``) checked what is said
    about it; a later import brings its text and leaves its facts alone. ``retired_at``: the current
    version has no such paragraph.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(
        Section, models.SET_NULL, null=True, blank=True, related_name="paragraphs"
    )
    anchor = models.CharField(max_length=40)
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=ParagraphKind, default=ParagraphKind.NUMBERED)
    number = models.PositiveIntegerField(null=True, blank=True)
    section_path = models.JSONField(default=list)
    section_titles = models.JSONField(default=list)
    text = models.TextField(blank=True)
    footnotes = models.JSONField(default=list)
    # Of a resolution's paragraph: opening, kind, subparagraphs and asks, as the parser gives them.
    reading = models.JSONField(default=dict)
    facts_checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=10, choices=GivenBy, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    concepts = models.ManyToManyField(
        "framework.Concept", through="library.ParagraphConcept", related_name="paragraphs"
    )
    organizations = models.ManyToManyField(
        "directory.Organization",
        through="library.ParagraphOrganization",
        related_name="paragraphs",
    )

    class Meta:
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "anchor"], name="one_paragraph_per_anchor"),
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.anchor}"

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#{self.anchor}"


class Footnote(models.Model):
    """A note of the document's current text."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="notes")
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    text = models.TextField(blank=True)
    urls = models.JSONField(default=list)
    symbols = models.JSONField(default=list)

    class Meta:
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="one_footnote_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.document} note {self.number}"
