"""What every request passes: the policy table, refusals as pages, response headers."""

from __future__ import annotations

import logging

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import reverse

from rapporteur.common import held_forms, policy
from rapporteur.common.refusals import Refusal

logger = logging.getLogger(__name__)

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), payment=(), usb=()"
)


class ResponseHeaders:
    """Add the headers that no Django middleware adds; keep personal pages out of caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        # No proxy may keep what was written for one person.
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class PolicyTable:
    """Refuse what the policy table does not allow; refuse a URL that has no row.

    A role alone decides here; the relation to the record is decided by the room's query.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        name = request.resolver_match.view_name
        table = policy.table()
        row = table.find(name, request.method)
        if row is None:
            known = table.methods(name)
            if not known:
                logger.error("URL without a policy row: %s %s", request.method, name)
                raise Http404
            if request.method == "OPTIONS":
                return HttpResponse(headers={"Allow": ", ".join((*known, "HEAD", "OPTIONS"))})
            return HttpResponseNotAllowed(known)
        if not row.gate:
            return None
        roles = policy.roles_of(request.user)
        if not roles & row.roles:
            anonymous = policy.Role.ANONYMOUS in roles
            if row.hidden and not (anonymous and row.signs_in):
                raise Http404
            if anonymous:
                comes_back = request.method == "GET" or held_forms.hold(request)
                return redirect_to_login(request.get_full_path() if comes_back else reverse("home"))
            raise PermissionDenied
        if getattr(request.user, "needs_second_factor", False) and not name.startswith(
            ("mfa_", "account_")
        ):
            protected = {role.value for role in row.roles & roles}
            if row.method != "GET" or not row.roles >= policy.SIGNED_IN:
                logger.info("Second factor asked of %s for %s", request.user.pk, sorted(protected))
                return render(request, "site/second_factor_needed.html", status=403)
        return None


class Refusals:
    """Turn a ``Refusal`` that no view caught into a page that says it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Refusal):
            return render(
                request, "site/refusal.html", {"refusal": exception}, status=exception.status
            )
        return None
