"""Refusals as a program reads them: problem details (RFC 9457) in the reader's language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MEDIA_TYPE = "application/problem+json"

# What a status says when nothing more can be told. Each is a ``title``.
TITLES = {
    400: gettext_lazy("The request cannot be read"),
    401: gettext_lazy("A valid token is needed"),
    403: gettext_lazy("This is not allowed"),
    404: gettext_lazy("There is nothing at this address"),
    405: gettext_lazy("This address does not know the method"),
    409: gettext_lazy("The record is in another state"),
    410: gettext_lazy("This was taken off the register"),
    412: gettext_lazy("The record has changed since it was read"),
    413: gettext_lazy("The request is too large"),
    415: gettext_lazy("The content type is not known here"),
    422: gettext_lazy("Something in the request has to be mended"),
    428: gettext_lazy("The request must say which state of the record it changes"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something went wrong here"),
    503: gettext_lazy("This cannot be done at the moment"),
}
DETAILS = {
    401: gettext_lazy("Send a token of yours in the header “Authorization: Bearer …”."),
    404: gettext_lazy("Look at the address. The documentation lists all addresses."),
    500: gettext_lazy("The fault is ours and has been recorded. Try again in a moment."),
    503: gettext_lazy("Try again in a moment; nothing was stored."),
}


@dataclass(frozen=True)
class FieldFault:
    """One thing wrong in a request. ``field`` is the field's or parameter's name, with its place
    in a list (``content.links.2.url``); ``nearest`` holds the nearest allowed values."""

    field: str
    code: str
    message: str
    nearest: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "nearest": list(self.nearest),
        }


class Problem(Exception):
    """A refusal that goes out as it is. ``headers`` are sent along, ``more`` stands in the body."""

    def __init__(
        self,
        status: int,
        detail: Any = "",
        *,
        errors: Iterable[FieldFault] = (),
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(str(status))
        self.status = status
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.more = dict(more or {})


class Faults(Problem):
    """A request with faults in its fields; nothing of it was stored."""

    def __init__(self, errors: Iterable[FieldFault]) -> None:
        super().__init__(422, _("Nothing was stored. Mend what is listed and send it again."))
        self.errors = tuple(errors)


def answer(problem: Problem) -> HttpResponse:
    """Return the response of a problem."""
    status = problem.status
    title = TITLES.get(status, TITLES[400] if status < 500 else TITLES[500])
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": str(title),
        "status": status,
        "detail": str(problem.detail or DETAILS.get(status, "")),
        **problem.more,
    }
    if problem.errors:
        body["errors"] = [fault.as_json() for fault in problem.errors]
    # As ASCII: a value that is shown again may hold what no encoding holds.
    response = HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response
