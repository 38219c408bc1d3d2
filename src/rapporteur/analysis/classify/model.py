"""The linear model: what each stem of a language says of each concept, learned beforehand.

``scripts/make_classifier.py`` writes ``data/model/<scheme>.<language>.npz``; nothing is learned
or fetched while the program runs. A scheme may have no model in a language: there its terms
alone decide.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rapporteur.analysis.classify.features import features_of
from rapporteur.analysis.classify.words import Word

Numbers = NDArray[np.float64]

# A text of so many known words is believed half.
_DOUBT = 2.0


@dataclass(frozen=True, slots=True)
class Model:
    """Place, rarity (idf) and weights of each feature; weights have one column a concept."""

    places: dict[str, int]
    rarity: Numbers
    weights: Numbers


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of a text.

    ``scores`` has a number for each concept, in the scheme's order, 0 on average. ``features``
    are those of the text's words in ``language`` (see ``features_of``); ``shares`` says by feature
    what it adds to each concept.
    """

    scores: Numbers
    language: str
    features: list[str]
    shares: dict[str, Numbers]


@lru_cache(maxsize=16)
def model(scheme: str, language: str) -> Model | None:
    """Return the model of a scheme in a language, ``None`` where there is none."""
    place = resources.files("rapporteur.analysis.classify") / f"data/model/{scheme}.{language}.npz"
    if not place.is_file():
        return None
    with place.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        names = stored["names"].tobytes().decode("utf-8").split("\n")
        weights = stored["weights"].astype(np.float64) * float(stored["step"])
        return Model(
            {name: at for at, name in enumerate(names)},
            stored["rarity"].astype(np.float64),
            weights,
        )


def read(words: list[Word], scheme: str, languages: tuple[str, ...]) -> Reading | None:
    """Return what the model says of a text in the language of which it knows most words.

    ``None``: no model knows any word of it. Weighs as scikit-learn's ``TfidfVectorizer`` with
    ``sublinear_tf`` does, by which the model was made; the fewer words are known, the less.
    """
    best: tuple[Model, str, list[str], dict[str, int]] | None = None
    for language in languages:
        learned = model(scheme, language)
        if learned is None:
            continue
        features = features_of(words, language)
        found = Counter(filter(learned.places.__contains__, features))
        if found and (best is None or len(found) > len(best[3])):
            best = (learned, language, features, found)
    if best is None:
        return None
    learned, language, features, counts = best
    known = len(counts)
    rows = [learned.places[name] for name in counts]
    values = (1.0 + np.log(list(counts.values()))) * learned.rarity[rows]
    values *= known / (known + _DOUBT) / np.sqrt(values @ values)
    shares: Numbers = values[:, None] * learned.weights[rows]
    return Reading(shares.sum(axis=0), language, features, dict(zip(counts, shares, strict=True)))
