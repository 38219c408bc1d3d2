"""Learn what the words of a text say of action lines and goals, and write the small models.

    python scripts/make_classifier.py SOURCE [--check]

``SOURCE`` is a folder with ``sdg_framework/sdg_indicators.csv`` (indicators in six languages, MIT),
``sdg_framework/unsd_indicators_2018.json.gz`` (their metadata, Apache-2.0) and
``stocktaking/dpg_registry_2024.jsonl.gz`` and ``dpg_archived_nominees.jsonl.gz`` (digital public
goods with their goals, public domain). Written, under ``src/rapporteur/analysis/classify/data``:

- ``model/<scheme>.<language>.terms.json``: the terms of ``lexicon/`` with their stems taken;
- ``model/<scheme>.<language>.npz``: features, their rarity and their weights;
- ``model/calibration.json``: how the odds of a goal follow from terms and model.

Learned from: names of goals, targets and indicators in each language; in English the indicators'
metadata, the names and definitions of the action lines and the rationales of the matrix. The
digital public goods set the odds alone. Nothing that the evaluation uses is read.

Run again with the same libraries, it writes the same bytes. ``--check`` writes nothing and ends
with 1 when a file would change.
"""

from __future__ import annotations

import argparse
import ast
import csv
import gzip
import io
import json
import re
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from rapporteur.analysis.classify.concepts import ACTION_LINES, GOALS, SCHEMES, codes_of
from rapporteur.analysis.classify.features import features_of
from rapporteur.analysis.classify.lexicon import EVERYWHERE, compiled
from rapporteur.analysis.classify.matching import languages_for, matches
from rapporteur.analysis.classify.model import read
from rapporteur.analysis.classify.scoring import evidence_of, rivals_of
from rapporteur.analysis.classify.words import words_of

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
PACKAGE = Path(__file__).resolve().parents[1] / "src" / "rapporteur"
FRAMEWORK = PACKAGE / "framework" / "data"
MODELS = PACKAGE / "analysis" / "classify" / "data" / "model"

# What an indicator's metadata say of its subject; the rest is on data, sources and addresses.
METADATA = ("indicator", "definition", "rationale_interpretation", "method", "comments_limitations")
# Weaker penalties than scikit-learn's own suit short texts.
STRENGTH = 5.0
# Terms that weigh less together than this make no candidate of a goal.
CANDIDATE = 3.0

Labelled = tuple[str, str]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def goal_texts(source: Path, language: str) -> Iterator[Labelled]:
    """Yield texts about the goals in one language, each with its goal."""
    for row in rows(FRAMEWORK / "sdg.csv"):
        yield row[f"name_{language}"], row["code"].split(".")[0]
        if row[f"short_{language}"]:
            yield row[f"short_{language}"], row["code"]
    for row in rows(source / "sdg_framework" / "sdg_indicators.csv"):
        yield row[f"title_{language}"], f"SDG{row['goal']}"
    if language != "en":
        return
    for row in rows(FRAMEWORK / "matrix.csv"):
        yield row["rationale_en"], row["concept"].split(".")[0]
    with gzip.open(source / "sdg_framework" / "unsd_indicators_2018.json.gz", "rt") as opened:
        for indicator in json.load(opened):
            for part in METADATA:
                if text := indicator.get(part):
                    yield re.sub(r"<[^>]+>|&#?\w+;", " ", text), f"SDG{indicator['goal']}"


def action_line_texts() -> Iterator[Labelled]:
    """Yield English texts about the action lines, each with its line."""
    for row in rows(FRAMEWORK / "action-lines.csv"):
        if row["code"] in ACTION_LINES:
            for column in ("name_en", "short_en", "definition_en"):
                yield row[column], row["code"]
    for row in rows(FRAMEWORK / "matrix.csv"):
        yield row["rationale_en"], row["action_line"]


def learn(texts: list[Labelled], scheme: str, language: str, *, seldom: int) -> bytes:
    """Return a model as an ``.npz`` file. Features in fewer than ``seldom`` texts are left out."""

    def analyse(text: str) -> list[str]:
        return [feature for feature in features_of(words_of(text), language) if feature]

    vectors = TfidfVectorizer(analyzer=analyse, sublinear_tf=True, min_df=seldom)
    matrix = vectors.fit_transform(text for text, _ in texts)
    regression = LogisticRegression(C=STRENGTH, max_iter=5_000, class_weight="balanced")
    regression.fit(matrix, [label for _, label in texts])
    order = [list(regression.classes_).index(code) for code in codes_of(scheme)]
    weights = regression.coef_[order].T
    weights = weights - weights.mean(axis=1, keepdims=True)
    step = float(np.abs(weights).max() / 127)
    return stored(
        names=np.frombuffer("\n".join(vectors.get_feature_names_out()).encode(), dtype=np.uint8),
        rarity=vectors.idf_.astype(np.float16),
        weights=np.rint(weights / step).astype(np.int8),
        step=np.float32(step),
    )


def stored(**arrays: Any) -> bytes:
    written = io.BytesIO()
    np.savez_compressed(written, **arrays)
    return written.getvalue()


def public_goods(source: Path) -> Iterator[tuple[str, set[str]]]:
    """Yield name and description of each digital public good, with its goals."""
    for name in ("dpg_registry_2024", "dpg_archived_nominees"):
        with gzip.open(source / "stocktaking" / f"{name}.jsonl.gz", "rt") as lines:
            for line in lines:
                good = json.loads(line)
                named = good.get("SDGs") or []
                named = ast.literal_eval(named) if isinstance(named, str) else named
                numbers = (item["SDGNumber"] for item in named if isinstance(item, dict))
                goals = {f"SDG{number}" for number in numbers} & set(GOALS)
                if goals and good.get("description"):
                    yield f"{good['name']}. {good['description']}", goals


def odds(source: Path) -> dict[str, bytes]:
    """Return the file with the weights of the odds, found from goals that terms speak for.

    Each text gives its goals and, together weighing as much, the other goals that look present:
    so 0.5 parts what is present from what only looks so.
    """
    inputs, present, counts = [], [], []
    for text, goals in public_goods(source):
        words, languages = words_of(text), languages_for(text, None)
        weighed_terms = evidence_of(matches(words, "sdg", languages), GOALS)
        reading = read(words, "sdg", languages)
        candidates = [at for at in range(len(GOALS)) if weighed_terms[at] >= CANDIDATE]
        right = [at for at in candidates if GOALS[at] in goals]
        wrong = [at for at in candidates if GOALS[at] not in goals]
        if reading is None or not right or not wrong:
            continue
        rivals = rivals_of(weighed_terms)
        for at in (*right, *wrong):
            inputs.append([np.log1p(weighed_terms[at]), reading.scores[at], np.log1p(rivals[at])])
            present.append(at in right)
            counts.append(1.0 if at in right else len(right) / len(wrong))
    regression = LogisticRegression(C=100.0).fit(inputs, present, sample_weight=counts)
    names = ("terms", "model", "rival")
    weighed = dict(zip(names, regression.coef_[0], strict=True)) | {
        "base": regression.intercept_[0]
    }
    rounded = {name: round(float(value), 3) for name, value in sorted(weighed.items())}
    return {"calibration.json": json.dumps(rounded, indent=1).encode() + b"\n"}


def terms() -> dict[str, bytes]:
    """Return the terms of every scheme and language by file name, their stems taken."""
    return {
        f"{scheme}.{language}.terms.json": json.dumps(
            compiled(scheme, language), ensure_ascii=False, separators=(",", ":")
        ).encode()
        for scheme in SCHEMES
        for language in (EVERYWHERE, *LANGUAGES)
    }


def models(source: Path) -> dict[str, bytes]:
    """Return the models by file name."""
    found = {
        f"sdg.{language}.npz": learn(
            list(goal_texts(source, language)), "sdg", language, seldom=2 if language == "en" else 1
        )
        for language in LANGUAGES
    }
    lines = list(action_line_texts())
    found["action-lines.en.npz"] = learn(lines, "action-lines", "en", seldom=1)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    changed = []
    # Each step reads what those before it wrote.
    for step in (terms, partial(models, arguments.source), partial(odds, arguments.source)):
        for name, data in step().items():
            path = MODELS / name
            if not path.is_file() or path.read_bytes() != data:
                changed.append(name)
                if not arguments.check:
                    path.write_bytes(data)
    print(f"{'Would change' if arguments.check else 'Written'}: {', '.join(changed) or 'nothing'}")
    return 1 if arguments.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
