"""Answers that this process keeps for as long as the index stays as it is."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Answer = TypeVar("Answer")

# How many answers are kept; one is a few dozen kilobytes at most.
MOST_KEPT = 256

_lock = threading.Lock()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_stamp = ""


def kept(stamp: str, key: Hashable, make: Callable[[], Answer]) -> Answer:
    """Return the answer kept under the key for this state of the index, else make and keep it.

    An answer is shared by all who ask and must not be changed.
    """
    global _stamp
    with _lock:
        if stamp != _stamp:
            _kept.clear()
            _stamp = stamp
        elif key in _kept:
            _kept.move_to_end(key)
            found: Answer = _kept[key]
            return found
    answer = make()
    with _lock:
        if stamp == _stamp:
            _kept[key] = answer
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)
    return answer


def forget() -> None:
    """Drop every answer."""
    with _lock:
        _kept.clear()
