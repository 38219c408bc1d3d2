"""Addresses in mails: whole, in the reader's language; and the signed one that stops a notice."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import override

SALT = "rapporteur.notices.stop"


def site_address() -> str:
    """Return where the site is reached from outside, without a slash at the end.

    ``RAPPORTEUR_SITE_URL`` says so; without it, the first of the host names that the site serves.
    """
    if settings.SITE_URL:
        return settings.SITE_URL.rstrip("/")
    if settings.DEMONSTRATION:
        return "http://localhost:8000"
    named = [host for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))]
    scheme = "https" if settings.SESSION_COOKIE_SECURE else "http"
    return f"{scheme}://{named[0] if named else 'localhost'}"


def whole(path: str, language: str) -> str:
    """Return the whole address of an English path of this site, in a language."""
    prefix = "" if language == settings.LANGUAGE_CODE else f"/{language}"
    return f"{site_address()}{prefix}{path}"


def page(name: str, language: str, **kwargs: object) -> str:
    """Return the whole address of a named page, in a language."""
    with override(language):
        return site_address() + reverse(name, kwargs=kwargs)


def stop_token(kind: str, about: str) -> str:
    """Return what proves that somebody got a notice of this kind about this."""
    return signing.Signer(salt=SALT).sign_object([kind, about])


def read_stop_token(token: str) -> tuple[str, str] | None:
    """Return (kind, about) of a token that this site signed, else ``None``.

    It does not run out: a mail of last year must still be good for stopping the next.
    """
    try:
        kind, about = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return kind, about


def stop_link(kind: str, about: str, language: str) -> str:
    """Return the whole address of the page that stops a notice."""
    return page("notices:stop", language, token=stop_token(kind, about))
