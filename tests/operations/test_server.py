import multiprocessing
import socket

import pytest

from rapporteur.common.refusals import Refusal
from rapporteur.operations import server


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_s_own_addresses_are_loopback(host):
    assert server.is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "no such name"])  # noqa: S104
def test_other_addresses_are_not(host):
    assert not server.is_loopback(host)


def test_the_demonstration_refuses_a_public_address(settings):
    settings.DEMONSTRATION = True

    with pytest.raises(Refusal, match=r"does not listen on 0\.0\.0\.0"):
        server.check_address("0.0.0.0", 0)  # noqa: S104


def test_a_taken_port_is_refused_with_another_to_try(settings):
    settings.DEMONSTRATION = True
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        with pytest.raises(Refusal, match=f"make demo PORT={port + 1}"):
            server.check_address("127.0.0.1", port)


@pytest.fixture
def served(settings, monkeypatch):
    """Serve nothing with a fake server; return what it saw."""
    import granian
    from huey.contrib.djhuey import HUEY

    seen = {}

    class Consumer:
        def start(self):
            seen["jobs"] = "started"

        def stop(self, graceful):
            seen["jobs"] = "stopped"

    class Server:
        def __init__(self, target, **options):
            pass

        def serve(self):
            seen["while serving"] = (seen.get("jobs"), multiprocessing.get_start_method())

    monkeypatch.setattr(granian, "Granian", Server)
    monkeypatch.setattr(HUEY, "create_consumer", lambda **options: Consumer())
    before = multiprocessing.get_start_method()
    yield lambda: (server.serve("127.0.0.1", 0, workers=1, threads=1), seen)[1]
    multiprocessing.set_start_method(before, force=True)


def test_the_demonstration_runs_jobs_and_forks_nothing_beside_their_threads(settings, served):
    settings.DEMONSTRATION = True

    assert served() == {"while serving": ("started", "spawn"), "jobs": "stopped"}


def test_a_real_site_runs_no_jobs_in_the_server(settings, served):
    settings.DEMONSTRATION = False

    assert served() == {"while serving": (None, multiprocessing.get_start_method())}
