"""Precision, recall and F1 of asks against labels."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapporteur.analysis.documents.model import Ask

LABELS = Path(__file__).resolve().parents[1] / "labels"


@dataclass(frozen=True)
class Score:
    """Counts of asks found and right, found and wrong, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed)


def labelled(name: str) -> list[dict[str, Any]]:
    """The labelled paragraphs of one file of ``tests/analysis/labels``."""
    return json.loads((LABELS / name).read_text(encoding="utf-8"))["paragraphs"]


def score(pairs: Iterable[tuple[tuple[Ask, ...], list[dict[str, Any]]]]) -> Score:
    """An ask is right when verb, kind and every addressee are those of the label."""
    right = wrong = missed = 0
    for found, expected in pairs:
        got = Counter((a.verb, a.kind, frozenset(map(str.lower, a.addressees))) for a in found)
        want = Counter(
            (a["verb"], a["kind"], frozenset(map(str.lower, a["addressees"]))) for a in expected
        )
        right += (got & want).total()
        wrong += (got - want).total()
        missed += (want - got).total()
    return Score(right, wrong, missed)


def deadlines(asks: Iterable[Ask]) -> list[str | None]:
    return sorted((ask.deadline for ask in asks), key=str)
