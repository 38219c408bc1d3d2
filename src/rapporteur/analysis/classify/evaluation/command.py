"""``rapporteur analysis evaluate``: the figures on the labelled sets, without a database."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rapporteur.analysis.classify.evaluation.measures import measure
from rapporteur.analysis.classify.evaluation.sets import SETS, AbsentSet, EvaluationSet, texts_of

Result = dict[str, Any]


def main(argv: Sequence[str] | None = None) -> int:
    """Write accuracy, top three and macro-F1 for each set; return the exit code.

    0: every set was measured. 1: some are not in the folder; a line on standard error names each.
    2: no folder was named, or it is none.
    """
    parser = argparse.ArgumentParser(
        prog="rapporteur analysis evaluate",
        description="Measure the classification on labelled texts from which nothing was learned.",
    )
    parser.add_argument(
        "--data",
        type=Path,
        default=os.environ.get("RAPPORTEUR_SHARED_DATA"),
        metavar="FOLDER",
        help="the folder with the sets; default: RAPPORTEUR_SHARED_DATA",
    )
    parser.add_argument("--json", action="store_true", help="write one JSON object")
    arguments = parser.parse_args(argv)
    if arguments.data is None:
        print(
            "No folder with the sets. Name it with --data FOLDER, or in RAPPORTEUR_SHARED_DATA.",
            file=sys.stderr,
        )
        return 2
    folder = Path(arguments.data)
    if not folder.is_dir():
        print(f"{folder}: no such folder. Name another with --data FOLDER.", file=sys.stderr)
        return 2
    results, absent = evaluate(folder)
    print(json.dumps({"sets": results}, indent=1) if arguments.json else _for_people(results))
    for message in absent:
        print(message, file=sys.stderr)
    return 1 if absent else 0


def evaluate(folder: Path) -> tuple[list[Result], list[str]]:
    """Return the figures of each set that the folder has, and a message for each it has not."""
    results, absent = [], []
    for one in SETS:
        try:
            results.append(_result(one, folder))
        except AbsentSet as missing:
            absent.append(str(missing))
    return results, absent


def _result(one: EvaluationSet, folder: Path) -> Result:
    texts = texts_of(one, folder)
    return {
        "set": one.name,
        "title": one.title,
        "scheme": one.scheme,
        "asks": one.asks,
        "texts": len(texts),
        "methods": [asdict(measured) for measured in measure(one, texts)],
    }


def _for_people(results: list[Result]) -> str:
    made = []
    for result in results:
        made.append(f"{result['title']} ({result['scheme']}, {result['texts']} texts)")
        made.append(f"  {'':<12}{'accuracy':>9}{'top three':>11}{'macro-F1':>10}")
        for method in result["methods"]:
            top = "" if method["top_three"] is None else f"{method['top_three']:.1%}"
            made.append(
                f"  {method['method']:<12}{method['accuracy']:>9.1%}{top:>11}"
                f"{method['macro_f1']:>10.3f}"
            )
        made.append("")
    return "\n".join(made).rstrip()


if __name__ == "__main__":
    sys.exit(main())
