"""Production: everything from the environment, HTTPS only. `rapporteur check --deploy` is clean."""

from rapporteur.config.env import env, required
from rapporteur.config.settings.base import *  # noqa: F403

SECRET_KEY = required(
    "SECRET_KEY", hint="Make one with `rapporteur secret-key` and keep it out of the repository."
)
ALLOWED_HOSTS = required(
    "ALLOWED_HOSTS", hint="List the host names that serve the site, separated by commas."
).split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(".")]
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# The proxy in front tells whether the visitor came by HTTPS; it must strip the visitor's own.
if env.bool("BEHIND_PROXY", default=True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Limits count visitors by the address that the proxy wrote last, not by the proxy's own.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
