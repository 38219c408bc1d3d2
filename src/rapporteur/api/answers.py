"""Answers with a body: their bytes, their entity tag, and what a reader already has of them."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from rapporteur.api.problems import Problem

ACCEPTS_GZIP = re.compile(r"\bgzip\b")
# From here on the middleware that packs pages would pack the body, if it is not yet.
PACKED_FROM = 200
# The packed form of a body is another representation: its tag is told apart by this.
PACKED = "-gz"
REVALIDATE = "public, no-cache"
FOR_AN_HOUR = "public, max-age=3600"


def bytes_of(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def tag_of(content: bytes) -> str:
    """Return the strong entity tag of some bytes, with its quotes."""
    return f'"{hashlib.sha256(content).hexdigest()[:40]}"'


def bare(tag: str) -> str:
    """Return an entity tag as that of the unpacked body."""
    return f'{tag[: -len(PACKED) - 1]}"' if tag.endswith(f'{PACKED}"') else tag


def has_tag(header: str, tag: str, *, weakly: bool) -> bool:
    """Return whether a list of entity tags holds this one, or is ``*``."""
    tags = parse_etags(header)
    if tags == ["*"]:
        return True
    if weakly:
        tags = [held.removeprefix("W/") for held in tags]
    return tag in {bare(held) for held in tags}


def answer(
    request: HttpRequest, body: Any, *, status: int = 200, cache: str = REVALIDATE
) -> HttpResponse:
    """Return a body as JSON with its entity tag; of what the reader has already, 304 alone.

    Raises:
        Problem: 412, the reader asks for another state with ``If-Match``.
    """
    content = bytes_of(body)
    tag = tag_of(content)
    if request.method in ("GET", "HEAD"):
        wanted, had = request.headers.get("If-Match"), request.headers.get("If-None-Match")
        if wanted is not None and not has_tag(wanted, tag, weakly=False):
            raise Problem(412)
        if had is not None and has_tag(had, tag, weakly=True):
            response = HttpResponse(status=304)
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = cache
            del response.headers["Content-Type"]
            return response
    response = HttpResponse(content, status=status, content_type="application/json")
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = cache if status == 200 else "no-store"
    return response


def pack(request: HttpRequest, response: HttpResponse) -> None:
    """Pack the body where the reader can unpack it.

    Done here, since the middleware that packs pages makes the tag a weak one, and with a weak one
    nobody can say which state they change.
    """
    accepts = ACCEPTS_GZIP.search(request.headers.get("Accept-Encoding", ""))
    if not accepts or response.streaming or len(response.content) < PACKED_FROM:
        return
    response.content = gzip.compress(response.content, compresslevel=5, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    tag = response.headers.get("ETag")
    if tag is not None:
        response.headers["ETag"] = f'{tag[:-1]}{PACKED}"'
