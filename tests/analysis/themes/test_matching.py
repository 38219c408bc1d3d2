"""What a person made of a theme outlives the next run."""

from __future__ import annotations

import json

from rapporteur.analysis.themes import matched_themes


def theme(key, weights, rows=(), **more):
    return {
        "key": key,
        "label": key.title(),
        "terms": list(weights),
        "size": len(rows),
        "rows": list(rows),
        "weights": {"en": weights},
        **more,
    }


def test_a_renamed_theme_keeps_all_but_its_rows():
    old = [theme("a", {"water": 1.0}, [0], confirmed=True, label="Wells", by="Ana", note="x")]
    new = [theme("n1", {"water": 0.9, "well": 0.1}, [0, 5, 7])]

    assert matched_themes(old, new) == [{**old[0], "rows": [0, 5, 7], "size": 3}]


def test_a_confirmed_theme_that_is_not_found_stays_without_rows():
    old = [theme("a", {"water": 1.0}, [0, 1], confirmed=True)]
    new = [theme("b", {"roads": 1.0}, [2, 3])]

    assert matched_themes(old, new) == [{**old[0], "rows": [], "size": 0}, new[0]]


def test_a_merged_theme_takes_both_of_those_it_was_made_of():
    old = [theme("m", {"water": 0.7, "roads": 0.7}, confirmed=True)]
    new = [theme("n1", {"water": 1.0}, [1, 2]), theme("n2", {"roads": 1.0}, [2, 3])]

    assert matched_themes(old, new) == [{**old[0], "rows": [1, 2, 3], "size": 3}]


def test_an_unconfirmed_theme_gives_only_its_key_and_only_to_the_nearest():
    old = [theme("a", {"water": 1.0}, [0]), theme("gone", {"whales": 1.0}, [1])]
    new = [theme("n1", {"water": 0.8, "light": 0.6}, [4]), theme("n2", {"water": 1.0}, [5])]

    assert matched_themes(old, new) == [new[0], {**new[1], "key": "a"}]


def test_confirmed_ones_come_first_in_their_order_and_keys_are_never_shared():
    old = [
        theme("u", {"light": 1.0}),
        theme("c2", {"roads": 1.0}, confirmed=True),
        theme("c1", {"water": 1.0}, confirmed=True),
    ]
    new = [
        theme("c1", {"whales": 1.0}, [9]),
        theme("x", {"water": 1.0}, [1]),
        theme("u", {"trees": 1.0}, [2]),
        theme("y", {"light": 1.0}, [3]),
    ]

    made = matched_themes(old, new)

    # "c1" and "u" say by their keys that they are the same, whatever their words are now.
    assert [(one["key"], one["rows"]) for one in made] == [
        ("c2", []),
        ("c1", [1, 9]),
        ("u", [2]),
        ("y", [3]),
    ]
    assert json.loads(json.dumps(made)) == made


def test_nothing_old_and_nothing_new():
    assert matched_themes([], []) == []
    assert matched_themes([], [theme("a", {"water": 1.0})]) == [theme("a", {"water": 1.0})]
