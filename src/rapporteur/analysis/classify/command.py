"""``rapporteur analysis classify``: action lines or goals for each text, without a database."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import IO

from rapporteur.analysis.classify.concepts import SCHEMES
from rapporteur.analysis.classify.rows import Line, as_line, lines_of
from rapporteur.analysis.classify.suggesting import scores_of, suggest_likely

_SHOWN = 100


def main(argv: Sequence[str] | None = None) -> int:
    """Write one line for each line read; return the exit code.

    0: every line was classified. 1: some were not; each has a line on standard error with its
    number, the reason and the remedy, and the others are written all the same. 2: the file cannot
    be opened, or the options are wrong.
    """
    parser = argparse.ArgumentParser(
        prog="rapporteur analysis classify",
        description="Suggest action lines or goals for texts: JSON lines with a field `text`.",
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", default="-", help="default: standard input"
    )
    parser.add_argument("--scheme", choices=tuple(SCHEMES), required=True)
    parser.add_argument(
        "--json", action="store_true", help="write JSON lines: the same fields, and `concepts`"
    )
    arguments = parser.parse_args(argv)
    try:
        with _opened(arguments.file) as data:
            return _classify(data, arguments.scheme, as_json=arguments.json)
    except BrokenPipeError:
        # Who reads has read enough, as `head` does; Python must not complain at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"{arguments.file}: {error.strerror or error}", file=sys.stderr)
        return 2


@contextlib.contextmanager
def _opened(name: str) -> Iterator[IO[bytes]]:
    if name == "-":
        yield sys.stdin.buffer
    else:
        with open(name, "rb") as data:  # noqa: PTH123 - a name, not a Path, as it was typed
            yield data


def _classify(data: IO[bytes], scheme: str, *, as_json: bool) -> int:
    written = _as_json if as_json else _for_people
    refused = 0
    for line in lines_of(data):
        if line.fault:
            refused += 1
            sys.stdout.flush()
            print(f"line {line.number}: {line.fault}", file=sys.stderr)
            continue
        sys.stdout.buffer.write(written(line, scheme))
    sys.stdout.buffer.flush()
    if refused:
        print(f"Lines not classified: {refused}.", file=sys.stderr)
    return 1 if refused else 0


def _as_json(line: Line, scheme: str) -> bytes:
    concepts = [
        {"code": code, "score": score} for code, score in scores_of(line.row["text"], scheme)
    ]
    return as_line({**line.row, "concepts": concepts})


def _for_people(line: Line, scheme: str) -> bytes:
    """Return number and beginning of a text, and a line for each likely concept with its words."""
    text = line.row["text"]
    shown = " ".join(text.split())
    shown = shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…"
    made = [f"{line.number}. {shown or '(empty)'}"]
    for suggestion in suggest_likely(text, scheme):
        words = ", ".join(suggestion.because)
        made.append(f"   {suggestion.code:<6}{suggestion.score:>5.2f}  {words}")
    if len(made) == 1:
        made.append("   no suggestion")
    return ("\n".join(made) + "\n").encode("utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
