"""Requests with an idempotency key: one effect and one answer, however often they are sent."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from rapporteur.api.models import IdempotencyKey
from rapporteur.api.problems import Faults, FieldFault
from rapporteur.directory.models import Account

HEADER = "Idempotency-Key"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
# The job of each night takes away what is older; what it missed counts for another day at most.
KEPT, KEPT_AT_MOST = timedelta(hours=48), timedelta(hours=72)
REPLAYED = ("Location", "ETag", "Content-Type", "Cache-Control")


def fingerprint_of(request: HttpRequest) -> str:
    """Return what tells whether two requests ask for the same."""
    parts = (
        request.method or "",
        request.path,
        request.headers.get("If-Match", ""),
        request.headers.get("Content-Type", ""),
    )
    return hashlib.sha256("\n".join(parts).encode() + b"\n" + request.body).hexdigest()


def once(
    request: HttpRequest, by: Account, effect: Callable[[datetime], HttpResponse]
) -> HttpResponse:
    """Have the effect in one transaction and return its answer; again with the same key, the answer
    alone.

    Two at once with one key: the database lets one of them wait until the other is through. A
    refusal has no effect and is not kept.

    Raises:
        Faults: 422, the key stood on another request, or is none.
    """
    at = timezone.now()
    key = request.headers.get(HEADER)
    if key is None:
        with transaction.atomic():
            return effect(at)
    if not KEY.fullmatch(key):
        raise Faults(
            [
                FieldFault(
                    HEADER,
                    "not-a-key",
                    _("Write 1 to 200 letters, digits and signs, without spaces."),
                )
            ]
        )
    fingerprint = fingerprint_of(request)
    with transaction.atomic():
        # Kept too long for want of the nightly job: as if it had been taken away.
        IdempotencyKey.objects.filter(account=by, key=key, made_at__lt=at - KEPT_AT_MOST).delete()
        try:
            with transaction.atomic():
                held = IdempotencyKey.objects.create(
                    account=by, key=key, fingerprint=fingerprint, made_at=at
                )
        except IntegrityError:
            return replay(IdempotencyKey.objects.get(account=by, key=key), fingerprint)
        response = effect(at)
        held.status = response.status_code
        held.headers = {name: response[name] for name in REPLAYED if name in response.headers}
        held.body = response.content.decode()
        held.save(update_fields=["status", "headers", "body"])
    return response


def replay(held: IdempotencyKey, fingerprint: str) -> HttpResponse:
    if held.fingerprint != fingerprint:
        raise Faults(
            [
                FieldFault(
                    HEADER,
                    "key-used",
                    _("This key stood on another request. Make a new key for a new request."),
                )
            ]
        )
    response = HttpResponse(held.body, status=held.status, headers=held.headers)
    response.headers["Idempotency-Replayed"] = "true"
    return response


def forget_old_keys(*, at: datetime) -> int:
    """Delete the keys that were kept long enough; return how many."""
    deleted, _by_model = IdempotencyKey.objects.filter(made_at__lt=at - KEPT).delete()
    return deleted
