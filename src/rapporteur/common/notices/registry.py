"""The kinds of notice that rooms send, and how each is stopped.

A room registers its kinds in its ``apps.ready()``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class NoticeKind:
    """One kind of notice.

    ``label`` says what it is, for the page that stops it. ``describe(about)`` returns what the
    notice hangs on in words, or "" where that is gone. ``wanted(about)`` tells whether it is still
    wanted, asked once more before a mail leaves. ``stop(about, at)`` stops it; twice is as once,
    and what is gone is no error.
    """

    name: str
    label: Any
    describe: Callable[[str], str]
    wanted: Callable[[str], bool]
    stop: Callable[[str, datetime], None]


_kinds: dict[str, NoticeKind] = {}


def add_notice_kind(
    name: str,
    *,
    label: Any,
    describe: Callable[[str], str],
    wanted: Callable[[str], bool],
    stop: Callable[[str, datetime], None],
) -> None:
    """Register a kind of notice; the same name again replaces it."""
    _kinds[name] = NoticeKind(name, label, describe, wanted, stop)


def notice_kind(name: str) -> NoticeKind | None:
    """Return the kind of this name; ``None`` where no room (any more) sends it."""
    return _kinds.get(name)
