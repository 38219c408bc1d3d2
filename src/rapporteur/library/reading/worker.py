"""The process that reads one upload: limits first, then the parser, JSON on standard output.

Standard input: 8 bytes with the length of a JSON header, the header (file name, kind, names), the
file. Exit 0 with the parsed document, 2 with one line that says why it is no document. No Django,
no database, no network use; a file that breaks it takes nothing else along.
"""

from __future__ import annotations

import json
import sys

MEMORY_AT_MOST = 1024 * 1024 * 1024
SECONDS_AT_MOST = 25


def set_limits() -> None:
    """Limit this process's memory, processor time and the size of files it may write."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time-out of the caller remains
        return
    # The data segment, not the address space: programs in Haskell (pandoc) reserve a terabyte.
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_AT_MOST, MEMORY_AT_MOST))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_AT_MOST, SECONDS_AT_MOST))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    limit = 256 * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def main() -> int:
    """Read the task, parse, answer."""
    set_limits()
    from rapporteur.analysis.documents.model import NotADocument
    from rapporteur.analysis.documents.parse import parse_document
    from rapporteur.analysis.names import Names

    stream = sys.stdin.buffer
    task = json.loads(stream.read(int.from_bytes(stream.read(8), "big")))
    data = stream.read()
    names = Names.from_rows(task["organizations"], places=task["places"])
    try:
        parsed = parse_document(data, file_name=task["file_name"], kind=task["kind"], names=names)
    except NotADocument as error:
        sys.stdout.write(str(error))
        return 2
    sys.stdout.write(json.dumps(parsed.as_json()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
