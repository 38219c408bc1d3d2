"""The labelled texts by which the classification is measured. Nothing is learned from them.

Each set is a file in a folder of real data that is not part of the package.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rapporteur.analysis.classify.concepts import ACTION_LINES, GOALS
from rapporteur.analysis.documents.parse import parse_document

# One field of the benchmark may be longer than Python reads by default.
_FIELD_LIMIT = 1_000_000


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the concept it is filed under; ``present`` is ``False`` where it is not."""

    text: str
    code: str
    present: bool = True


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """A set of labelled texts: what it is, where it lies, how it is read.

    ``asks`` is ``which`` (one concept a text) or ``whether`` (is that goal present, yes or no).
    """

    name: str
    title: str
    scheme: str
    asks: str
    path: str
    read: Callable[[Path], Iterator[Labelled]]


class AbsentSet(Exception):
    """The file of a set is not in the folder."""

    def __init__(self, one: EvaluationSet, folder: Path) -> None:
        super().__init__(
            f"{one.title}: no file {folder / one.path}. Name the folder that has it with --data,"
            " or in RAPPORTEUR_SHARED_DATA."
        )


def _prizes(path: Path) -> Iterator[Labelled]:
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["action_line"] in ACTION_LINES:
                yield Labelled(row["Project"], row["action_line"])


def _paragraphs(path: Path) -> Iterator[Labelled]:
    """Yield the paragraphs whose section is one action line."""
    parsed = parse_document(path.read_bytes(), file_name=path.name)
    for paragraph in parsed.paragraphs:
        codes = [code for code in paragraph.concepts if code in ACTION_LINES]
        if len(codes) == 1:
            yield Labelled(paragraph.text, codes[0])


def _experts(path: Path) -> Iterator[Labelled]:
    csv.field_size_limit(_FIELD_LIMIT)
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    for row in csv.DictReader(io.StringIO(text, newline="")):
        code = f"SDG{row['sdg']}"
        if code in GOALS:
            yield Labelled(row["text"], code, present=row["label"].lower() == "true")


SETS = (
    EvaluationSet(
        "prizes",
        "Titles of nominees for the WSIS Prizes 2015, by category",
        "action-lines",
        "which",
        "stocktaking/wsis_prizes_2015_nominated_projects.csv",
        _prizes,
    ),
    EvaluationSet(
        "paragraphs",
        "Paragraphs of the Secretary-General's report for 2024, by section",
        "action-lines",
        "which",
        "un_documents/reports/SG_report_A-80-62_WSIS_2024.txt",
        _paragraphs,
    ),
    EvaluationSet(
        "experts",
        "Texts that experts read for one goal: is it present?",
        "sdg",
        "whether",
        "sdg_text/sdg_classification_benchmark.csv.gz",
        _experts,
    ),
)


def texts_of(one: EvaluationSet, folder: Path) -> list[Labelled]:
    """Return the texts of a set.

    Raises:
        AbsentSet: its file is not in the folder.
    """
    path = folder / one.path
    if not path.is_file():
        raise AbsentSet(one, folder)
    return list(one.read(path))
