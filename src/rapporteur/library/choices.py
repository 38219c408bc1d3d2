"""The lists of values of the library."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    OUTCOME = "outcome", _("Outcome document of the summit")
    REPORT = "report", _("Report of the Secretary-General")
    RESOLUTION = "resolution", _("Resolution or decision")
    NARRATIVE = "narrative", _("Narrative report")


class DocumentState(models.TextChoices):
    DRAFT = "draft", _("Draft, seen by the secretariat only")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ParagraphKind(models.TextChoices):
    PREAMBULAR = "preambular", _("Preambular paragraph")
    OPERATIVE = "operative", _("Operative paragraph")
    NUMBERED = "numbered", _("Numbered paragraph")
    UNNUMBERED = "unnumbered", _("Unnumbered paragraph")


class GivenBy(models.TextChoices):
    """Who or what gave a fact its place: every label remembers it."""

    RECORD = "record", _("From the record, checked by its editors")
    HEADING = "heading", _("From the heading of its section")
    TEXT = "text", _("Read from the text by a program")
    PERSON = "person", _("By a person")


class MilestoneKind(models.TextChoices):
    MILESTONE = "milestone", _("Milestone")
    FORUM = "forum", _("Edition of the WSIS Forum")
    PRIZES = "prizes", _("Season of the WSIS Prizes")
