"""Accuracy, top three and macro-F1 of the classifier and its baselines on one set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapporteur.analysis.classify.concepts import codes_of
from rapporteur.analysis.classify.evaluation.baselines import by_keywords, commonest, has_keyword
from rapporteur.analysis.classify.evaluation.sets import EvaluationSet, Labelled
from rapporteur.analysis.classify.suggesting import THRESHOLDS, scores_of


@dataclass(frozen=True, slots=True)
class Measured:
    """How well one method does on a set. Shares from 0 to 1; ``None`` where it has no meaning.

    ``accuracy``: of the first suggestion, or of yes and no. ``top_three``: the right concept is
    among the first three; of goals, for texts in which the goal is present. ``macro_f1``: the mean
    of F1 over the concepts that occur, or over yes and no.
    """

    method: str
    accuracy: float
    top_three: float | None
    macro_f1: float


def measure(one: EvaluationSet, texts: Sequence[Labelled]) -> list[Measured]:
    """Return the figures of the classifier, of the keywords and of the commonest answer.

    Raises:
        ValueError: there are no texts.
    """
    if not texts:
        raise ValueError(f"No labelled texts in the set {one.name!r}.")
    return _which(one.scheme, texts) if one.asks == "which" else _whether(one.scheme, texts)


def _which(scheme: str, texts: Sequence[Labelled]) -> list[Measured]:
    right = [item.code for item in texts]
    majority = commonest(right)
    rest = [code for code in codes_of(scheme) if code != majority]
    return [
        _ranked("classifier", right, [_codes(item.text, scheme) for item in texts]),
        _ranked("keywords", right, [by_keywords(item.text, scheme) for item in texts]),
        _ranked("majority", right, [[majority, *rest] for _ in texts], top_three=False),
    ]


def _codes(text: str, scheme: str) -> list[str]:
    return [code for code, _ in scores_of(text, scheme)]


def _ranked(
    method: str, right: list[str], ranked: list[list[str]], *, top_three: bool = True
) -> Measured:
    first = [codes[0] for codes in ranked]
    among = [code in codes[:3] for code, codes in zip(right, ranked, strict=True)]
    return Measured(
        method,
        _share([one == other for one, other in zip(right, first, strict=True)]),
        _share(among) if top_three else None,
        _macro_f1(right, first),
    )


def _whether(scheme: str, texts: Sequence[Labelled]) -> list[Measured]:
    present = [_answer(item.present) for item in texts]
    ranked = [scores_of(item.text, scheme) for item in texts]
    said = [
        _answer(dict(scores)[item.code] >= THRESHOLDS[scheme])
        for item, scores in zip(texts, ranked, strict=True)
    ]
    among = [
        item.code in [code for code, _ in scores[:3]]
        for item, scores in zip(texts, ranked, strict=True)
        if item.present
    ]
    keywords = [_answer(has_keyword(item.text, item.code)) for item in texts]
    return [
        _answers("classifier", present, said, _share(among) if among else None),
        _answers("keywords", present, keywords),
        _answers("majority", present, [commonest(present)] * len(present)),
    ]


def _answer(present: bool) -> str:
    return "yes" if present else "no"


def _answers(
    method: str, right: list[str], said: list[str], top_three: float | None = None
) -> Measured:
    same = _share([one == other for one, other in zip(right, said, strict=True)])
    return Measured(method, same, top_three, _macro_f1(right, said))


def _share(hits: Sequence[bool]) -> float:
    return round(sum(hits) / len(hits), 4)


def _macro_f1(right: list[str], said: list[str]) -> float:
    from sklearn.metrics import f1_score

    labels = sorted(set(right))
    return round(float(f1_score(right, said, labels=labels, average="macro", zero_division=0)), 4)
