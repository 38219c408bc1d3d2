"""The search page over HTTP, beside the same questions put raw to the engine, and Datasette.

``python -m benchmarks.search --sizes 20000,200000,1000000`` (20,000 alone where nothing is said;
``--rounds 5``). For each size a register of made-up activities (``activities``) is made in a
scratch folder, indexed, and served by the platform's own server with its usual settings; Datasette
serves the same rows from a SQLite full-text table, with two plain facets, its time limits raised
and suggestions off. A third side asks the engine alone, in this process: the very queries of the
page, its twenty hits and the counts of its thirteen facets.

Each question is asked of all sides in turn. There are five rounds of new questions, so that no side
answers from what it kept: one word, two words, a phrase, a word with an action line chosen; and
apart from them the whole register, which the page keeps while the index stays as it is. Words are
drawn from all ranks of the vocabulary. Printed: medians over the rounds of p50 and p95, and of the
page's p95 over that of the others in the same round.

Building is compared with the engine's own: the same documents, ready in memory, put in by a writer
with the same memory and threads.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
SIZES = "20000"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.search")
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args(arguments or [])
    for size in given.sizes.split(","):
        folder = Path(tempfile.mkdtemp(prefix="rapporteur-search-"))
        environment = {**os.environ, "RAPPORTEUR_HOME": str(folder)}
        environment.pop("DATABASE_URL", None)
        try:
            subprocess.run(
                [sys.executable, "-m", "benchmarks._search_size", size, str(given.rounds)],
                env=environment,
                check=True,
            )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
