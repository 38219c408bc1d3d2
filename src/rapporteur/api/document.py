"""The description of the API for programs (OpenAPI 3.1): what operations say, put together."""

from __future__ import annotations

import copy
from typing import Any

from django.utils.translation import gettext_noop

from rapporteur.api import inputs, shapes
from rapporteur.api.once import HEADER
from rapporteur.api.problems import MEDIA_TYPE
from rapporteur.api.security import SCHEME
from rapporteur.register.content import Known

PREFIX = "/api/v1/"
# What each refusal means, for the documentation (which is in English).
REFUSALS = {
    400: gettext_noop("The body is no JSON."),
    401: gettext_noop("No token where one is needed, or one that is unknown, expired or revoked."),
    403: gettext_noop("The token's account may not do this, or the token may only read."),
    404: gettext_noop("No such record that the reader may see, or no such page of the list."),
    409: gettext_noop(
        "The record is in a state in which this cannot be done, or two wrote at once."
    ),
    410: gettext_noop("It was taken off the register; `detail` says why."),
    412: gettext_noop("The record is no longer in the state that If-Match names."),
    413: gettext_noop("The body is too large."),
    415: gettext_noop("The body is of another kind than JSON."),
    422: gettext_noop(
        "Something in the request is wrong: `errors` lists each field. Nothing was stored."
    ),
    428: gettext_noop("The header If-Match is missing."),
    429: gettext_noop("Too many requests; Retry-After says how many seconds to wait."),
    500: gettext_noop("A fault of the platform's."),
    503: gettext_noop(
        "It cannot be done at the moment; Retry-After says how many seconds to wait."
    ),
}
WITH_WAIT = (429, 503)
ALWAYS = (401, 403, 429, 500)

TAG_HEADER = {"schema": {"type": "string"}, "description": "Names this state of the record."}
KEY_PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": gettext_noop(
        "Sent again with the same key, a request has no second effect and gets the same answer."
        " Kept for two days at least."
    ),
    "schema": {"type": "string", "pattern": "^[!-~]{1,200}$"},
}
STATE_PARAMETER = {
    "name": "If-Match",
    "in": "header",
    "description": gettext_noop(
        "The ETag of the record as it was read: it is changed in no other state."
    ),
    "schema": {"type": "string"},
}
TYPES = {"ActivityChange": ("application/merge-patch+json", "application/json")}
EXAMPLES: dict[str, Any] = {
    "NewActivity": {
        "content": {
            "title": "Wells of village schools, mapped",
            "description": "Maps the wells of village schools and tells when one runs dry.",
            "language": "en",
            "starts": "2024-05",
        },
        "submit": False,
    },
    "ActivityChange": {"content": {"status": "completed", "ends": "2026-03"}, "submit": False},
    "Submission": {"note": "The figures are those of the last census."},
    "Withdrawal": {"reason": "The programme was stopped."},
    "NewFollowUp": {"year": 2026, "text": "Forty schools more were mapped."},
}


def documented(
    *refusals: int,
    sends: str = "",
    key: bool = False,
    state: bool = False,
    may_state: bool = False,
) -> dict[str, Any]:
    """Return what an operation adds to its description, as the library's keyword argument.

    ``refusals`` are its statuses beside those that every operation has. ``sends`` names the schema
    of its body (``inputs.schemas``); ``key``: it takes an idempotency key; ``state``: it must be
    told which state it changes, ``may_state``: it may.
    """
    responses: dict[int, Any] = {
        status: {"$ref": f"#/components/responses/Refused{status}"}
        for status in sorted({*refusals, *ALWAYS} - {301})
    }
    if 301 in refusals:
        responses[301] = {
            "description": gettext_noop("The record was merged into another, to which this leads."),
            "headers": {"Location": {"schema": {"type": "string"}, "required": True}},
        }
    extra: dict[str, Any] = {"responses": responses, "parameters": []}
    if key:
        extra["parameters"].append(KEY_PARAMETER)
    if state or may_state:
        extra["parameters"].append({**STATE_PARAMETER, "required": state})
    if sends:
        extra["requestBody"] = body_of(sends)
    return {"openapi_extra": extra}


def body_of(name: str) -> dict[str, Any]:
    media = {
        "schema": {"$ref": f"#/components/schemas/{name}"},
        "examples": {"simple": {"value": EXAMPLES[name]}},
    }
    types = TYPES.get(name, ("application/json",))
    return {
        "content": dict.fromkeys(types, media),
        "required": True,
    }


def finished(described: dict[str, Any], known: Known) -> dict[str, Any]:
    """Return the library's description with what it leaves out, and the codes in force."""
    document = copy.deepcopy(dict(described))
    for path in document["paths"].values():
        # Every address that is read knows HEAD as well; it needs no description of its own.
        path.pop("head", None)
        for method, operation in path.items():
            finish_operation(operation, reads=method == "get")
    document["components"]["schemas"].update(shapes.schemas())
    document["components"]["schemas"].update(inputs.schemas(known))
    document["components"]["responses"] = {
        f"Refused{status}": refusal(status, about) for status, about in REFUSALS.items()
    }
    return document


def finish_operation(operation: dict[str, Any], *, reads: bool) -> None:
    responses = operation["responses"]
    if reads:
        operation.setdefault("security", [{}, {SCHEME: []}])
        responses[304] = {"description": gettext_noop("The reader has it already (If-None-Match).")}
    for status in (200, 201):
        if status in responses and "content" in responses[status]:
            responses[status]["headers"] = headers_of(status, responses[status])
    operation["responses"] = {str(status): responses[status] for status in sorted(responses)}


def headers_of(status: int, response: dict[str, Any]) -> dict[str, Any]:
    headers: dict[str, Any] = {"ETag": {**TAG_HEADER, "required": True}}
    if status == 201:
        headers["Location"] = {
            "schema": {"type": "string"},
            "required": True,
            "description": "Where the new record is.",
        }
    schema = response["content"]["application/json"]["schema"]
    if schema.get("$ref", "").endswith("Page"):
        headers["Link"] = {
            "schema": {"type": "string"},
            "description": 'The next page, with rel="next"; missing on the last one.',
        }
    return headers


def refusal(status: int, about: str) -> dict[str, Any]:
    response: dict[str, Any] = {
        "description": about,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemShape"}}},
    }
    if status in WITH_WAIT:
        response["headers"] = {"Retry-After": {"schema": {"type": "string"}, "required": True}}
    if status == 401:
        response["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
    return response
