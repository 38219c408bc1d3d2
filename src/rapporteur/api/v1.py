"""The first version of the API: its operations, and what becomes of exceptions."""

from __future__ import annotations

import logging
from functools import lru_cache
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError
from ninja.openapi.schema import get_schema

from rapporteur.api import document, problems
from rapporteur.api.asking import faults_of
from rapporteur.api.bodies import fault_of
from rapporteur.api.operations import directory, library, reading, vocabularies, writing
from rapporteur.api.problems import FieldFault, Problem
from rapporteur.common.refusals import FaultyInput, Refusal
from rapporteur.register.content import Known
from rapporteur.register.errors import FaultyContent

logger = logging.getLogger(__name__)

api = NinjaAPI(
    title="Rapporteur",
    version="1.0.0",
    description="The register of activities, the vocabularies, the directory and the documents of "
    "the record: read for all, written with a token.",
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
# What writes stands in the router of what is read: they share addresses.
assert writing.router is reading.router  # noqa: S101
for room in (reading, vocabularies, directory, library):
    api.add_router("", room.router)


def described(known: Known) -> dict[str, Any]:
    """Return the OpenAPI document with the codes in force; the same object while they stay."""
    return _described(
        tuple(sorted((scheme, tuple(sorted(codes))) for scheme, codes in known.codes.items())),
        tuple(sorted(known.countries)),
        tuple(sorted(known.stakeholder_groups)),
    )


@lru_cache(maxsize=2)
def _described(codes: Any, countries: Any, groups: Any) -> dict[str, Any]:
    known = Known(
        codes={scheme: frozenset(found) for scheme, found in codes},
        countries=frozenset(countries),
        stakeholder_groups=frozenset(groups),
    )
    return document.finished(get_schema(api, document.PREFIX), known)


@api.exception_handler(Problem)
def say_problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problems.answer(problem)


@api.exception_handler(AuthenticationError)
def say_unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problems.answer(Problem(401, headers={"WWW-Authenticate": "Bearer"}))


@api.exception_handler(ValidationError)
def say_faults(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.answer(faults_of(error))


@api.exception_handler(Http404)
def say_not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problems.answer(Problem(404))


@api.exception_handler(Refusal)
def say_refusal(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Say a room's refusal. What the record's state does not allow is a conflict (409)."""
    errors: list[FieldFault] = []
    if isinstance(refusal, FaultyContent):
        errors = [fault_of(item, "content") for item in refusal.problems]
    elif isinstance(refusal, FaultyInput):
        errors = [
            FieldFault(str(item.place), "wrong", str(item.message)) for item in refusal.faults
        ]
    status = 409 if refusal.status == 400 else refusal.status
    return problems.answer(Problem(status, str(refusal), errors=errors))


@api.exception_handler(IntegrityError)
def say_conflict(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Say that somebody else was quicker; nothing was stored."""
    logger.info("Two wrote at once: %s", error)
    return problems.answer(
        Problem(
            409,
            _("Somebody else wrote at the same moment. Read the record and try again."),
            headers={"Retry-After": "1"},
        )
    )


@api.exception_handler(OperationalError)
def say_later(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """Say that the database cannot do it now: it is full, busy, read-only or away."""
    logger.exception("The database did not answer a program")
    return problems.answer(Problem(503, headers={"Retry-After": "5"}))


@api.exception_handler(RequestDataTooBig)
def say_too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problems.answer(Problem(413))


@api.exception_handler(UnreadablePostError)
@api.exception_handler(RawPostDataException)
def say_cut(request: HttpRequest, error: Exception) -> HttpResponse:
    return problems.answer(Problem(400))
