"""Pages over HTTP beside the lightest answer of the same server, and what they weigh.

A server is started on a scratch folder with the framework and the record loaded. Each round asks
the peer (``/healthz``: the same server, middleware and connection, no page) and every page in turn;
medians of the rounds and of the pairwise ratios are printed, with the bytes that cross the line.
"""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 15
PEER = "/healthz"
REPORT = "/documents/A/80/62-E/2025/3"
PAGES = [
    "/",
    "/action-lines",
    "/action-lines/C5",
    "/matrix",
    "/organizations",
    "/organizations/itu",
    "/documents",
    REPORT,
    "/coverage",
    "/search?q=broadband",
    "/reports/progress-report/2024",
    "/ar/action-lines/C5",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    """Return the seconds until the whole answer is there, and its bytes as sent (gzip)."""
    started = time.perf_counter()
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - started
    assert response.status == 200, (path, response.status)
    return seconds, len(body)


def style_weight(home: Path) -> int:
    """Return the bytes of the stylesheet as sent: the rest of a first visit."""
    sheets = sorted((home / "static" / "site").glob("rapporteur.*.css"))
    return len(gzip.compress(sheets[0].read_bytes())) if sheets else 0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="rapporteur-bench-") as folder:
        environment = {**os.environ, "RAPPORTEUR_HOME": folder}
        environment.pop("DATABASE_URL", None)
        program = [sys.executable, "-m", "rapporteur.cli"]
        subprocess.run(
            [*program, "demo", "prepare"], env=environment, check=True, stdout=subprocess.DEVNULL
        )
        port = free_port()
        server = subprocess.Popen(
            [*program, "serve", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
        )
        try:
            measure(port, Path(folder))
        finally:
            server.terminate()
            server.wait(timeout=20)


def measure(port: int, home: Path) -> None:
    for _try in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            break
        except OSError:
            time.sleep(0.2)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times: dict[str, list[float]] = {path: [] for path in [PEER, *PAGES]}
    weights: dict[str, int] = {}
    for path in [PEER, *PAGES]:
        fetch(connection, path)
    for _round in range(ROUNDS):
        for path in [PEER, *PAGES]:
            seconds, weights[path] = fetch(connection, path)
            times[path].append(seconds)
    peer = times[PEER]
    print(f"{'page':<34} {'median ms':>9} {'x peer':>7} {'kB':>6}")
    for path in [PEER, *PAGES]:
        ratio = statistics.median(a / b for a, b in zip(times[path], peer, strict=True))
        median = 1000 * statistics.median(times[path])
        print(f"{path:<34} {median:>9.1f} {ratio:>7.1f} {weights[path] / 1000:>6.1f}")
    print(f"stylesheet, once: {style_weight(home) / 1000:.1f} kB")


if __name__ == "__main__":
    main()
