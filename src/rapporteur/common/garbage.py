"""Python's search for garbage, put off where much is made that it would only look through."""

from __future__ import annotations

import contextlib
import gc
import threading
from collections.abc import Iterator

SELDOM = (100_000, 50, 100)

_lock = threading.Lock()
_at_work = 0
_usual = gc.get_threshold()


@contextlib.contextmanager
def seldom_collecting() -> Iterator[None]:
    """Look for unreachable cycles seldom meanwhile: for work that makes many objects, no cycles.

    The search is one for the process: it is as before when the last such work is done, in whatever
    order and threads they end.
    """
    global _at_work, _usual
    with _lock:
        if not _at_work:
            _usual = gc.get_threshold()
            gc.set_threshold(*SELDOM)
        _at_work += 1
    try:
        yield
    finally:
        with _lock:
            _at_work -= 1
            if not _at_work:
                gc.set_threshold(*_usual)
