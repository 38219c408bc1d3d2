"""What the shell of every page needs."""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from rapporteur.common.policy import is_staff
from rapporteur.site import registry

CURRENT = ' aria-current="true"'


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
    addresses = {
        code: escape(in_language(path, code, current=current)) for code, _name in settings.LANGUAGES
    }
    user = getattr(request, "user", None)
    places = registry.places()
    shown = request.resolver_match.view_name if request.resolver_match else ""
    return {
        "site_name": settings.SITE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "places": places,
        "place_here": shown if any(shown == place.url_name for place in places) else "",
        # Six links, twice on every page: written here, each address is escaped above.
        "alternates": SafeString(
            "".join(
                f'<link rel="alternate" hreflang="{code}" href="{url}">\n'
                for code, url in addresses.items()
            )
        ),
        "language_links": SafeString(
            "".join(
                f'<li><a href="{addresses[code]}" lang="{code}" hreflang="{code}"'
                f"{CURRENT if code == current else ''}>{name}</a></li>\n"
                for code, name in settings.LANGUAGES
            )
        ),
        "language_name": dict(settings.LANGUAGES)[current],
        "staff": user is not None and is_staff(user),
    }
