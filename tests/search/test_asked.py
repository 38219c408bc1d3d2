import pytest
from hypothesis import given
from hypothesis import strategies as st

from rapporteur.search.asked import Clause, Maker, understand
from rapporteur.search.schema import make_schema

SCHEMA = make_schema()


def make_queries(text):
    maker = Maker(SCHEMA, lambda field, term: 1)
    maker.ranked(understand(text))
    maker.matching(understand(text), any_word=True)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("digital health", [Clause(("digital",)), Clause(("health",))]),
        ('"digital health"', [Clause(("digital", "health"), exact=True)]),
        ("“digital health”", [Clause(("digital", "health"), exact=True)]),
        ("health -cyber", [Clause(("health",)), Clause(("cyber",), excluded=True)]),
        ('health -"cyber crime"', [Clause(("health",)), Clause(("cyber", "crime"), True, True)]),
        ("e-health", [Clause(("e", "health"))]),
        ("A/RES/70/125", [Clause(("a", "res", "70", "125"))]),
        ('"digital health', [Clause(("digital",)), Clause(("health",))]),
        ("- -- ( ] AND* title:", [Clause(("and",)), Clause(("title",))]),
        ("health health", [Clause(("health",))]),
        ("信息社会", [Clause(("信息社会",), han=True)]),
        ("", []),
        ('""', []),
    ],
)
def test_understand(text, clauses):
    assert list(understand(text).clauses) == clauses


def test_endless_question_is_cut_and_says_so():
    asked = understand(" ".join(f"word{place}" for place in range(200)))

    assert asked.cut
    assert len(asked.clauses) == 24


@given(st.text(max_size=200))
def test_nothing_typed_is_an_error(text):
    make_queries(text)


@given(st.text(alphabet='"-“”()[]{}:*?~^\\/+!&| ab信', max_size=60))
def test_no_broken_syntax_is_an_error(text):
    make_queries(text)
