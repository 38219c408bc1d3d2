"""A validated import beside a bare COPY of the very same rows into the same tables.

On PostgreSQL (``BENCHMARK_DATABASE_URL``, a server's database in which a scratch database may be
made; default ``postgres:///postgres``). A file of made-up activities (``benchmarks.activities``) is
imported; what ended in the tables is written out with COPY and kept. Then, in turn, the tables are
emptied and filled by the import (reading, checking, matching, storing, audit, one transaction) and
by COPY alone (the same rows, indexes and constraints, one transaction). Medians of the rounds and
of the pairwise ratios are printed; the reach is 0.4 of the rows a second of COPY.

Then, where asked (``REGISTER_IMPORT_SIZES=200000,1000000``), files of these sizes are imported on
the command line of a new process each, and its time and highest memory are printed.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = int(os.environ.get("REGISTER_IMPORT_ROWS", "20000"))
ROUNDS = int(os.environ.get("REGISTER_IMPORT_ROUNDS", "5"))
SIZES = [int(size) for size in os.environ.get("REGISTER_IMPORT_SIZES", "").split(",") if size]
SERVER = os.environ.get("BENCHMARK_DATABASE_URL", "postgres:///postgres")
SCRATCH = "rapporteur_import_benchmark"
TABLES = (
    "register_activity",
    "register_version",
    "register_activityconcept",
    "register_activitycountry",
    "register_activitypartner",
    "search_change",
)
EMPTIED = (*TABLES, "register_importsource")


def make_scratch(folder: Path) -> str:
    """Make a scratch database with the framework in it; return its address."""
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{SCRATCH}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{SCRATCH}"')
    url = SERVER.rsplit("/", 1)[0] + f"/{SCRATCH}"
    os.environ["DATABASE_URL"] = url
    os.environ["RAPPORTEUR_HOME"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "rapporteur.config.settings.demonstration"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("framework", "load", stdout=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    return url


def drop_scratch() -> None:
    import psycopg
    from django.db import connection

    connection.close()
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{SCRATCH}" WITH (FORCE)')


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(EMPTIED)} RESTART IDENTITY CASCADE")
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def run_import(path: Path) -> float:
    """Return the seconds that the whole import took."""
    from django.utils import timezone

    from rapporteur.register.importing.running import import_file

    started = time.perf_counter()
    outcome = import_file(path, at=timezone.now(), apart=True)
    seconds = time.perf_counter() - started
    assert outcome.stored, outcome.refused[:3]
    return seconds


def write_out(folder: Path) -> None:
    """Keep the rows that are in the tables, as COPY writes them."""
    from django.db import connection

    with connection.cursor() as cursor:
        for table in TABLES:
            with (
                (folder / table).open("wb") as out,
                cursor.cursor.copy(f"COPY {table} TO STDOUT") as copy,
            ):
                for piece in copy:
                    out.write(piece)


def run_copy(folder: Path) -> float:
    """Return the seconds that COPY of the kept rows took, in one transaction."""
    from django.db import connection, transaction

    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            with (
                (folder / table).open("rb") as rows,
                cursor.cursor.copy(f"COPY {table} FROM STDIN") as copy,
            ):
                while piece := rows.read(1 << 20):
                    copy.write(piece)
    return time.perf_counter() - started


def compare(folder: Path) -> None:
    """Print the table of both sides."""
    from benchmarks.activities import write

    path = folder / "activities.csv"
    write(ROWS, path)
    run_import(path)
    write_out(folder)
    imports, copies, ratios = [], [], []
    for _round in range(ROUNDS):
        empty()
        copies.append(run_copy(folder))
        empty()
        imports.append(run_import(path))
        ratios.append(copies[-1] / imports[-1])
    print(f"{ROWS} activities into PostgreSQL, medians of {ROUNDS} rounds, both sides in turn")
    for name, times in (("bare COPY", copies), ("validated import", imports)):
        median = statistics.median(times)
        print(f"  {name:18} {median:7.2f} s  {ROWS / median:8.0f} rows/s")
    print(f"  import / COPY      {statistics.median(ratios):7.2f} (reach: 0.4)")


def measure(size: int, folder: Path) -> None:
    """Print the time and highest memory of the command line for a file of one size."""
    from benchmarks.activities import write

    path = folder / f"{size}.csv"
    if not path.exists():
        write(size, path)
    empty()
    command = [sys.executable, "-m", "rapporteur.cli", "register", "import", str(path)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    peak = usage.ru_maxrss / 1024
    print(
        f"  {size:9} rows: {seconds:7.1f} s, {size / seconds:6.0f} rows/s, highest memory "
        f"{peak:.0f} MB, exit {os.waitstatus_to_exitcode(status)}",
        flush=True,
    )


def main() -> int:
    """Run both parts; say so where no PostgreSQL answers."""
    import psycopg

    try:
        psycopg.connect(SERVER).close()
    except psycopg.OperationalError as error:
        print(f"No PostgreSQL answers at {SERVER}: {error}")
        return 0
    with tempfile.TemporaryDirectory(prefix="register-import-") as name:
        folder = Path(name)
        make_scratch(folder)
        try:
            compare(folder)
            for size in SIZES:
                measure(size, folder)
        finally:
            drop_scratch()
    return 0


if __name__ == "__main__":
    sys.exit(main())
