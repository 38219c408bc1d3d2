"""Run the whole suite on SQLite, and on PostgreSQL where one answers; say which ran.

In continuous integration (``CI`` set) both databases are mandatory. ``TEST_POSTGRES_URL`` names
the PostgreSQL server; without it a local one is tried. Extra arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCAL = ("postgres:///postgres", "postgres://postgres@127.0.0.1:5432/postgres")


def answers(url: str) -> bool:
    """Return whether a PostgreSQL server answers at the address and may make a database."""
    try:
        import psycopg
    except ImportError:
        return False
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
    except psycopg.Error:
        return False
    return bool(row and row[0])


def find_postgres() -> str | None:
    """Return the address of the PostgreSQL server to test on, or ``None``."""
    named = os.environ.get("TEST_POSTGRES_URL")
    if named:
        if not answers(named):
            sys.exit(f"TEST_POSTGRES_URL={named} does not answer, or may not make a database.")
        return named
    return next((url for url in LOCAL if answers(url)), None)


def run(name: str, url: str | None, arguments: list[str]) -> int:
    """Run pytest on one database; return its exit code."""
    print(f"\n== Tests on {name} ==", flush=True)
    with tempfile.TemporaryDirectory(prefix="rapporteur-test-") as home:
        environment = {**os.environ, "RAPPORTEUR_HOME": home}
        environment.pop("DATABASE_URL", None)
        environment.pop("REDIS_URL", None)
        if url:
            environment["TEST_DATABASE_URL"] = url
        workers = ["-n", os.environ.get("TEST_WORKERS", "auto")]
        command = [sys.executable, "-m", "pytest", "-q", *workers, *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def main() -> int:
    arguments = sys.argv[1:]
    postgres = find_postgres()
    if postgres is None and os.environ.get("CI"):
        sys.exit("No PostgreSQL answers; in continuous integration both databases are mandatory.")
    code = run("SQLite", None, arguments)
    ran = ["SQLite"]
    if postgres:
        code = run("PostgreSQL", postgres, arguments) or code
        ran.append("PostgreSQL")
    absent = (
        "" if postgres else " No PostgreSQL answered: set TEST_POSTGRES_URL to test on one too."
    )
    print(f"\nRan on {' and '.join(ran)}.{absent}")
    return code


if __name__ == "__main__":
    sys.exit(main())
