"""Where a list goes on: opaque, signed marks of the last row of a page.

A page starts after the row where the one before it ended, by the rows' own keys: rows that come or
go meanwhile neither shift it nor come twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from rapporteur.api import answers
from rapporteur.api.problems import Problem

FEW, MOST = 50, 100
SIGNER = Signer(salt="rapporteur.api.cursors")
MARKS = ("cursor", "limit")


def subject_of(request: HttpRequest) -> str:
    """Return what names one list: its address and what narrows it."""
    pairs = sorted(
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in MARKS
    )
    return hashlib.sha256(f"{request.path}?{urlencode(pairs)}".encode()).hexdigest()[:16]


def last_key(request: HttpRequest) -> Any | None:
    """Return the key of the last row of the page before; ``None`` on the first page.

    Raises:
        Problem: 404, the mark is none of this list's.
    """
    mark = request.GET.get("cursor")
    if mark is None:
        return None
    try:
        subject, key = SIGNER.unsign_object(mark)
    except (BadSignature, ValueError, TypeError):
        subject, key = "", None
    if subject != subject_of(request):
        raise Problem(
            404,
            _("This list has no page at that cursor. Begin again without the parameter “cursor”."),
        )
    return key


def next_address(request: HttpRequest, key: Any) -> str:
    """Return the address of the page after the row with this key."""
    query = request.GET.copy()
    query["cursor"] = SIGNER.sign_object([subject_of(request), key])
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


def page(
    request: HttpRequest,
    rows: Sequence[Any],
    *,
    limit: int,
    key: Callable[[Any], Any],
    show: Callable[[Any], dict[str, Any]],
    cache: str = answers.REVALIDATE,
) -> HttpResponse:
    """Return one page of a list. ``rows`` are one more than ``limit`` where there are more."""
    shown = rows[:limit]
    following = next_address(request, key(shown[-1])) if len(rows) > limit else None
    response = answers.answer(
        request, {"items": [show(row) for row in shown], "next": following}, cache=cache
    )
    if following is not None:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response
