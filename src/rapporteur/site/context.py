"""What the shell of every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from rapporteur.common.policy import is_staff
from rapporteur.site import registry


def in_language(path: str, code: str, *, current: str) -> str:
    """Return the same page's address in another language: the prefix is the language.

    ``path`` is that of the page shown, whose language is ``current``. English has no prefix.
    """
    prefix = f"/{current}/"
    if current != settings.LANGUAGE_CODE and path.startswith(prefix):
        path = path[len(prefix) - 1 :]
    # Two slashes in front would make the rest of the path the name of another host.
    path = "/" + path.lstrip("/\\")
    return path if code == settings.LANGUAGE_CODE else f"/{code}{path}"


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the navigation, the other languages' addresses of this page, and whose page it is."""
    path = request.get_full_path()
    current = get_language() or settings.LANGUAGE_CODE
    languages = [
        {
            "code": code,
            "name": name,
            "url": in_language(path, code, current=current),
            "current": code == current,
        }
        for code, name in settings.LANGUAGES
    ]
    user = getattr(request, "user", None)
    return {
        "site_name": settings.SITE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "places": registry.places(),
        "languages": languages,
        "staff": user is not None and is_staff(user),
    }
