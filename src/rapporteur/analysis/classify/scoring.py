"""A text's terms and the model's word for it, made into one score for each concept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np

from rapporteur.analysis.classify import model as learned
from rapporteur.analysis.classify.concepts import codes_of
from rapporteur.analysis.classify.matching import Match, matches
from rapporteur.analysis.classify.words import Word

# A term that comes again says less each time.
_AGAIN = 1.0
# The first words of a text are its title, or say what it is about.
_OPENING, _OPENING_COUNTS = 12, 1.3
# How much the model counts beside the terms, for action lines.
_MODEL_COUNTS = 0.4
# What registers of the Summit hold most of, by their yearly reports; it decides where little else
# does.
_COMMON = {"C7.1": 0.3, "C3": 0.2, "C4": 0.2, "C7.3": 0.2, "C7.4": 0.1, "C2": 0.1}
# How sure a single strong term makes us of an action line.
_SHARPNESS = 2.0

# Where nothing else is named, a goal must still be more than hinted at.
_HINT = 2.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """How the odds that a goal is present follow from the evidence (logistic regression)."""

    base: float
    terms: float
    model: float
    rival: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores by concept in the scheme's order, and the matches they come from."""

    scores: learned.Numbers
    matches: list[Match]
    reading: learned.Reading | None


def score(words: list[Word], scheme: str, languages: tuple[str, ...]) -> Scored:
    """Return a score from 0 to 1 for each concept of the scheme.

    Of action lines a text has one: the scores add up to 1. Goals stand each for itself: 0.5 and
    more means that the goal is present. Where nothing speaks for any concept all scores are the
    same: one divided by their number.
    """
    codes = codes_of(scheme)
    found = matches(words, scheme, languages)
    reading = learned.read(words, scheme, languages)
    if not found and reading is None:
        return Scored(np.full(len(codes), 1.0 / len(codes)), found, reading)
    terms = evidence_of(found, codes)
    model = reading.scores if reading is not None else np.zeros(len(codes))
    made = _one_of(terms, model) if scheme == "action-lines" else _each(terms, model)
    return Scored(made, found, reading)


def evidence_of(found: list[Match], codes: tuple[str, ...]) -> learned.Numbers:
    """Return what the terms weigh for each concept."""
    times: dict[int, int] = {}
    total = dict.fromkeys(codes, 0.0)
    for match in found:
        # The same term has the same weights object.
        again = times[id(match.weights)] = times.get(id(match.weights), 0) + 1
        counts = _AGAIN / again * (_OPENING_COUNTS if match.first < _OPENING else 1.0)
        for code, weight in match.weights.items():
            total[code] += counts * weight
    return np.array(list(total.values()))


def _one_of(terms: learned.Numbers, model: learned.Numbers) -> learned.Numbers:
    evidence = terms / np.sqrt(1.0 + terms.sum()) + _MODEL_COUNTS * model + _prior()
    odds = np.exp(_SHARPNESS * (evidence - evidence.max()))
    made: learned.Numbers = odds / odds.sum()
    return made


@lru_cache(maxsize=1)
def _prior() -> learned.Numbers:
    return np.array([_COMMON.get(code, 0.0) for code in codes_of("action-lines")])


def _each(terms: learned.Numbers, model: learned.Numbers) -> learned.Numbers:
    weighed = calibration()
    odds = (
        weighed.base
        + weighed.terms * np.log1p(terms)
        + weighed.model * model
        + weighed.rival * np.log1p(rivals_of(terms))
    )
    made: learned.Numbers = 1.0 / (1.0 + np.exp(-odds))
    return made


def rivals_of(terms: learned.Numbers) -> learned.Numbers:
    """Return for each concept what the terms of its strongest rival weigh, a hint at least."""
    ranked = np.sort(terms)
    best, second = ranked[-1], ranked[-2]
    rivals: learned.Numbers = np.maximum(np.where(terms == best, second, best), _HINT)
    return rivals


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """Return the weights that ``scripts/make_classifier.py`` found."""
    place = resources.files("rapporteur.analysis.classify") / "data/model/calibration.json"
    return Calibration(**json.loads(place.read_text(encoding="utf-8")))
