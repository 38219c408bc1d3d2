"""The process that reads an uploaded table once, within limits, before others read it.

``python -m rapporteur.analysis.tables.proving FILE NAME``: exit 0 where the file is read to its end
or refused in words; anything else (memory, time, a reader that broke) is a file to leave alone. No
Django, no database, no network.
"""

from __future__ import annotations

import sys
from pathlib import Path

MEMORY_AT_MOST = 2 * 1024**3
SECONDS_AT_MOST = 120


def set_limits() -> None:
    """Limit this process's memory and processor time; it writes no file."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the caller remains
        return
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_AT_MOST, MEMORY_AT_MOST))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_AT_MOST, SECONDS_AT_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """Read the file to its end."""
    set_limits()
    from rapporteur.analysis.tables.reading import open_table
    from rapporteur.analysis.tables.rows import Unreadable

    try:
        with open_table(Path(arguments[0]), name=arguments[1]) as table:
            for _row in table:
                pass
    except Unreadable:
        return 0  # whoever reads it next says why
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
