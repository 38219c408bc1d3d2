"""Axis marks, classes and numbers as languages write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.analysis.charts.numbers import classes, marks, short, written


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (5, [0, 2, 4, 6]),
        (100, [0, 50, 100]),
        (1204, [0, 500, 1000, 1500]),
        (0.5, [0, 0.2, 0.4, 0.6]),
        (2_600_000, [0, 1_000_000, 2_000_000, 3_000_000]),
    ],
)
def test_marks(highest, expected):
    assert marks(highest) == expected


@given(st.floats(0.001, 1e15))
def test_marks_reach_the_highest_in_few_steps(highest):
    found = marks(highest)

    assert found[0] == 0
    assert found[-1] >= highest * (1 - 1e-9)
    assert len(found) <= 6


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 1], [1]),
        ([1, 3, 4], [1, 2, 3, 4]),
        ([2, 4], [2, 3, 4]),
        ([1, 14], [1, 2, 5, 10]),
        ([3, 90], [2, 5, 10, 20, 50]),
        ([3, 400], [3, 10, 30, 100, 300]),
        ([1, 2600], [1, 10, 100, 1000]),
        ([1, 10**6], [1, 100, 10_000]),
        ([0.3, 0.9], [0.2, 0.5]),
    ],
)
def test_classes(values, expected):
    assert classes(values)[: len(expected)] == expected


@given(st.lists(st.floats(0.001, 1e12) | st.integers(0, 10**9), max_size=30))
def test_classes_rise_and_hold_every_value(values):
    ends = classes(values)

    assert len(ends) <= 5
    assert ends == sorted(set(ends))
    assert all(value >= ends[0] for value in values if value > 0)


def test_numbers_of_a_language_that_babel_lacks_are_english():
    assert written(1234, "xx-nonsense") == "1,234"
    assert short(2_000_000, "fr") == "2\u00a0M"
    assert short(999_999, "en") == "999,999"
