"""Settings that come from the environment. A variable that is missing or wrong names itself.

The full list, with defaults, is in ``docs/reference/settings.md``.
"""

from __future__ import annotations

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()


def required(name: str, *, hint: str) -> str:
    """Return the variable's value; raise ``ImproperlyConfigured`` that says how to set it."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"The variable {name} is not set. {hint}")
    return value


def data_folder() -> Path:
    """Return the folder of the database, uploads and index (``RAPPORTEUR_HOME``).

    Default: ``var`` beside the code when it runs from a clone, else ``var`` in the current folder.
    """
    named = os.environ.get("RAPPORTEUR_HOME")
    if named:
        return Path(named).expanduser().resolve()
    clone = Path(__file__).resolve().parents[3]
    base = clone if (clone / "pyproject.toml").is_file() else Path.cwd()
    return base / "var"


def database(url: str) -> dict[str, object]:
    """Return Django's settings for one database from its URL.

    ``sqlite:///path`` gets write-ahead logging and immediate transactions, so that readers are
    never blocked and two writers queue in place of failing. Connections are kept: a new one costs
    more than most questions, of a file too.
    """
    config: dict[str, object] = dict(env.db_url_config(url))
    if config["ENGINE"] == "django.db.backends.sqlite3":
        config["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;"
                "PRAGMA synchronous=NORMAL;"
                "PRAGMA foreign_keys=ON;"
                "PRAGMA busy_timeout=20000;"
            ),
        }
    else:
        config["CONN_HEALTH_CHECKS"] = True
    config["CONN_MAX_AGE"] = 600
    config["ATOMIC_REQUESTS"] = False
    return config
