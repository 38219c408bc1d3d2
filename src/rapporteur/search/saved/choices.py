"""How often somebody wants to hear of a search."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    NEVER = "never", _("No mail")
    DAILY = "daily", _("At most once a day")
    WEEKLY = "weekly", _("At most once a week")
