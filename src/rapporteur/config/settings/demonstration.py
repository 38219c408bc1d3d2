"""`make demo`: one person, one machine. Waives HTTPS and the second factor, and says so.

The server refuses to listen on a public address with these settings.
"""

from rapporteur.config.settings.base import *  # noqa: F403
from rapporteur.config.settings.base import HOME
from rapporteur.config.settings.secret import local_secret_key

DEMONSTRATION = True
SECRET_KEY = local_secret_key(HOME)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
SESSION_COOKIE_NAME = "session"
CSRF_COOKIE_NAME = "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECOND_FACTOR_ROLES = ()
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
