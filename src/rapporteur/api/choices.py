"""The lists of values of the API."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """What a token may be used for; never more than its account may do."""

    READ = "read", _("Read what its account may read")
    WRITE = "write", _("Read and write what its account may")


class Lifetime(models.IntegerChoices):
    """For how many days a new token lasts."""

    MONTH = 30, _("30 days")
    QUARTER = 90, _("90 days")
    YEAR = 365, _("One year")
