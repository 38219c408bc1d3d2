"""Read ahead: the next batch is read and checked while the database stores the last.

In a thread, or, on a command line with one thread, in a process of its own: threads share one
interpreter, and a thread that waits for the database often finds it taken.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
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
        try:
            with translation.override(language):
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


def ahead_apart(items: Iterable[Item]) -> Iterator[Item]:
    """As ``ahead``, made in a forked process; in a thread where none can be forked safely."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        yield from ahead(items)
        return
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(items, sending), daemon=True)
    process.start()
    sending.close()
    try:
        for packed in ahead(_received(receiving)):
            item, error = pickle.loads(packed)  # noqa: S301 made by our own process
            if error is not None:
                raise error
            yield item
    finally:
        process.terminate()
        process.join()
        receiving.close()


def _send(items: Iterable[Any], sending: Any) -> None:
    """Make the items and send each; the process ends without touching what it shares."""
    try:
        for item in items:
            sending.send_bytes(pickle.dumps((item, None), pickle.HIGHEST_PROTOCOL))
    except Exception as error:
        sending.send_bytes(pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL))
    else:
        sending.send_bytes(b"")
    sending.close()


def _received(receiving: Any) -> Iterator[bytes]:
    """Yield what is sent, up to the empty message that ends it."""
    while True:
        try:
            packed = receiving.recv_bytes()
        except EOFError as error:
            raise RuntimeError("The process that reads the file has gone.") from error
        if not packed:
            return
        yield packed
