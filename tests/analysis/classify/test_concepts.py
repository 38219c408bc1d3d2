"""The codes are those of the framework's own tables."""

from __future__ import annotations

import csv
from importlib import resources

import pytest

from rapporteur.analysis.classify.concepts import ACTION_LINES, GOALS, UnknownScheme, codes_of


def framework_codes(name):
    text = (resources.files("rapporteur.framework") / "data" / name).read_text(encoding="utf-8")
    return [(row["code"], row["broader"]) for row in csv.DictReader(text.splitlines())]


def test_codes_are_the_leaves_of_the_framework_in_its_order():
    lines = framework_codes("action-lines.csv")
    above = {broader for _, broader in lines}

    assert tuple(code for code, _ in lines if code not in above) == ACTION_LINES
    assert tuple(code for code, broader in framework_codes("sdg.csv") if not broader) == GOALS


def test_codes_of_an_unknown_scheme():
    with pytest.raises(UnknownScheme, match="Expected one of action-lines, sdg"):
        codes_of("C7")
