"""One size of the search benchmark, in a process and a scratch folder of its own."""

from __future__ import annotations

import gc
import http.client
import io
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks import _datasette_peer, _processor, _register
from benchmarks.activities import vocabulary
from benchmarks.pages import fetch, free_port

PAGE = "/activities"
# Ranks in the vocabulary from which words are drawn: in a third of the records down to a few.
RANKS = (8, 15, 30, 60, 120, 250, 500, 1_000, 2_000, 4_000, 8_000)
# Larger registers are indexed straight from the rows; up to here from the database.
IN_DATABASE = 20_000
BUILT = 200_000
PEER_FILE = "activities.db"


@dataclass(frozen=True)
class Asked:
    """One question: its class, its words, and the action line chosen (empty: none)."""

    sort: str
    text: str
    line: str = ""

    @property
    def address(self) -> str:
        pairs = [("q", self.text)] if self.text else []
        return f"{PAGE}?{urlencode([*pairs, *([('action-line', self.line)] if self.line else [])])}"

    @property
    def peer(self) -> str:
        return _datasette_peer.address(self.text, narrowed="project" if self.line else "")


def questions(chance: random.Random) -> list[Asked]:
    """Return one round's questions: no word comes twice."""
    words = vocabulary("en")

    def word() -> str:
        rank = chance.choice(RANKS)
        return str(words[rank + chance.randrange(max(4, rank // 2))])

    asked = [Asked("one word", word()) for _ in range(12)]
    asked += [Asked("two words", f"{word()} {word()}") for _ in range(12)]
    asked += [Asked("phrase", f'"{words[chance.randrange(4, 60)]} {word()}"') for _ in range(6)]
    asked += [Asked("narrowed", word(), chance.choice(["C3", "C4", "C7", "C5"])) for _ in range(8)]
    return [*asked, Asked("everything", "")]


def say(text: str) -> None:
    print(text, flush=True)


def prepare(size: int, home: Path) -> None:
    """Fill the scratch folder: the demonstration, the activities, the peer's file."""
    from django.core.management import call_command

    from rapporteur.search import registry

    call_command("demo", "prepare", stdout=io.StringIO())
    started = time.perf_counter()
    _datasette_peer.make(home / PEER_FILE, size)
    say(f"the peer's table: {time.perf_counter() - started:.0f} s")
    if size <= IN_DATABASE:
        started = time.perf_counter()
        _register.fill(size)
        say(f"{size:,} activities in the database: {time.perf_counter() - started:.0f} s")
        return
    found = registry.searchable("register.activity")
    assert found is not None
    registry.add_searchable(
        found.kind,
        label=found.label,
        load=found.load,
        all_keys=found.all_keys,
        iterate=partial(_register.entries, home / PEER_FILE),
        order=found.order,
        weight=found.weight,
    )


def build(size: int) -> None:
    """Build the index; up to 200,000 activities beside a bare build of the same documents."""
    from rapporteur.search import following

    ours, bare = [], []
    documents: list[dict[str, Any]] = []
    rounds = 3 if size <= IN_DATABASE else 1
    if size <= BUILT:
        documents = list(documents_of(size))
    for _round in range(rounds):
        started = time.perf_counter()
        following.rebuild()
        ours.append(time.perf_counter() - started)
        if documents:
            bare.append(bare_build(documents))
    line = f"index built in {statistics.median(ours):.1f} s"
    if bare:
        ratio = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
        line += f", bare {statistics.median(bare):.1f} s, ratio {ratio:.2f}"
    say(line)


def documents_of(size: int) -> Iterator[dict[str, Any]]:
    """Yield the documents of every record as what the engine is given."""
    from rapporteur.search import registry
    from rapporteur.search.schema import Writing

    writing = Writing()
    for searchable in registry.searchables():
        entries = (
            searchable.iterate()
            if searchable.iterate
            else searchable.load([str(key) for key in searchable.all_keys()])
        )
        for entry in entries:
            if entry.public:
                yield writing.document_of(entry).to_dict()


def bare_build(documents: list[dict[str, Any]]) -> float:
    """Return the seconds in which the engine alone builds an index of these documents."""
    import tantivy

    from rapporteur.search import index

    folder = Path(os.environ["RAPPORTEUR_HOME"]) / "bare"
    folder.mkdir()
    opened = index.open_folder(folder, create=True)
    schema = opened.schema
    started = time.perf_counter()
    writer = opened.writer(index.HEAP_TO_BUILD, index.THREADS_TO_BUILD)
    for document in documents:
        writer.add_document(tantivy.Document.from_dict(document, schema))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - started
    shutil.rmtree(folder)
    return seconds


def raw(asked: Asked) -> Callable[[], Any]:
    """Return the question as the engine alone answers it: hits and counts, nothing kept."""
    from rapporteur.register.views.search import Activities
    from rapporteur.search.queries import Question
    from rapporteur.search.queries.asking import Asking
    from rapporteur.search.queries.counting import page_sizes, terms

    chosen = {"action-line": (asked.line,)} if asked.line else {}
    asking = Asking(Question(asked.text, chosen, kinds=Activities.kinds))
    searcher = asking.searcher
    ranked = asking.ranked() if asked.text else asking.unranked()
    order = {} if asked.text else {"order_by_field": "newest"}
    sizes = page_sizes(Activities.facets)
    counted = [(asking.unranked(), [name for name in Activities.facets if name not in chosen])]
    counted += [(asking.unranked(without=name), [name]) for name in chosen]
    aggregations = [
        (query, {name: terms(asking.fields[name], sizes.get(name)) for name in names})
        for query, names in counted
    ]

    def answer() -> None:
        hits = searcher.search(ranked, 20, count=True, **order).hits
        for _score, place in hits:
            searcher.doc(place)
        for query, aggregation in aggregations:
            searcher.aggregate(query, aggregation)

    return answer


@contextmanager
def served(home: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Serve the platform and the peer; yield the port and the process of each."""
    port = free_port()
    program = [sys.executable, "-m", "rapporteur.cli", "serve", "--port", str(port)]
    ours = subprocess.Popen(program, stdout=subprocess.DEVNULL)
    peer, peer_port = _datasette_peer.serve(home / PEER_FILE)
    try:
        for one in (port, peer_port):
            wait_for(one)
        yield (port, ours.pid), (peer_port, peer.pid)
    finally:
        for process in (ours, peer):
            process.terminate()
        for process in (ours, peer):
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(port: int) -> None:
    for _try in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"Nothing answers on port {port}.")


Times = dict[str, dict[str, list[float]]]
SIDES = ("page", "raw", "peer")


def timed(ask: Callable[[], Any], pid: int) -> tuple[float, float, Any]:
    """Return the milliseconds that an answer took, those on the processor, and the answer."""
    before, started = _processor.time_of(pid), time.perf_counter()
    answer = ask()
    took = 1000 * (time.perf_counter() - started)
    return took, (_processor.time_of(pid) - before) / 1e6, answer


def measure(home: Path, rounds: int) -> list[Times]:
    """Return the milliseconds of each round by class of question and side.

    Those on the processor stand under the side's name with ``cpu`` behind.
    """
    chance = random.Random(20261129)
    found: list[Times] = []
    with served(home) as ((port, pid), (peer_port, peer_pid)):
        ours = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
        peer = http.client.HTTPConnection("127.0.0.1", peer_port, timeout=300)
        for asked in islice(questions(random.Random(1)), 0, None, 4):  # warms all sides
            raw(asked)()
            fetch(ours, asked.address)
            fetch(peer, asked.peer)
        # This process holds the whole platform: its own search for garbage is nobody's answer.
        gc.collect()
        gc.freeze()
        weight = 0
        for _round in range(rounds):
            times: Times = {}
            for asked in questions(chance):
                sides = (
                    ("raw", raw(asked), os.getpid()),
                    ("page", partial(fetch, ours, asked.address), pid),
                    ("peer", partial(fetch, peer, asked.peer), peer_pid),
                )
                kept = times.setdefault(asked.sort, {})
                for side, ask, process in sides:
                    took, on_processor, answer = timed(ask, process)
                    kept.setdefault(side, []).append(took)
                    kept.setdefault(f"{side} cpu", []).append(on_processor)
                    if side == "page":
                        weight = max(weight, answer[1])
            found.append(times)
        say(f"heaviest page: {weight / 1000:.1f} kB as sent")
    return found


def at(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def report(found: list[Times]) -> None:
    """Print the tables: times as a reader waits for them, and times on the processor."""
    table(found, "")
    if _processor.KNOWN:
        say("on the processor:")
        table(found, " cpu")


def table(found: list[Times], which: str) -> None:
    """Print medians over the rounds, for each class of question and for all words together."""
    words = [sort for sort in found[0] if sort != "everything"]
    say(f"{'':<12} {'page p50':>9} {'p95':>7} {'raw p50':>9} {'p95':>7} {'peer p50':>9} {'p95':>7}")
    for name, sorts in [("all words", words), *((sort, [sort]) for sort in found[0])]:
        line = f"{name:<12}"
        for side in SIDES:
            joined = [[t for sort in sorts for t in one[sort][side + which]] for one in found]
            p50 = statistics.median(at(values, 0.5) for values in joined)
            p95 = statistics.median(at(values, 0.95) for values in joined)
            line += f" {p50:>9.1f} {p95:>7.1f}"
        say(line)
    beyond, shares = [], []
    for one in found:
        p95 = {
            side: at([t for sort in words for t in one[sort][side + which]], 0.95) for side in SIDES
        }
        beyond.append(p95["page"] - 1.3 * p95["raw"])
        shares.append(p95["page"] / p95["peer"])
    say(
        f"p95 of all words: page - 1.3 x raw = {statistics.median(beyond):.1f} ms, "
        f"page / peer = {statistics.median(shares):.2f}"
    )


def main() -> None:
    size, rounds = int(sys.argv[1]), int(sys.argv[2])
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapporteur.config.settings.demonstration")
    import django

    django.setup()
    home = Path(os.environ["RAPPORTEUR_HOME"])
    say(f"\n-- {size:,} activities --")
    prepare(size, home)
    build(size)
    report(measure(home, rounds))


if __name__ == "__main__":
    main()
