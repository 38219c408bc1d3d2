"""Serve the platform with granian; with the demonstration's settings on this machine only."""

from __future__ import annotations

import ipaddress
import multiprocessing
import socket

from django.conf import settings

from rapporteur.common.refusals import Refusal


def is_loopback(host: str) -> bool:
    """Return whether every address that the host name stands for is this machine's own."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, None)}
    except socket.gaierror:
        return False
    return bool(found) and all(ipaddress.ip_address(str(ip)).is_loopback for ip in found)


def check_address(host: str, port: int) -> None:
    """Refuse a public address under demonstration settings, and a port that is taken.

    Raises:
        Refusal: says which, and what to do.
    """
    if settings.DEMONSTRATION and not is_loopback(host):
        raise Refusal(
            f"The demonstration does not listen on {host}: its accounts are open and its "
            "connections are not encrypted. Leave --host out, or deploy with the production "
            "settings (docs/how-to/deploy.md)."
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Refusal(
                f"Port {port} on {host} cannot be used ({error.strerror}). "
                f"Choose another: make demo PORT={port + 1}"
            ) from error


def serve(host: str, port: int, *, workers: int, threads: int) -> None:
    """Serve until interrupted. In the demonstration, jobs run in this process too."""
    from granian import Granian
    from granian.constants import Interfaces

    consumer = None
    if settings.DEMONSTRATION:
        from huey.contrib.djhuey import HUEY

        # The jobs run in threads: a forked process would inherit a lock that one of them holds.
        multiprocessing.set_start_method("spawn", force=True)
        consumer = HUEY.create_consumer(workers=1, periodic=True, check_worker_health=False)
        consumer.start()
    try:
        Granian(
            "rapporteur.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=threads,
            log_access=False,
            log_enabled=False,
        ).serve()
    finally:
        if consumer is not None:
            consumer.stop(graceful=False)
