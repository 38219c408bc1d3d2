"""The search has no address about a single record and takes no body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

SUBJECTS: dict[str, Callable[..., dict[str, Any]]] = {}
BODIES: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {}
