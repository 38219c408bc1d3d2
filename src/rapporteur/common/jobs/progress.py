"""How far a running job is: noted where every process of the house can read it, at once.

In the shared cache where there is one (Redis), else in a small file in the data folder.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from django.conf import settings
from django.core.cache import cache

KEPT_SECONDS = 24 * 3600


def note(pk: int, done: int) -> None:
    """Note how many steps of a job are done, and that its worker lives."""
    text = f"{done} {time.time():.0f}"
    if settings.REDIS_URL:
        cache.set(_key(pk), text, KEPT_SECONDS)
        return
    path = _path(pk)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(text)
    part.replace(path)


def read(pk: int) -> tuple[int, float]:
    """Return (steps done, when it was noted in seconds since 1970); zeros where nothing was."""
    text = ""
    if settings.REDIS_URL:
        text = cache.get(_key(pk)) or ""
    else:
        with contextlib.suppress(OSError):
            text = _path(pk).read_text()
    try:
        done, noted = text.split()
        return int(done), float(noted)
    except ValueError:
        return 0, 0.0


def forget(pk: int) -> None:
    if settings.REDIS_URL:
        cache.delete(_key(pk))
        return
    with contextlib.suppress(OSError):
        _path(pk).unlink()


def _key(pk: int) -> str:
    return f"job-progress-{pk}"


def _path(pk: int) -> Path:
    return Path(settings.HOME) / "job-progress" / str(int(pk))
