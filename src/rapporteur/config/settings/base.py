"""Settings common to every way of running. The safe value is here; demonstrations loosen it."""

from __future__ import annotations

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from rapporteur.config.env import data_folder, database, env

PACKAGE = Path(__file__).resolve().parents[2]
HOME = data_folder()

DEBUG = False
DEMONSTRATION = False
ALLOWED_HOSTS: list[str] = []
ROOT_URLCONF = "rapporteur.config.urls"
WSGI_APPLICATION = "rapporteur.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_NAME = "Rapporteur"
# Where the site is reached from outside: addresses in mails and feeds begin with it.
SITE_URL = env.str("RAPPORTEUR_SITE_URL", default="")

# Rooms, lowest first; allauth and Django between them and the framework's own.
INSTALLED_APPS = [
    "rapporteur.common",
    "rapporteur.search",
    "rapporteur.site",
    "rapporteur.framework",
    "rapporteur.directory",
    "rapporteur.library",
    "rapporteur.calls",
    "rapporteur.register",
    "rapporteur.reports",
    "rapporteur.api",
    "rapporteur.operations",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "huey.contrib.djhuey",
]

MIDDLEWARE = [
    # What sets headers stands before what may answer by itself: static files bear them too.
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rapporteur.common.middleware.ResponseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rapporteur.api.middleware.Programs",
    "rapporteur.common.middleware.PolicyTable",
    "rapporteur.common.middleware.Refusals",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "rapporteur.site.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "rapporteur.site.templatetags.rapporteur"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": database(env.str("DATABASE_URL", default=f"sqlite:///{HOME / 'rapporteur.sqlite3'}"))
}
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "rapporteur",
        }
    )
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
# In the session, not in a cookie of their own without the prefix that binds it to the host.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

MEDIA_ROOT = HOME / "files"
SEARCH_INDEX = HOME / "index"
# Who brings the index up to date after a change: the request itself, or a worker's job.
SEARCH_FOLLOW = env.str("RAPPORTEUR_SEARCH_FOLLOW", default="job" if REDIS_URL else "inline")
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "rapporteur.library.reading.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# A document that is larger than this is refused before it is read.
DOCUMENT_MAX_BYTES = env.int("RAPPORTEUR_DOCUMENT_MAX_BYTES", default=20 * 1024 * 1024)
# A file of activities that the secretariat imports may be larger.
IMPORT_MAX_BYTES = env.int("RAPPORTEUR_IMPORT_MAX_BYTES", default=200 * 1024 * 1024)
# Pages whose files have a limit of their own, by the name of their address.
UPLOAD_MAX_BYTES = {
    "register:photograph-add": 8 * 1024 * 1024,
    "register:import": IMPORT_MAX_BYTES,
}
# The outlines of maps, where the host has a file of its own (docs/explanation/charts.md).
MAP_OUTLINES = env.str("RAPPORTEUR_MAP_OUTLINES", default="")

# The whole register, written out each night: where, for how many days, under which licence.
REGISTER_ARCHIVE = HOME / "archive"
REGISTER_ARCHIVE_DAYS = env.int("RAPPORTEUR_REGISTER_ARCHIVE_DAYS", default=30)
REGISTER_LICENCE = env.str(
    "RAPPORTEUR_REGISTER_LICENCE", default="https://creativecommons.org/licenses/by/4.0/"
)

# Jobs: Huey stores them in Redis where there is one, else in a SQLite file of its own.
HUEY = {
    "name": "rapporteur",
    "huey_class": "huey.RedisHuey" if REDIS_URL else "huey.SqliteHuey",
    "immediate": False,
    "results": False,
    **({"url": REDIS_URL} if REDIS_URL else {"filename": str(HOME / "jobs.sqlite3")}),
}

# How often a program may ask in a minute: by account, or by address without a token.
API_READS_A_MINUTE = env.int("RAPPORTEUR_API_READS_A_MINUTE", default=600)
API_WRITES_A_MINUTE = env.int("RAPPORTEUR_API_WRITES_A_MINUTE", default=120)

# Languages: the six of the United Nations; sources are English.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh-hans", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

# Accounts
# The unique constraint is on the lower-case address, which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_USER_DISPLAY = str
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# Roles that must hold a second factor before they act (guarantees: headers, accounts, data).
SECOND_FACTOR_ROLES: tuple[str, ...] = ("juror", "secretariat", "administrator")
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

# Mail
DEFAULT_FROM_EMAIL = env.str("RAPPORTEUR_MAIL_FROM", default="rapporteur@localhost")
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://")
EMAIL_BACKEND = EMAIL_CONFIG.get(
    "EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "localhost")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = str(HOME / "mail")

# Security, on unless a demonstration says otherwise.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Who is told of a security fault (/.well-known/security.txt): an e-mail or web address.
SECURITY_CONTACT = env.str("RAPPORTEUR_SECURITY_CONTACT", default="")
CSRF_FAILURE_VIEW = "rapporteur.site.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF],
        "style-src": [SELF],
        "script-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("RAPPORTEUR_LOG_LEVEL", "WARNING")},
}

TITLE = _("Rapporteur")
