"""The lists of values of the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityKind(models.TextChoices):
    PROJECT = "project", _("Project")
    PROGRAMME = "programme", _("Programme")
    TRAINING = "training", _("Training")
    CONFERENCE = "conference", _("Conference")
    WEBSITE = "website", _("Website")
    GUIDELINE = "guideline", _("Guideline")
    TOOLKIT = "toolkit", _("Toolkit")
    POLICY = "policy", _("Policy")
    OTHER = "other", _("Other")


class ActivityStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")


class Coverage(models.TextChoices):
    """Where an activity takes place."""

    COUNTRIES = "countries", _("In the countries named")
    REGIONAL = "regional", _("In the regions named")
    GLOBAL = "global", _("Worldwide")


class ActivityState(models.TextChoices):
    """What a record of the register is to its readers.

    A *draft* was never published. *Merged*: its address leads to the record it was merged into.
    """

    DRAFT = "draft", _("Not published yet")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged into another")


class VersionState(models.TextChoices):
    """Where one version stands. At most one of an activity is open (draft, submitted, returned)."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waits for the secretariat")
    RETURNED = "returned", _("Returned with a reason")
    PUBLISHED = "published", _("Published")
    SUPERSEDED = "superseded", _("Followed by a later version")
    DISCARDED = "discarded", _("Discarded")


OPEN_STATES = (VersionState.DRAFT, VersionState.SUBMITTED, VersionState.RETURNED)


class Origin(models.TextChoices):
    """How a version came in."""

    FORM = "form", _("Typed on this site")
    IMPORT = "import", _("Imported from a file")
    API = "api", _("Sent by a program")


class GivenBy(models.TextChoices):
    """Who gave a label (an action line, a goal) to an activity."""

    PERSON = "person", _("Chosen by a person")
    SUGGESTION = "suggestion", _("Suggested by the platform, accepted by a person")
    SOURCE = "source", _("From the source of the import")


class Standing(models.TextChoices):
    """How fresh a published activity is: `Activity.standing`.

    Two years after the last confirmation (or, never confirmed, after the publication) an activity
    is stale.
    """

    VERIFIED = "verified", _("Confirmed in the last two years")
    UNCONFIRMED = "unconfirmed", _("Not confirmed yet")
    STALE = "stale", _("Not confirmed for two years")


class ResultKind(models.TextChoices):
    RESULT = "result", _("Result")
    BENEFICIARIES = "beneficiaries", _("Beneficiaries")


class FollowUpState(models.TextChoices):
    SUBMITTED = "submitted", _("Waits for the secretariat")
    PUBLISHED = "published", _("Published")
    RETURNED = "returned", _("Returned with a reason")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalState(models.TextChoices):
    """What became of an organization that somebody proposed."""

    OPEN = "open", _("Waits for the secretariat")
    ACCEPTED = "accepted", _("Added to the directory")
    MATCHED = "matched", _("Found in the directory")
    REFUSED = "refused", _("Refused with a reason")
