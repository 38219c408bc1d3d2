"""What every request of a program passes: its token, the policy table, its limits, its language.

Programs are known by their token alone: a session's cookie counts for nothing here, and so no
other site can make a browser do anything.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from rapporteur.api import answers, limits, problems
from rapporteur.api.choices import Scope
from rapporteur.api.models import ApiToken
from rapporteur.api.problems import Problem
from rapporteur.api.tokens.actions import note_use
from rapporteur.api.tokens.queries import live_token
from rapporteur.common import policy

logger = logging.getLogger(__name__)

PREFIX, PAGE = "/api/", "/api/v1/"
READS = ("GET", "HEAD")
# What a page of another site may read of an answer, and ask with.
EXPOSED = "ETag, Link, Retry-After, Content-Language"
ASKED_WITH = "Accept-Language, If-Match, If-None-Match"


def is_for_programs(path: str) -> bool:
    """Return whether an address is the API's; the page that describes it is for people."""
    return path.startswith(PREFIX) and path != PAGE


def language_of(request: HttpRequest) -> str:
    """Return the platform's language that the reader likes best (``Accept-Language``)."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code == "*":
            break
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class Programs:
    """Answers programs: who they are, what they may, and every refusal as problem details."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_programs(request.path_info):
            return self.get_response(request)
        request.user = AnonymousUser()
        request.api_token = None  # type: ignore[attr-defined]
        language = language_of(request)
        with translation.override(language):
            response = self.get_response(request)
            if response.status_code >= 400 and not is_problem(response):
                response = problems.answer(Problem(response.status_code))
        return finished(request, response, language)

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not is_for_programs(request.path_info):
            return None
        name = request.resolver_match.view_name
        methods = allowed(name)
        if request.method == "OPTIONS":
            return preflight(methods)
        try:
            row = policy.table().find(name, request.method)
            if row is None:
                raise Problem(405, headers={"Allow": ", ".join(methods)})
            check(request, row)
        except Problem as problem:
            return problems.answer(problem)
        return None


def is_problem(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith(problems.MEDIA_TYPE)


def allowed(name: str) -> tuple[str, ...]:
    """Return the methods that an address knows: those of the policy table, and what follows."""
    methods = policy.table().methods(name)
    more = ("HEAD", "OPTIONS") if "GET" in methods else ("OPTIONS",)
    return (*methods, *more)


def preflight(methods: tuple[str, ...]) -> HttpResponse:
    """Return which methods there are; pages of other sites may read, without a token."""
    response = HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
    del response.headers["Content-Type"]
    if "GET" in methods:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = ASKED_WITH
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def check(request: HttpRequest, row: policy.Row) -> None:
    """Find out who asks; raise ``Problem`` where the table or the limits do not let them."""
    writes = row.method not in READS
    try:
        token = token_of(request)
    except Problem:
        # Guesses count as requests of their address.
        check_limit(request, writes=False)
        raise
    if token is not None:
        request.api_token = token  # type: ignore[attr-defined]
        request.user = token.account
    check_limit(request, writes=writes)
    roles = policy.roles_of(request.user)
    if not roles & row.roles:
        if policy.Role.ANONYMOUS in roles:
            raise unknown("")
        if policy.Role.SUSPENDED in roles:
            raise Problem(403, _("This account is suspended; its tokens are refused."))
        raise Problem(403)
    if token is None:
        return
    if writes and token.account.needs_second_factor:
        raise Problem(
            403, _("Your role needs a second factor. Set it up on your account's page first.")
        )
    if writes and token.scope != Scope.WRITE:
        raise Problem(
            403,
            _("This token may only read. Make one that may write."),
            headers={"WWW-Authenticate": 'Bearer error="insufficient_scope", scope="write"'},
        )
    note_use(token, at=timezone.now())


def check_limit(request: HttpRequest, *, writes: bool) -> None:
    if not limits.may_go_on(request, writes=writes):
        raise Problem(
            429,
            _("Wait a minute, then go on."),
            headers={"Retry-After": str(limits.SECONDS)},
        )


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token that the request came with, ``None`` where it came with none.

    Raises:
        Problem: 401, what it came with is no token that may be used.
    """
    header = request.headers.get("Authorization")
    if header is None:
        return None
    scheme, _space, secret = header.partition(" ")
    token = live_token(secret.strip(), at=timezone.now()) if scheme.lower() == "bearer" else None
    if token is None:
        raise unknown(' error="invalid_token"')
    return token


def unknown(error: str) -> Problem:
    return Problem(401, headers={"WWW-Authenticate": f"Bearer{error}"})


def finished(request: HttpRequest, response: HttpResponse, language: str) -> HttpResponse:
    """Return the answer with the headers that all answers have."""
    if response.status_code >= 400:
        response.headers["Content-Language"] = language
        patch_vary_headers(response, ("Accept-Language",))
    else:
        answers.pack(request, response)
    patch_vary_headers(response, ("Authorization", "Accept-Encoding"))
    if request.method in READS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "HEAD":
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response
