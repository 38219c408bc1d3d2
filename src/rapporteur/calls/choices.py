"""The lists of values of the calls."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    EXTENDED = "extended", _("Extended")
    CLOSED = "closed", _("Closed")
    PUBLISHED = "published", _("Closed, responses published")
    ARCHIVED = "archived", _("Archived")


# Everybody may know of a call in these.
PUBLIC_STATES = (
    CallState.OPEN,
    CallState.EXTENDED,
    CallState.CLOSED,
    CallState.PUBLISHED,
    CallState.ARCHIVED,
)
# Responses come in (between the two times that the call names).
OPEN_STATES = (CallState.OPEN, CallState.EXTENDED)
# Responses can be read by everybody, as far as each agreed.
READ_STATES = (CallState.PUBLISHED, CallState.ARCHIVED)


class Audience(models.TextChoices):
    OPEN = "open", _("Everybody")
    INVITED = "invited", _("Those who are invited")
    MEMBER_STATES = "member-states", _("Member States: their governments")
    GROUP = "group", _("Organizations of one stakeholder group")


class Consent(models.TextChoices):
    NAMED = "named", _("Publish it with the name")
    ANONYMOUS = "anonymous", _("Publish it without the name")
    NONE = "none", _("Do not publish it")


# A response with one of these may be published.
PUBLISHABLE = (Consent.NAMED, Consent.ANONYMOUS)


class Moderation(models.TextChoices):
    BEFORE = "before", _("The secretariat reads each response before it counts")
    NONE = "none", _("A response counts as it is sent")


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Sent, waiting to be read")
    RETURNED = "returned", _("Returned with a reason")
    ACCEPTED = "accepted", _("Accepted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Origin(models.TextChoices):
    PAGE = "page", _("Answered on these pages")
    LETTER = "letter", _("Entered by the secretariat from a letter")
    FILE = "file", _("Read from a filled form")
    IMPORT = "import", _("Imported")


class LetterKind(models.TextChoices):
    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")
    COLLEAGUE = "colleague", _("Invitation of a colleague")


class LetterState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("begun, end not known")
    SENT = "sent", _("sent")
    FAILED = "failed", _("given up")
    DROPPED = "dropped", _("no longer wanted")
