"""Near-identical answers: exact against all pairs, whatever the texts."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rapporteur.analysis.themes import near_identical


def all_pairs(texts):
    """Return the groups, found in the plainest way: sets of shingles, every pair compared."""
    own = []
    for text in texts:
        words = re.findall(r"\w+", text.casefold())
        found = {tuple(words[place : place + 3]) for place in range(len(words) - 2)}
        own.append(found or ({tuple(words)} if words else set()))
    group = list(range(len(texts)))
    for one in range(len(texts)):
        for other in range(one):
            shared = len(own[one] & own[other])
            if shared and shared / len(own[one] | own[other]) >= 0.8:
                old, new = group[one], group[other]
                group = [new if number == old else number for number in group]
    rows = {}
    for row, number in enumerate(group):
        rows.setdefault(number, []).append(row)
    return sorted(found for found in rows.values() if len(found) > 1)


@pytest.mark.parametrize(
    ("texts", "groups"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param(["", " … ", "", "!"], [], id="without-words"),
        pytest.param(["Yes.", "no", "YES", "yes yes"], [[0, 2]], id="one-word"),
        pytest.param(["Open data", "open,  DATA!", "data open"], [[0, 1]], id="two-words"),
        pytest.param(
            ["one two three four five six", "ONE; two (three) four\nfive – six"],
            [[0, 1]],
            id="case-signs-and-space",
        ),
        pytest.param(
            ["a b c d e f", "a b c d e f g", "a b c d e f g h"],
            [[0, 1, 2]],
            # 4 of 5 and 5 of 6 shingles; 4 of 6 between the ends.
            id="a-chain-hangs-together",
        ),
        pytest.param(["a b c d e", "a b c d e f"], [], id="three-of-four-is-too-few"),
        pytest.param(["Straße nach Rom", "STRASSE NACH ROM"], [[0, 1]], id="case-folding"),
        pytest.param(
            ["caf\u00e9 du coin ici", "cafe\u0301 du coin ici", "cafe du coin ici"],
            [[0, 1]],
            id="composed-letters-are-the-same-and-accents-count",
        ),
        pytest.param(
            ["农村学校需要网络", "农村学校，需要网络。", "农村学校没有网络"],
            [[0, 1]],
            id="han-characters-are-words",
        ),
    ],
)
def test_near_identical(texts, groups):
    assert near_identical(texts) == groups


def copies(seed: int, count: int) -> list[str]:
    """Return texts of few words, many of them copies with words changed, added or left out."""
    chance = random.Random(seed)
    words = [f"w{number}" for number in range(chance.choice([3, 30, 3000]))]
    originals = [[chance.choice(words) for _ in range(chance.randint(0, 40))] for _ in range(9)]
    texts = []
    for _ in range(count):
        text = list(chance.choice(originals))
        for _ in range(chance.randint(0, 3)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randint(0, 1)] = [chance.choice(words)]
        texts.append(" ".join(text))
    return texts


@pytest.mark.parametrize("seed", range(12))
def test_copies_are_found_exactly(seed):
    texts = copies(seed, 250)

    assert near_identical(texts) == all_pairs(texts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab ,.\nAB", max_size=24), max_size=12))
def test_any_short_texts(texts):
    assert near_identical(texts) == all_pairs(texts)


def test_a_campaign_with_strays():
    """Many copies of one text, and texts that share its beginning and are not like it."""
    chance = random.Random(5)
    letter = [f"l{number}" for number in range(60)]
    campaign = []
    for number in range(400):
        text = list(letter)
        text[chance.randrange(60)] = f"own{number}"
        campaign.append(" ".join(text))
    strays = [
        " ".join([*letter[:30], *(f"s{number}-{n}" for n in range(30))]) for number in range(50)
    ]

    assert near_identical(campaign + strays) == [list(range(400))]


def test_more_words_than_fit_into_one_number(monkeypatch):
    texts = copies(1, 120)
    expected = near_identical(texts)
    monkeypatch.setattr("rapporteur.analysis.themes.shingles.FORMS_IN_KEY", 1)

    assert near_identical(texts) == expected
