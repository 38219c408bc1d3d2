"""The files of terms are well formed, and what is read at run time was made from them."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from rapporteur.analysis.classify.concepts import SCHEMES, UnknownScheme, codes_of
from rapporteur.analysis.classify.lexicon import EVERYWHERE, compiled, entries, lexicon
from rapporteur.analysis.classify.model import model
from rapporteur.analysis.classify.words import words_of
from rapporteur.analysis.languages import LANGUAGES

TABLES = [(scheme, language) for scheme in SCHEMES for language in (EVERYWHERE, *LANGUAGES)]


@pytest.mark.parametrize(("scheme", "language"), TABLES)
def test_stored_terms_are_those_of_the_file(scheme, language):
    place = resources.files("rapporteur.analysis.classify") / "data/model"
    stored = json.loads((place / f"{scheme}.{language}.terms.json").read_text(encoding="utf-8"))

    assert stored == compiled(scheme, language), "Run scripts/make_classifier.py."


@pytest.mark.parametrize(("scheme", "language"), TABLES)
def test_terms_have_a_known_code_a_weight_and_words(scheme, language):
    for entry in entries(scheme, language):
        assert entry.code in codes_of(scheme)
        assert 0 < entry.weight <= 4
        assert words_of(entry.term), entry
        assert not entry.term.endswith("*") or len(words_of(entry.term)) == 1


@pytest.mark.parametrize("scheme", sorted(SCHEMES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_concept_has_a_fair_number_of_terms_in_every_language(scheme, language):
    counts = dict.fromkeys(codes_of(scheme), 0)
    for entry in entries(scheme, language):
        counts[entry.code] += 1

    assert min(counts.values()) >= 25
    assert sum(counts.values()) >= 700


def test_longest_term_stands_first_and_weighs_more():
    terms = lexicon("action-lines", "en").stems["telecommun"]

    assert [len(rest) for rest, _ in terms] == sorted(
        (len(rest) for rest, _ in terms), reverse=True
    )
    assert dict(terms)[("regul",)] == {"C6": 5.0}


def test_unknown_scheme_has_no_terms():
    with pytest.raises(UnknownScheme):
        list(entries("gdc", "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_model_of_the_goals_has_a_column_for_each(language):
    learned = model("sdg", language)

    assert learned is not None
    assert learned.weights.shape == (len(learned.places), 17)


def test_models_are_small():
    place = resources.files("rapporteur.analysis.classify") / "data/model"

    assert sum(len(file.read_bytes()) for file in place.iterdir()) < 1_500_000
