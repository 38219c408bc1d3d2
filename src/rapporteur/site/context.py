"""What the shell of every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from rapporteur.common.policy import is_staff
from rapporteur.site import registry


def shell(request: HttpRequest) -> dict[str, object]:
    """Return the navigation, the other languages' addresses of this page, and whose page it is."""
    path = request.get_full_path()
    current = get_language() or settings.LANGUAGE_CODE
    languages = [
        {
            "code": code,
            "name": name,
            "url": translate_url(path, code),
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
