"""Tokens for tests, and a program that speaks with one."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.utils import timezone

from rapporteur.api.choices import Scope
from rapporteur.api.tokens.actions import make_token
from rapporteur.directory.models import Account
from tests.factories.register import make_person

AT = datetime(2026, 1, 1, 9, 30, tzinfo=UTC)
CONTENT = {"title": "School wells online", "language": "en", "starts": "2021"}


def make_secret(account: Account | None = None, *, scope: str = Scope.WRITE) -> str:
    """Return the secret of a new token of the account."""
    _made, secret = make_token(
        account=account or make_person(), name="Test", scope=scope, days=30, at=timezone.now()
    )
    return secret


class Program:
    """A program that sends JSON, with a token or without."""

    def __init__(self, secret: str = "", **options: Any) -> None:
        self.client = Client(**options)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}

    def send(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        content_type: str = "application/json",
        **headers: str,
    ) -> Any:
        """Send a request; names of headers are written with ``_`` for ``-``."""
        data = body if isinstance(body, (bytes, str)) else b""
        if body is not None and not isinstance(body, (bytes, str)):
            data = json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = path if path.startswith(("http", "/")) else f"/api/v1/{path}"
        return self.client.generic(
            method, url, data, content_type, headers={**self.headers, **named}
        )

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def tag(self, path: str) -> str:
        """Return the ETag of a record as this program reads it."""
        return self.get(path).headers["ETag"]


def make_program(account: Account | None = None, *, scope: str = Scope.WRITE) -> Program:
    return Program(make_secret(account, scope=scope))
