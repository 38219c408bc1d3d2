"""Pages for what went wrong; each says what to do next."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _

from rapporteur.common import held_forms

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "site/errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault; one of plain words where the shell itself cannot be drawn."""
    try:
        return render(request, "site/errors/500.html", status=500)
    except Exception:
        # The shell asks the database who is signed in, and the database may be what is away.
        logger.exception("The page of an error could not be drawn")
        title = _("Something went wrong here")
        body = format_html(
            "<!doctype html><title>{}</title><h1>{}</h1><p>{}</p>",
            title,
            title,
            _("The fault is ours and has been recorded. Try again in a moment."),
        )
        return HttpResponse(body, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page of a form whose token is stale; nothing of it was carried out.

    Where the form can be held, the page leads back to it with what was typed.
    """
    context = {"held_at": request.get_full_path() if held_forms.hold(request) else ""}
    return render(request, "site/errors/403_csrf.html", context, status=403)
