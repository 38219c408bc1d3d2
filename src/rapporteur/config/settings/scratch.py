"""A place to try a backup in: serves nobody, sends nothing, is thrown away."""

from django.core.management.utils import get_random_secret_key

from rapporteur.config.settings.base import *  # noqa: F403

SECRET_KEY = get_random_secret_key()
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
