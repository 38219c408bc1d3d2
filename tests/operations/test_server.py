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
