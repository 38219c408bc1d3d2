"""Read ahead: the next batch is read and checked while the database stores the last."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from django.utils import translation

Item = TypeVar("Item")
DEPTH = 2
END = object()


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """Yield the items, made in a thread of their own, at most ``DEPTH`` before they are asked for.

    What making them raises is raised here. Making them must not use the database. The language of
    this thread is that of the other one too.
    """
    made: queue.Queue[Any] = queue.Queue(DEPTH)
    stopped = threading.Event()
    language = translation.get_language()

    def put(item: Any) -> bool:
        while not stopped.is_set():
            try:
                made.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def work() -> None:
        with translation.override(language):
            try:
                for item in items:
                    if not put((item, None)):
                        return
            except BaseException as error:
                put((None, error))
            else:
                put(END)

    thread = threading.Thread(target=work, name="register-import-reader", daemon=True)
    thread.start()
    try:
        while (given := made.get()) is not END:
            item, error = given
            if error is not None:
                raise error
            yield item
    finally:
        stopped.set()
        thread.join()
