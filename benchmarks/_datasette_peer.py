"""The peer of the search page: Datasette serving the same rows from a SQLite full-text table."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.activities import HEADER, activities
from benchmarks.pages import free_port

SETTINGS = {
    "sql_time_limit_ms": 120_000,
    "facet_time_limit_ms": 120_000,
    "suggest_facets": "off",
    "default_page_size": 20,
}


def make(path: Path, count: int) -> None:
    """Write the rows as a table with a full-text index on title, text and organization."""
    names = ", ".join(HEADER)
    marks = ", ".join("?" * len(HEADER))
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"CREATE TABLE activities ({names}, PRIMARY KEY (id))")
        database.executemany(f"INSERT INTO activities VALUES ({marks})", activities(count))  # noqa: S608
        database.execute(
            "CREATE VIRTUAL TABLE activities_fts USING fts5(title, description, entity, "
            "content='activities', tokenize='porter unicode61')"
        )
        database.execute("INSERT INTO activities_fts(activities_fts) VALUES ('rebuild')")
        database.commit()
        database.execute("ANALYZE")
        database.commit()


def serve(path: Path) -> tuple[subprocess.Popen[bytes], int]:
    """Start Datasette on the file, its limits raised and suggestions off; return its port too."""
    port = free_port()
    options = [part for name, value in SETTINGS.items() for part in ("--setting", name, str(value))]
    program = [sys.executable, "-m", "datasette", "serve", "-i", str(path)]
    process = subprocess.Popen(
        [*program, "--port", str(port), *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return process, port


def address(text: str, *, form: str = ".json", narrowed: str = "") -> str:
    """Return the address of the same words with two plain facets, 20 rows."""
    pairs = [("_facet", "kind"), ("_facet", "status"), ("_size", "20")]
    if text:
        pairs.append(("_search", text))
    if narrowed:
        pairs.append(("kind", narrowed))
    return f"/activities/activities{form}?{urlencode(pairs)}"
