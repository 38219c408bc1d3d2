"""``rapporteur library parse FILE [--kind KIND]``: one document as JSON, without a database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from rapporteur.analysis.documents.model import NotADocument
from rapporteur.analysis.documents.parse import KINDS, parse_document
from rapporteur.analysis.package_names import package_names


def main(argv: Sequence[str] | None = None) -> int:
    """Write the parsed document as one JSON object; return the exit code.

    0: done. 2: the file cannot be opened, is not text, is empty or is no UN document; one line on
    standard error says which.
    """
    parser = argparse.ArgumentParser(
        prog="rapporteur library parse",
        description="Read a UN document and write its parts as JSON.",
    )
    parser.add_argument("file", metavar="FILE", help="text, Markdown, HTML, DOCX or PDF")
    parser.add_argument("--kind", choices=KINDS, default="auto", help="default: auto")
    arguments = parser.parse_args(argv)
    path = Path(arguments.file)
    try:
        data = path.read_bytes()
        parsed = parse_document(
            data, file_name=path.name, kind=arguments.kind, names=package_names()
        )
    except OSError as error:
        print(f"{path}: {error.strerror or error}", file=sys.stderr)
        return 2
    except NotADocument as refusal:
        print(f"{path}: {refusal}", file=sys.stderr)
        return 2
    text = json.dumps(parsed.as_json(), ensure_ascii=False, indent=1)
    sys.stdout.buffer.write(text.encode("utf-8", errors="replace") + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
