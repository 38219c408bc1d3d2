"""Python's search for garbage, put off where much is made that it would only look through."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for unreachable cycles seldom meanwhile: for work that makes many objects, no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
