"""The tests' settings: as production where it matters, quick where it does not."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("RAPPORTEUR_HOME", tempfile.mkdtemp(prefix="rapporteur-test-"))

from rapporteur.config.env import database
from rapporteur.config.settings.base import *  # noqa: F403
from rapporteur.config.settings.base import HOME, HUEY

SECRET_KEY = "tests-only-" + "0" * 40
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# A file, not memory: the live server of the browser tests reads it from other threads.
DATABASES = {
    "default": database(os.environ.get("TEST_DATABASE_URL", f"sqlite:///{HOME}/tests.sqlite3"))
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(HOME) / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
HUEY = {**HUEY, "immediate": True}
# The browser tests and the client speak plain HTTP to 127.0.0.1.
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
ACCOUNT_RATE_LIMITS = False
