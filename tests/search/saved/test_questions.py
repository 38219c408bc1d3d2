"""One canonical query string for each question."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rapporteur.search.saved.questions import canonical, digest_of, question_of
from rapporteur.search.saved.scopes import Scope

PAGE = Scope("search", "Search", "search:results", "search:feed")
PAPERS = Scope("papers", "Papers", "search:results", "search:feed", ("paper",), ("newest",))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ""),
        ("q=", ""),
        ("q=++health++", "q=health"),
        ("topic=C7.4&q=health&topic=C2", "q=health&topic=C2&topic=C7.4"),
        ("topic=C2&topic=C2", "topic=C2"),
        ("page=3&format=csv&more=topic&unknown=1&q=a", "q=a"),
        ("sort=best&q=a", "q=a"),
        ("sort=updated&q=a", "q=a&sort=updated"),
        ("sort=nonsense&q=a", "q=a"),
        ("any=1&q=a+b", "q=a+b&any=1"),
        ("from=2015&to=2020", "from=2015&to=2020"),
        ("from=x&to=20", ""),
        ("q=%D8%A8%D8%A6%D8%B1", "q=%D8%A8%D8%A6%D8%B1"),
    ],
)
def test_canonical(shelf, query, expected):
    assert canonical(PAGE, query) == expected


def test_kinds_of_a_page_always_hold_and_are_no_choice(shelf):
    assert canonical(PAPERS, "kind=other&q=a") == "q=a"
    assert question_of(PAPERS, "kind=other&q=a").kinds == ("paper",)
    assert question_of(PAGE, "kind=other&q=a").chosen == {"kind": ("other",)}


def test_digest_tells_two_queries_apart():
    assert digest_of("q=a") != digest_of("q=b")
    assert len(digest_of("")) == 64


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["q", "topic", "place", "kind", "year", "sort", "any", "from", "to"]),
            st.text(max_size=12),
        ),
        max_size=8,
    )
)
def test_canonical_is_the_same_again_and_asks_the_same(shelf, pairs):
    query = urlencode(pairs)
    once = canonical(PAGE, query)

    assert canonical(PAGE, once) == once
    assert question_of(PAGE, once).subject == question_of(PAGE, query).subject
